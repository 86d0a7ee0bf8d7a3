import Crypto
import Foundation
import Glibc
import Quantities
import X509

/// Why a host gets no certificate.
public enum EnrolmentRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case token
  case genuine
  case expired(Timestamp)
  case spent
  case request
  /// The authority could not write down that the token is spent.
  case storage(String)

  public var description: String {
    switch self {
    case .token: "this is no token"
    case .genuine: "the token was not made by the authority of this plan"
    case .expired(let end): "the token ended \(end)"
    case .spent: "the token was used before"
    case .request: "the request is not signed with its own key of P-256"
    case .storage(let what): "the authority cannot write: \(what)"
    }
  }
}

/// Redeems tokens. Each is good for one certificate: that it is spent is on the disk before the
/// certificate leaves, and files are locked, so that two servers do not give two.
public struct TokenDesk: Sendable {
  /// Largest list of spent tokens, in bytes: half a million of them.
  private static let limit = 1 << 24

  let authority: Authority
  private let folder: String

  /// Opens the desk of an authority below the folder of keys.
  public init(_ authority: Authority, keys: String) {
    self.authority = authority
    folder = AuthorityFolder.path(keys, authority.plan)
  }

  /// A certificate for the host of a token. Waits for the disk.
  /// - Parameter request: A certification request in PEM (RFC 2986); of it only the key counts, and
  ///   that its owner signed it.
  public func redeem(
    _ text: String, request: String, at now: Timestamp
  ) throws(EnrolmentRefusal) -> (certificate: Certificate, host: HostName) {
    guard let token = EnrolmentToken(text) else { throw .token }
    guard token.isGenuine(to: authority) else { throw .genuine }
    guard now <= token.end else { throw .expired(token.end) }
    guard request.utf8.count <= 8192,
      let request = try? CertificateSigningRequest(pemEncoded: request),
      let key = P256.Signing.PublicKey(request.publicKey),
      request.publicKey.isValidSignature(request.signature, for: request)
    else { throw .request }
    let certificate: Certificate
    do { certificate = try authority.issue(.agent(token.host), to: key, at: now) } catch {
      throw .storage("\(error)")
    }
    try spend(token.nonce)
    return (certificate, token.host)
  }

  private func spend(_ nonce: [UInt8]) throws(EnrolmentRefusal) {
    let file = "\(folder)/\(AuthorityFolder.spentFile)"
    let descriptor = open(
      file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .storage(PrivateFolder.failure("", file, errno).message) }
    // Closing it unlocks it.
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        throw .storage(PrivateFolder.failure("cannot lock", file, errno).message)
      }
    }
    let known: [UInt8]
    do throws(Findings) {
      known = try PrivateFolder.content(of: descriptor, file, TokenDesk.limit)
    } catch {
      throw .storage(error.message)
    }
    let line = Array(Base64URL.text(nonce).utf8)
    guard !known.split(separator: 10).contains(line[...]) else { throw .spent }
    // A write that was cut short left a line without its end.
    let start: [UInt8] = known.isEmpty || known.last == 10 ? [] : [10]
    let code = PrivateFolder.put(start + line + [10], descriptor)
    guard code == 0 else {
      throw .storage(PrivateFolder.failure("cannot write", file, code).message)
    }
    if known.isEmpty {
      do throws(Findings) { try PrivateFolder(existing: folder).syncFolder() } catch {
        throw .storage(error.message)
      }
    }
  }
}

extension Findings {
  var message: String { all.map(\.message).joined(separator: "; ") }
}
