import TenfoldTestSupport

/// Damage to a configuration, as careless hands and lines do it: to words, lines, bytes and line
/// ends.
struct StrangerMutation {
  /// What was done.
  var name: String
  var bytes: [UInt8]

  /// One to four kinds of damage.
  static func draw(_ bytes: [UInt8], _ random: inout SplitMix64) -> StrangerMutation {
    var result = StrangerMutation(name: "", bytes: bytes)
    var names: [String] = []
    for _ in 0..<random.pick([1, 1, 1, 1, 2, 3, 4]) {
      names.append(result.damage(&random))
    }
    result.name = names.joined(separator: "; ")
    return result
  }

  private static let blank = UInt8(ascii: " ")
  private static let newline = UInt8(ascii: "\n")

  private mutating func damage(_ random: inout SplitMix64) -> String {
    var lines = bytes.split(separator: Self.newline, omittingEmptySubsequences: false)
    guard lines.count > 2 else { return "nothing" }
    let place = random.int(0...(lines.count - 1))
    let said = "line \(place + 1)"
    var what: String
    switch random.int(0...19) {
    case 0...7:
      guard let (line, how) = Self.changed(lines[place], lines, &random) else { return "nothing" }
      lines[place] = line[...]
      what = "\(said) \(how)"
    case 8...9:
      lines.remove(at: place)
      what = "\(said) dropped"
    case 10...11:
      lines.insert(lines[place], at: place)
      what = "\(said) doubled"
    case 12...13:
      let line = lines.remove(at: place)
      let target = random.int(0...lines.count)
      lines.insert(line, at: target)
      what = "\(said) moved to \(target + 1)"
    case 14:
      let other = random.int(0...(lines.count - 1))
      lines.swapAt(place, other)
      what = "\(said) and \(other + 1) exchanged"
    case 15:
      let count = random.int(1...4)
      for _ in 0..<count where !bytes.isEmpty {
        bytes[random.int(0...(bytes.count - 1))] ^= 1 << UInt8(random.int(0...7))
      }
      return "\(count) bits turned"
    case 16:
      bytes = Array(bytes[..<random.int(0...bytes.count)])
      return "cut after \(bytes.count) bytes"
    case 17:
      bytes = bytes.flatMap { $0 == Self.newline ? [13, 10] : [$0] }
      return "CRLF"
    case 18:
      lines = lines.map { line in
        let depth = line.prefix { $0 == Self.blank }.count
        return depth == 0 ? line : ([UInt8](repeating: 9, count: 1) + line.dropFirst(depth))[...]
      }
      what = "tabs"
    default:
      let text = random.pick(Self.oddities)
      let at = random.int(0...bytes.count)
      bytes.insert(contentsOf: text, at: at)
      return "\(text.count) odd bytes at \(at)"
    }
    bytes = Array(lines.joined(separator: [Self.newline]))
    return what
  }

  private static let oddities: [[UInt8]] = [
    [0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xC2, 0xA0], [13], [9], [10], [0x1B], [0x7F], [0xC0],
    Array("\"".utf8), Array("!".utf8), Array("#".utf8), Array(" ".utf8), Array("-".utf8),
    Array(",".utf8), Array("999999999999".utf8), Array("(".utf8), Array("^C".utf8),
  ]

  /// A line with one word changed, left out or said twice.
  private static func changed(
    _ line: ArraySlice<UInt8>, _ lines: [ArraySlice<UInt8>], _ random: inout SplitMix64
  ) -> (line: [UInt8], how: String)? {
    let indent = Array(line.prefix { $0 == blank || $0 == 9 })
    var words = line.dropFirst(indent.count).split(separator: blank).map(Array.init)
    guard !words.isEmpty else { return nil }
    let at = random.int(0...(words.count - 1))
    switch random.int(0...6) {
    case 0: words.remove(at: at)
    case 1: words.insert(words[at], at: at)
    case 2, 3:
      // A digit changed, put in or taken out.
      let digits = words[at].indices.filter { (48...57).contains(words[at][$0]) }
      guard !digits.isEmpty else { return nil }
      let place = random.pick(digits)
      let digit = UInt8(48 + random.int(0...9))
      switch random.int(0...3) {
      case 0: words[at].insert(digit, at: place)
      case 1: words[at].remove(at: place)
      default: words[at][place] = digit
      }
    case 4:
      let other = random.pick(lines).split(separator: blank).map(Array.init)
      guard !other.isEmpty else { return nil }
      words[at] = random.pick(other)
    case 5: words[at] = Array(words[at].prefix(random.int(1...words[at].count)))
    default:
      guard !words[at].isEmpty else { return nil }
      words[at][random.int(0...(words[at].count - 1))] = UInt8(random.int(33...126))
    }
    let new = indent + Array(words.joined(separator: [blank]))
    return (new, "is now \"\(String(decoding: new, as: UTF8.self))\"")
  }
}
