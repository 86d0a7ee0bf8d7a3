/// A configuration seen by eyes that know no grammar: which lines stand below which line that names
/// an interface or a VLAN, and which numbers and ports a line names. It shares nothing with the
/// reader.
struct ScannedConfig {
  /// Words of a line without its prompt, and the line that heads its block.
  struct Line {
    var text: [UInt8]
    var indent: Int
    var hasPrompt: Bool
    /// Place of the header; the place of the line itself where it is one.
    var header: Int?
  }

  private(set) var lines: [Line] = []

  init(_ bytes: [UInt8]) {
    let rows = bytes.split(separator: 10, omittingEmptySubsequences: false)
    // A blank that strayed into a text does not make it an indented one.
    let isIndented = rows.count { $0.first == 32 || $0.first == 9 } * 10 > rows.count
    var header: Int?
    for (place, row) in rows.enumerated() {
      let prompt = Self.promptLength(row)
      let rest = row.dropFirst(prompt)
      let indent = prompt > 0 ? 0 : rest.prefix { $0 == 32 || $0 == 9 }.count
      var text = Array(rest.drop { $0 == 32 || $0 == 9 })
      while text.last == 13 || text.last == 32 || text.last == 9 { text.removeLast() }
      var line = Line(text: text, indent: indent, hasPrompt: prompt > 0)
      if Self.isHeader(text) {
        header = place
      } else if isIndented, prompt == 0, !text.isEmpty, text.first != 33, let open = header,
        !lines[open].hasPrompt, indent <= lines[open].indent
      {
        header = nil
      }
      line.header = header
      lines.append(line)
    }
  }

  /// A name, `#` or `>` at the start of a line, with a mode in parentheses.
  /// A name, texts in brackets or parentheses, `#` or `>`.
  private static func promptLength(_ row: ArraySlice<UInt8>) -> Int {
    var rest = row.prefix(120).drop {
      isLetter($0) || isDigit($0) || $0 == 45 || $0 == 46 || $0 == 95
    }
    let hasName = rest.startIndex > row.startIndex
    var hasMode = false
    while true {
      let next = rest.drop { $0 == 32 }
      guard let open = next.first, open == 40 || open == 91,
        let close = next.firstIndex(of: open == 40 ? 41 : 93)
      else { break }
      hasMode = true
      rest = next[(close + 1)...]
    }
    if hasMode { rest = rest.drop { $0 == 32 } }
    guard hasName || hasMode, rest.first == 35 || rest.first == 62 else { return 0 }
    return rest.startIndex + 1 - row.startIndex
  }

  static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// The first word in small letters, without digits that are written close to it.
  private static func letters(_ text: ArraySlice<UInt8>) -> String {
    let word = text.prefix { isLetter($0) || $0 == 45 }
    guard text[word.endIndex...].first.map({ $0 == 32 || $0 == 9 || isDigit($0) }) ?? true else {
      return ""
    }
    return String(decoding: word.map { $0 | 32 }, as: UTF8.self)
  }

  private static func isHeader(_ text: [UInt8]) -> Bool {
    let word = letters(text[...])
    let isWord = text.dropFirst(word.utf8.count).first.map { $0 == 32 || $0 == 9 } ?? false
    if isWord, word.utf8.count >= 3, "interface".hasPrefix(word) { return true }
    return vlanPart(text) != nil
  }

  /// What stands behind `vlan` in a line that heads the block of VLANs.
  private static func vlanPart(_ text: [UInt8]) -> ArraySlice<UInt8>? {
    var rest = text[...]
    let first = letters(rest)
    if first.utf8.count >= 2, "interface".hasPrefix(first) {
      rest = rest.dropFirst(first.utf8.count).drop { $0 == 32 }
      let second = letters(rest)
      if second.utf8.count >= 2, "range".hasPrefix(second) {
        rest = rest.dropFirst(second.utf8.count).drop { $0 == 32 }
      }
    }
    let word = letters(rest)
    guard word.utf8.count >= 2, "vlan".hasPrefix(word) else { return nil }
    rest = rest.dropFirst(word.utf8.count).drop { $0 == 32 }
    return rest.first.map(isDigit) == true ? rest : nil
  }

  // MARK: What lines name

  /// Whether a number, alone or within a range, stands in a text.
  static func names(_ number: Int, in text: ArraySlice<UInt8>) -> Bool {
    var low: Int?
    var (last, isRange) = (-1, false)
    // Numbers of ports, addresses and the like are none.
    for piece in text.split(whereSeparator: { $0 == 32 || $0 == 44 || $0 == 9 }) {
      if piece.elementsEqual([45]) {
        isRange = true
        low = last
        continue
      }
      var piece = piece
      if piece.first.map(isLetter) == true { piece = piece.drop { isLetter($0) } }
      if isRange, piece.first == 45 { piece = piece.dropFirst() }
      let ends = piece.split(separator: 45, omittingEmptySubsequences: false)
        .map { $0.allSatisfy(isDigit) ? Int(String(decoding: $0, as: UTF8.self)) : nil }
      // A blank may stand at one side of the hyphen alone.
      if ends.count == 2, let first = ends[0], ends[1] == nil, piece.last == 45 {
        if first == number { return true }
        (low, isRange, last) = (first, true, first)
        continue
      }
      if ends.count == 2, piece.first == 45, let second = ends[1] {
        if last <= number, number <= second { return true }
        continue
      }
      guard (1...2).contains(ends.count), let first = ends[0], let second = ends[ends.count - 1]
      else {
        isRange = false
        continue
      }
      let start = isRange ? low ?? first : first
      if start <= number, number <= second { return true }
      (last, isRange) = (second, false)
    }
    return false
  }

  /// Whether a line heads the block of a VLAN.
  func heads(_ place: Int, vlan: Int) -> Bool {
    Self.vlanPart(lines[place].text).map { Self.names(vlan, in: $0) } ?? false
  }

  /// Whether a line names a port or LAG.
  func names(_ place: Int, _ port: ScannedName) -> Bool { port.stands(in: lines[place].text) }

  /// The lines of the blocks of a port or LAG, headers included.
  func block(of port: ScannedName) -> Set<Int> {
    block { Self.vlanPart(lines[$0].text) == nil && names($0, port) }
  }

  func block(ofVLAN vlan: Int) -> Set<Int> { block { heads($0, vlan: vlan) } }

  private func block(_ isHead: (Int) -> Bool) -> Set<Int> {
    var result: Set<Int> = []
    var known: [Int: Bool] = [:]
    for (place, line) in lines.enumerated() {
      guard let header = line.header else { continue }
      let isOwn = known[header] ?? isHead(header)
      known[header] = isOwn
      if isOwn { result.insert(place) }
    }
    return result
  }
}
