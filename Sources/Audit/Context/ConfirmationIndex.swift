import Fabric

/// The list to confirm, prepared for questions of the form "does it ask this of that?".
struct ConfirmationIndex {
  private struct Entry {
    let kind: Confirmation.Kind
    let subject: [UInt8]
    /// Subject and question in lower case.
    let text: [UInt8]
  }
  private let entries: [Entry]

  init(_ confirmations: [Confirmation]) {
    entries = confirmations.map {
      Entry(
        kind: $0.kind, subject: ConfirmationIndex.lower($0.subject),
        text: ConfirmationIndex.lower($0.subject + " " + $0.question))
    }
  }

  /// Whether some entry names one of `names` (as its subject, or as a word of its text) and holds
  /// one of `words`.
  func asks(kinds: [Confirmation.Kind]? = nil, names: [String], words: [String]) -> Bool {
    let names = names.map(ConfirmationIndex.lower)
    let words = words.map(ConfirmationIndex.lower)
    return entries.contains { entry in
      (kinds?.contains(entry.kind) ?? true)
        && names.contains { entry.subject == $0 || ConfirmationIndex.holds(entry.text, word: $0) }
        && (words.isEmpty
          || words.contains { ConfirmationIndex.holds(entry.text, word: $0, whole: false) })
    }
  }

  private static func lower(_ text: String) -> [UInt8] {
    text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }

  private static func holds(_ text: [UInt8], word: [UInt8], whole: Bool = true) -> Bool {
    guard let first = word.first, text.count >= word.count else { return false }
    for start in 0...(text.count - word.count) where text[start] == first {
      let end = start + word.count
      guard text[start..<end].elementsEqual(word) else { continue }
      guard whole else { return true }
      let before = start == 0 || !isWord(text[start - 1])
      let after = end == text.count || !isWord(text[end])
      if before && after { return true }
    }
    return false
  }

  /// Letters, digits, hyphen and plus belong to names.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 97...122, 43, 45: true
    default: false
    }
  }
}
