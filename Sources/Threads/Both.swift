import Synchronization

/// What two computations make, both at once: the second on a thread of its own.
public func both<A, B: Sendable>(_ first: () -> A, _ second: @Sendable () -> B) -> (A, B) {
  let result = Mutex<B?>(nil)
  let run = { @Sendable in
    let value = second()
    result.withLock { $0 = value }
  }
  let a = withoutActuallyEscaping(run) { run in
    var work = Work()
    let isStarted = work.start(run)
    let a = first()
    if !isStarted { run() }
    work.finish()
    return a
  }
  return (a, result.withLock { $0 } ?? second())
}

/// What two computations make, both at once: the second on a thread of its own.
/// - Throws: what they throw; of two errors, that of the first.
public func both<A, B: Sendable>(
  _ first: () throws -> A, _ second: @Sendable () throws -> B
) throws -> (A, B) {
  let (a, b) = both({ Result(catching: first) }, { Result(catching: second) })
  return (try a.get(), try b.get())
}
