/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// The 32 bits, most significant octet first.
  public let bits: UInt32
  /// Makes an address from its bits.
  public init(bits: UInt32) { self.bits = bits }
  /// Reads four decimal octets without leading zeros; `nil` for anything else.
  public init?(_ text: some StringProtocol) { self.init(String(text)) }
  /// The same of a text of its own: evidence of a site has millions.
  public init?(_ text: String) {
    var (bits, octet, digits, dots): (UInt32, UInt32, Int, Int) = (0, 0, 0, 0)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        // A zero stands alone.
        guard digits == 0 || octet > 0 else { return nil }
        octet = octet * 10 + UInt32(byte - 0x30)
        digits += 1
        guard octet <= 255 else { return nil }
      case 0x2E:
        guard digits > 0, dots < 3 else { return nil }
        bits = bits << 8 | octet
        (octet, digits) = (0, 0)
        dots += 1
      default: return nil
      }
    }
    guard digits > 0, dots == 3 else { return nil }
    self.bits = bits << 8 | octet
  }
  public var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = IPv4Address(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an IPv4 address: \(text)")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// An IPv4 subnet in prefix notation, such as `10.71.1.0/24`; host bits are zero.
public struct IPv4Subnet: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// The network address.
  public let network: IPv4Address
  /// 0 to 32.
  public let prefixLength: Int

  /// `nil` when the length is outside 0 to 32 or a host bit is set.
  public init?(network: IPv4Address, prefixLength: Int) {
    guard (0...32).contains(prefixLength) else { return nil }
    guard network.bits & ~IPv4Subnet.mask(prefixLength) == 0 else { return nil }
    self.network = network
    self.prefixLength = prefixLength
  }

  private init(known network: IPv4Address, length: Int) {
    self.network = network
    prefixLength = length
  }
  /// `0.0.0.0/0`.
  public static let everything = IPv4Subnet(known: IPv4Address(bits: 0), length: 0)

  /// The subnet in which an address lies; `nil` for a length that is none.
  public init?(around address: IPv4Address, prefixLength length: Int) {
    guard (0...32).contains(length) else { return nil }
    self.init(known: IPv4Address(bits: address.bits & IPv4Subnet.mask(length)), length: length)
  }

  /// Reads `A.B.C.D/N`; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let fields = text.split(separator: "/", omittingEmptySubsequences: false)
    guard fields.count == 2, let network = IPv4Address(fields[0]),
      fields[1].utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(fields[1])
    else { return nil }
    self.init(network: network, prefixLength: length)
  }

  /// The netmask as an address.
  public var netmask: IPv4Address { IPv4Address(bits: IPv4Subnet.mask(prefixLength)) }
  /// Addresses that an interface can have: all but network and broadcast, for lengths up to 30.
  public var usableAddresses: Int { prefixLength > 30 ? 0 : (1 << (32 - prefixLength)) - 2 }
  /// The `index`-th usable address, counted from 1; `nil` outside the subnet.
  public func address(_ index: Int) -> IPv4Address? {
    guard index >= 1, index <= usableAddresses else { return nil }
    return IPv4Address(bits: network.bits + UInt32(index))
  }
  /// Whether an address lies inside.
  public func contains(_ address: IPv4Address) -> Bool {
    address.bits & IPv4Subnet.mask(prefixLength) == network.bits
  }
  /// Whether two subnets share an address.
  public func overlaps(_ other: IPv4Subnet) -> Bool {
    contains(other.network) || other.contains(network)
  }
  public var description: String { "\(network)/\(prefixLength)" }
  public static func < (left: IPv4Subnet, right: IPv4Subnet) -> Bool {
    (left.network, left.prefixLength) < (right.network, right.prefixLength)
  }
  private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : ~0 << UInt32(32 - length) }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = IPv4Subnet(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an IPv4 subnet: \(text)")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
