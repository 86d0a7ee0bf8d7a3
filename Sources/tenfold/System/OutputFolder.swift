import OutputWriter

/// The output folder of the command: `OutputWriter`, with the folders above it made on demand.
enum OutputFolder {
  /// Refuses a target that is not ours to replace.
  static func check(_ target: String) throws(Failure) {
    if Files.kind(Files.parent(Files.withoutTrailingSlash(target))) == .nothing { return }
    _ = try writer(target)
  }

  /// Makes a folder with what `fill` adds to it; the target is as before when anything fails.
  static func write<Value>(
    to target: String, _ fill: (OutputDraft) throws -> Value
  ) throws -> Value {
    try Files.makeFolders(Files.parent(Files.withoutTrailingSlash(target)))
    let writer = try writer(target)
    let draft = try failing { () throws(OutputFailure) in try writer.draft() }
    let value: Value
    do { value = try fill(draft) } catch {
      draft.discard()
      throw error
    }
    try failing { () throws(OutputFailure) in try draft.publish() }
    return value
  }

  private static func writer(_ target: String) throws(Failure) -> OutputWriter {
    try failing { () throws(OutputFailure) in try OutputWriter(path: target) }
  }

  private static func failing<Value>(
    _ body: () throws(OutputFailure) -> Value
  ) throws(Failure) -> Value {
    do throws(OutputFailure) { return try body() } catch { throw Failure(error) }
  }
}

extension Failure {
  fileprivate init(_ failure: OutputFailure) {
    self.init([failure.finding], Status(rawValue: failure.exitCode) ?? .machine)
  }
}
