import NIOPosix
import Quantities
import Synchronization

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

/// Runs a collector on threads that may wait, one run at a time for the whole agent.
final class CollectRunner<Collector: Collecting>: JobRunner {
  private let collector: Collector
  private let host: HostName
  private let plan: PlanHash
  private let threads: NIOThreadPool
  private let isBusy = Atomic(false)

  init(_ collector: Collector, host: HostName, plan: PlanHash, threads: NIOThreadPool) {
    self.collector = collector
    self.host = host
    self.plan = plan
    self.threads = threads
  }

  private final class Flag: Sendable {
    let isSet = Atomic(false)
  }

  func begin(
    _ job: CollectRequest, done: @escaping @Sendable (Collected) -> Void
  ) -> @Sendable () -> Void {
    guard !isBusy.exchange(true, ordering: .acquiringAndReleasing) else {
      done(.busy)
      return {}
    }
    let flag = Flag()
    threads.submit { [self] state in
      let result: Collected
      if case .active = state {
        do throws(CollectFailure) {
          result = .evidence(
            try collector.collect(job, host: host, plan: plan) {
              flag.isSet.load(ordering: .relaxed)
            })
        } catch {
          result = .failed("\(error)")
        }
      } else {
        result = .failed("the agent is stopping")
      }
      isBusy.store(false, ordering: .releasing)
      done(result)
    }
    return { flag.isSet.store(true, ordering: .relaxed) }
  }
}
