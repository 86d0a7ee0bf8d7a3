/// The name of a port or LAG: letters and numbers.
struct ScannedName: Hashable {
  /// Words for its kind in small letters, without hyphens; an empty one for none.
  var kinds: [String]
  var path: [Int]

  /// Of a port by its full name.
  init(port: String) {
    let bytes = Array(port.utf8)
    kinds = [Self.word(bytes.prefix { !ScannedConfig.isDigit($0) })]
    path = bytes.drop { !ScannedConfig.isDigit($0) }
      .split(whereSeparator: { !ScannedConfig.isDigit($0) })
      .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  /// Of a LAG by its number.
  init(lag: Int) {
    kinds = ["portchannel", "lag", "mlagportchannel"]
    path = [lag]
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.filter(ScannedConfig.isLetter).map { $0 | 32 }, as: UTF8.self)
  }

  private func isKind(_ word: String) -> Bool {
    kinds.contains { kind in
      kind.isEmpty || (!word.isEmpty && (kind.hasPrefix(word) || word.hasPrefix(kind)))
    }
  }

  /// Whether a text names it, alone, in a list or in a range.
  func stands(in text: [UInt8]) -> Bool {
    var word = ""
    var before: [Int] = []
    var start: [Int]?
    var mayBeCut = false
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if ScannedConfig.isLetter(byte) {
        var end = index
        while end < text.endIndex, ScannedConfig.isLetter(text[end]) || text[end] == 45 { end += 1 }
        let new = Self.word(text[index..<end])
        if !"range".hasPrefix(new) || new.count < 2 { word = new }
        index = end
      } else if ScannedConfig.isDigit(byte) {
        var path: [Int] = []
        while index < text.endIndex, ScannedConfig.isDigit(text[index]), path.count < 9 {
          var value = 0
          while index < text.endIndex, ScannedConfig.isDigit(text[index]) {
            value = min(value * 10 + Int(text[index] - 48), 10_000_000)
            index += 1
          }
          path.append(value)
          if index < text.endIndex, text[index] == 47 || text[index] == 58 { index += 1 }
        }
        if path.count == 1, before.count > 1, mayBeCut { path = before.dropLast() + path }
        if isKind(word) {
          if path == self.path { return true }
          if let first = start?.last, let last = path.last, let own = self.path.last,
            path.dropLast() == self.path.dropLast(), start?.dropLast() == self.path.dropLast(),
            first <= own, own <= last
          {
            return true
          }
          // The slot of the LAGs.
          if kinds.contains("lag"), path.count == 3, path.last == self.path.last { return true }
        }
        before = path
        (start, mayBeCut) = (nil, false)
      } else {
        if byte == 45 { start = before }
        if byte == 45 || byte == 44 { mayBeCut = true }
        index += 1
      }
    }
    return false
  }
}
