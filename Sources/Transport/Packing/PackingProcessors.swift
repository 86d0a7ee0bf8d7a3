import Glibc
import Synchronization

/// How much of the machine's processors connections have for packing: those that do nothing else, and
/// what packing takes of them already.
///
/// Where memory goes as fast as processors move it, none is idle, and whatever one connection packed all
/// of them would carry less.
final class PackingProcessors: Sendable {
  static let shared = PackingProcessors()

  /// Time over which it is measured, in seconds: the kernel counts in hundredths.
  private static let window = 0.1

  /// Of a processor, that each connection has at least: a machine that is busy with something else
  /// gives a thread some of its time all the same.
  private static let least = 0.1

  private struct State {
    var looked: ContinuousClock.Instant?
    /// Seconds that processors were idle, all together, and that packing took of them.
    var idle = 0.0
    var packing = 0.0
    var free: Double?
  }

  private let connections = Atomic(0)
  private let nanoseconds = Atomic<Int64>(0)
  private let state = Mutex(State())

  /// A connection begins to send, or ends.
  func begin() { connections.add(1, ordering: .relaxed) }
  func end() { connections.subtract(1, ordering: .relaxed) }

  /// Packing took so much of a processor.
  func took(_ seconds: Double) { nanoseconds.add(Int64(seconds * 1e9), ordering: .relaxed) }

  /// Processors for each connection; `nil` until it was measured.
  var share: Double? {
    let free = state.withLock { state -> Double? in
      let now = ContinuousClock.now
      let time = state.looked.map { (now - $0) / .seconds(1) }
      if let time, time < Self.window { return state.free }
      let packing = Double(nanoseconds.load(ordering: .relaxed)) / 1e9
      // Where the kernel does not say it all of them count.
      guard let idle = Self.idleSeconds else { return Self.count }
      // What was measured long ago says nothing of now.
      state.free = time.flatMap { time in
        time > 20 * Self.window
          ? nil : max(0, (idle - state.idle + packing - state.packing) / time)
      }
      (state.looked, state.idle, state.packing) = (now, idle, packing)
      return state.free
    }
    return free.map {
      max(Self.least, $0 / Double(max(1, connections.load(ordering: .relaxed))))
    }
  }

  private static let count = Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Seconds that all processors together have been idle since the machine runs (proc_stat(5)).
  private static var idleSeconds: Double? {
    KernelFiles.line("/proc/stat").flatMap { idleSeconds($0.utf8) }
  }

  /// The fourth and fifth numbers of the first line: idle, and idle while something waits for a disk.
  static func idleSeconds(_ bytes: some Collection<UInt8>) -> Double? {
    let words = bytes.prefix { $0 != 10 }.split(separator: 32)
    guard words.count > 5, words[words.startIndex].elementsEqual("cpu".utf8) else { return nil }
    let ticks = words.dropFirst(4).prefix(2).map { Int64(String(decoding: $0, as: UTF8.self)) }
    guard let idle = ticks[0], let waiting = ticks[1] else { return nil }
    return (Double(idle) + Double(waiting)) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }
}
