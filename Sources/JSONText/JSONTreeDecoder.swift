/// Decodes a value from a `JSONTree`. Paths in its errors are written as in `devices[3].ports`.
public struct JSONTreeDecoder: Decoder {
  /// Largest magnitude of a count, index or identifier. Limits here and in the types of
  /// `Quantities` keep every sum and product over a plan within 64 bits.
  static let largestCount: Int64 = 1_000_000

  let tree: JSONTree
  public let codingPath: [any CodingKey]
  public var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Makes a decoder.
  public init(_ tree: JSONTree, codingPath: [any CodingKey] = []) {
    self.tree = tree
    self.codingPath = codingPath
  }

  public func container<Key: CodingKey>(
    keyedBy type: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = tree.value else { throw mismatch(Key.self, "an object") }
    return KeyedDecodingContainer(Members<Key>(members: members, codingPath: codingPath))
  }

  public func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = tree.value else { throw mismatch([Any].self, "a list") }
    return Elements(elements: elements, codingPath: codingPath)
  }

  public func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

  fileprivate func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
    DecodingError.typeMismatch(
      type,
      DecodingError.Context(
        codingPath: codingPath, debugDescription: "found \(tree.kind), expected \(expected)"))
  }

  fileprivate func bool() throws -> Bool {
    guard case .bool(let value) = tree.value else { throw mismatch(Bool.self, "true or false") }
    return value
  }

  fileprivate func string() throws -> String {
    guard case .string(let value) = tree.value else { throw mismatch(String.self, "a text") }
    return value
  }

  fileprivate func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
    guard case .integer(let value) = tree.value else { throw mismatch(type, "a number") }
    guard let fitting = Value(exactly: value),
      type != Int.self || value.magnitude <= Self.largestCount
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: codingPath, debugDescription: "the number \(value) is out of range"))
    }
    return fitting
  }
}

private struct Index: CodingKey {
  var intValue: Int?
  var stringValue: String { intValue.map(String.init) ?? "" }
  init(_ index: Int) { intValue = index }
  init?(intValue: Int) { self.intValue = intValue }
  init?(stringValue: String) { nil }
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [JSONTree.Member]
  let codingPath: [any CodingKey]
  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

  private func find(_ key: any CodingKey) -> JSONTree? {
    members.first { $0.name == key.stringValue }?.value
  }

  private func decoder(_ key: any CodingKey) throws -> JSONTreeDecoder {
    guard let tree = find(key) else {
      throw DecodingError.keyNotFound(
        key,
        DecodingError.Context(
          codingPath: codingPath, debugDescription: "\"\(key.stringValue)\" is missing"))
    }
    return JSONTreeDecoder(tree, codingPath: codingPath + [key])
  }

  func contains(_ key: Key) -> Bool { find(key) != nil }
  func decodeNil(forKey key: Key) throws -> Bool {
    if case .null = try decoder(key).tree.value { true } else { false }
  }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder(key).bool() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder(key).string() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder(key).integer(type) }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try Value(from: decoder(key))
  }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { throw unsupported() }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
  private func unsupported() -> DecodingError {
    DecodingError.dataCorrupted(
      DecodingError.Context(codingPath: codingPath, debugDescription: "no base class is expected"))
  }
}

private struct Elements: UnkeyedDecodingContainer {
  let elements: [JSONTree]
  let codingPath: [any CodingKey]
  var currentIndex = 0
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  init(elements: [JSONTree], codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  private func current() throws -> JSONTreeDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Any.self,
        DecodingError.Context(codingPath: codingPath, debugDescription: "the list is too short"))
    }
    return JSONTreeDecoder(elements[currentIndex], codingPath: codingPath + [Index(currentIndex)])
  }

  mutating func decodeNil() throws -> Bool {
    guard case .null = try current().tree.value else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try Value(from: current())
    currentIndex += 1
    return value
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try current().container(keyedBy: type)
    currentIndex += 1
    return container
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try current().unkeyedContainer()
    currentIndex += 1
    return container
  }
  mutating func superDecoder() throws -> any Decoder {
    let decoder = try current()
    currentIndex += 1
    return decoder
  }
}

private struct Single: SingleValueDecodingContainer {
  let decoder: JSONTreeDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { if case .null = decoder.tree.value { true } else { false } }
  func decode(_ type: Bool.Type) throws -> Bool { try decoder.bool() }
  func decode(_ type: String.Type) throws -> String { try decoder.string() }
  func decode(_ type: Double.Type) throws -> Double {
    throw decoder.mismatch(type, "no fraction anywhere")
  }
  func decode(_ type: Float.Type) throws -> Float {
    throw decoder.mismatch(type, "no fraction anywhere")
  }
  func decode(_ type: Int.Type) throws -> Int { try decoder.integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}
