/// Writes messages of numbers, texts and lists; numbers of eight bytes, the least significant first.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func number(_ value: UInt64) {
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(place)))) }
  }
  mutating func number(_ value: Int) { number(UInt64(bitPattern: Int64(value))) }
  mutating func fraction(_ value: Double) { number(value.bitPattern) }
  mutating func raw(_ value: [UInt8]) {
    number(value.count)
    bytes += value
  }
  mutating func text(_ value: String) { raw(Array(value.utf8)) }
}

/// Reads such messages, whoever wrote them.
struct WireReader {
  /// A message that is none.
  struct Failure: Error, Hashable, Sendable {}

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var left: Int { bytes.count - place }

  mutating func raw64() throws(Failure) -> UInt64 {
    guard left >= 8 else { throw Failure() }
    defer { place += 8 }
    return bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
  mutating func number() throws(Failure) -> Int { Int(Int64(bitPattern: try raw64())) }
  /// A number from 0 to a limit.
  mutating func number(upTo limit: Int) throws(Failure) -> Int {
    let value = try number()
    guard 0...limit ~= value else { throw Failure() }
    return value
  }
  mutating func fraction() throws(Failure) -> Double {
    let value = Double(bitPattern: try raw64())
    guard value.isFinite else { throw Failure() }
    return value
  }
  mutating func raw() throws(Failure) -> [UInt8] {
    let count = try number(upTo: left)
    defer { place += count }
    guard count <= left else { throw Failure() }
    return Array(bytes[place..<place + count])
  }
  mutating func text() throws(Failure) -> String { String(decoding: try raw(), as: UTF8.self) }
  /// How many entries of so many bytes each follow.
  mutating func count(of size: Int) throws(Failure) -> Int { try number(upTo: left / size) }
  func end() throws(Failure) { if left != 0 { throw Failure() } }
}
