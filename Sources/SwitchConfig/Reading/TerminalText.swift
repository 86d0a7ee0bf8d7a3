/// A text as a terminal showed it, which may have gone through a pager and been broken at its width.
///
/// The lines keep their numbers: a line that is joined to the one before leaves an empty one.
struct TerminalText {
  private(set) var bytes: [UInt8]
  /// Numbers of the lines that go on in the next one.
  private(set) var broken: [Int] = []
  /// Numbers of the lines that a pager's mark hides the start of.
  private(set) var hidden: [Int] = []

  /// No line that is shorter was broken by a terminal.
  private static let narrowest = 60
  /// What pagers print at the end of a page: `--More--`, `<--- More --->`, `--More-- or (q)uit`.
  private static let more = Array("more".utf8)
  private static let tails = ["", "or (q)uit", "or (q)uit."].map { Array($0.utf8) }

  init(_ text: [UInt8]) {
    bytes = text
    guard TerminalText.isShown(text) else { return }
    bytes = []
    bytes.reserveCapacity(text.count)
    var number = 0
    var start = 0
    // Where the last line starts in what is made, and how many line ends are to follow it.
    var last = 0
    var ends = 0
    while start < text.count {
      number += 1
      let end = text[start...].firstIndex(of: 10) ?? text.endIndex
      var line = TerminalText.shown(text[start..<end])
      start = end + 1
      if let rest = TerminalText.afterPager(line[...]) {
        if !rest.isEmpty {
          hidden.append(number)
        } else {
          line = []
        }
      }
      if isRest(line, ofLineAt: last, isJoined: ends > 1) {
        bytes += line
        broken.append(number - 1)
        ends += 1
        continue
      }
      bytes += repeatElement(10, count: ends)
      last = bytes.count
      bytes += line
      ends = 1
    }
    bytes += repeatElement(10, count: ends)
  }

  /// What is to be told of the lines.
  var oddities: [ConfigModel.Oddity] {
    broken.map {
      ConfigModel.Oddity(
        line: $0, rule: "broken-line",
        message: "the list goes on in the next line, as a terminal breaks it")
    }
      + hidden.map {
        ConfigModel.Oddity(
          line: $0, rule: "pager",
          message: "a pager's mark hides how the line starts: those after it may be of its block",
          isError: true)
      }
  }

  /// Whether anything in a text can be of a terminal: a line that starts with a digit or a mark of
  /// lists, a control character within a line, or a pager's mark.
  private static func isShown(_ text: [UInt8]) -> Bool {
    var previous: UInt8 = 10
    for byte in text {
      switch byte {
      case 8, 27: return true
      case 10, 13: break
      default: if previous == 13 { return true }
      }
      if previous == 10, [44, 45, 60].contains(byte) || (48...57).contains(byte) { return true }
      // Blanks before the first word leave a line at its start.
      if byte != 32 || previous != 10 { previous = byte }
    }
    return false
  }

  /// A line after what control characters do: back to its start or by one, and erasing.
  private static func shown(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var end = line.endIndex
    while end > line.startIndex, line[end - 1] == 13 { end -= 1 }
    let line = line[..<end]
    guard line.contains(where: { $0 == 8 || $0 == 13 || $0 == 27 }) else { return Array(line) }
    var cells: [UInt8] = []
    var column = 0
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      index += 1
      switch byte {
      case 8: column = max(0, column - 1)
      case 13: column = 0
      case 27:
        guard index < line.endIndex, line[index] == 91 else { break }
        let last = line[index...].dropFirst().firstIndex { (64...126).contains($0) }
        guard let last else { break }
        if line[last] == 75 {
          let whole = line[last - 1] == 50 || line[last - 1] == 49
          if whole {
            for place in cells.indices { cells[place] = 32 }
          } else if column < cells.count {
            cells.removeSubrange(column...)
          }
        }
        index = last + 1
      default:
        while cells.count < column { cells.append(32) }
        if column < cells.count { cells[column] = byte } else { cells.append(byte) }
        column += 1
      }
    }
    while cells.last == 32 { cells.removeLast() }
    return cells
  }

  /// What stands behind a pager's mark; `nil` where the line does not start with one.
  private static func afterPager(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = line.drop { $0 == 32 }
    let before = rest.count
    rest = rest.drop { $0 == 45 || $0 == 60 || $0 == 32 }
    guard before - rest.count >= 2, rest.count >= 6,
      zip(rest, more).allSatisfy({ $0 | 32 == $1 })
    else { return nil }
    rest = rest.dropFirst(more.count)
    let inside = rest.count
    rest = rest.drop { $0 == 45 || $0 == 62 || $0 == 32 }
    guard inside - rest.count >= 2 else { return nil }
    for tail in tails.reversed() where rest.starts(with: tail) {
      rest = rest.dropFirst(tail.count)
      break
    }
    return rest.drop { $0 == 32 }
  }

  /// Whether a line is what is left of a list of numbers at the end of the one before, which is the
  /// last of what is made.
  private func isRest(_ line: [UInt8], ofLineAt start: Int, isJoined: Bool) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    func isOfList(_ byte: UInt8) -> Bool { byte == 44 || byte == 45 || isDigit(byte) }
    let before = bytes[start...]
    guard before.count >= TerminalText.narrowest, !line.isEmpty, line.allSatisfy(isOfList) else {
      return false
    }
    if !isJoined {
      let word = before.reversed().prefix { $0 != 32 }
      guard word.count < before.count, word.allSatisfy(isOfList), word.contains(44) else {
        return false
      }
    }
    // The number that the break went through.
    let digits = before.reversed().prefix(while: isDigit).reversed() + line.prefix(while: isDigit)
    return digits.count <= 4 && (Int(String(decoding: Array(digits), as: UTF8.self)) ?? 0) <= 4094
  }
}
