import CTransport
import Glibc
import Quantities

/// A connection by RDMA that goes with a lane: the content of frames is written into the memory of the
/// receiver by its adapter, everything else goes over the lane's socket. One thread uses it.
final class RDMALink {
  /// Longest time in milliseconds for both ends to meet, beside what they take to register their memory.
  private static let meeting: Int32 = 3000

  /// Milliseconds that one end may take to register its memory, ten minutes at most.
  private static func registering(_ memory: TransferMemory) -> Int32 {
    Int32(clamping: min(600, RDMARegistering.seconds(memory.count)) * 1000)
  }

  private var handle: OpaquePointer?
  /// Name of the adapter.
  let adapter: String

  private init(_ handle: OpaquePointer) {
    self.handle = handle
    adapter = String(cString: tenfold_rdma_adapter(handle))
  }

  deinit { end() }

  /// Ends it: nothing is written by it any more.
  func end() {
    tenfold_rdma_close(handle)
    handle = nil
  }

  /// Runs a call that says why it fails.
  private static func told(
    _ call: (UnsafeMutablePointer<CChar>, Int) -> OpaquePointer?
  ) throws(TransferFailure) -> OpaquePointer {
    var words = [CChar](repeating: 0, count: 256)
    let made = words.withUnsafeMutableBufferPointer { room in
      room.baseAddress.flatMap { call($0, room.count) }
    }
    guard let made else {
      throw TransferFailure(
        String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    return made
  }

  /// Invites the sender of a lane, at the receiving end.
  /// - Returns: `nil` where the lane goes on without.
  /// - Throws: `TransferFailure` when the two do not agree, so that the lane cannot go on.
  static func invite(
    over socket: borrowing TCPSocket, into memory: TransferMemory
  ) throws(TransferFailure) -> RDMALink? {
    var port: UInt16 = 0
    let door = socket.ownAddress.flatMap { own in
      try? told { tenfold_rdma_listen(own.bits, &port, $0, $1) }
    }
    let invitation = RDMAInvitation(port: door == nil ? 0 : port)
    guard socket.write(invitation.bytes, within: .seconds(2)) else {
      tenfold_rdma_shut(door)
      throw TransferFailure("the sender has gone")
    }
    let link = door.flatMap { door in
      try? told { why, room in
        tenfold_rdma_accept(
          door, invitation.nonce, memory.base, memory.count, socket.descriptor, meeting,
          registering(memory), why, room)
      }
    }.map(RDMALink.init)
    guard let answer = socket.read(1, within: .milliseconds(2 * meeting + registering(memory)))
    else {
      throw TransferFailure("the sender has gone")
    }
    guard answer == [1] else { return nil }
    guard let link else { throw TransferFailure("the sender writes by RDMA where nobody is") }
    return link
  }

  /// Follows the invitation, at the sending end.
  /// - Returns: the link, or why there is none.
  /// - Throws: `TransferFailure` when the lane cannot go on.
  static func follow(
    over socket: borrowing TCPSocket, _ path: TransferPath, of memory: TransferMemory
  ) throws(TransferFailure) -> Result<RDMALink, TransferFailure> {
    guard let bytes = socket.read(RDMAInvitation.length, within: .milliseconds(meeting)) else {
      throw TransferFailure("\(path.other) does not answer")
    }
    let invitation = RDMAInvitation(bytes)
    let result: Result<RDMALink, TransferFailure>
    if invitation.port == 0 {
      result = .failure(TransferFailure("\(path.other) has no RDMA adapter"))
    } else {
      result = Result { () throws(TransferFailure) in
        RDMALink(
          try told { why, room in
            tenfold_rdma_call(
              path.own.bits, path.other.bits, invitation.port, invitation.nonce, memory.base,
              memory.count, meeting, registering(memory), why, room)
          })
      }
    }
    let isThere = (try? result.get()) != nil
    guard socket.write([isThere ? 1 : 0], within: .seconds(2)) else {
      throw TransferFailure("\(path.other) closed the connection")
    }
    return result
  }

  /// What became of a write.
  enum Written { case onItsWay, noRoom, lost }

  /// Writes pieces of the memory to their places at the other end, and tells it the number behind them.
  func write(_ pieces: UnsafeMutableBufferPointer<iovec>, number: UInt32) -> Written {
    guard let handle else { return .lost }
    switch tenfold_rdma_write(handle, pieces.baseAddress, pieces.count, number) {
    case 1: return .onItsWay
    case 0: return .noRoom
    default: return .lost
    }
  }

  /// Takes note of what was written, waiting for some for so long.
  /// - Returns: `false` when the connection is lost.
  func settle(milliseconds: Int32) -> Bool {
    handle.map { tenfold_rdma_settle($0, milliseconds) == 0 } ?? false
  }

  /// Bytes that are at the other end, and whether more are on their way.
  var progress: (written: UInt64, isBusy: Bool) {
    handle.map { (tenfold_rdma_written($0), tenfold_rdma_busy($0) != 0) } ?? (0, false)
  }

  /// What came.
  enum Arrival {
    /// A frame, with its number where the adapter can tell one.
    case frame(number: UInt32?)
    case nothing
    case lost
  }

  /// The next frame that the other end told behind its writes, in their order.
  func arrived(milliseconds: Int32) -> Arrival {
    guard let handle else { return .lost }
    var number: UInt32 = 0
    switch tenfold_rdma_arrived(handle, &number, milliseconds) {
    case 1: return .frame(number: number)
    case 2: return .frame(number: nil)
    case 0: return .nothing
    default: return .lost
    }
  }
}
