import Crypto
import Foundation
import Quantities
import X509

/// What a host keeps of its enrolment: its key, its certificate, and the authority of its plan.
public enum AgentFolder {
  private static let keyFile = "agent.key"
  private static let certificateFile = "agent.pem"

  /// Keeps what a host was given; the key only if it is the certificate's.
  public static func write(_ path: String, _ credentials: Credentials) throws(Findings) {
    let folder = try PrivateFolder(making: path)
    let own: String
    let authority: String
    do {
      own = try credentials.certificate.pemText
      authority = try credentials.trust.authority.pemText
    } catch {
      throw PrivateFolder.refusal(path, "cannot write the certificate: \(error)")
    }
    try folder.write(keyFile, Array((credentials.key.pemRepresentation + "\n").utf8))
    try folder.write(AuthorityFolder.certificateFile, Array(authority.utf8))
    try folder.write(certificateFile, Array(own.utf8))
  }

  /// What a host keeps, and who it is by that.
  /// - Throws: `Findings` when a file is missing, readable by others, or of another host's key, and
  ///   when the certificate has ended.
  public static func read(
    _ path: String, at now: Timestamp
  ) throws(Findings) -> (credentials: Credentials, host: HostName) {
    let folder = try PrivateFolder(existing: path)
    let key = try folder.key(keyFile)
    let certificate = try folder.certificate(certificateFile)
    let authority = try folder.certificate(AuthorityFolder.certificateFile)
    func refusal(_ message: String) -> Findings {
      PrivateFolder.refusal(
        "\(path)/\(certificateFile)", message, hint: "enrol this host anew (tenfold agent enroll)")
    }
    let claim: Identity?
    do throws(PeerRefusal) { claim = try Trust.claim(of: certificate) } catch {
      throw refusal("\(error)")
    }
    guard let claim, case .agent(let host) = claim.role else {
      throw refusal("this is no certificate of an agent")
    }
    guard certificate.publicKey == Certificate.PublicKey(key.publicKey) else {
      throw refusal("the certificate is of another key")
    }
    let trust = Trust(plan: claim.plan, authority: authority)
    guard let bytes = try? certificate.derBytes else { throw refusal("unreadable") }
    if case .failure(let why) = trust.check([bytes], as: claim.role, at: now) {
      throw refusal("\(why)")
    }
    return (Credentials(key: key, certificate: certificate, trust: trust), host)
  }
}
