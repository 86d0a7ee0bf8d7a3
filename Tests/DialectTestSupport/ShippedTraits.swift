import CatalogModel
import Quantities
import SwitchConfig
import TenfoldTestSupport

/// What the texts of the shipped dialects can hold.
public enum ShippedTraits {
  /// Of all of them, ascending by operating system.
  public static let all: [DialectTraits] = [
    SwitchOS.eos, .netgear, .nxos, .onyx, .os10, .os6, .os9, .routeros, .sonic,
  ].map { os in
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
  public static let eos = shipped(.eos)
  /// Dell OS6.
  public static let os6 = shipped(.os6)
  /// Dell OS9.
  public static let os9 = shipped(.os9)

  private static func shipped(_ os: SwitchOS) -> DialectTraits {
    guard let traits = of(os) else { preconditionFailure("no \(os.rawValue) is shipped") }
    return traits
  }
}

extension SwitchOS {
  /// Arista EOS.
  public static let eos = SwitchOS(rawValue: "eos")
  /// NETGEAR M4300.
  public static let netgear = SwitchOS(rawValue: "netgear")
  /// NVIDIA Onyx.
  public static let onyx = SwitchOS(rawValue: "onyx")
  /// MikroTik RouterOS.
  public static let routeros = SwitchOS(rawValue: "routeros")
  /// SONiC.
  public static let sonic = SwitchOS(rawValue: "sonic")
  /// Dell OS10.
  public static let os10 = SwitchOS(rawValue: "os10")
  /// Cisco NX-OS.
  public static let nxos = SwitchOS(rawValue: "nxos")
}
