import Quantities

/// What both ends of a connection know and nobody else: made by whoever asks both of them to connect,
/// for this one time.
///
/// The receiver shows that it has it before the sender sends anything, so that nobody can turn a sender
/// on a stranger; the sender shows it before anything of his counts. It also says whether they encrypt
/// (TLS 1.3), so that nobody between the two can talk them out of it.
public struct TransferSecret: Hashable, Sendable {
  /// Thirty-two hexadecimal digits, with `tls-` before them where connections are encrypted.
  public let text: String

  private static let mark = "tls-"
  /// Most characters of a text.
  public static let longest = mark.utf8.count + 32

  /// `nil` for a text that is none.
  public init?(_ text: String) {
    let digits = text.utf8.dropFirst(text.hasPrefix(Self.mark) ? Self.mark.utf8.count : 0)
    guard digits.count == 32, digits.allSatisfy(Self.isDigit) else { return nil }
    self.text = text
  }

  /// One that nobody knows yet.
  /// - Parameter isEncrypted: Whether connections are.
  public init(isEncrypted: Bool = false) {
    var generator = SystemRandomNumberGenerator()
    text =
      (isEncrypted ? Self.mark : "")
      + (0..<4).map { _ in
        let digits = String(UInt32.random(in: .min ... .max, using: &generator), radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
      }.joined()
  }

  /// Whether connections are encrypted.
  public var isEncrypted: Bool { text.hasPrefix(Self.mark) }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte)
  }

  /// What the receiver says first, and what the sender answers.
  var ofReceiver: [UInt8] { proof("receives") }
  var ofSender: [UInt8] { proof("sends") }

  /// - Throws: `TransferFailure` when this host cannot encrypt, though it is to.
  func check() throws(TransferFailure) {
    guard isEncrypted, let failure = TLSSession.failure else { return }
    throw TransferFailure(failure.description)
  }

  /// Shows a sender that this is the receiver.
  /// - Returns: the connection to go on with; `nil` where he did not show that he is the sender.
  func meetsSender(over socket: borrowing TCPSocket, within limit: Duration) -> TCPSocket? {
    if isEncrypted {
      return (try? socket.encrypted(as: .server, key: key, within: limit)) ?? nil
    }
    guard socket.write(ofReceiver, within: limit),
      socket.read(Self.proofLength, within: limit) == ofSender
    else { return nil }
    return try? socket.again()
  }

  /// Waits until the receiver has shown that he is it, then shows him that this is the sender.
  /// - Parameter what: What he should wait for, for the message.
  /// - Returns: the connection to go on with.
  /// - Throws: `LoadFailure` when he does not.
  func meetReceiver(
    over socket: consuming TCPSocket, at address: IPv4Address, of what: String,
    within limit: Duration
  ) throws(LoadFailure) -> TCPSocket {
    if isEncrypted {
      guard let met = try socket.encrypted(as: .client, key: key, within: limit) else {
        throw LoadFailure("nobody at \(address) waits for this \(what) with the same key")
      }
      return met
    }
    guard socket.read(Self.proofLength, within: limit) == ofReceiver else {
      throw LoadFailure("nobody at \(address) waits for this \(what)")
    }
    guard socket.write(ofSender, within: limit) else {
      throw LoadFailure("\(address) closed the connection")
    }
    return socket
  }

  /// Of connections that are encrypted: 32 digits, as many bits as a secret has.
  var key: [UInt8] { Array(SHA256.hexDigest(Array("tenfold tls \(text)".utf8)).utf8.prefix(32)) }

  private func proof(_ role: String) -> [UInt8] {
    Array(SHA256.hexDigest(Array("tenfold load \(role) \(text)".utf8)).utf8)
  }
  /// Bytes of a proof.
  static let proofLength = 64
}
