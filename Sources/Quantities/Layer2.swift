/// A VLAN identifier, 1 to 4094 (IEEE 802.1Q-2022, table 9-2; 0 and 4095 are reserved).
public struct VLANID: Hashable, Sendable, Comparable, Codable {
  /// The number in the tag.
  public let number: Int
  /// `nil` outside 1 to 4094.
  public init?(_ number: Int) {
    guard (1...4094).contains(number) else { return nil }
    self.number = number
  }
  private init(known: Int) { number = known }
  /// VLAN 1, where untagged frames go by default (IEEE 802.1Q-2022, table 9-2).
  public static let byDefault = VLANID(known: 1)
  public static func < (left: VLANID, right: VLANID) -> Bool { left.number < right.number }
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = VLANID(try container.decode(Int.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a VLAN id is 1 to 4094")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}

/// A priority code point, 0 to 7 (IEEE 802.1Q-2022, clause 6.9.3).
public struct PriorityCodePoint: Hashable, Sendable, Comparable, Codable {
  /// The three bits of the tag.
  public let number: Int
  /// `nil` outside 0 to 7.
  public init?(_ number: Int) {
    guard (0...7).contains(number) else { return nil }
    self.number = number
  }
  private init(known: Int) { number = known }
  /// Best effort, the default of untagged frames.
  public static let bestEffort = PriorityCodePoint(known: 0)
  /// SMB Direct in Microsoft's host network requirements (facts/dialects.md, section 0, [1]).
  public static let storage = PriorityCodePoint(known: 3)
  /// Cluster heartbeat in the same text.
  public static let heartbeat = PriorityCodePoint(known: 7)
  public static func < (left: PriorityCodePoint, right: PriorityCodePoint) -> Bool {
    left.number < right.number
  }
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = PriorityCodePoint(try container.decode(Int.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "a PCP is 0 to 7")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }
}
