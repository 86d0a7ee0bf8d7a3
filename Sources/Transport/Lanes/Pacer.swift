/// Keeps a connection at a rate. What timers are late by is made up for: pacing of the kernel
/// (SO_MAX_PACING_RATE) loses some of it, and how much depends on the machine.
struct Pacer {
  /// `nil` for a connection that carries what it can.
  private let bytesPerSecond: Int?
  /// When the next bytes are due.
  private var due = ContinuousClock.now

  /// What is made up for at most: a connection that had nothing to send saves up no more.
  private static let most = Duration.milliseconds(50)

  init(_ bytesPerSecond: Int?) { self.bytesPerSecond = bytesPerSecond.map { max(1, $0) } }

  /// Milliseconds until the next bytes may go; 0 for at once.
  var wait: Int32 {
    guard bytesPerSecond != nil else { return 0 }
    let left = due - .now
    return left > .zero ? Int32(clamping: Int64(left / .milliseconds(1)) + 1) : 0
  }

  /// Takes note of bytes that go.
  mutating func take(_ bytes: Int) {
    guard let bytesPerSecond else { return }
    due = max(due, .now - Self.most) + .seconds(Double(bytes) / Double(bytesPerSecond))
  }
}
