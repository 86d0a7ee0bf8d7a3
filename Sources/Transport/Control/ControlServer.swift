import Quantities
import Threads

/// Takes requests of whoever knows a secret, and answers them: bytes in, bytes out, one after the other
/// on each connection.
public final class ControlServer: Sendable {
  /// Largest message, in bytes.
  public static let largest = 64 << 20
  /// Most connections at once, strangers included.
  private static let mostConnections = 16

  private let secret: TransferSecret
  private let listeners: [TransferListener]
  private let connections = Monitor(0)

  /// Listens on own addresses, at ports that the system chooses.
  /// - Throws: `TransferFailure` when one of the addresses is not of this machine.
  public init(
    _ secret: TransferSecret, on addresses: [IPv4Address]
  ) throws(TransferFailure) {
    self.secret = secret
    listeners = try TransferListener.all(addresses, for: secret)
  }

  /// Ports by the addresses.
  public var ports: [Int] { listeners.map(\.port) }

  /// Answers until it is over; the thread that calls it waits.
  /// - Parameters:
  ///   - isOver: Asked now and then.
  ///   - answer: Called by threads of its own, of several connections at the same time.
  public func run(
    until isOver: @escaping @Sendable () -> Bool,
    _ answer: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) {
    TransferListener.serve(listeners, until: isOver, at: connections, most: Self.mostConnections) {
      self.take($0, isOver, answer)
    }
  }

  private func take(
    _ stranger: borrowing TCPSocket, _ isOver: () -> Bool, _ answer: ([UInt8]) -> [UInt8]
  ) {
    stranger.limitWaits(100)
    stranger.sendAtOnce()
    guard let socket = secret.meetsSender(over: stranger, within: .seconds(2)) else { return }
    while let request = ControlMessage.read(socket, isOver: isOver) {
      guard ControlMessage.write(answer(request), socket, within: .seconds(30)) else { return }
    }
  }
}

/// Bytes with their length before them: four bytes, the most significant first.
enum ControlMessage {
  /// The next message; `nil` when the connection is lost, or it is over.
  static func read(_ socket: borrowing TCPSocket, isOver: () -> Bool) -> [UInt8]? {
    guard let head = read(socket, 4, isOver) else { return nil }
    let count = head.reduce(0) { $0 << 8 | Int($1) }
    guard count <= ControlServer.largest else { return nil }
    return read(socket, count, isOver)
  }

  /// Grows as bytes come: a stranger's length costs nothing.
  private static func read(
    _ socket: borrowing TCPSocket, _ count: Int, _ isOver: () -> Bool
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let room = min(count - bytes.count, 1 << 20)
      var part = [UInt8](repeating: 0, count: room)
      switch part.withUnsafeMutableBytes({ socket.receive(into: $0) }) {
      case .bytes(let got): bytes += part.prefix(got)
      case .nothing: if isOver() { return nil }
      case .end, .failed: return nil
      }
    }
    return bytes
  }

  static func write(
    _ bytes: [UInt8], _ socket: borrowing TCPSocket, within limit: Duration
  ) -> Bool {
    guard bytes.count <= ControlServer.largest else { return false }
    let head = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) }
    return socket.write(head + bytes, within: limit)
  }
}
