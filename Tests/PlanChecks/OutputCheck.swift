import Foundation
import TenfoldTestSupport

/// Runs the real command over an example in many surroundings and compares every byte.
///
/// What may differ is nothing: not the files, not what the terminal shows, not the exit code. Only
/// the path under which the site was named is put back to its usual form first.
public struct OutputCheck: Sendable {
  /// One way to run the command.
  public struct Surroundings: Sendable {
    public var name: String
    public var environment: [String: String] = [:]
    /// Three digits of an octal number.
    public var umask = "022"
    /// Names site and output by absolute paths.
    public var isAbsolute = false
    /// Where the command is started.
    public var folder = Folder.root
    /// Whether the catalogue's cache is new.
    public var isCold = false
  }

  /// Working folders.
  public enum Folder: Sendable { case root, example, elsewhere }

  /// The program to run.
  public var program: URL
  /// An empty folder for everything that the runs write.
  public var scratch: URL
  /// Locales beside those of the system: a folder for `LOCPATH`, with their names.
  public var localeFolder: String?
  public var locales: [String]

  /// Looks for the program beside the running one.
  public init(scratch: URL, localeFolder: String? = nil, locales: [String] = []) {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    program = own.deletingLastPathComponent().appendingPathComponent("tenfold")
    self.scratch = scratch
    self.localeFolder = localeFolder
    self.locales = locales
  }

  /// Every way in which the command is run; the first is what all are compared with.
  public var surroundings: [Surroundings] {
    var all = [
      Surroundings(name: "plain"),
      Surroundings(name: "again"),
      Surroundings(name: "cold cache", isCold: true),
      Surroundings(name: "umask 077", umask: "077"),
      Surroundings(name: "umask 000", umask: "000"),
      Surroundings(name: "absolute paths", isAbsolute: true),
      Surroundings(name: "in the example's folder", folder: .example),
      Surroundings(name: "in another folder", isAbsolute: true, folder: .elsewhere),
      Surroundings(name: "no home", environment: ["HOME": "/nonexistent", "XDG_CACHE_HOME": ""]),
      Surroundings(
        name: "odd settings",
        environment: [
          "LANGUAGE": "tr:de", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "20", "TERM": "dumb",
        ]
      ),
    ]
    all += ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", ":nonsense"].map {
      Surroundings(name: "TZ=\($0)", environment: ["TZ": $0])
    }
    all += (["C", "C.UTF-8", "POSIX", "xx_XX.UTF-8"] + locales).map {
      Surroundings(name: "LC_ALL=\($0)", environment: ["LANG": $0, "LC_ALL": $0])
    }
    return all
  }

  /// What a run left behind.
  private struct Run: Equatable {
    var status: Int32
    var output: String
    var errors: String
    var files: [String: Data]
  }

  /// What one example gave.
  public struct Outcome: Sendable {
    public var runs = 0
    public var files = 0
    public var status: Int32 = 0
    public var failures: [String] = []
  }

  /// Runs one example in all of the surroundings given.
  public func check(_ example: String, in list: [Surroundings]) throws -> Outcome {
    var outcome = Outcome()
    var first: Run?
    for surroundings in list {
      let run = try run(example, surroundings)
      outcome.runs += 1
      let place = "examples/\(example), \(surroundings.name)"
      guard let expected = first else {
        first = run
        outcome.files = run.files.count
        outcome.status = run.status
        if run.files.isEmpty == (run.status == 0) {
          outcome.failures.append("\(place): exit code \(run.status) with \(run.files.count) files")
        }
        if run.status > 1 { outcome.failures.append("\(place): \(run.errors)") }
        continue
      }
      if run.status != expected.status {
        outcome.failures.append("\(place): exit code \(run.status), not \(expected.status)")
      }
      for (what, found, wanted) in [
        ("standard output", run.output, expected.output),
        ("standard error", run.errors, expected.errors),
      ] where found != wanted {
        outcome.failures.append(
          "\(place): \(what) differs\n\(Diff.text(expected: wanted, found: found) ?? "")")
      }
      for path in Set(run.files.keys).union(expected.files.keys).sorted()
      where run.files[path] != expected.files[path] {
        outcome.failures.append("\(place): \(path) differs")
      }
    }
    return outcome
  }

  private func run(_ example: String, _ surroundings: Surroundings) throws -> Run {
    let folder = scratch.appendingPathComponent(UUID().uuidString).resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let home = Repository.root.appendingPathComponent("examples/\(example)")
    let start: URL
    let relative: String
    switch surroundings.folder {
    case .root: (start, relative) = (Repository.root, "examples/\(example)/site.yaml")
    case .example: (start, relative) = (home, "site.yaml")
    case .elsewhere: (start, relative) = (folder, "")
    }
    let site =
      surroundings.isAbsolute ? home.appendingPathComponent("site.yaml").path : relative
    let out = folder.appendingPathComponent("out")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // The shell sets what a process cannot set for its child.
    process.arguments = [
      "-c",
      "umask \(surroundings.umask); exec \"$0\" plan \"$1\" -o \"$2\" --date 2026-11-23"
        + " >\"$3/stdout\" 2>\"$3/stderr\"", program.path, site, out.path, folder.path,
    ]
    process.currentDirectoryURL = start
    let cache = surroundings.isCold ? folder : scratch
    var environment = [
      "PATH": "/usr/bin:/bin", "HOME": cache.path, "XDG_CACHE_HOME": cache.path,
      "TENFOLD_HOME": Repository.root.path,
    ]
    if let localeFolder { environment["LOCPATH"] = localeFolder }
    process.environment = environment.merging(surroundings.environment) { _, new in new }
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        .replacing(out.path, with: "out").replacing(site, with: "site.yaml")
    }
    return Run(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try text("stdout"), errors: try text("stderr"), files: try Self.files(of: out))
  }

  private static func files(of folder: URL) throws -> [String: Data] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [:] }
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let file = folder.appendingPathComponent(path)
      let values = try file.resourceValues(forKeys: [.isRegularFileKey])
      if values.isRegularFile == true { files[path] = try Data(contentsOf: file) }
    }
    return files
  }
}
