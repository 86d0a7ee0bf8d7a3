/// A data rate in bits a second (IEEE 802.3 nominal MAC rate).
public struct DataRate: Hashable, Sendable, Comparable, Codable {
  /// Bits a second.
  public var bitsPerSecond: Int64
  /// Makes a rate from bits a second.
  public init(bitsPerSecond: Int64) { self.bitsPerSecond = bitsPerSecond }
  /// `value` × 10⁹ bits a second.
  public static func gigabits(_ value: Int) -> DataRate {
    DataRate(bitsPerSecond: Int64(value) * 1_000_000_000)
  }
  /// Whole gigabits a second, rounded down.
  public var wholeGigabits: Int { Int(bitsPerSecond / 1_000_000_000) }
  public static func < (left: DataRate, right: DataRate) -> Bool {
    left.bitsPerSecond < right.bitsPerSecond
  }
  public init(from decoder: any Decoder) throws {
    bitsPerSecond = try decoder.decodeInteger(in: 0...10_000_000_000_000, "a rate in bits a second")
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bitsPerSecond)
  }
}

/// A length in whole millimetres.
public struct Length: Hashable, Sendable, Comparable, Codable {
  /// Millimetres.
  public var millimetres: Int64
  /// Makes a length from millimetres.
  public init(millimetres: Int64) { self.millimetres = millimetres }
  /// `value` metres.
  public static func metres(_ value: Int) -> Length { Length(millimetres: Int64(value) * 1000) }
  public static func < (left: Length, right: Length) -> Bool {
    left.millimetres < right.millimetres
  }
  public init(from decoder: any Decoder) throws {
    millimetres = try decoder.decodeInteger(in: 0...1_000_000_000, "a length in millimetres")
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(millimetres)
  }
}

/// Electrical power in milliwatts.
public struct Power: Hashable, Sendable, Comparable, Codable {
  /// Milliwatts.
  public var milliwatts: Int64
  /// Makes a power from milliwatts.
  public init(milliwatts: Int64) { self.milliwatts = milliwatts }
  /// `value` watts.
  public static func watts(_ value: Int) -> Power { Power(milliwatts: Int64(value) * 1000) }
  public static func < (left: Power, right: Power) -> Bool { left.milliwatts < right.milliwatts }
  public init(from decoder: any Decoder) throws {
    milliwatts = try decoder.decodeInteger(in: 0...10_000_000_000, "a power in milliwatts")
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliwatts)
  }
}

/// An amount of data in bytes.
public struct ByteCount: Hashable, Sendable, Comparable, Codable {
  /// Bytes.
  public var bytes: Int64
  /// Makes an amount from bytes.
  public init(bytes: Int64) { self.bytes = bytes }
  public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
  public init(from decoder: any Decoder) throws {
    bytes = try decoder.decodeInteger(in: 0...1_000_000_000_000_000, "an amount of data in bytes")
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bytes)
  }
}

extension Decoder {
  /// An integer within limits that leave room for sums over a whole plan in 64 bits.
  func decodeInteger(in range: ClosedRange<Int64>, _ what: String) throws -> Int64 {
    let container = try singleValueContainer()
    let value = try container.decode(Int64.self)
    guard range.contains(value) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(value) is out of range for \(what)")
    }
    return value
  }
}
