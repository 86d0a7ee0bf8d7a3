import CatalogModel
import Quantities
import SwitchConfig
import TenfoldTestSupport

/// What the texts of the shipped dialects can hold.
public enum ShippedTraits {
  /// Of all of them, ascending by operating system.
  public static let all: [DialectTraits] = [SwitchOS.eos, .os6, .os9].map { os in
    let path = "templates/\(os.rawValue)/traits.txt"
    do {
      let text = String(decoding: try Repository.bytes(path), as: UTF8.self)
      return try TraitsText.traits(os, text, file: path)
    } catch {
      preconditionFailure("\(path): \(error)")
    }
  }

  /// Those of one; `nil` for an operating system without a shipped dialect.
  public static func of(_ os: SwitchOS) -> DialectTraits? { all.first { $0.os == os } }
  /// Arista EOS.
  public static let eos = all[0]
  /// Dell OS6.
  public static let os6 = all[1]
  /// Dell OS9.
  public static let os9 = all[2]
}

extension SwitchOS {
  /// Arista EOS.
  public static let eos = SwitchOS(rawValue: "eos")
}
