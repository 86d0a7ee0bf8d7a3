import Glibc
import Quantities

/// Small messages that go there and back, one after the other.
enum Echo {
  /// Bytes of a message.
  private static let length = 64
  /// Microseconds between two.
  private static let pause: useconds_t = 1000

  /// Sends back what comes until the other end has had enough.
  static func answer(
    _ socket: borrowing TCPSocket, until end: ContinuousClock.Instant,
    isCancelled: @Sendable () -> Bool
  ) {
    socket.sendAtOnce()
    while ContinuousClock.now < end, !isCancelled() {
      guard let message = socket.read(length, within: .seconds(1)) else {
        if socket.isClosed { return }
        continue
      }
      guard socket.write(message, within: .seconds(1)) else { return }
    }
  }

  /// Measures them; those of the warm-up do not count.
  /// - Returns: `nil` where the other end does not answer.
  static func measure(
    _ socket: borrowing TCPSocket, warmUp: Int, seconds: Int, isCancelled: @Sendable () -> Bool
  ) -> LoadResult? {
    socket.sendAtOnce()
    let message = [UInt8](repeating: 0, count: length)
    let start = ContinuousClock.now + .seconds(warmUp)
    let end = start + .seconds(seconds)
    var taken: [Int64] = []
    taken.reserveCapacity(seconds * 1000)
    var sent = ContinuousClock.now
    while sent < end, !isCancelled() {
      // What is lost the kernel sends again, after a fifth of a second and more.
      let limit = Duration.seconds(15)
      guard socket.write(message, within: limit),
        socket.read(length, within: limit) != nil
      else { return nil }
      let time = ContinuousClock.now - sent
      if sent >= start { taken.append(Int64(time / .nanoseconds(1))) }
      usleep(pause)
      sent = .now
    }
    return Delays(taken).map { delays in
      LoadResult(
        bytes: Int64(delays.count * length), microseconds: Int64(seconds) * 1_000_000,
        retransmissions: socket.retransmissions, delays: delays)
    }
  }
}
