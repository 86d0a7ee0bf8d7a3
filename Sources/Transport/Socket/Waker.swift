import CTransport
import Glibc

/// Wakes a thread that polls a socket.
final class Waker: Sendable {
  let descriptor: Int32

  /// Without a descriptor to spare a sleeper wakes by itself a little later.
  init() { descriptor = tenfold_event_make() }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func wake() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  /// Waits until somebody wakes it, or the socket has something to read.
  func sleep(beside socket: Int32, milliseconds: Int32) {
    var waiting = [
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waiting, 2, milliseconds) > 0, waiting[1].revents != 0 else { return }
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }
}
