import Dispatch
import Synchronization

/// Does two independent things at once and waits for both.
///
/// Nothing depends on which ends first, so results are the same on one processor and on many.
/// - Throws: The failure of the first thing, else that of the second.
func both<A: Sendable, B: Sendable>(
  _ first: @Sendable () throws -> A, _ second: @Sendable () throws -> B
) throws -> (A, B) {
  let a = Mutex<Result<A, any Error>?>(nil)
  let b = Mutex<Result<B, any Error>?>(nil)
  DispatchQueue.concurrentPerform(iterations: 2) { index in
    if index == 0 {
      let result = Result(catching: first)
      a.withLock { $0 = result }
    } else {
      let result = Result(catching: second)
      b.withLock { $0 = result }
    }
  }
  guard let left = a.withLock({ $0 }), let right = b.withLock({ $0 }) else {
    throw Failure.lost
  }
  return (try left.get(), try right.get())
}

extension Failure {
  /// The system did not run what it was given.
  fileprivate static var lost: Failure { .machine("cannot run two things at once", "threads", 11) }
}
