/// A JSON text with the line of each value, read from bytes of any kind.
///
/// Members keep their order and may repeat a name, so that whoever reads them can tell.
struct JSONTree {
  /// A value and the line that it starts in, from 1.
  struct Value {
    var line: Int
    var content: Content
  }
  /// What a value is.
  enum Content {
    case object([Member])
    case list([Value])
    case text(String)
    /// A number, `true`, `false` or `null`, as written.
    case bare(String)
  }
  /// A named value, and the line that its name stands in.
  struct Member {
    var line: Int
    var name: String
    var value: Value
  }
  /// Where a text stops being JSON.
  struct Failure: Error {
    var line: Int
    var message: String
  }

  /// Members of the outermost object; of a broken text those before the place where it breaks.
  private(set) var members: [Member] = []
  /// `nil` where the whole text is one object.
  private(set) var failure: Failure?

  /// Deepest nesting that is read: a configuration has four levels.
  static let maxDepth = 32

  /// Reads a text.
  init(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    do {
      reader.blanks()
      guard reader.peek == 123 else { throw reader.fail("the text is no object in braces") }
      try reader.object(&members, depth: 1)
      reader.blanks()
      if reader.peek != nil { throw reader.fail("something follows the last brace") }
    } catch {
      failure = error as? Failure ?? Failure(line: reader.line, message: "\(error)")
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0
    var line = 1

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    func fail(_ message: String) -> Failure { Failure(line: line, message: message) }

    mutating func blanks() {
      while index < bytes.count {
        switch bytes[index] {
        case 10: line += 1
        case 32, 9, 13: break
        default: return
        }
        index += 1
      }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard peek == byte else { return false }
      index += 1
      return true
    }

    /// Members up to the closing brace.
    mutating func object(_ members: inout [Member], depth: Int) throws(Failure) {
      index += 1
      blanks()
      if take(125) { return }
      while true {
        blanks()
        guard peek == 34 else { throw fail("a name in quotation marks is expected") }
        let place = line
        let name = try text()
        blanks()
        guard take(58) else { throw fail("a colon is expected after \"\(name)\"") }
        blanks()
        members.append(
          Member(line: place, name: name, value: Value(line: line, content: .bare(""))))
        let last = members.count - 1
        if peek == 123 {
          guard depth < JSONTree.maxDepth else { throw fail("objects are nested too deeply") }
          var inner: [Member] = []
          do {
            try object(&inner, depth: depth + 1)
          } catch {
            members[last].value.content = .object(inner)
            throw error
          }
          members[last].value.content = .object(inner)
        } else {
          do {
            members[last].value = try value(depth: depth)
          } catch {
            members.removeLast()
            throw error
          }
        }
        blanks()
        if take(125) { return }
        guard take(44) else { throw fail("a comma or a closing brace is expected") }
      }
    }

    mutating func value(depth: Int) throws(Failure) -> Value {
      let place = line
      switch peek {
      case 34: return Value(line: place, content: .text(try text()))
      case 123:
        guard depth < JSONTree.maxDepth else { throw fail("objects are nested too deeply") }
        var members: [Member] = []
        try object(&members, depth: depth + 1)
        return Value(line: place, content: .object(members))
      case 91:
        guard depth < JSONTree.maxDepth else { throw fail("lists are nested too deeply") }
        return Value(line: place, content: .list(try list(depth: depth + 1)))
      default:
        let start = index
        while let byte = peek, isBare(byte) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        guard isLiteral(word) else { throw fail("a value is expected") }
        return Value(line: place, content: .bare(word))
      }
    }

    private func isBare(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (97...122).contains(byte) || (65...90).contains(byte)
        || byte == 45 || byte == 43 || byte == 46
    }

    private func isLiteral(_ word: String) -> Bool {
      if ["true", "false", "null"].contains(word) { return true }
      guard let first = word.utf8.first, first == 45 || (48...57).contains(first) else {
        return false
      }
      return Double(word) != nil
    }

    private mutating func list(depth: Int) throws(Failure) -> [Value] {
      index += 1
      blanks()
      var values: [Value] = []
      if take(93) { return values }
      while true {
        blanks()
        values.append(try value(depth: depth))
        blanks()
        if take(93) { return values }
        guard take(44) else { throw fail("a comma or a closing bracket is expected") }
      }
    }

    /// A text in quotation marks.
    private mutating func text() throws(Failure) -> String {
      index += 1
      var text: [UInt8] = []
      while let byte = peek {
        index += 1
        switch byte {
        case 34: return String(decoding: text, as: UTF8.self)
        case 92: try escape(&text)
        case 0..<32:
          index -= 1
          throw fail("a text holds a control character or is not closed")
        default: text.append(byte)
        }
      }
      throw fail("a text is not closed")
    }

    private mutating func escape(_ text: inout [UInt8]) throws(Failure) {
      guard let byte = peek else { throw fail("a text is not closed") }
      index += 1
      switch byte {
      case 34, 92, 47: text.append(byte)
      case 98: text.append(8)
      case 102: text.append(12)
      case 110: text.append(10)
      case 114: text.append(13)
      case 116: text.append(9)
      case 117:
        guard var code = unit() else { throw fail("\\u is followed by four digits") }
        if (0xD800..<0xDC00).contains(code), take(92), take(117), let low = unit(),
          (0xDC00..<0xE000).contains(low)
        {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        text += String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8
      default: throw fail("a text holds an unknown escape")
      }
    }

    /// Four hexadecimal digits.
    private mutating func unit() -> UInt32? {
      guard index + 4 <= bytes.count else { return nil }
      var value: UInt32 = 0
      for byte in bytes[index..<index + 4] {
        switch byte {
        case 48...57: value = value << 4 | UInt32(byte - 48)
        case 65...70: value = value << 4 | UInt32(byte - 55)
        case 97...102: value = value << 4 | UInt32(byte - 87)
        default: return nil
        }
      }
      index += 4
      return value
    }
  }
}
