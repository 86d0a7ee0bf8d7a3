/// Finds where start tags and their attributes stand.
///
/// libxml2 tells at best the line in which a start tag ends. This walks the bytes of a document
/// that libxml2 has found well-formed and that has no document type, and notes each start tag in
/// document order. It understands no more XML than that takes.
struct TagScanner {
  /// One start tag.
  struct Tag {
    var place: TextPlace
    var attributes: [(name: String, place: TextPlace)]
  }

  /// A document that is larger than a catalogue can be, at the place where it gets so.
  enum Excess {
    case attributes(TextPlace)
    case nodes(TextPlace)
  }

  /// The limit that a document breaks first; needs no well-formed document.
  static func excess(in bytes: [UInt8]) -> Excess? {
    var scanner = TagScanner(bytes)
    _ = scanner.run()
    return scanner.excess
  }

  private let bytes: [UInt8]
  private var nodes = 0
  private var excess: Excess?
  private var index = 0
  private var line = 1
  private var column = 1

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The start tags in document order.
  static func tags(in bytes: [UInt8]) -> [Tag] {
    var scanner = TagScanner(bytes)
    return scanner.run()
  }

  private mutating func run() -> [Tag] {
    var tags: [Tag] = []
    if starts(with: "\u{FEFF}") { skip(3, columns: 0) }
    while index < bytes.count, excess == nil {
      guard bytes[index] == UInt8(ascii: "<") else {
        step()
        continue
      }
      if starts(with: "<!--") {
        skip(past: "-->")
      } else if starts(with: "<![CDATA[") {
        skip(past: "]]>")
      } else if starts(with: "<?") {
        skip(past: "?>")
      } else if starts(with: "</") || starts(with: "<!") {
        skip(past: ">")
      } else {
        tags.append(startTag())
        nodes += 1
        if nodes > PrologGuard.maxNodes, excess == nil {
          excess = .nodes(TextPlace(line: line, column: column))
        }
      }
    }
    return tags
  }

  private mutating func startTag() -> Tag {
    var tag = Tag(place: TextPlace(line: line, column: column), attributes: [])
    step()
    while index < bytes.count, !isSpace(bytes[index]), !isTagEnd(bytes[index]) { step() }
    while index < bytes.count {
      if isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
        step()
      } else if bytes[index] == UInt8(ascii: ">") {
        step()
        return tag
      } else {
        attribute(into: &tag)
        nodes += 1
        if tag.attributes.count > PrologGuard.maxAttributes {
          excess = .attributes(tag.place)
          return tag
        }
      }
    }
    return tag
  }

  private mutating func attribute(into tag: inout Tag) {
    let place = TextPlace(line: line, column: column)
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "="), !isSpace(bytes[index]),
      !isTagEnd(bytes[index])
    { step() }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    while index < bytes.count, isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "=") { step() }
    tag.attributes.append((name, place))
    guard index < bytes.count, let quote = quote(bytes[index]) else {
      step()
      return
    }
    step()
    while index < bytes.count, bytes[index] != quote { step() }
    step()
  }

  private func quote(_ byte: UInt8) -> UInt8? {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? byte : nil
  }
  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
  private func isTagEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  private func starts(with text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      index + wanted.count <= bytes.count
        && wanted.indices.allSatisfy { bytes[index + $0] == wanted[$0] }
    }
  }

  private mutating func skip(_ count: Int, columns: Int) {
    index += count
    column += columns
  }

  private mutating func skip(past end: StaticString) {
    while index < bytes.count, !starts(with: end) { step() }
    for _ in 0..<end.utf8CodeUnitCount { step() }
  }

  private mutating func step() {
    guard index < bytes.count else { return }
    if bytes[index] == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if bytes[index] & 0xC0 != 0x80 {
      column += 1
    }
    index += 1
  }
}
