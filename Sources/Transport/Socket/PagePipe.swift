import CTransport
import Glibc

/// A pipe through which pages of a memory go into a socket without being copied.
///
/// What the network then reads, and reads again when it was lost, is the memory itself: whoever sends
/// this way sends a page once more when it was written to meanwhile, and reuses no page before it landed.
struct PagePipe: ~Copyable {
  private let from: Int32
  private let into: Int32
  /// Bytes of whole pages.
  private let room: Int
  private var held = 0

  /// `nil` where the system gives none, or too small a one to be worth it.
  init?() {
    var ends: [Int32] = [-1, -1]
    let room = tenfold_pages_pipe(&ends)
    guard room >= 128 << 10 else {
      for end in ends where end >= 0 { close(end) }
      return nil
    }
    self.room = room
    (from, into) = (ends[0], ends[1])
  }

  deinit {
    for end in [from, into] where end >= 0 { close(end) }
  }

  /// Takes the first of some pieces, or a part of them, once all it held is sent.
  /// - Returns: bytes; 0 where the kernel cannot do it with this memory.
  mutating func take(_ pieces: UnsafeMutableBufferPointer<iovec>) -> Int {
    guard held == 0 else { return 0 }
    held = max(0, tenfold_pages_take(into, pieces.baseAddress, pieces.count))
    return held
  }

  /// Sends what it holds, or a part of that.
  /// - Parameter hasMore: Whether something follows of which the network need not wait for.
  /// - Returns: as `TCPSocket.send`.
  mutating func send(over socket: borrowing TCPSocket, hasMore: Bool) -> TCPSocket.Moved {
    let moved = TCPSocket.moved(
      tenfold_pages_send(from, socket.descriptor, held, hasMore ? 1 : 0))
    if case .bytes(let count) = moved { held -= count }
    return moved
  }

  var isEmpty: Bool { held == 0 }
}
