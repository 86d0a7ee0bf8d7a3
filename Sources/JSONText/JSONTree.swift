/// A JSON text taken apart: each value knows the byte where it starts.
public struct JSONTree: Sendable {
  /// What a value is.
  public indirect enum Value: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number with a fraction or an exponent, or one that does not fit 64 bits, as written.
    case decimal(String)
    case string(String)
    case array([JSONTree])
    case object([Member])
  }
  /// A named value.
  public struct Member: Sendable {
    public var name: String
    public var value: JSONTree
  }
  public var value: Value
  /// Byte offset of its first character.
  public var offset: Int

  /// Reads a text.
  /// - Throws: `JSONSyntaxError` where it stops being JSON, or goes beyond the limits.
  public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
    self = try JSONReader.tree(of: bytes, limits)
  }

  init(value: Value, offset: Int) {
    self.value = value
    self.offset = offset
  }

  /// The word for its kind in messages.
  public var kind: String {
    switch value {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .decimal: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The member with a name, the first where several have it; `nil` for other kinds and when there
  /// is none.
  public func member(_ name: String) -> JSONTree? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name == name }?.value
  }
}

/// What is wrong with a JSON text, and at which byte.
public struct JSONSyntaxError: Error {
  public var offset: Int
  public var message: String
}

/// How much of a JSON text is read, so that no text can exhaust the stack or the memory.
public struct JSONLimits: Sendable {
  /// Largest text in bytes.
  public var size = 64 << 20
  /// Deepest nesting; a plan needs fewer than twenty levels.
  public var depth = 64
  /// Most values in one text, about fifty times those of a plan of a thousand switches.
  public var values = 2_000_000
  /// Whether numbers with fractions, or beyond 64 bits, are refused.
  public var wholeNumbersOnly = true
  /// Whether a name may stand twice in one object: tools write such texts, and readers differ in
  /// which of the two they take.
  public var allowsRepeatedNames = false

  /// Those of a plan.
  public init() {}

  /// Those of what tools print: any numbers, and names that stand twice.
  public static let tools: JSONLimits = {
    var limits = JSONLimits()
    (limits.wholeNumbersOnly, limits.allowsRepeatedNames) = (false, true)
    return limits
  }()
}

/// Reads JSON (RFC 8259) within limits, so that no text can exhaust the stack or the memory.
struct JSONReader {
  private let limits: JSONLimits
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var depth = 0
  private var values = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  static func tree(of bytes: [UInt8], _ limits: JSONLimits) throws(JSONSyntaxError) -> JSONTree {
    guard bytes.count <= limits.size else {
      throw JSONSyntaxError(
        offset: 0, message: "the file has \(bytes.count) bytes, more than \(limits.size)")
    }
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONTree, JSONSyntaxError> in
      var reader = JSONReader(buffer, limits)
      do throws(JSONSyntaxError) { return .success(try reader.document()) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private mutating func document() throws(JSONSyntaxError) -> JSONTree {
    let tree = try value()
    skipSpace()
    if at < bytes.count { throw error("something follows the end of the text") }
    return tree
  }

  private func error(_ message: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: at, message: message)
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONTree {
    skipSpace()
    values += 1
    guard values <= limits.values else {
      throw error("more than \(limits.values) values")
    }
    let start = at
    guard let byte = next else { throw error("the text ends where a value was expected") }
    let value: JSONTree.Value
    switch byte {
    case UInt8(ascii: "{"):
      value = try nested { (reader) throws(JSONSyntaxError) in
        try reader.object()
      }
    case UInt8(ascii: "["):
      value = try nested { (reader) throws(JSONSyntaxError) in
        try reader.array()
      }
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try number()
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    default: throw error("no JSON value starts here")
    }
    return JSONTree(value: value, offset: start)
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSONSyntaxError) -> JSONTree.Value
  ) throws(JSONSyntaxError) -> JSONTree.Value {
    depth += 1
    guard depth <= limits.depth else {
      throw error("nested deeper than \(limits.depth) levels")
    }
    at += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONTree.Value
  ) throws(JSONSyntaxError) -> JSONTree.Value {
    let matches = word.withUTF8Buffer { expected in
      at + expected.count <= bytes.count
        && expected.elementsEqual(bytes[at..<(at + expected.count)])
    }
    guard matches else { throw error("no JSON value starts here") }
    at += word.utf8CodeUnitCount
    return value
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONTree.Value {
    var elements: [JSONTree] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or ] was expected") }
    }
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONTree.Value {
    var members: [JSONTree.Member] = []
    var seen: Set<String> = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("a name in quotes was expected") }
      let start = at
      let name = try string()
      guard limits.allowsRepeatedNames || seen.insert(name).inserted else {
        throw JSONSyntaxError(offset: start, message: "the name \"\(name)\" stands here twice")
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("a colon was expected") }
      members.append(JSONTree.Member(name: name, value: try value()))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or } was expected") }
    }
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONTree.Value {
    let start = at
    let negative = take(UInt8(ascii: "-"))
    var magnitude: Int64 = 0
    var fits = true
    let first = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      let (tens, over) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      if over || more { fits = false } else { magnitude = sum }
      at += 1
    }
    guard at > first else { throw error("a digit was expected") }
    if bytes[first] == UInt8(ascii: "0"), at > first + 1 {
      throw JSONSyntaxError(offset: start, message: "a number has no leading zeros")
    }
    // Its digits were added up below zero, where 64 bits hold one number more than above.
    let hasFraction = try fraction()
    if hasFraction || !fits || !negative && magnitude == .min {
      guard !limits.wholeNumbersOnly else {
        throw JSONSyntaxError(
          offset: start,
          message: hasFraction
            ? "a whole number was expected" : "the number does not fit 64 bits")
      }
      return .decimal(String(decoding: bytes[start..<at], as: UTF8.self))
    }
    return .integer(negative ? magnitude : -magnitude)
  }

  /// Takes what follows the whole part of a number; `false` when nothing does.
  private mutating func fraction() throws(JSONSyntaxError) -> Bool {
    let start = at
    if take(UInt8(ascii: ".")) { try digits() }
    if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return at > start
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let first = at
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    guard at > first else { throw error("a digit was expected") }
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    let quote = at
    at += 1
    let start = at
    // Most texts hold no escape: find the end and take the bytes as they stand.
    while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      at += 1
    }
    var units = Array(bytes[start..<at])
    while let byte = next, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw error("a control character stands inside a text") }
      at += 1
      if byte == UInt8(ascii: "\\") { try escape(into: &units) } else { units.append(byte) }
    }
    guard take(UInt8(ascii: "\"")) else {
      throw JSONSyntaxError(offset: quote, message: "this text has no end")
    }
    guard let text = String(validating: units, as: UTF8.self) else {
      throw JSONSyntaxError(offset: quote, message: "this text is not UTF-8")
    }
    return text
  }

  private mutating func escape(into units: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = next else { throw error("the text ends inside an escape") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(byte)
    case UInt8(ascii: "b"): units.append(0x08)
    case UInt8(ascii: "f"): units.append(0x0C)
    case UInt8(ascii: "n"): units.append(0x0A)
    case UInt8(ascii: "r"): units.append(0x0D)
    case UInt8(ascii: "t"): units.append(0x09)
    case UInt8(ascii: "u"):
      var code = UInt32(try hexadecimal())
      if (0xD800..<0xDC00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw error("half of a surrogate pair")
        }
        let low = UInt32(try hexadecimal())
        guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
      units.append(contentsOf: String(Character(scalar)).utf8)
    default: throw error("\\ is followed by a letter that means nothing")
    }
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
    guard at + 4 <= bytes.count,
      bytes[at..<(at + 4)].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt16(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits were expected") }
    at += 4
    return code
  }
}
