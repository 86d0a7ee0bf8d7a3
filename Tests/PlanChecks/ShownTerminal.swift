/// What somebody sees of a text that went through a terminal: marks of pagers are gone, and a list
/// that the terminal broke is whole. Lines keep their numbers.
enum ShownTerminal {
  static func text(_ bytes: [UInt8]) -> [UInt8] {
    var lines: [[UInt8]] = []
    // Places of lines that were joined to one before.
    var joined: Set<Int> = []
    for raw in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      let line = withoutPager(shown(raw))
      let start = line.first { $0 != 32 }
      let isRest = start.map { (48...57).contains($0) || $0 == 44 || $0 == 45 } ?? false
      if isRest, line.first != 32, let place = lines.lastIndex(where: { !$0.isEmpty }),
        (place + 1..<lines.count).allSatisfy(joined.contains), lines[place].count > 55,
        String(decoding: lines[place], as: UTF8.self).contains("vlan")
      {
        joined.insert(lines.count)
        lines[place] += line
        lines.append([])
      } else {
        lines.append(line)
      }
    }
    return Array(lines.joined(separator: [10]))
  }

  /// A line after its control characters did their work.
  private static func shown(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var line: [UInt8] = []
    var isEscape = false
    for (place, byte) in zip(raw.indices, raw) {
      if isEscape {
        if (64...126).contains(byte), byte != 91 { isEscape = false }
        continue
      }
      switch byte {
      case 27: isEscape = true
      case 8: _ = line.popLast()
      case 13: if raw[place...].contains(where: { $0 != 13 }) { line = [] }
      default: line.append(byte)
      }
    }
    return line
  }

  private static func withoutPager(_ line: [UInt8]) -> [UInt8] {
    let text = String(decoding: line, as: UTF8.self)
    for mark in ["--More--", "<--- More --->"] {
      let trimmed = text.drop { $0 == " " || $0 == "\t" }
      if trimmed.hasPrefix(mark) { return Array(trimmed.dropFirst(mark.count).utf8) }
    }
    return line
  }
}
