import Crypto
import NIOCore
import NIOPosix
import NIOSSL
import Quantities
import X509

/// A host's way to a certificate.
public enum Enrolment {
  /// Makes a key, which never leaves this host, and exchanges a token for a certificate of it.
  ///
  /// The token is shown to nobody but a server whose authority has the token's fingerprint, and the
  /// certificate is taken only if it is for this key, the token's host, and signed by that authority.
  public static func enrol(
    with token: EnrolmentToken, at address: AgentAddress, group: any EventLoopGroup,
    deadlines: Deadlines = Deadlines(), clock: @escaping @Sendable () -> Timestamp = { .now }
  ) async throws -> Result<Credentials, AgentFailure> {
    let key = P256.Signing.PrivateKey()
    let request = try CertificateSigningRequest(
      version: .v1, subject: try DistinguishedName { CommonName(token.host.text) },
      privateKey: Certificate.PrivateKey(key), attributes: CertificateSigningRequest.Attributes(),
      signatureAlgorithm: .ecdsaWithSHA256)
    let session = EnrolmentClientSession(
      EnrolmentRequest(token: token.text, request: try request.serializeAsPEM().pemString),
      deadlines: deadlines)
    let total =
      deadlines.connecting + deadlines.handshake + deadlines.greeting + deadlines.slack
    let outcome: EnrolmentClientSession.Outcome = await AgentClient.run(
      session, to: address, context: try TLS.client(nil),
      check: { checkServer($0, token, at: clock()) },
      deadlines: deadlines, total: total, clock: clock, on: group.next())
    switch outcome {
    case .failure(let failure): return .failure(failure)
    case .success(.refused(let why)): return .failure(.refused(Plain.text(why)))
    case .success(.enrolled(let certificate, let authority)):
      return credentials(key, certificate, authority, token, at: clock())
    }
  }

  /// Whether a server is the one that the token means: it shows its own certificate and that of its
  /// authority.
  static func checkServer(
    _ shown: [[UInt8]], _ token: EnrolmentToken, at now: Timestamp
  ) -> Result<Identity, PeerRefusal> {
    do throws(PeerRefusal) {
      guard let own = shown.first else { throw .none }
      guard shown.count == 2, shown.allSatisfy({ $0.count <= 8192 }) else {
        throw .form("the authority's is not shown")
      }
      guard Array(Crypto.SHA256.hash(data: shown[1])) == token.fingerprint else {
        throw .unknownAuthority
      }
      guard let authority = try? Certificate(derEncoded: shown[1]),
        let certificate = try? Certificate(derEncoded: own)
      else { throw .form("unreadable") }
      guard let claim = try Trust.claim(of: certificate) else { throw .form("no name of Tenfold") }
      return Trust(plan: claim.plan, authority: authority).check(
        [own], as: .enrolment, at: now)
    } catch {
      return .failure(error)
    }
  }

  private static func credentials(
    _ key: P256.Signing.PrivateKey, _ certificate: String, _ authority: String,
    _ token: EnrolmentToken, at now: Timestamp
  ) -> Result<Credentials, AgentFailure> {
    guard let own = try? Certificate(pemEncoded: certificate),
      let authority = try? Certificate(pemEncoded: authority), let bytes = try? own.derBytes,
      let claim = try? Trust.claim(of: own)
    else { return .failure(.malformed("no certificates")) }
    let trust = Trust(plan: claim.plan, authority: authority)
    guard trust.fingerprint == token.fingerprint else {
      return .failure(.malformed("the certificate of another authority"))
    }
    guard own.publicKey == Certificate.PublicKey(key.publicKey) else {
      return .failure(.malformed("a certificate of another key"))
    }
    if case .failure(let why) = trust.check([bytes], as: .agent(token.host), at: now) {
      return .failure(.malformed("\(why)"))
    }
    return .success(Credentials(key: key, certificate: own, trust: trust))
  }
}
