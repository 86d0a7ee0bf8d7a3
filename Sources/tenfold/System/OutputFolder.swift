import OutputWriter
import Reports

/// The output folder of the command: `OutputWriter`, with the folders above it made on demand.
enum OutputFolder {
  /// Refuses a target that is not ours to replace.
  static func check(_ target: String) throws(Failure) {
    if Files.kind(Files.parent(Files.withoutTrailingSlash(target))) == .nothing { return }
    _ = try writer(target)
  }

  /// Writes the files; the target is as before when anything fails.
  /// - Parameter hashes: SHA-256 of files whose hash is known already, by path.
  static func write(
    _ files: [OutputFile], hashes: [String: String], to target: String
  ) throws(Failure) {
    try Files.makeFolders(Files.parent(Files.withoutTrailingSlash(target)))
    let writer = try writer(target)
    do throws(OutputFailure) {
      try writer.write(files.map { ($0.path, $0.bytes) }, hashes: hashes)
    } catch {
      throw Failure(error)
    }
  }

  private static func writer(_ target: String) throws(Failure) -> OutputWriter {
    do throws(OutputFailure) { return try OutputWriter(path: target) } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  fileprivate init(_ failure: OutputFailure) {
    self.init([failure.finding], Status(rawValue: failure.exitCode) ?? .machine)
  }
}
