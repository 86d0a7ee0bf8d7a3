import Quantities

/// What both ends of a connection know and nobody else: made by whoever asks both of them to connect,
/// for this one time.
///
/// The receiver shows that it has it before the sender sends anything, so that nobody can turn a sender
/// on a stranger; the sender shows it before anything of his counts.
public struct TransferSecret: Hashable, Sendable {
  /// Thirty-two hexadecimal digits.
  public let text: String

  /// `nil` for a text that is none.
  public init?(_ text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.text = text
  }

  /// One that nobody knows yet.
  public init() {
    var generator = SystemRandomNumberGenerator()
    text = (0..<4).map { _ in
      let digits = String(UInt32.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }.joined()
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte)
  }

  /// What the receiver says first, and what the sender answers.
  var ofReceiver: [UInt8] { proof("receives") }
  var ofSender: [UInt8] { proof("sends") }

  /// Shows a sender that this is the receiver.
  /// - Returns: whether he showed that he is the sender.
  func meetsSender(over socket: borrowing TCPSocket, within limit: Duration) -> Bool {
    socket.write(ofReceiver, within: limit)
      && socket.read(Self.proofLength, within: limit) == ofSender
  }

  /// Waits until the receiver has shown that he is it, then shows him that this is the sender.
  /// - Parameter what: What he should wait for, for the message.
  /// - Throws: `LoadFailure` when he does not.
  func meetReceiver(
    over socket: borrowing TCPSocket, at address: IPv4Address, of what: String,
    within limit: Duration
  ) throws(LoadFailure) {
    guard socket.read(Self.proofLength, within: limit) == ofReceiver else {
      throw LoadFailure("nobody at \(address) waits for this \(what)")
    }
    guard socket.write(ofSender, within: limit) else {
      throw LoadFailure("\(address) closed the connection")
    }
  }

  private func proof(_ role: String) -> [UInt8] {
    Array(SHA256.hexDigest(Array("tenfold load \(role) \(text)".utf8)).utf8)
  }
  /// Bytes of a proof.
  static let proofLength = 64
}
