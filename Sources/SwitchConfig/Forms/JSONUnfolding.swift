/// Unfolds JSON into lines: `TABLE KEY` for each entry, then ` TABLE KEY FIELD VALUE` for each of its
/// fields, `FIELD[]` for each text of a list. Parts of a key, `|` between them, become words.
struct JSONUnfolding {
  private let notes: String
  private var text = UnfoldedText()

  /// The lines that a text stands for.
  static func unfold(_ bytes: [UInt8], notes: String) -> UnfoldedText {
    var unfolding = JSONUnfolding(notes: notes)
    let tree = JSONTree(bytes)
    unfolding.members(tree.members, of: "") { table, unfolding in unfolding.table(table) }
    let rows = bytes.split(separator: 10, omittingEmptySubsequences: false)
    if let row = rows.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil }) {
      unfolding.text.report("json", "the line is no UTF-8, as JSON is", at: row + 1)
    }
    if let failure = tree.failure {
      unfolding.text.report("json", failure.message, at: failure.line)
      unfolding.text.unread += lines(bytes, from: failure.line)
    }
    return unfolding.text
  }

  private init(notes: String) { self.notes = notes }

  /// The lines of a text that nobody has read.
  private static func lines(_ bytes: [UInt8], from first: Int) -> [UnknownLine] {
    bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated().dropFirst(first - 1)
      .compactMap { place, line in
        let words = line.drop { $0 == 32 || $0 == 9 || $0 == 13 }
        guard !words.isEmpty else { return nil }
        return UnknownLine(
          number: place + 1,
          text: UnfoldedText.shown(String(decoding: words.prefix(200), as: UTF8.self)))
      }
  }

  /// Goes through members, and tells of names that stand twice.
  private mutating func members(
    _ members: [JSONTree.Member], of owner: String,
    _ visit: (JSONTree.Member, inout JSONUnfolding) -> Void
  ) {
    var seen: Set<String> = []
    for member in members {
      if !seen.insert(member.name).inserted {
        let name = owner.isEmpty ? member.name : "\(owner) \(member.name)"
        text.report(
          "repeated", "\(UnfoldedText.shown(name)) stands there already: the last one counts",
          at: member.line)
      }
      visit(member, &self)
    }
  }

  private mutating func unknown(_ line: String, at place: Int, _ message: String) {
    text.report("json-type", message, at: place)
    text.unread.append(UnknownLine(number: place, text: UnfoldedText.shown(line)))
  }

  private mutating func table(_ table: JSONTree.Member) {
    guard table.name != notes else { return }
    guard case .object(let entries) = table.value.content, UnfoldedText.isWord(table.name) else {
      return unknown(table.name, at: table.line, "a table is a word and an object in braces")
    }
    members(entries, of: table.name) { entry, unfolding in
      unfolding.entry(entry, of: table.name)
    }
  }

  private mutating func entry(_ entry: JSONTree.Member, of table: String) {
    let header = table + " " + entry.name.split(separator: "|").joined(separator: " ")
    guard case .object(let fields) = entry.value.content, UnfoldedText.isWord(entry.name) else {
      return unknown(header, at: entry.line, "an entry is a word and an object in braces")
    }
    text.append(header, at: entry.line)
    members(fields, of: header) { field, unfolding in unfolding.field(field, of: header) }
  }

  private mutating func field(_ field: JSONTree.Member, of header: String) {
    let start = header + " " + field.name
    guard UnfoldedText.isWord(field.name) else {
      return unknown(start, at: field.line, "a field is a word")
    }
    switch field.value.content {
    case .list(let values):
      if values.isEmpty { text.append(" \(start)[]", at: field.line) }
      for value in values { self.value(value, of: start + "[]", at: value.line) }
    default: value(field.value, of: start, at: field.line)
    }
  }

  private mutating func value(_ value: JSONTree.Value, of start: String, at place: Int) {
    switch value.content {
    case .text(let word) where UnfoldedText.isPlain(word):
      text.append(" \(start) \(word)", at: place)
    case .bare(let word):
      text.report(
        "json-type", "the value of \(start) stands without quotation marks", at: place,
        isError: false)
      text.append(" \(start) \(word)", at: place)
    case .text, .object, .list:
      unknown(start, at: place, "the value of \(start) is no plain text and no list of them")
    }
  }
}
