/// Texts of somebody's own, such as banners.
extension ConfigWalk {
  /// Whether the line starts a text that is no configuration; such a text is kept as not understood,
  /// whatever it looks like.
  mutating func startsVerbatim() -> Bool {
    for form in grammar.verbatim where form.pattern.values(line, grammar.kinds) != nil {
      // Some lines look like those that start a text.
      let isPlain = grammar.blocks[0].rules.contains {
        $0.pattern.first?.matches(line.bytes(0)) == true
          && $0.pattern.values(line, grammar.kinds) != nil
      }
      if isPlain { return false }
      unknown()
      if let end = form.end {
        verbatimEnd = Array(end.utf8)
      } else {
        // `^C` stands for one byte; any other mark is one character. It may end the line that it
        // starts.
        let bytes = Array(line.rest(from: form.pattern.elements.count - 1))
        let mark = Array(bytes.prefix(bytes.first == 94 ? 2 : 1))
        let closes = bytes.count > mark.count && bytes.suffix(mark.count).elementsEqual(mark)
        verbatimEnd = closes || mark.isEmpty ? nil : mark
      }
      // A mark that never comes again was none.
      if let end = verbatimEnd,
        lostMarks.contains(end) || !line.ends(later: end, asMark: isMark(end))
      {
        lostMarks.insert(end)
        verbatimEnd = nil
      }
      return true
    }
    return false
  }

  private func isMark(_ end: [UInt8]) -> Bool { end.count <= 2 }

  mutating func verbatim() {
    guard let end = verbatimEnd else { return }
    if !line.isBlank {
      recorder.model.lines += 1
      unknown()
    }
    if line.ends(with: end, asMark: isMark(end)) { verbatimEnd = nil }
  }
}
