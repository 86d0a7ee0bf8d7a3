import Glibc
import JSONText

/// Why the monitor of a QEMU could not be used.
public struct QMPFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
  /// Whether the QEMU answered, and said no.
  public var isRefusal: Bool

  /// Makes a failure.
  public init(_ description: String, isRefusal: Bool = false) {
    self.description = description
    self.isRefusal = isRefusal
  }
}

/// A connection to the monitor of a QEMU, at a socket of this machine: one command after the other, each
/// with its answer (QEMU Machine Protocol, <https://www.qemu.org/docs/master/interop/qmp-spec.html>).
package final class QMPConnection {
  private struct Command<Arguments: Encodable>: Encodable {
    var execute: String
    var arguments: Arguments
    var id: Int
  }
  /// No arguments.
  package struct Nothing: Encodable {}

  /// Longest line of an answer.
  private static let mostBytes = 1 << 20

  private let descriptor: Int32
  private let limit: Duration
  private var buffer: [UInt8] = []
  private var number = 0

  /// Connects, and leaves the mode in which only capabilities are negotiated.
  /// - Parameters:
  ///   - path: Of the socket.
  ///   - limit: Longest wait for an answer.
  /// - Throws: `QMPFailure` where nobody listens there, or no QEMU does.
  package init(_ path: String, within limit: Duration = .seconds(10)) throws(QMPFailure) {
    self.limit = limit
    descriptor = try Self.connected(path)
    guard try message().member("QMP") != nil else {
      throw QMPFailure("\(path) is no monitor of a QEMU")
    }
    _ = try execute("qmp_capabilities")
  }

  deinit { close(descriptor) }

  private static func connected(_ path: String) throws(QMPFailure) -> Int32 {
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let isShort = withUnsafeMutableBytes(of: &name.sun_path) { room in
      guard bytes.count < room.count, !bytes.isEmpty else { return false }
      room.copyBytes(from: bytes)
      return true
    }
    guard isShort else { throw QMPFailure("\"\(path)\" is no path of a socket: it is too long") }
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { throw QMPFailure("the system gives no socket") }
    let status = withUnsafePointer(to: name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard status == 0 else {
      let why = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
      close(descriptor)
      throw QMPFailure("cannot connect to \(path): \(why)")
    }
    return descriptor
  }

  /// Runs a command without arguments.
  package func execute(_ command: String) throws(QMPFailure) -> JSONTree {
    try execute(command, Nothing())
  }

  /// Runs a command.
  /// - Returns: what it returned.
  /// - Throws: `QMPFailure`, with the words of the QEMU where it refused.
  package func execute(
    _ command: String, _ arguments: some Encodable
  ) throws(QMPFailure) -> JSONTree {
    number += 1
    guard
      let bytes = try? JSONWriter.bytes(
        Command(execute: command, arguments: arguments, id: number))
    else { throw QMPFailure("\(command) cannot be written as JSON") }
    try send(bytes)
    while true {
      let message = try message()
      // Events come in between, and answers to what another connection asked do not.
      guard case .integer(Int64(number))? = message.member("id")?.value else { continue }
      if let result = message.member("return") { return result }
      guard case .string(let words)? = message.member("error")?.member("desc")?.value else {
        throw QMPFailure("\(command): the answer is neither a result nor an error")
      }
      throw QMPFailure("\(command): \(words)", isRefusal: true)
    }
  }

  private func send(_ bytes: [UInt8]) throws(QMPFailure) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw QMPFailure("the QEMU closed its monitor") }
      sent += count
    }
  }

  /// The next line, taken apart.
  private func message() throws(QMPFailure) -> JSONTree {
    let end = ContinuousClock.now + limit
    var looked = 0
    while true {
      if let place = buffer[looked...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[..<place])
        buffer.removeSubrange(...place)
        guard let tree = try? JSONTree(line, limits: .tools) else {
          throw QMPFailure("the monitor answers with what is no JSON")
        }
        return tree
      }
      looked = buffer.count
      guard buffer.count < Self.mostBytes else {
        throw QMPFailure("the monitor answers with a line beyond \(Self.mostBytes) bytes")
      }
      try receive(until: end)
    }
  }

  private func receive(until end: ContinuousClock.Instant) throws(QMPFailure) {
    let left = end - .now
    guard left > .zero else { throw QMPFailure("the monitor does not answer in time") }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32(clamping: Int64(left / .milliseconds(1)) + 1)) > 0 else { return }
    var room = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &room, room.count, 0)
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw QMPFailure("the QEMU closed its monitor") }
    buffer += room[..<count]
  }
}
