/// Where somebody listens: an address or a name, and a port.
public struct AgentAddress: Hashable, Sendable, CustomStringConvertible {
  /// The port of agents unless another is named; the enrolment server takes the next one.
  public static let port = 7310
  public static let enrolmentPort = 7311

  /// An IPv4 or IPv6 address, or a name that the system resolves.
  public let host: String
  /// 0, for any that is free, to 65535.
  public let port: Int

  /// Makes an address.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST`, `HOST:PORT`, `[IPV6]` and `[IPV6]:PORT`; `nil` for anything else.
  public init?(_ text: String, defaultPort: Int = port) {
    var host = text[...]
    var port: Substring?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    let isPlain = host.utf8.allSatisfy {
      (48...58).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        || $0 == 46 || $0 == 95 || $0 == 37
    }
    guard (1...253).contains(host.utf8.count), isPlain, !host.hasPrefix("-") else { return nil }
    if let port {
      guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(port), number <= 65_535
      else { return nil }
      self.port = number
    } else {
      self.port = defaultPort
    }
    self.host = String(host)
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
