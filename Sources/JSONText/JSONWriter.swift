import Threads

/// Writes any `Encodable` value as JSON: the same bytes for the same value, always.
///
/// Members stand in the order in which the type encodes them (for synthesised conformances, the
/// order of the stored properties), absent optionals are left out, and numbers are integers. It
/// needs no Foundation, whose encoder sorts keys and takes several times as long.
public enum JSONWriter {
  /// The JSON text of a value, UTF-8, ending in a line feed.
  /// - Throws: `EncodingError` for a floating-point number, or what the value itself throws.
  public static func bytes(_ value: some Encodable, capacity: Int = 4096) throws -> [UInt8] {
    let output = JSONOutput(capacity: capacity)
    try value.encode(to: ValueEncoder(output: output))
    return output.finish()
  }

  /// The JSON text of an object, its members written on all processors: for large ones.
  /// - Parameter members: in the order in which they are to stand.
  /// - Throws: as for one value; of several errors, that of the first member.
  public static func bytes(
    members: [(name: String, value: any Encodable & Sendable)]
  ) throws -> [UInt8] {
    let texts = try concurrentMap(members) { member in
      let output = JSONOutput(capacity: 1 << 16)
      output.begin(array: false)
      output.name(member.name)
      try output.write(member.value)
      return output.unfinished
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.reduce(4) { $0 + $1.count })
    for text in texts {
      // Each text opens an object; that of the first is the one they share.
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      bytes += text.dropFirst()
    }
    return bytes + (members.isEmpty ? "{}\n" : "\n}\n").utf8
  }
}

/// The path is kept only for errors that types themselves make; writing needs none.
private struct ValueEncoder: Encoder {
  let output: JSONOutput
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    output.begin(array: false)
    return KeyedEncodingContainer(Members<Key>(output: output))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    output.begin(array: true)
    return Elements(output: output)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(output: output) }
}

extension JSONOutput {
  /// Writes a value and closes what it opened.
  fileprivate func write(_ value: some Encodable) throws {
    let before = depth
    try value.encode(to: ValueEncoder(output: self))
    close(to: before)
  }

  fileprivate func write(unsigned value: UInt64) throws {
    guard let fitting = Int64(exactly: value) else { throw Self.unwritable(value) }
    integer(fitting)
  }

  fileprivate static func unwritable(_ value: some Any) -> EncodingError {
    EncodingError.invalidValue(
      value,
      EncodingError.Context(codingPath: [], debugDescription: "only 64-bit integers are written"))
  }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let output: JSONOutput
  /// Open brackets with this object's own.
  let depth: Int
  var codingPath: [any CodingKey] { [] }

  init(output: JSONOutput) {
    self.output = output
    depth = output.depth
  }

  /// Starts a member, after closing what a nested container left open.
  private func start(_ key: Key) {
    output.close(to: depth)
    output.name(key.stringValue)
  }

  func encodeNil(forKey key: Key) {
    start(key)
    output.literal("null")
  }
  func encode(_ value: Bool, forKey key: Key) {
    start(key)
    output.literal(value ? "true" : "false")
  }
  func encode(_ value: String, forKey key: Key) {
    start(key)
    output.string(value)
  }
  func encode(_ value: Int, forKey key: Key) {
    start(key)
    output.integer(Int64(value))
  }
  func encode(_ value: some Encodable, forKey key: Key) throws {
    start(key)
    try output.write(value)
  }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    start(key)
    return ValueEncoder(output: output).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    start(key)
    return ValueEncoder(output: output).unkeyedContainer()
  }
  func superEncoder() -> any Encoder {
    output.close(to: depth)
    output.name("super")
    return ValueEncoder(output: output)
  }
  func superEncoder(forKey key: Key) -> any Encoder {
    start(key)
    return ValueEncoder(output: output)
  }
}

private struct Elements: UnkeyedEncodingContainer {
  let output: JSONOutput
  /// Open brackets with this array's own.
  let depth: Int
  var count = 0
  var codingPath: [any CodingKey] { [] }

  init(output: JSONOutput) {
    self.output = output
    depth = output.depth
  }

  /// Starts an element, after closing what a nested container left open.
  private mutating func start() {
    output.close(to: depth)
    count += 1
  }

  mutating func encodeNil() {
    start()
    output.literal("null")
  }
  mutating func encode(_ value: some Encodable) throws {
    start()
    try output.write(value)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    start()
    return ValueEncoder(output: output).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    start()
    return ValueEncoder(output: output).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder {
    start()
    return ValueEncoder(output: output)
  }
}

private struct Single: SingleValueEncodingContainer {
  let output: JSONOutput
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { output.literal("null") }
  func encode(_ value: Bool) { output.literal(value ? "true" : "false") }
  func encode(_ value: String) { output.string(value) }
  func encode(_ value: Double) throws { throw JSONOutput.unwritable(value) }
  func encode(_ value: Float) throws { throw JSONOutput.unwritable(value) }
  func encode(_ value: Int) { output.integer(Int64(value)) }
  func encode(_ value: Int8) { output.integer(Int64(value)) }
  func encode(_ value: Int16) { output.integer(Int64(value)) }
  func encode(_ value: Int32) { output.integer(Int64(value)) }
  func encode(_ value: Int64) { output.integer(value) }
  func encode(_ value: UInt) throws { try output.write(unsigned: UInt64(value)) }
  func encode(_ value: UInt8) { output.integer(Int64(value)) }
  func encode(_ value: UInt16) { output.integer(Int64(value)) }
  func encode(_ value: UInt32) { output.integer(Int64(value)) }
  func encode(_ value: UInt64) throws { try output.write(unsigned: value) }
  func encode(_ value: some Encodable) throws { try output.write(value) }
}
