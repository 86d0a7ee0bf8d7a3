import Crypto
import Foundation
import Quantities
import X509

/// A text that lets one host of one plan get a certificate, once, for a short time.
///
/// In it are, in this order: the version (1 byte), the end of its life (8 bytes, seconds since 1970,
/// most significant first), a random number used once (16), the SHA-256 of the authority's
/// certificate (32), the host's name (its length in 1 byte, and so many), and HMAC-SHA256 (RFC 2104)
/// over a label, the plan's hash and all of that (32). It is written in base64url, about 140
/// characters. The fingerprint lets the host know the server before it shows the token to it.
public struct EnrolmentToken: Sendable {
  /// How long a token holds, in seconds.
  public static let lifetime: Int64 = 3600
  /// Longest text that is looked at.
  static let longest = 256

  public let host: HostName
  /// Last moment at which it is redeemed, by the clock of the authority.
  public let end: Timestamp
  /// Used once.
  let nonce: [UInt8]
  /// Of the authority that made it.
  public let fingerprint: [UInt8]
  private let code: [UInt8]

  private static let version: UInt8 = 1
  private static let label = Array("tenfold enrolment token 1\0".utf8)

  /// Makes a token.
  public init(
    for host: HostName, by authority: Authority, lifetime: Int64 = lifetime, at now: Timestamp
  ) {
    var generator = SystemRandomNumberGenerator()
    self.host = host
    end = now + lifetime
    nonce = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    fingerprint = authority.trust.fingerprint
    let body = EnrolmentToken.body(end, nonce, fingerprint, host)
    code = Array(
      HMAC<Crypto.SHA256>.authenticationCode(
        for: EnrolmentToken.label + Array(authority.plan.text.utf8) + body,
        using: authority.tokenKey))
  }

  /// Reads a token; `nil` for what is none. Whether it is genuine, only its authority can tell.
  public init?(_ text: String) {
    guard text.utf8.count <= EnrolmentToken.longest, let bytes = Base64URL.bytes(text),
      bytes.count >= 91, bytes[0] == EnrolmentToken.version,
      bytes.count == 90 + Int(bytes[57]),
      let seconds = Int64(exactly: bytes[1..<9].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }),
      let end = Timestamp(seconds: seconds),
      let host = HostName(String(decoding: bytes[58..<(bytes.count - 32)], as: UTF8.self))
    else { return nil }
    self.end = end
    self.host = host
    nonce = Array(bytes[9..<25])
    fingerprint = Array(bytes[25..<57])
    code = Array(bytes.suffix(32))
  }

  public var text: String {
    Base64URL.text(EnrolmentToken.body(end, nonce, fingerprint, host) + code)
  }

  /// Whether an authority made it. Takes the same time whichever byte is wrong.
  func isGenuine(to authority: Authority) -> Bool {
    let body = EnrolmentToken.body(end, nonce, fingerprint, host)
    return HMAC<Crypto.SHA256>.isValidAuthenticationCode(
      code, authenticating: EnrolmentToken.label + Array(authority.plan.text.utf8) + body,
      using: authority.tokenKey)
  }

  private static func body(
    _ end: Timestamp, _ nonce: [UInt8], _ fingerprint: [UInt8], _ host: HostName
  ) -> [UInt8] {
    let name = Array(host.text.utf8)
    var bytes = [version]
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: end.seconds >> Int64(shift)))
    }
    return bytes + nonce + fingerprint + [UInt8(truncatingIfNeeded: name.count)] + name
  }
}
