import Quantities

/// The name of a lab: several may be up at once.
public struct LabName: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Longest name in bytes.
  static let longest = 32
  public let description: String

  /// A name of letters, digits and hyphens, 1 to 32 bytes, that does not begin with a hyphen.
  public init?(_ text: String) {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed),
      !text.hasPrefix("-")
    else { return nil }
    description = text
  }

  /// The name that a site's gives: what is not allowed becomes a hyphen.
  public init(site: String) {
    let bytes = site.lowercased().utf8.map { Self.isAllowed($0) ? $0 : UInt8(ascii: "-") }
    let text = String(
      decoding: bytes.prefix(Self.longest).drop { $0 == UInt8(ascii: "-") }, as: UTF8.self)
    description = text.isEmpty ? "lab" : text
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The network namespace of a node; `nil` for the machine itself. No two labs and nodes share
  /// one, since neither names of labs nor of hosts hold a dot or an underscore.
  public func namespace(of node: LabNode) -> String? {
    switch node {
    case .machine: nil
    case .host(let name): "tf-\(description).\(name)"
    case .switches, .core, .drawer, .lan: "tf-\(description)\(node.folder)"
    }
  }
}
