import Crypto
import Foundation
import Quantities
import X509

/// Why a certificate is refused. The texts go into logs and results.
public enum PeerRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The peer showed none.
  case none
  /// Its bytes are no certificate, or not of the form that the authority makes.
  case form(String)
  /// Nobody whom we know signed it.
  case unknownAuthority
  /// It belongs to another plan; told before its signature is looked at, since another plan has
  /// another authority.
  case plan(PlanHash)
  case expired(Timestamp)
  case notYetValid(Timestamp)
  /// It is for another role.
  case role(String)
  /// It is for the agent of another host.
  case host(HostName)

  public var description: String {
    switch self {
    case .none: "no certificate was shown"
    case .form(let what): "the certificate is not of the form that an authority makes: \(what)"
    case .unknownAuthority: "the certificate was not signed by the authority of this plan"
    case .plan(let plan): "the certificate is of another plan, \(plan.short)"
    case .expired(let end): "the certificate ended \(end)"
    case .notYetValid(let start): "the certificate begins \(start)"
    case .role(let role): "the certificate is that of \(role)"
    case .host(let host): "the certificate is that of host \(host)"
    }
  }
}

/// The authority of one plan, as those know it who trust it.
///
/// Certificates are checked here, by a clock that is passed in, and not by the TLS library: a chain
/// has always one certificate below the authority, and each of its fields has one right value, so
/// there is no path to search and no name to match loosely. TLS proves that the peer has the key.
public struct Trust: Sendable {
  public let plan: PlanHash
  /// Its certificate.
  public let authority: Certificate

  /// Makes trust in an authority that is known from elsewhere.
  public init(plan: PlanHash, authority: Certificate) {
    self.plan = plan
    self.authority = authority
  }

  /// The identity of a peer that may have a role, or why it may not.
  /// - Parameters:
  ///   - shown: The peer's certificates in DER, its own first; the others are not looked at.
  ///   - role: What it must be.
  public func check(
    _ shown: [[UInt8]], as role: Role, at now: Timestamp
  ) -> Result<Identity, PeerRefusal> {
    do throws(PeerRefusal) {
      guard let own = shown.first else { throw .none }
      // Certificates of the authority have some 600 bytes.
      guard own.count <= 8192 else { throw .form("\(own.count) bytes") }
      guard let certificate = try? Certificate(derEncoded: own) else { throw .form("unreadable") }
      return .success(try identity(of: certificate, as: role, at: now))
    } catch {
      return .failure(error)
    }
  }

  private func identity(
    of certificate: Certificate, as role: Role, at now: Timestamp
  ) throws(PeerRefusal) -> Identity {
    let identity = try Trust.claim(of: certificate)
    if let identity, identity.plan != plan { throw .plan(identity.plan) }
    guard certificate.issuer == authority.subject,
      authority.publicKey.isValidSignature(certificate.signature, for: certificate)
    else { throw .unknownAuthority }
    guard let identity else { throw .form("no name of Tenfold") }
    try checkForm(certificate, identity)
    for each in [certificate, authority] { try Trust.checkValidity(of: each, at: now) }
    guard identity.role == role else {
      if case .agent = role, case .agent(let host) = identity.role { throw .host(host) }
      throw .role("\(identity.role)")
    }
    return identity
  }

  /// Who a certificate says its owner is, whoever signed it; `nil` when it has no name of ours.
  static func claim(of certificate: Certificate) throws(PeerRefusal) -> Identity? {
    let names: SubjectAlternativeNames?
    do { names = try certificate.extensions.subjectAlternativeNames } catch {
      throw .form("its names")
    }
    guard let names, names.count == 1, case .uniformResourceIdentifier(let uri)? = names.first
    else { return nil }
    return Identity(uri: uri)
  }

  /// All that `Authority.issue` writes, and nothing critical beside it.
  private func checkForm(
    _ certificate: Certificate, _ identity: Identity
  ) throws(PeerRefusal) {
    let extensions = certificate.extensions
    guard let constraints = try? extensions.basicConstraints,
      case .notCertificateAuthority = constraints
    else { throw .form("its basic constraints") }
    guard let usage = try? extensions.keyUsage, usage == KeyUsage(digitalSignature: true) else {
      throw .form("its key usage")
    }
    guard let extended = try? extensions.extendedKeyUsage,
      Array(extended) == [identity.role.usage]
    else { throw .form("its extended key usage") }
    guard P256.Signing.PublicKey(certificate.publicKey) != nil else { throw .form("its key") }
    let isKnown = extensions.filter(\.critical).allSatisfy {
      (try? BasicConstraints($0)) != nil || (try? KeyUsage($0)) != nil
    }
    guard isKnown else { throw .form("an unknown critical extension") }
  }

  static func checkValidity(
    of certificate: Certificate, at now: Timestamp
  ) throws(PeerRefusal) {
    let (start, end) = (certificate.notValidBefore.moment, certificate.notValidAfter.moment)
    guard now >= start else { throw .notYetValid(start) }
    guard now <= end else { throw .expired(end) }
  }

  /// SHA-256 of the authority's certificate in DER, 32 bytes: by it a host that enrols knows the
  /// server it speaks to.
  public var fingerprint: [UInt8] {
    guard let bytes = try? authority.derBytes else { return [] }
    return Array(Crypto.SHA256.hash(data: bytes))
  }
}

extension Certificate {
  /// Its encoding (ITU-T X.690).
  var derBytes: [UInt8] {
    get throws { try serializeAsPEM().derBytes }
  }

  var pemText: String {
    get throws { try serializeAsPEM().pemString + "\n" }
  }
}

extension Date {
  /// In whole seconds; the ends of what a `Timestamp` can hold for moments beyond.
  var moment: Timestamp {
    let seconds = timeIntervalSince1970
    let clamped = seconds.isNaN ? 0 : min(max(seconds, 0), 32_503_679_999)
    return Timestamp(seconds: Int64(clamped)) ?? .now
  }
}
