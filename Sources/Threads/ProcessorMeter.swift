import Glibc
import Synchronization

/// How long processors work for a job, whichever threads do it; the kernel's work for these threads
/// counts, what it does by itself does not (clock_getcpuclockid(3)).
public final class ProcessorMeter: Sendable {
  private struct State {
    /// Of threads that are done.
    var ended = Duration.zero
    /// What each thread that is not had taken before; it is there for as long as the thread is.
    var running: [pthread_t: Duration] = [:]
  }

  private let state = Mutex(State())

  /// Nothing yet.
  public init() {}

  /// Does a part of the job on this thread. A part of a part counts once; what it lets other threads do
  /// is theirs to measure.
  public func measure<Result: ~Copyable, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let thread = pthread_self()
    let isOutermost = state.withLock { state in
      guard state.running[thread] == nil else { return false }
      state.running[thread] = Self.time(of: thread)
      return true
    }
    defer {
      if isOutermost {
        state.withLock { state in
          let before = state.running.removeValue(forKey: thread)
          state.ended += Self.time(of: thread) - (before ?? .zero)
        }
      }
    }
    return try body()
  }

  /// Processor time until now, of threads that are at it too.
  public var total: Duration {
    state.withLock { state in
      state.running.reduce(state.ended) { $0 + Self.time(of: $1.key) - $1.value }
    }
  }

  /// What the thread that asks has taken of processors since it began.
  public static var ownTime: Duration { time(of: pthread_self()) }

  /// What a living thread has taken of processors.
  private static func time(of thread: pthread_t) -> Duration {
    var clock = clockid_t()
    var time = timespec()
    guard pthread_getcpuclockid(thread, &clock) == 0, clock_gettime(clock, &time) == 0 else {
      return .zero
    }
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
