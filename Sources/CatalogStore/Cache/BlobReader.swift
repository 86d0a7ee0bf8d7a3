/// Reads what `BlobWriter` wrote, and trusts none of it.
struct BlobReader {
  /// The bytes are not what they should be.
  struct Damaged: Error {}

  private let bytes: [UInt8]
  private var index = 0
  private var texts: [String] = []

  init(_ bytes: [UInt8]) throws(Damaged) {
    self.bytes = bytes
    let count = try size()
    texts.reserveCapacity(count)
    for _ in 0..<count {
      let length = try size()
      texts.append(String(decoding: bytes[index..<(index + length)], as: UTF8.self))
      index += length
    }
  }

  /// Whether everything was read.
  var isAtEnd: Bool { index == bytes.count }

  mutating func int() throws(Damaged) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func number() throws(Damaged) -> Int {
    guard let value = Int(exactly: try int()) else { throw Damaged() }
    return value
  }

  mutating func bool() throws(Damaged) -> Bool {
    guard index < bytes.count, bytes[index] <= 1 else { throw Damaged() }
    index += 1
    return bytes[index - 1] == 1
  }

  mutating func text() throws(Damaged) -> String {
    let at = try unsigned()
    guard at < UInt64(texts.count) else { throw Damaged() }
    return texts[Int(at)]
  }

  mutating func raw<Value: RawRepresentable>() throws(Damaged) -> Value
  where Value.RawValue == String {
    guard let value = Value(rawValue: try text()) else { throw Damaged() }
    return value
  }

  mutating func optional<Value>(
    _ read: (inout BlobReader) throws(Damaged) -> Value
  ) throws(Damaged) -> Value? {
    try bool() ? try read(&self) : nil
  }

  mutating func array<Value>(
    _ read: (inout BlobReader) throws(Damaged) -> Value
  ) throws(Damaged) -> [Value] {
    let count = try size()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  /// A count or length; never more than the bytes that are left, since each item takes at least one.
  private mutating func size() throws(Damaged) -> Int {
    let value = try unsigned()
    guard value <= UInt64(bytes.count - index) else { throw Damaged() }
    return Int(value)
  }

  private mutating func unsigned() throws(Damaged) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count, shift < 64 {
      let byte = bytes[index]
      index += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Damaged()
  }
}
