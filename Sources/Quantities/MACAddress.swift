/// A 48-bit MAC address (IEEE 802-2014, clause 8).
public struct MACAddress: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// The 48 bits, first octet highest.
  public let bits: UInt64

  /// `nil` for more than 48 bits.
  public init?(bits: UInt64) {
    guard bits >> 48 == 0 else { return nil }
    self.bits = bits
  }

  /// Reads twelve hexadecimal digits of any case, alone, in pairs or in fours, with `:`, `-` or `.`
  /// between them as systems write them; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let group: Int
    switch bytes.count {
    case 12: group = 12
    case 14: group = 4
    case 17: group = 2
    default: return nil
    }
    var bits: UInt64 = 0
    var separator: UInt8?
    for (place, byte) in bytes.enumerated() {
      if place % (group + 1) == group {
        guard [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte),
          separator == nil || separator == byte
        else { return nil }
        separator = byte
        continue
      }
      let digit: UInt8
      switch byte {
      case 48...57: digit = byte - 48
      case 65...70: digit = byte - 55
      case 97...102: digit = byte - 87
      default: return nil
      }
      bits = bits << 4 | UInt64(digit)
    }
    self.bits = bits
  }

  /// `aa:bb:cc:dd:ee:ff`, lower case.
  public var description: String {
    (0..<6).reversed().map { octet in
      let digits = String(bits >> UInt64(octet * 8) & 255, radix: 16)
      return digits.utf8.count < 2 ? "0" + digits : digits
    }.joined(separator: ":")
  }

  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = MACAddress(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a MAC address: \(text)")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
