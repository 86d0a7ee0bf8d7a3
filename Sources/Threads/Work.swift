import CThreads
import Glibc

/// Computations that run on threads of their own until they are waited for.
public struct Work: ~Copyable, Sendable {
  private var threads: [pthread_t] = []

  /// Nothing yet.
  public init() {}

  /// Starts a computation; `false` when the system gives no thread.
  public mutating func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let failure = tenfold_start_thread(
      &thread,
      { pointer in
        if let pointer { Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    guard failure == 0 else {
      box.release()
      return false
    }
    threads.append(thread)
    return true
  }

  /// Waits for all of them.
  public consuming func finish() {
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Lets them run to their ends without anybody waiting.
  public consuming func leave() {
    for thread in threads { pthread_detach(thread) }
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
