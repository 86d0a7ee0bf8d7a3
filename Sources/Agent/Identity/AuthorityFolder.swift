import Crypto
import Foundation
import Quantities
import X509

/// The authority of a plan on disk: one folder a plan below the folder of keys, named after the
/// first digits of the plan's hash, so that a changed plan has an authority of its own.
public enum AuthorityFolder {
  private static let keyFile = "authority.key"
  static let certificateFile = "authority.pem"
  private static let tokenFile = "token.key"
  static let spentFile = "spent-tokens"

  /// The folder of one plan.
  static func path(_ keys: String, _ plan: PlanHash) -> String { "\(keys)/plan-\(plan.short)" }

  /// The authority of a plan, made on demand.
  /// - Throws: `Findings` when files are missing, damaged, or readable by others.
  public static func open(
    _ keys: String, plan: PlanHash, at now: Timestamp
  ) throws(Findings) -> Authority {
    _ = try PrivateFolder(making: keys)
    let folder = try PrivateFolder(making: path(keys, plan))
    // Two commands may be the first at once.
    let lock = try folder.lock()
    defer { PrivateFolder.unlock(lock) }
    guard folder.contains(certificateFile) else { return try make(folder, plan, now) }
    return try read(folder, plan, now)
  }

  private static func make(
    _ folder: PrivateFolder, _ plan: PlanHash, _ now: Timestamp
  ) throws(Findings) -> Authority {
    let made: (authority: Authority, text: String)
    do {
      let authority = try Authority(for: plan, at: now)
      made = (authority, try authority.certificate.pemText)
    } catch {
      throw PrivateFolder.refusal(folder.path, "cannot make keys: \(error)")
    }
    try folder.write(keyFile, Array((made.authority.key.pemRepresentation + "\n").utf8))
    try folder.write(tokenFile, made.authority.tokenKey.withUnsafeBytes { Array($0) })
    // Last: a folder with a certificate is whole.
    try folder.write(certificateFile, Array(made.text.utf8))
    return made.authority
  }

  private static func read(
    _ folder: PrivateFolder, _ plan: PlanHash, _ now: Timestamp
  ) throws(Findings) -> Authority {
    let key = try folder.key(keyFile)
    let certificate = try folder.certificate(certificateFile)
    guard certificate.publicKey == Certificate.PublicKey(key.publicKey),
      certificate.subject == (try? Authority.name(of: plan))
    else {
      throw PrivateFolder.refusal(
        "\(folder.path)/\(certificateFile)", "the key and the plan are not of this certificate")
    }
    let tokenKey = try folder.read(tokenFile)
    guard tokenKey.count == 32 else {
      throw PrivateFolder.refusal("\(folder.path)/\(tokenFile)", "this is no key of 32 bytes")
    }
    do throws(PeerRefusal) { try Trust.checkValidity(of: certificate, at: now) } catch {
      throw PrivateFolder.refusal(
        "\(folder.path)/\(certificateFile)", "\(error)",
        hint: "remove the folder and enrol all hosts anew")
    }
    return Authority(
      plan: plan, certificate: certificate, key: key, tokenKey: SymmetricKey(data: tokenKey))
  }
}

extension PrivateFolder {
  func key(_ name: String) throws(Findings) -> P256.Signing.PrivateKey {
    let text = String(decoding: try read(name), as: UTF8.self)
    guard let key = try? P256.Signing.PrivateKey(pemRepresentation: text) else {
      throw PrivateFolder.refusal("\(path)/\(name)", "this is no key of P-256 in PEM")
    }
    return key
  }

  func certificate(_ name: String) throws(Findings) -> Certificate {
    let text = String(decoding: try read(name), as: UTF8.self)
    guard let certificate = try? Certificate(pemEncoded: text) else {
      throw PrivateFolder.refusal("\(path)/\(name)", "this is no certificate in PEM")
    }
    return certificate
  }
}
