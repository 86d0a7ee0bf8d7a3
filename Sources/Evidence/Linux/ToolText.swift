/// Lines and fields of what tools print, as bytes: grapheme clusters would join CR and LF.
enum ToolText {
  typealias Line = Substring.UTF8View

  /// Most lines of one output that are looked at; card statistics have about two thousand.
  static let mostLines = 50_000

  /// The lines that hold something, without the carriage return of some terminals.
  static func lines(_ text: String) -> [Line] {
    text.utf8.split(separator: UInt8(ascii: "\n"), maxSplits: mostLines).prefix(mostLines)
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
  }

  /// Without white space at both ends.
  static func trimmed(_ line: Line) -> Line {
    var line = line.drop(while: isSpace)
    while let last = line.last, isSpace(last) { line = line.dropLast() }
    return line
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  static func string(_ line: Line) -> String { String(Substring(line)) }

  /// What stands before and after the first separator, both trimmed; `nil` without one.
  static func pair(_ line: Line, at separator: UInt8) -> (key: String, value: String)? {
    guard let place = line.firstIndex(of: separator) else { return nil }
    return parts(line, place)
  }

  /// The same at the last separator: names of statistics hold colons themselves.
  static func lastPair(_ line: Line, at separator: UInt8) -> (key: String, value: String)? {
    guard let place = line.lastIndex(of: separator) else { return nil }
    return parts(line, place)
  }

  private static func parts(_ line: Line, _ place: Line.Index) -> (key: String, value: String) {
    (string(trimmed(line[..<place])), string(trimmed(line[place...].dropFirst())))
  }

  /// `key: value` lines in their order.
  static func colonPairs(_ text: String) -> [(key: String, value: String)] {
    lines(text).compactMap { pair($0, at: UInt8(ascii: ":")) }
  }

  /// The value of the first line with a key.
  static func value(_ key: String, in pairs: [(key: String, value: String)]) -> String? {
    pairs.first { $0.key == key }?.value
  }

  /// Decimal digits and nothing else; `nil` beyond 64 bits.
  static func count(_ text: some StringProtocol) -> UInt64? {
    guard !text.isEmpty else { return nil }
    var number: UInt64 = 0
    for byte in text.utf8 {
      guard (48...57).contains(byte) else { return nil }
      let (tens, over) = number.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(UInt64(byte - 48))
      if over || more { return nil }
      number = sum
    }
    return number
  }

  /// A whole number in a range, with a minus sign or without.
  static func whole(_ text: some StringProtocol, in range: ClosedRange<Int>) -> Int? {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    guard let magnitude = isNegative ? count(text.dropFirst()) : count(text),
      let number = Int(exactly: magnitude)
    else { return nil }
    let value = isNegative ? -number : number
    return range.contains(value) ? value : nil
  }

  /// One line for people, cut off where it has no end: what a tool said, or a stranger on the wire,
  /// may hold control characters.
  static func shown(_ text: some StringProtocol, most: Int = 160) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(most) {
      shown.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return string(trimmed(Substring(String(shown)).utf8))
  }
}
