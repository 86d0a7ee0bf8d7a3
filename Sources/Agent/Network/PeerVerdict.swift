import Crypto
import NIOCore
import NIOSSL
import Quantities
import Synchronization
import X509

/// Judges the certificates of a peer, in DER, its own first.
typealias PeerCheck = @Sendable ([[UInt8]]) -> Result<Identity, PeerRefusal>

/// What was found about the peer of one connection, for the handler behind TLS.
final class PeerVerdict: Sendable {
  private let result = Mutex<Result<Identity, PeerRefusal>?>(nil)
  private let check: PeerCheck

  init(_ check: @escaping PeerCheck) { self.check = check }

  var identity: Identity? { result.withLock { try? $0?.get() } }
  var refusal: PeerRefusal? {
    result.withLock { if case .failure(let why) = $0 { why } else { nil } }
  }

  /// Takes the place of the TLS library's own check: it never accepts what `Trust` does not.
  func callback(
    _ shown: [NIOSSLCertificate], _ promise: EventLoopPromise<NIOSSLVerificationResult>
  ) {
    // More than the peer's own and its authority's is none of ours.
    let bytes = shown.prefix(2).compactMap { try? $0.toDERBytes() }
    let verdict = check(bytes)
    result.withLock { $0 = verdict }
    switch verdict {
    case .success: promise.succeed(.certificateVerified)
    case .failure: promise.succeed(.failed)
    }
  }
}

/// TLS as agents, coordinators and enrolment servers speak it: version 1.3 (RFC 8446) and no other.
enum TLS {
  /// For a server.
  /// - Parameter asksForCertificate: Whether clients must show one.
  static func server(
    _ own: Credentials, asksForCertificate: Bool
  ) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try chain(own), privateKey: try key(own))
    configuration.minimumTLSVersion = .tlsv13
    configuration.maximumTLSVersion = .tlsv13
    configuration.certificateVerification = asksForCertificate ? .noHostnameVerification : .none
    configuration.trustRoots = .certificates([try certificate(own.trust.authority)])
    configuration.shutdownTimeout = .seconds(1)
    return try NIOSSLContext(configuration: configuration)
  }

  /// For a client; without credentials it shows no certificate.
  static func client(_ own: Credentials?) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv13
    configuration.maximumTLSVersion = .tlsv13
    // Certificates name hosts of a plan, not names of DNS: `PeerVerdict` compares them.
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = .certificates([])
    configuration.shutdownTimeout = .seconds(1)
    if let own {
      configuration.certificateChain = try chain(own)
      configuration.privateKey = try key(own)
    }
    return try NIOSSLContext(configuration: configuration)
  }

  private static func chain(_ own: Credentials) throws -> [NIOSSLCertificateSource] {
    [
      .certificate(try certificate(own.certificate)),
      // Hosts that enrol know the authority by its fingerprint only.
      .certificate(try certificate(own.trust.authority)),
    ]
  }

  private static func certificate(_ certificate: Certificate) throws -> NIOSSLCertificate {
    try NIOSSLCertificate(bytes: certificate.derBytes, format: .der)
  }

  private static func key(_ own: Credentials) throws -> NIOSSLPrivateKeySource {
    .privateKey(
      try NIOSSLPrivateKey(bytes: Array(own.key.derRepresentation), format: .der))
  }

  /// What went wrong, in a few words.
  static func words(for error: any Error) -> SessionFailure {
    switch error {
    case let error as NIOSSLError:
      switch error {
      case .handshakeFailed(let inner): return .security(words(inner))
      case .uncleanShutdown: return .transport("the peer closed without a word")
      default: return .security("\(error)")
      }
    case let error as BoringSSLError: return .security(words(error))
    case let error as IOError: return .transport("\(error)")
    default: return .transport("\(error)")
    }
  }

  private static func words(_ error: BoringSSLError) -> String {
    let text = "\(error)"
    // `sslError([Error: 268436536 error:10000438:SSL routines:OPENSSL_internal:TLSV1_ALERT_...])`
    guard let start = text.range(of: "OPENSSL_internal:")?.upperBound else { return text }
    return String(text[start...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }
}
