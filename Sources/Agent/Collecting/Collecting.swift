import Quantities

/// Collects evidence of this host.
public protocol Collecting: Sendable {
  /// The evidence as JSON. Waits as long as it takes, on a thread that may wait, and not much longer
  /// than `request.deadline` seconds.
  /// - Parameter isCancelled: Asked now and then; once it is `true` nobody wants the evidence.
  func collect(
    _ request: CollectRequest, host: HostName, plan: PlanHash,
    isCancelled: @Sendable () -> Bool
  ) throws(CollectFailure) -> [UInt8]
}

/// Why there is no evidence.
public struct CollectFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
  /// Makes a failure.
  public init(_ description: String) { self.description = description }
}
