import Crypto
import Foundation
import Quantities
import X509

/// The certificate authority of one plan: signs who its coordinator, its agents and its enrolment
/// server are, and makes and redeems tokens. It is a value; `AuthorityFolder` keeps it on disk.
public struct Authority: Sendable {
  /// How long its own certificate holds.
  static let lifetime: Int64 = 365 * 86_400
  /// How long certificates of agents hold.
  public static let agentLifetime: Int64 = 30 * 86_400
  /// How long certificates hold that a command makes for one run.
  public static let runLifetime: Int64 = 86_400
  /// Certificates begin this long before they are made: the clock of a host with a dead battery, or
  /// set to local time, must not keep it from saying that it is wrong.
  static let backdating: Int64 = 86_400

  public let plan: PlanHash
  /// Its own certificate, signed by itself.
  public let certificate: Certificate
  let key: P256.Signing.PrivateKey
  /// Under which tokens are authenticated.
  let tokenKey: SymmetricKey

  /// Wraps what was kept.
  init(
    plan: PlanHash, certificate: Certificate, key: P256.Signing.PrivateKey, tokenKey: SymmetricKey
  ) {
    self.plan = plan
    self.certificate = certificate
    self.key = key
    self.tokenKey = tokenKey
  }

  /// Makes an authority with new keys.
  public init(for plan: PlanHash, at now: Timestamp) throws {
    let key = P256.Signing.PrivateKey()
    let publicKey = Certificate.PublicKey(key.publicKey)
    let name = try Authority.name(of: plan)
    certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
      notValidBefore: (now - Authority.backdating).date,
      notValidAfter: (now + Authority.lifetime).date, issuer: name, subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true))
        SubjectKeyIdentifier(hash: publicKey)
      },
      issuerPrivateKey: Certificate.PrivateKey(key))
    self.plan = plan
    self.key = key
    tokenKey = SymmetricKey(size: .bits256)
  }

  /// The name of a plan's authority.
  static func name(of plan: PlanHash) throws -> DistinguishedName {
    try DistinguishedName {
      OrganizationName("Tenfold")
      // 64 characters, which is what RFC 5280 (upper bounds of appendix A.1) allows.
      OrganizationalUnitName(plan.text)
      CommonName("Authority of a plan")
    }
  }

  /// A certificate for a role of this plan.
  /// - Parameter lifetime: In seconds; it ends no later than that of the authority.
  public func issue(
    _ role: Role, to publicKey: P256.Signing.PublicKey, lifetime: Int64 = agentLifetime,
    at now: Timestamp
  ) throws -> Certificate {
    try issue(Identity(plan: plan, role: role), to: publicKey, lifetime: lifetime, at: now)
  }

  func issue(
    _ identity: Identity, to publicKey: P256.Signing.PublicKey, lifetime: Int64, at now: Timestamp
  ) throws -> Certificate {
    let own = Certificate.PublicKey(key.publicKey)
    let end = min((now + lifetime).date, certificate.notValidAfter)
    return try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PublicKey(publicKey),
      notValidBefore: (now - Authority.backdating).date, notValidAfter: end,
      issuer: certificate.subject,
      subject: try DistinguishedName {
        OrganizationName("Tenfold")
        CommonName(identity.role.commonName)
      },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([identity.role.usage])
        SubjectAlternativeNames([.uniformResourceIdentifier(identity.uri)])
        SubjectKeyIdentifier(hash: Certificate.PublicKey(publicKey))
        AuthorityKeyIdentifier(
          keyIdentifier: SubjectKeyIdentifier(hash: own).keyIdentifier)
      },
      issuerPrivateKey: Certificate.PrivateKey(key))
  }

  /// A new key and a certificate of it, by default for one run of a command.
  public func credentials(
    for role: Role, lifetime: Int64 = runLifetime, at now: Timestamp
  ) throws -> Credentials {
    let key = P256.Signing.PrivateKey()
    return Credentials(
      key: key,
      certificate: try issue(role, to: key.publicKey, lifetime: lifetime, at: now),
      trust: trust)
  }

  /// What others need to know of it.
  public var trust: Trust { Trust(plan: plan, authority: certificate) }
}

/// A private key with its certificate, and whom its owner trusts.
public struct Credentials: Sendable {
  public let key: P256.Signing.PrivateKey
  public let certificate: Certificate
  public let trust: Trust

  /// Last moment at which anybody accepts them.
  public var end: Timestamp {
    min(certificate.notValidAfter.moment, trust.authority.notValidAfter.moment)
  }

  /// Makes credentials.
  public init(key: P256.Signing.PrivateKey, certificate: Certificate, trust: Trust) {
    self.key = key
    self.certificate = certificate
    self.trust = trust
  }
}

extension Role {
  /// At most 64 characters (RFC 5280, appendix A.1); for people only, nothing checks it.
  var commonName: String {
    switch self {
    case .coordinator: "coordinator"
    case .enrolment: "enrolment"
    case .agent(let host): host.text
    }
  }

  /// Which side of TLS the role is (RFC 5280, section 4.2.1.12).
  var usage: ExtendedKeyUsage.Usage {
    switch self {
    case .coordinator: .clientAuth
    case .agent, .enrolment: .serverAuth
    }
  }
}

extension Timestamp {
  /// Moved by seconds; stays at the ends of what a `Timestamp` can hold.
  static func + (moment: Timestamp, seconds: Int64) -> Timestamp {
    let (sum, overflow) = moment.seconds.addingReportingOverflow(seconds)
    return overflow ? moment : Timestamp(seconds: max(0, sum)) ?? moment
  }
  static func - (moment: Timestamp, seconds: Int64) -> Timestamp { moment + -seconds }

  var date: Date { Date(timeIntervalSince1970: Double(seconds)) }

  /// By the clock of this machine.
  public static var now: Timestamp {
    guard let now = Timestamp(seconds: Int64(time(nil))) else {
      preconditionFailure("the clock of this machine stands before 1970 or after 2999")
    }
    return now
  }
}
