/// Damages files in repeatable ways: bytes, tokens, lines, nesting, size.
public struct Mutator {
  /// The two formats that users hand in.
  public enum Format: String, CaseIterable, Sendable {
    case yaml
    case xml
  }

  private let format: Format
  private var random: SplitMix64

  /// Makes a mutator; the same format and seed do the same damage.
  public init(_ format: Format, seed: UInt64) {
    self.format = format
    random = SplitMix64(seed: seed)
  }

  /// The file with one to four kinds of damage.
  public mutating func damaged(_ file: [UInt8]) -> [UInt8] {
    var bytes = file
    for _ in 0..<random.pick([1, 1, 1, 2, 2, 3, 4]) {
      bytes = random.chance(70) ? general(bytes) : special(bytes)
    }
    return bytes
  }

  private mutating func place(in bytes: [UInt8]) -> Int { random.int(0...bytes.count) }

  private mutating func range(in bytes: [UInt8], most: Int) -> Range<Int> {
    let start = place(in: bytes)
    return start..<min(bytes.count, start + random.int(0...most))
  }

  private mutating func inserted(_ text: [UInt8], into bytes: [UInt8]) -> [UInt8] {
    let start = place(in: bytes)
    return Array(bytes[..<start]) + text + Array(bytes[start...])
  }

  /// Damage that knows nothing of the format.
  private mutating func general(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    switch random.int(0...13) {
    case 0:
      for _ in 0..<random.int(1...8) where !bytes.isEmpty {
        bytes[random.int(0...(bytes.count - 1))] = UInt8(random.int(0...255))
      }
    case 1: bytes.removeSubrange(range(in: bytes, most: 200))
    case 2:
      let part = Array(bytes[range(in: bytes, most: 400)])
      bytes = inserted(part, into: bytes)
    case 3:
      bytes = inserted(
        (0..<random.int(1...20)).map { _ in UInt8(random.int(0...255)) }, into: bytes)
    case 4: bytes = Array(bytes[..<place(in: bytes)])
    case 5:
      bytes = lines(bytes) { lines, random in
        lines.swapAt(random.int(0...(lines.count - 1)), random.int(0...(lines.count - 1)))
      }
    case 6:
      bytes = lines(bytes) { lines, random in lines.remove(at: random.int(0...(lines.count - 1))) }
    case 7:
      bytes = lines(bytes) { lines, random in
        let line = lines[random.int(0...(lines.count - 1))]
        lines.insert(line, at: random.int(0...lines.count))
      }
    case 8: bytes = number(bytes)
    case 9: bytes = number(bytes)
    case 10: bytes = inserted(Array(random.pick(Mutator.oddities)), into: bytes)
    case 11:
      let unit = Array(
        random.pick(["x", " ", "-", "[", "<", "\n", "a: ", "&", "9", "\u{FC}"]).utf8)
      let count = random.pick([100, 1000, 10_000, 100_000]) / unit.count
      bytes = inserted(Array(repeatElement(unit, count: count).joined()), into: bytes)
    case 12: bytes = word(bytes)
    default:
      let part = range(in: bytes, most: 60)
      let other = range(in: bytes, most: 60)
      bytes.replaceSubrange(part, with: Array(bytes[other]))
    }
    return bytes
  }

  /// Sequences that readers stumble over: zero, byte-order marks, separators, overlong and cut
  /// UTF-8, marks that turn the direction of text, line ends.
  private static let oddities: [[UInt8]] = [
    [0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xE2, 0x80, 0xA8], [0xC2, 0x85], [0xC0, 0xAF],
    [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80, 0xAE], [13], [13, 10], [9], [0x1B],
    [0x7F], [0xF0, 0x9F, 0x92, 0xA9], [0xEF, 0xBF, 0xBF], [0xE2, 0x82], [0xEF, 0xA3, 0xA0],
    [0xEF, 0xA3, 0xB0], [0xCC, 0x81],
  ]

  private mutating func lines(
    _ bytes: [UInt8], _ change: (inout [ArraySlice<UInt8>], inout SplitMix64) -> Void
  ) -> [UInt8] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    guard !lines.isEmpty else { return bytes }
    change(&lines, &random)
    return Array(lines.joined(separator: [10]))
  }

  /// Replaces a number of the file by one beyond reason.
  private mutating func number(_ bytes: [UInt8]) -> [UInt8] {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let starts = bytes.indices.filter { index in
      digits.contains(bytes[index]) && (index == 0 || !digits.contains(bytes[index - 1]))
    }
    guard !starts.isEmpty else { return bytes }
    let start = random.pick(starts)
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    let extreme = random.pick([
      "0", "-1", "1", "00", "999999999999999", "9223372036854775807", "9223372036854775808",
      "-9223372036854775808", "18446744073709551616", "1e999", "NaN", ".inf", "0x10", "1.5", "4095",
      "0.000000000000001", "1.", "1_000", String(repeating: "9", count: 5000), "٣",
    ])
    return Array(bytes[..<start]) + Array(extreme.utf8) + Array(bytes[end...])
  }

  /// Replaces a word of the file by another one of it.
  private mutating func word(_ bytes: [UInt8]) -> [UInt8] {
    let isLetter: (UInt8) -> Bool = { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    let starts = bytes.indices.filter { index in
      isLetter(bytes[index]) && (index == 0 || !isLetter(bytes[index - 1]))
    }
    guard !starts.isEmpty else { return bytes }
    let (a, b) = (random.pick(starts), random.pick(starts))
    let endA = bytes[a...].firstIndex { !isLetter($0) } ?? bytes.count
    let endB = bytes[b...].firstIndex { !isLetter($0) } ?? bytes.count
    return Array(bytes[..<a]) + Array(bytes[b..<endB]) + Array(bytes[endA...])
  }

  private mutating func special(_ bytes: [UInt8]) -> [UInt8] {
    switch format {
    case .yaml: yaml(bytes)
    case .xml: xml(bytes)
    }
  }

  private mutating func yaml(_ bytes: [UInt8]) -> [UInt8] {
    let depth = random.pick([5, 50, 500, 3000])
    switch random.int(0...8) {
    case 0:
      return lines(bytes) { lines, random in
        let index = random.int(0...(lines.count - 1))
        let blanks = [UInt8](repeating: 32, count: random.int(1...9))
        lines[index] =
          random.chance(50) ? (blanks + lines[index])[...] : lines[index].drop { $0 == 32 }
      }
    case 1:
      let token = random.pick([
        "[", "]", "{", "}", "&a ", "*a ", "!!python/object ", "! ", "|\n", ">-\n", "---\n", "...\n",
        "? ", ": ", "- ", "\"", "'", "\t", "<<: *a\n", "%YAML 1.1\n", "@", "`", ", ", "# ", "~",
        "null",
        "\"\\ud800\"", "\"\\0\"", "\\",
      ])
      return inserted(Array(token.utf8), into: bytes)
    case 2: return inserted(Array(String(repeating: "[", count: depth).utf8), into: bytes)
    case 3: return inserted(Array(String(repeating: "- ", count: depth).utf8), into: bytes)
    case 4: return inserted(Array(String(repeating: "{a: ", count: depth).utf8), into: bytes)
    case 5:
      let nest = (0..<min(depth, 700)).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
      return bytes + Array(nest.utf8)
    case 6:
      let bomb =
        "a0: &a0 [x]\n"
        + (1..<min(depth, 60)).map {
          "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n"
        }.joined()
      return bytes + Array(bomb.utf8)
    case 7:
      let keys = (0..<depth * 4).map { "k\($0): 1\n" }.joined()
      return bytes + Array(keys.utf8)
    default:
      let keys = String(
        repeating: random.pick(["name: x\n", "racks: 2\n", "hosts: 4\n"]), count: depth)
      return bytes + Array(keys.utf8)
    }
  }

  private mutating func xml(_ bytes: [UInt8]) -> [UInt8] {
    let depth = random.pick([5, 50, 500, 5000])
    switch random.int(0...8) {
    case 0:
      let token = random.pick([
        "<", ">", "/>", "</a>", "<a>", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "&", "&lt;",
        "&x;",
        "&#0;", "&#x110000;", "&#xD800;", "\"", "'", "=", "xmlns=\"x\" ", "xml:base=\"http://x/\" ",
        "<xi:include href=\"/etc/passwd\" xmlns:xi=\"http://www.w3.org/2001/XInclude\"/>",
      ])
      return inserted(Array(token.utf8), into: bytes)
    case 1: return inserted(Array(String(repeating: "<a>", count: depth).utf8), into: bytes)
    case 2:
      let nest = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
      return inserted(Array(nest.utf8), into: bytes)
    case 3:
      let bomb =
        "<!DOCTYPE c [<!ENTITY a \"x\">"
        + (1..<30).map {
          "<!ENTITY a\($0) \"&a\($0 == 1 ? "" : String($0 - 1));&a\($0 == 1 ? "" : String($0 - 1));\">"
        }.joined() + "]>"
      return Array(bomb.utf8) + bytes
    case 4:
      let door = "<!DOCTYPE c [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      return inserted(Array(door.utf8), into: bytes)
    case 5:
      let attributes = (0..<depth).map { " a\($0)=\"1\"" }.joined()
      return inserted(Array(attributes.utf8), into: bytes)
    case 6:
      let declaration = random.pick([
        "<?xml version=\"1.1\"?>", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
        "<?xml version=\"1.0\" encoding=\"ebcdic\"?>", "<?xml version=\"1.0\" standalone=\"x\"?>",
      ])
      return Array(declaration.utf8) + bytes
    case 7:
      let end = bytes.firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
      return Array(bytes[min(bytes.count, end + 1)...])
    default:
      let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: "<") }
      guard starts.count > 1 else { return bytes }
      let (a, b) = (random.pick(starts), random.pick(starts))
      let part = Array(bytes[min(a, b)..<max(a, b)].prefix(20_000))
      return inserted(part, into: bytes)
    }
  }
}
