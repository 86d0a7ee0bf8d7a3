import CMigration
import Glibc
import Threads

/// A synthetic guest: memory, and threads that write to it as a workload says.
public final class Guest: @unchecked Sendable {
  public let memory: GuestMemory
  public let workload: Workload
  // Made once, freed at the end; the functions that take them may be called from any thread.
  private let writers: [OpaquePointer]
  private let running: Monitor<Int>
  private let flags: Monitor<(isPaused: Bool, isStopped: Bool)>

  /// Starts a guest.
  /// - Parameters:
  ///   - isPaused: Whether it stands still at first.
  ///   - threads: That share the writes.
  public init(
    _ memory: GuestMemory, _ workload: Workload, seed: UInt64, threads: Int = 1,
    isPaused: Bool = false
  ) {
    self.memory = memory
    self.workload = workload
    let running = Monitor(0)
    flags = Monitor((isPaused: isPaused, isStopped: false))
    self.running = running
    let count = max(1, min(threads, 64))
    writers = (0..<count).compactMap { number in
      var how = Self.writing(memory, workload, seed &+ UInt64(number), share: count)
      return tenfold_writer_make(&how)
    }
    var work = Work()
    for writer in writers {
      if isPaused { tenfold_writer_set_pause(writer, 1) }
      running.change { $0 += 1 }
      let address = UInt(bitPattern: writer)
      let isStarted = work.start {
        withExtendedLifetime(memory) {
          if let writer = OpaquePointer(bitPattern: address) { tenfold_writer_run(writer) }
        }
        running.change { $0 -= 1 }
      }
      if !isStarted { running.change { $0 -= 1 } }
    }
    work.leave()
  }

  deinit {
    stop()
    // A thread that has not ended still looks at its writer.
    guard running.read({ $0 == 0 }) else { return }
    for writer in writers { tenfold_writer_free(writer) }
  }

  private static func writing(
    _ memory: GuestMemory, _ workload: Workload, _ seed: UInt64, share: Int
  ) -> tenfold_writing {
    var how = tenfold_writing()
    how.base = memory.base
    how.pages = UInt64(max(0, min(workload.pages, memory.pages)))
    how.page_size = UInt64(memory.pageSize)
    how.seed = seed
    how.rate = UInt64(max(0, min(workload.writesPerSecond / Double(share), 1e12)))
    switch workload.pattern {
    case .uniform: how.pattern = TENFOLD_UNIFORM
    case .hotSpot(let writes, let pages):
      how.pattern = TENFOLD_HOT_SPOT
      how.hot_writes = UInt32(max(0, min(writes, 1)) * 1000)
      how.hot_pages = UInt32(max(0, min(pages, 1)) * 1000)
    case .sequential: how.pattern = TENFOLD_SEQUENTIAL
    case .burst(let on, let off):
      how.pattern = TENFOLD_BURST
      how.on_ms = UInt32(max(0, min(on, 1e6)) * 1000)
      how.off_ms = UInt32(max(0, min(off, 1e6)) * 1000)
    }
    return how
  }

  /// Lets it stand still, and waits until it does.
  /// - Returns: `false` when it does not within a second.
  public func pause() -> Bool {
    flags.change { $0.isPaused = true }
    for writer in writers { tenfold_writer_set_pause(writer, 1) }
    let end = ContinuousClock.now + .seconds(1)
    while !writers.allSatisfy({ tenfold_writer_is_paused($0) == 1 }) {
      guard ContinuousClock.now < end else { return false }
      usleep(100)
    }
    return true
  }

  /// Lets it go on.
  public func resume() {
    flags.change { $0.isPaused = false }
    for writer in writers { tenfold_writer_set_pause(writer, 0) }
  }

  /// Whether it was not told to stand still, nor to end.
  public var isRunning: Bool { flags.read { !$0.isPaused && !$0.isStopped } }

  /// Slows it down by so many percent.
  public func throttle(_ percent: Int) {
    for writer in writers { tenfold_writer_set_throttle(writer, UInt32(max(0, min(percent, 100)))) }
  }

  /// Writes until now.
  public var writes: UInt64 { writers.reduce(0) { $0 &+ tenfold_writer_written($1) } }

  /// Tells it to end, and does not wait.
  func tellToStop() {
    flags.change { $0.isStopped = true }
    for writer in writers { tenfold_writer_stop(writer) }
  }

  /// Ends it; its memory stays as it is.
  public func stop() {
    tellToStop()
    _ = running.wait(for: .seconds(10)) { $0 == 0 ? true : nil }
  }
}
