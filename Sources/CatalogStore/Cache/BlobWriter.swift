/// Writes values as compact bytes: variable-length integers, and every text once.
///
/// The form is private to one version of the program; `CatalogCache.formatVersion` changes with it.
struct BlobWriter {
  private var body: [UInt8] = []
  private var indexes: [String: Int] = [:]
  private var texts: [String] = []

  /// Signed numbers in zigzag form, seven bits a byte, low bits first.
  mutating func int(_ value: Int64) {
    BlobWriter.append(UInt64(bitPattern: (value << 1) ^ (value >> 63)), to: &body)
  }

  mutating func int(_ value: Int) { int(Int64(value)) }

  mutating func bool(_ value: Bool) { body.append(value ? 1 : 0) }

  mutating func text(_ value: String) {
    if let index = indexes[value] {
      BlobWriter.append(UInt64(index), to: &body)
      return
    }
    indexes[value] = texts.count
    BlobWriter.append(UInt64(texts.count), to: &body)
    texts.append(value)
  }

  mutating func raw<Value: RawRepresentable>(_ value: Value) where Value.RawValue == String {
    text(value.rawValue)
  }

  mutating func optional<Value>(_ value: Value?, _ write: (inout BlobWriter, Value) -> Void) {
    bool(value != nil)
    if let value { write(&self, value) }
  }

  mutating func array<Value>(_ values: [Value], _ write: (inout BlobWriter, Value) -> Void) {
    BlobWriter.append(UInt64(values.count), to: &body)
    for value in values { write(&self, value) }
  }

  /// The texts, then the values.
  func finish() -> [UInt8] {
    var bytes: [UInt8] = []
    BlobWriter.append(UInt64(texts.count), to: &bytes)
    for text in texts {
      BlobWriter.append(UInt64(text.utf8.count), to: &bytes)
      bytes.append(contentsOf: text.utf8)
    }
    return bytes + body
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
