import Quantities

/// Goes through the lines of a configuration as bytes, one line's words at a time.
///
/// Any bytes will do: lines end at LF, blanks and CR at their ends are left out, and words are
/// compared in ASCII without regard to case.
struct LineCursor {
  let bytes: [UInt8]
  /// Number of each line where it is that of another text; empty where lines count themselves.
  private let places: [Int]
  private var row = 0
  /// Where the next line starts.
  private(set) var next = 0
  /// 1-based number of the current line; 0 before the first.
  private(set) var number = 0
  private var start = 0
  private var end = 0
  /// Blanks before the first word; a tab counts as one. None after a prompt.
  private(set) var indent = 0
  private var words: ContiguousArray<Range<Int>> = []
  /// Words that `hide` took out, and the place where they stood.
  private var hidden: ContiguousArray<Range<Int>> = []
  private var hiddenPlace = 0
  /// Whether any line starts with a blank: nesting shows in the indentation then.
  let isIndented: Bool

  /// Marks a comment where it stands first in a line.
  private let comment: UInt8
  /// What may stand around a text that is one value.
  private let quotes: [UInt8]

  init(_ bytes: [UInt8], comment: UInt8, quotes: [UInt8], places: [Int] = []) {
    self.bytes = bytes
    self.places = places
    self.comment = comment
    self.quotes = quotes
    // A byte order mark says nothing.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
    var atStart = true
    var found = false
    for byte in bytes {
      if atStart, byte == 32 || byte == 9 {
        found = true
        break
      }
      atStart = byte == 10
    }
    isIndented = found
    words.reserveCapacity(16)
  }

  /// Whether the line started with a prompt, as in `spine-1(conf)# interface te 0/1`; its words are
  /// those after it.
  private(set) var hasPrompt = false

  /// Goes to the next line; `false` at the end of the text.
  mutating func advance() -> Bool {
    guard next < bytes.count else { return false }
    let prompt = places.isEmpty ? promptLength() : 0
    hasPrompt = prompt > 0
    start = next + prompt
    var index = start
    words.removeAll(keepingCapacity: true)
    hidden.removeAll(keepingCapacity: true)
    indent = 0
    var wordStart = -1
    while index < bytes.count, bytes[index] != 10 {
      let byte = bytes[index]
      if byte == 32 || byte == 9 || byte == 13 {
        if wordStart >= 0 {
          words.append(wordStart..<index)
          wordStart = -1
        }
      } else if wordStart < 0 {
        if words.isEmpty, !hasPrompt { indent = index - start }
        wordStart = index
      }
      index += 1
    }
    if wordStart >= 0 { words.append(wordStart..<index) }
    end = words.last?.upperBound ?? start
    next = index + 1
    row += 1
    number = places.indices.contains(row - 1) ? places[row - 1] : row
    return true
  }

  /// Number of words.
  var count: Int { words.count }
  /// Whether the line is empty.
  var isBlank: Bool { words.isEmpty }
  /// Whether the line is a comment.
  var isComment: Bool { words.first.map { bytes[$0.lowerBound] == comment } ?? false }
  /// The line without blanks at its ends, hidden words included.
  var text: String {
    let first = hiddenPlace == 0 ? hidden.first ?? words.first : words.first
    return first.map { String(decoding: bytes[$0.lowerBound..<end], as: UTF8.self) } ?? ""
  }

  /// The line without the words that are taken out.
  var rest: String {
    guard let first = hidden.first, hiddenPlace > 0 else { return text(from: 0) }
    let start = String(
      decoding: bytes[(words.first?.lowerBound ?? 0)..<first.lowerBound], as: UTF8.self)
    return start + text(from: hiddenPlace)
  }

  /// Whether words are taken out.
  var isHiding: Bool { !hidden.isEmpty }

  /// Takes words out of the line, until `restore` puts them back.
  mutating func hide(_ range: Range<Int>) {
    guard hidden.isEmpty, range.upperBound <= words.count else { return }
    hidden.append(contentsOf: words[range])
    hiddenPlace = range.lowerBound
    words.removeSubrange(range)
  }

  /// Puts the words back that `hide` took out.
  mutating func restore() {
    words.insert(contentsOf: hidden, at: hiddenPlace)
    hidden.removeAll(keepingCapacity: true)
  }

  /// Whether the line is one word alone.
  func isOne(_ word: StaticString) -> Bool { words.count == 1 && isWord(0, word) }

  /// Whether a word is this one, whatever the case of its letters.
  func isWord(_ index: Int, _ word: StaticString) -> Bool {
    index < words.count && words[index].count == word.utf8CodeUnitCount
      && word.withUTF8Buffer { buffer in
        zip(bytes[words[index]], buffer).allSatisfy {
          ((65...90).contains($0) ? $0 | 32 : $0) == $1
        }
      }
  }

  /// The bytes of a word; none where the line is shorter.
  func bytes(_ index: Int) -> ArraySlice<UInt8> {
    index < words.count ? bytes[words[index]] : bytes[end..<end]
  }

  /// The word that starts after some bytes from the start of another; the number of words at the
  /// end of the line, `nil` within a word.
  func word(after index: Int, bytes count: Int) -> Int? {
    guard index < words.count else { return nil }
    let place = words[index].lowerBound + count
    var next = index
    while next < words.count, words[next].lowerBound < place {
      if words[next].upperBound > place { return nil }
      next += 1
    }
    return next
  }

  /// A decimal number below 10⁹ without a sign.
  func int(_ index: Int) -> Int? {
    guard index < words.count else { return nil }
    return LineCursor.int(bytes[words[index]])
  }

  static func int(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var value = 0
    for byte in bytes {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  /// A number of up to eight hexadecimal digits behind `0x`.
  func hexadecimal(_ index: Int) -> Int? {
    let word = bytes(index)
    guard word.starts(with: [48, 120]), (3...10).contains(word.count) else { return nil }
    let digits = word.dropFirst(2)
    // A sign would be taken for a part of the number.
    guard digits.first.map({ $0 != 43 && $0 != 45 }) == true else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// A word as it stands; empty when the line is shorter.
  func string(_ index: Int) -> String {
    index < words.count ? String(decoding: bytes[words[index]], as: UTF8.self) : ""
  }

  /// A word without the quotes around it.
  func unquoted(_ index: Int) -> String {
    guard index < words.count else { return "" }
    return String(decoding: bytes[inner(words[index])], as: UTF8.self)
  }

  /// A range of bytes without the quotes around it.
  private func inner(_ range: Range<Int>) -> Range<Int> {
    guard range.count >= 2, quotes.contains(bytes[range.lowerBound]),
      bytes[range.lowerBound] == bytes[range.upperBound - 1]
    else { return range }
    return (range.lowerBound + 1)..<(range.upperBound - 1)
  }

  /// The rest of the line from a word on, inner blanks kept.
  func text(from index: Int) -> String {
    index < words.count
      ? String(decoding: bytes[words[index].lowerBound..<end], as: UTF8.self) : ""
  }

  /// The rest of the line from a word on, without the quotes around it.
  func unquoted(from index: Int) -> String {
    guard index < words.count else { return "" }
    let range = inner(words[index].lowerBound..<end)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Whether a later line is one of these bytes alone, or ends with them where they are a mark.
  func ends(later end: [UInt8], asMark: Bool) -> Bool {
    var probe = self
    while probe.advance() {
      if probe.ends(with: end, asMark: asMark) { return true }
    }
    return false
  }

  /// Whether the line is these bytes alone, or ends with them where they are a mark.
  func ends(with end: [UInt8], asMark: Bool) -> Bool {
    let text = rest(from: 0)
    return text.elementsEqual(end) || (asMark && text.suffix(end.count).elementsEqual(end))
  }

  /// The bytes of the rest of the line from a word on.
  func rest(from index: Int) -> ArraySlice<UInt8> {
    index < words.count ? bytes[words[index].lowerBound..<end] : bytes[end..<end]
  }

  /// An IPv4 address.
  func address(_ index: Int) -> IPv4Address? {
    guard index < words.count else { return nil }
    return LineCursor.address(bytes[inner(words[index])])
  }

  /// An address with prefix length, `A/N`.
  func prefix(_ index: Int) -> (address: IPv4Address, length: Int)? {
    guard index < words.count else { return nil }
    let word = bytes[words[index]]
    guard let slash = word.firstIndex(of: 47), let address = LineCursor.address(word[..<slash]),
      let length = LineCursor.int(word[(slash + 1)...]), length <= 32
    else { return nil }
    return (address, length)
  }

  /// A prefix length in a word of its own, `/N`.
  func length(_ index: Int) -> Int? {
    guard index < words.count, bytes[words[index].lowerBound] == 47 else { return nil }
    return LineCursor.int(bytes[words[index].dropFirst()]).flatMap { $0 <= 32 ? $0 : nil }
  }

  /// Prefix length of a netmask.
  func mask(_ index: Int) -> Int? {
    guard let mask = address(index)?.bits else { return nil }
    let length = mask.nonzeroBitCount
    guard mask.leadingZeroBitCount == 0 || mask == 0, (~mask).leadingZeroBitCount == length else {
      return nil
    }
    return length
  }

  private static func address(_ bytes: ArraySlice<UInt8>) -> IPv4Address? {
    guard (7...15).contains(bytes.count) else { return nil }
    var bits: UInt32 = 0
    var octets = 0
    var value: UInt32 = 0
    var digits = 0
    for byte in bytes {
      if byte == 46 {
        guard digits > 0, octets < 3 else { return nil }
        bits = bits << 8 | value
        octets += 1
        value = 0
        digits = 0
      } else if (48...57).contains(byte), digits < 3, digits == 0 || value > 0 {
        value = value * 10 + UInt32(byte - 48)
        digits += 1
        guard value < 256 else { return nil }
      } else {
        return nil
      }
    }
    guard octets == 3, digits > 0 else { return nil }
    return IPv4Address(bits: bits << 8 | value)
  }
}
