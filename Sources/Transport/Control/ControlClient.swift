import Quantities

/// Asks a `ControlServer`, over whichever of its addresses answers. Used by one thread at a time.
public final class ControlClient {
  private final class Connection {
    let socket: TCPSocket
    init(_ socket: consuming TCPSocket) { self.socket = socket }
  }

  private let secret: TransferSecret
  private let paths: [TransferPath]
  private var connection: Connection?

  /// - Parameter paths: In the order in which they are tried.
  public init(_ secret: TransferSecret, over paths: [TransferPath]) {
    self.secret = secret
    self.paths = paths
  }

  /// Asks, and waits for the answer. A connection that is lost is made anew by the next question; whether
  /// the other end did what it was asked for is not known then.
  /// - Throws: `TransferFailure` when no answer comes in time.
  public func ask(_ request: [UInt8], within limit: Duration) throws(TransferFailure) -> [UInt8] {
    let end = ContinuousClock.now + limit
    // One that lay idle may have been closed, by the other end or by what is between.
    let old = connection.flatMap { $0.socket.isClosed ? nil : $0 }
    let own = if let old { old } else { try connect() }
    connection = nil
    guard ControlMessage.write(request, own.socket, within: limit),
      let answer = ControlMessage.read(own.socket, isOver: { ContinuousClock.now >= end })
    else { throw TransferFailure("the other host did not answer") }
    connection = own
    return answer
  }

  private func connect() throws(TransferFailure) -> Connection {
    var last = TransferFailure("no address of the other host is known")
    for path in paths {
      do throws(LoadFailure) {
        let socket = try TCPSocket()
        try socket.bind(to: path.own)
        try socket.connect(to: path.other, port: path.port, within: .seconds(2))
        socket.sendAtOnce()
        socket.limitWaits(50)
        socket.keepAlive()
        return Connection(
          try secret.meetReceiver(
            over: socket, at: path.other, of: "migration", within: .seconds(2)))
      } catch {
        last = TransferFailure(error.description)
      }
    }
    throw last
  }
}
