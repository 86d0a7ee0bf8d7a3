import Fabric
import Quantities
import SiteModel

extension String {
  /// The text with one ASCII character replaced; the text itself where it does not occur.
  func swapping(_ character: Unicode.Scalar, for replacement: String) -> String {
    guard let byte = UInt8(exactly: character.value), utf8.contains(byte) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar == character { result += replacement } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  /// With a capital first letter, for the start of a sentence.
  var capitalStart: String { prefix(1).uppercased() + dropFirst() }

  /// Ending in a full stop, once; an empty text stays empty.
  var sentence: String { isEmpty || hasSuffix(".") || hasSuffix("?") ? self : self + "." }
}

/// `a`, `a and b`, `a, b and c`.
func listing(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}

extension DesignKind {
  /// The design in words.
  var words: String {
    switch self {
    case .standalonePair: "two independent switches with no link between them"
    case .vltPair: "one VLT pair that hosts plug into directly"
    case .spineLeaf: "a VLT spine pair with two independent ToR switches in every rack"
    }
  }
}

extension LinkRole {
  /// What a cable is for, in words.
  var words: String {
    switch self {
    case .host: "host"
    case .uplink: "uplink to the spine"
    case .peer: "peer link"
    case .core: "uplink to the core"
    case .management: "management"
    }
  }
}

extension VLANPurpose {
  /// What a VLAN is for, in words.
  var words: String {
    switch self {
    case .csv: "CSV"
    case .liveMigration: "live migration"
    case .storage: "storage"
    case .backup: "backup"
    case .tenant: "tenant"
    case .management: "management"
    case .native: "unused, for untagged frames"
    }
  }
}
