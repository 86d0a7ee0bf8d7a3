import Foundation
import TenfoldTestSupport

/// The built command as a whole process: what a user runs.
struct Binary {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the test bundle, where the build puts it.
  static let path: String = {
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("tenfold").path
  }()

  /// The environment of a user who set nothing, and a terminal of 80 columns.
  static let plainEnvironment = [
    "PATH": "/usr/bin:/bin", "COLUMNS": "80", "TENFOLD_HOME": Repository.root.path,
    "XDG_CACHE_HOME": cache,
  ]

  /// One cache for all tests, away from the user's.
  private static let cache = FileManager.default.temporaryDirectory
    .appendingPathComponent("tenfold-tests-\(getpid())").path

  /// Runs the command to its end.
  static func run(
    _ arguments: [String], in folder: URL = Repository.root, environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = plainEnvironment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a pipe that nobody empties would stop the process.
    return try withTemporaryFolder { folder in
      let (output, errors) = (
        folder.appendingPathComponent("out"), folder.appendingPathComponent("err")
      )
      for file in [output, errors] { try Data().write(to: file) }
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      return Result(
        status: process.terminationReason == .exit ? process.terminationStatus : -1,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }
}

/// Makes a folder, hands it out, removes it.
func withTemporaryFolder<Value>(_ work: (URL) throws -> Value) throws -> Value {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("tenfold-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try work(folder.resolvingSymlinksInPath())
}
