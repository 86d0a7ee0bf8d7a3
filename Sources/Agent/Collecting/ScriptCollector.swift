import Glibc
import Quantities

/// Runs the shipped collector with the system's shell: always the same text, with numbers and
/// addresses of a request in its table. It needs no root, and what it could not see for want of it,
/// stands in the evidence.
public struct ScriptCollector: Collecting {
  private let script: CollectScript
  /// Where the script keeps its drafts; a folder of the agent's own.
  private let folder: String

  /// Makes a collector.
  public init(_ script: CollectScript, folder: String) {
    self.script = script
    self.folder = folder
  }

  public func collect(
    _ request: CollectRequest, host: HostName, plan: PlanHash,
    isCancelled: @Sendable () -> Bool
  ) throws(CollectFailure) -> [UInt8] {
    let text = script.text(request, host: host, plan: plan)
    var run = try ShellRun(
      text, arguments: CollectScript.arguments(request, host: host), folder: folder)
    let result = run.finish(
      within: .seconds(request.deadline), limit: Frame.largestEvidence, isCancelled: isCancelled)
    switch result.end {
    case .exited(0) where !result.output.isEmpty: return result.output
    case .exited(let status):
      throw CollectFailure(
        "the collector ended with \(status): \(Plain.bytes(result.errors.suffix(300), 300))")
    case .signalled(let signal): throw CollectFailure("the collector was ended by signal \(signal)")
    case .tooSlow: throw CollectFailure("the collector did not end within \(request.deadline) s")
    case .tooLong: throw CollectFailure("the collector brought more than 64 MiB")
    case .cancelled: throw CollectFailure("cancelled")
    }
  }
}
