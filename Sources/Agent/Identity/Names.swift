/// SHA-256 of a plan's file: 64 hexadecimal digits in lower case.
public struct PlanHash: Hashable, Sendable, CustomStringConvertible {
  /// The digits.
  public let text: String

  /// `nil` for anything but 64 hexadecimal digits in lower case.
  public init?(_ text: some StringProtocol) {
    let isHash =
      text.utf8.count == 64
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard isHash else { return nil }
    self.text = String(text)
  }

  public var description: String { text }
  /// Its first 16 digits, enough for a name or a message.
  public var short: String { String(text.prefix(16)) }
}

/// A host as the plan names it. Safe as the name of a file, in a URI, and as a word of a script:
/// 1 to 64 letters, digits, dots, hyphens and underscores of ASCII, the first a letter or digit.
public struct HostName: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let text: String

  /// `nil` for a text of another form.
  public init?(_ text: some StringProtocol) {
    guard isPlainName(text) else { return nil }
    self.text = String(text)
  }

  public var description: String { text }
  public static func < (left: HostName, right: HostName) -> Bool { left.text < right.text }
}

/// What a certificate lets its owner be. One certificate is for one role: that of an agent opens no
/// other agent.
public enum Role: Hashable, Sendable, CustomStringConvertible {
  /// Asks agents. A TLS client.
  case coordinator
  /// Answers on one host. A TLS server.
  case agent(HostName)
  /// Gives certificates to hosts that bring a token. A TLS server.
  case enrolment

  public var description: String {
    switch self {
    case .coordinator: "the coordinator"
    case .agent(let host): "the agent of \(host)"
    case .enrolment: "the enrolment server"
    }
  }
}

/// Who a certificate says its owner is: a role in one plan, as the only URI of its subject
/// alternative names (RFC 5280, section 4.2.1.6): `tenfold://PLAN/coordinator`,
/// `tenfold://PLAN/agent/HOST` or `tenfold://PLAN/enrolment`.
public struct Identity: Hashable, Sendable {
  public let plan: PlanHash
  public let role: Role

  /// Makes an identity.
  public init(plan: PlanHash, role: Role) {
    self.plan = plan
    self.role = role
  }

  /// `nil` for a URI of another form.
  public init?(uri: String) {
    guard uri.hasPrefix(Identity.scheme) else { return nil }
    let parts = uri.dropFirst(Identity.scheme.count).split(
      separator: "/", omittingEmptySubsequences: false)
    guard let plan = parts.first.flatMap({ PlanHash($0) }) else { return nil }
    switch (parts.count, parts.dropFirst().first) {
    case (2, "coordinator"): role = .coordinator
    case (2, "enrolment"): role = .enrolment
    case (3, "agent"):
      guard let host = HostName(parts[2]) else { return nil }
      role = .agent(host)
    default: return nil
    }
    self.plan = plan
  }

  public var uri: String {
    let stem = Identity.scheme + plan.text
    return switch role {
    case .coordinator: stem + "/coordinator"
    case .enrolment: stem + "/enrolment"
    case .agent(let host): stem + "/agent/\(host)"
    }
  }

  private static let scheme = "tenfold://"
}

/// Whether a text is 1 to 64 letters, digits, dots, hyphens and underscores of ASCII, the first a
/// letter or digit.
func isPlainName(_ text: some StringProtocol) -> Bool {
  func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
  let bytes = text.utf8
  guard (1...64).contains(bytes.count), let first = bytes.first, isWord(first) else { return false }
  return bytes.allSatisfy { isWord($0) || $0 == 45 || $0 == 46 || $0 == 95 }
}
