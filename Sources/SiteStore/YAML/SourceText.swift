import Quantities

/// Bytes of a site file that are safe to parse.
///
/// Whatever the YAML library would expand, recurse into or refuse without a place is caught here,
/// in one pass over the bytes.
struct SourceText {
  /// Largest file, in bytes: several times the largest site that other limits allow.
  static let maxBytes = 1 << 19
  /// Most commas, colons, brackets, dashes and lines together; bounds time and memory of parsing.
  static let maxMarks = 30_000
  /// Deepest nesting of brackets.
  static let maxDepth = 40

  /// Letters of YAML that would start an anchor, an alias, a tag or a complex key, each replaced by
  /// one character of the private use area, so that the library sees plain text and can neither
  /// expand nor construct anything. They are put back afterwards.
  static let masks: [(character: Unicode.Scalar, mask: Unicode.Scalar)] = [
    ("&", "\u{F8E0}"), ("*", "\u{F8E1}"), ("!", "\u{F8E2}"), ("?", "\u{F8E3}"),
  ]
  private static let maskedBytes = Array("&*!?".utf8)
  /// First of the 8 characters that mark a doubled key while the rest of the file is read.
  static let firstDoubledMark: UInt32 = 0xF8F0

  /// The text with masks.
  let masked: String
  /// How much there is to parse: commas, colons, brackets, dashes and lines.
  let marks: Int

  /// Checks the bytes; throws at the first one that makes the rest unreadable.
  init(bytes: [UInt8], file: String) throws(Findings) {
    func fail(
      _ rule: String, _ message: String, _ hint: String, line: Int = 1, column: Int = 1
    ) -> Findings {
      Findings([
        Finding(
          rule: rule, position: SourcePosition(file: file, line: line, column: column),
          message: message, hint: hint)
      ])
    }
    guard bytes.count <= SourceText.maxBytes else {
      throw fail(
        "file-too-large",
        "the file has \(bytes.count) bytes; a site file has at most \(SourceText.maxBytes)",
        "check that this is the site file")
    }
    var scan = Scan()
    var index = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fail("not-text", "the file is UTF-16 text", "save it as UTF-8")
    }
    scan.output.reserveCapacity(bytes.count + 64)
    while index < bytes.count {
      guard let (scalar, length) = SourceText.decode(bytes, at: index) else {
        throw fail(
          "not-text",
          "byte 0x\(String(bytes[index], radix: 16, uppercase: true)) is not UTF-8 text",
          "save the file as UTF-8", line: scan.line, column: scan.column)
      }
      let isLineEnd =
        scalar == 13 && index + 1 < bytes.count && bytes[index + 1] == 10
      if let problem = SourceText.refusal(of: scalar), !isLineEnd {
        throw fail(
          "not-text", "the file holds \(problem)", "remove it", line: scan.line,
          column: scan.column)
      }
      scan.take(scalar, bytes[index..<(index + length)])
      guard scan.marks <= SourceText.maxMarks else {
        throw fail(
          "file-too-large",
          "the file has more than \(SourceText.maxMarks) lines, keys and list items",
          "a site file describes at most 200 racks and 5000 hosts", line: scan.line,
          column: scan.column)
      }
      guard scan.depth <= SourceText.maxDepth else {
        throw fail(
          "nested-too-deep", "brackets are nested deeper than \(SourceText.maxDepth) levels",
          "a site file needs no more than 6 levels", line: scan.line, column: scan.column)
      }
      index += length
    }
    guard scan.hasContent else {
      throw fail(
        "empty-file", "the file is empty", "`tenfold init` writes a site file to start from")
    }
    marks = scan.marks
    masked = String(decoding: scan.output, as: UTF8.self)
  }

  /// The text of a scalar as it stands in the file.
  static func unmasked(_ text: String) -> String {
    guard text.utf8.contains(0xEF) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      // U+F8E0 to U+F8E3 are EF A3 A0 to EF A3 A3.
      let count = result.count
      if (0xA0...0xA3).contains(byte), count >= 2, result[count - 1] == 0xA3,
        result[count - 2] == 0xEF
      {
        result.removeLast(2)
        result.append(maskedBytes[Int(byte - 0xA0)])
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// State of the pass.
  private struct Scan {
    var output: [UInt8] = []
    var line = 1
    var column = 1
    var marks = 0
    var depth = 0
    var hasContent = false

    mutating func take(_ scalar: UInt32, _ bytes: ArraySlice<UInt8>) {
      column += 1
      if scalar > 0x20 { hasContent = true }
      guard scalar < 0x80 else {
        output.append(contentsOf: bytes)
        return
      }
      let byte = UInt8(scalar)
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        column = 1
        marks += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        marks += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "-"): marks += 1
      case UInt8(ascii: "&"): return output.append(contentsOf: SourceText.maskBytes(0))
      case UInt8(ascii: "*"): return output.append(contentsOf: SourceText.maskBytes(1))
      case UInt8(ascii: "!"): return output.append(contentsOf: SourceText.maskBytes(2))
      case UInt8(ascii: "?"): return output.append(contentsOf: SourceText.maskBytes(3))
      default: break
      }
      output.append(byte)
    }
  }

  /// UTF-8 of the mask at `index` in `masks`: U+F8E0 is EF A3 A0.
  private static func maskBytes(_ index: UInt8) -> [UInt8] { [0xEF, 0xA3, 0xA0 + index] }

  /// Why a character is not accepted; `nil` when it is.
  private static func refusal(of scalar: UInt32) -> String? {
    switch scalar {
    case 9, 10: nil
    case 0: "a NUL character: it is not a text file"
    case 13: "a carriage return that does not end a line"
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
      "the control character U+" + hexadecimal(scalar)
    case 0xF8E0...0xF8FF: "the private-use character U+" + hexadecimal(scalar)
    default: nil
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// One scalar value of UTF-8 (RFC 3629) and its length in bytes; `nil` when ill-formed.
  private static func decode(_ bytes: [UInt8], at index: Int) -> (UInt32, Int)? {
    let first = UInt32(bytes[index])
    if first < 0x80 { return (first, 1) }
    let (length, start, least): (Int, UInt32, UInt32)
    switch first {
    case 0xC2...0xDF: (length, start, least) = (2, first & 0x1F, 0x80)
    case 0xE0...0xEF: (length, start, least) = (3, first & 0x0F, 0x800)
    case 0xF0...0xF4: (length, start, least) = (4, first & 0x07, 0x10000)
    default: return nil
    }
    guard index + length <= bytes.count else { return nil }
    var value = start
    for offset in 1..<length {
      let byte = UInt32(bytes[index + offset])
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | (byte & 0x3F)
    }
    guard value >= least, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
    return (value, length)
  }
}
