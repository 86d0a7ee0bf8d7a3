/// A service that a host must reach over the LAN that was there before.
public struct ReachTarget: Hashable, Sendable {
  /// Name or address: letters, digits, dots and hyphens, not first a hyphen.
  public let name: String
  /// TCP port, 1 to 65535.
  public let port: Int

  /// Most in one request: at 72 bytes each they stay under its limit.
  static let most = 600

  /// `nil` for a name that is none (RFC 1123, 2.1) or a port out of range.
  public init?(name: some StringProtocol, port: Int) {
    let bytes = name.utf8
    guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
      (1...65_535).contains(port),
      bytes.allSatisfy({
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      })
    else { return nil }
    self.name = String(name)
    self.port = port
  }

  /// Reads `NAME:PORT`.
  init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
      let port = Int(parts[1])
    else { return nil }
    self.init(name: parts[0], port: port)
  }

  var text: String { "\(name):\(port)" }
}
