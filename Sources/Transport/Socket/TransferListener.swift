import Quantities
import Threads

/// Sockets that wait for connections, and the threads that serve these.
final class TransferListener: Sendable {
  private let socket: TCPSocket
  private init(_ socket: consuming TCPSocket) { self.socket = socket }

  /// Listens on own addresses, at ports that the system chooses.
  /// - Parameter secret: Of those who will come.
  static func all(
    _ addresses: [IPv4Address], for secret: TransferSecret
  ) throws(TransferFailure) -> [TransferListener] {
    try secret.check()
    var listeners: [TransferListener] = []
    for address in addresses {
      do throws(LoadFailure) {
        let socket = try TCPSocket()
        try socket.bind(to: address)
        try socket.listen(64)
        listeners.append(TransferListener(socket))
      } catch {
        throw TransferFailure(error.description)
      }
    }
    return listeners
  }

  var port: Int { socket.port }

  /// Serves each connection on a thread of its own until it is over, and waits for all of them.
  /// - Parameters:
  ///   - connections: How many there are.
  ///   - most: Beyond them nobody is served.
  static func serve(
    _ listeners: [TransferListener], until isOver: @escaping @Sendable () -> Bool,
    at connections: Monitor<Int>, most: Int,
    _ body: @escaping @Sendable (borrowing TCPSocket) -> Void
  ) {
    eachOnItsThread(listeners) { listener in
      while !isOver() {
        // Whoever ends it waits for that, and no more than this.
        guard let socket = listener.socket.accept(within: .milliseconds(20)) else { continue }
        let connection = TransferListener(socket)
        let hasRoom = connections.change { count in
          guard count < most else { return false }
          count += 1
          return true
        }
        guard hasRoom else { continue }
        // A thread that has ended and is waited for keeps its stack: strangers come by the thousand.
        var work = Work()
        let isStarted = work.start {
          body(connection.socket)
          connections.change { $0 -= 1 }
        }
        work.leave()
        if !isStarted { connections.change { $0 -= 1 } }
      }
      while connections.wait(for: .seconds(60), { $0 == 0 ? true : nil }) == nil {}
    }
  }
}
