/// The fixed text of templates, put aside while the template engine works.
///
/// The engine reads templates character by character and copies their text several times, which
/// would take most of the time of a whole plan. Each piece of fixed text becomes a code of three
/// bytes: U+0001 and its number in two printable characters.
package struct Literals: Sendable {
  private var texts: [[UInt8]] = []
  private var codes: [[UInt8]: Int] = [:]

  /// No text yet.
  package init() {}

  /// Shorter pieces stay as they are.
  private static let shortest = 5
  private static let base = 64

  /// A template with its fixed text as codes. Lines and tags stay where they are, so that a message
  /// about the template names the right line.
  package mutating func encode(_ template: String) -> String {
    var result: [UInt8] = []
    var piece: [UInt8] = []
    let bytes = Array(template.utf8)
    var index = 0
    var inTag = false
    while index < bytes.count {
      let byte = bytes[index]
      if inTag {
        result.append(byte)
        if byte == 125, index + 1 < bytes.count, bytes[index + 1] == 125 {
          // A tag of three braces ends in three.
          while index + 1 < bytes.count, bytes[index + 1] == 125 {
            index += 1
            result.append(125)
          }
          inTag = false
        }
      } else if byte == 123, index + 1 < bytes.count, bytes[index + 1] == 123 {
        flush(&piece, into: &result)
        result.append(byte)
        inTag = true
      } else if byte == 10 {
        flush(&piece, into: &result)
        result.append(byte)
      } else {
        piece.append(byte)
      }
      index += 1
    }
    flush(&piece, into: &result)
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func flush(_ piece: inout [UInt8], into result: inout [UInt8]) {
    defer { piece.removeAll(keepingCapacity: true) }
    let isBlank = piece.allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 }
    guard piece.count >= Literals.shortest, !isBlank else {
      result += piece
      return
    }
    let code: Int
    if let known = codes[piece] {
      code = known
    } else {
      code = texts.count
      guard code < Literals.base * Literals.base else {
        result += piece
        return
      }
      codes[piece] = code
      texts.append(piece)
    }
    result += [1, UInt8(48 + code / Literals.base), UInt8(48 + code % Literals.base)]
  }

  /// Puts the fixed text back.
  package func decode(_ rendered: String) -> [UInt8] {
    var result: [UInt8] = []
    var rendered = rendered
    rendered.withUTF8 { bytes in
      result.reserveCapacity(bytes.count * 3)
      var index = 0
      while index < bytes.count {
        if bytes[index] == 1, index + 2 < bytes.count {
          let code =
            (Int(bytes[index + 1]) - 48) * Literals.base + Int(bytes[index + 2]) - 48
          if texts.indices.contains(code) { result += texts[code] }
          index += 3
        } else {
          result.append(bytes[index])
          index += 1
        }
      }
    }
    return result
  }
}
