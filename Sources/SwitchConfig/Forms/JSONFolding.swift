import Quantities
import TemplateText

/// Folds the lines of templates into JSON: `TABLE KEY` for an entry, `TABLE KEY FIELD VALUE` for a
/// field, `TABLE KEY FIELD[] VALUE` for one more text of a list. Tables, entries and fields stand in
/// the order in which the lines first name them; each keeps the facts of its line.
struct JSONFolding {
  private struct Field {
    var name: String
    var lines: [ConfigLine]
    var isList: Bool
  }
  private struct Entry {
    var key: String
    var line: ConfigLine
    var fields: [Field] = []
    var places: [String: Int] = [:]
  }
  private struct Table {
    var name: String
    var entries: [Entry] = []
    var places: [String: Int] = [:]
  }

  private var tables: [Table] = []
  private var places: [String: Int] = [:]
  private var folded: [ConfigLine] = []

  /// The lines of the JSON text.
  /// - Parameters:
  ///   - lines: those of the templates; a line that starts with `#` is a comment.
  ///   - notes: the table that comments become.
  ///   - doubts: further comments.
  /// - Throws: `Findings` for a line that is no entry and no field.
  static func fold(
    _ lines: [ConfigLine], notes: String, doubts: [String]
  ) throws(Findings) -> [ConfigLine] {
    var folding = JSONFolding()
    var comments: [ConfigLine] = []
    var findings: [Finding] = []
    for line in lines where !line.text.isEmpty {
      if line.text.hasPrefix("#") {
        if line.text != "#" { comments.append(line) }
      } else if !folding.add(line) {
        findings.append(
          Finding(
            rule: "template", message: "\"\(line.text)\" is no entry and no field",
            expected: "TABLE KEY, TABLE KEY FIELD VALUE or TABLE KEY FIELD[] VALUE"))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
    folding.write(
      notes, comments.map(\.plain) + doubts.map { ConfigLine(number: 0, text: $0) })
    return folding.folded
  }

  // MARK: Collecting

  private mutating func add(_ line: ConfigLine) -> Bool {
    let words = line.text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
      .map(String.init)
    guard words.count >= 2, words.count != 3 || words[2].hasSuffix("[]"),
      words.prefix(3).allSatisfy({ !$0.isEmpty })
    else { return false }
    let table = place(of: words[0])
    let known = tables[table].places[words[1]]
    let entry = known ?? tables[table].entries.count
    if known == nil {
      tables[table].places[words[1]] = entry
      tables[table].entries.append(Entry(key: words[1], line: line))
    }
    guard words.count > 2 else {
      tables[table].entries[entry].line = line
      return true
    }
    let isList = words[2].hasSuffix("[]")
    let name = isList ? String(words[2].dropLast(2)) : words[2]
    var value = line
    value.text = words.count > 3 ? words[3] : ""
    if let place = tables[table].entries[entry].places[name] {
      guard isList, tables[table].entries[entry].fields[place].isList else { return false }
      tables[table].entries[entry].fields[place].lines.append(value)
    } else {
      tables[table].entries[entry].places[name] = tables[table].entries[entry].fields.count
      tables[table].entries[entry].fields.append(
        Field(name: name, lines: words.count > 3 ? [value] : [], isList: isList))
    }
    return true
  }

  private mutating func place(of table: String) -> Int {
    if let known = places[table] { return known }
    places[table] = tables.count
    tables.append(Table(name: table))
    return tables.count - 1
  }

  // MARK: Writing

  private mutating func write(_ notes: String, _ comments: [ConfigLine]) {
    append("{")
    if !comments.isEmpty {
      append("  \(quoted(notes)): {")
      append("    \"NOTES\": {")
      // Fields of an entry have no order once they are loaded: numbers of one length keep it.
      let width = String(comments.count).utf8.count
      for (index, comment) in comments.enumerated() {
        let number = String(index + 1)
        let name = String(repeating: "0", count: width - number.utf8.count) + number
        var line = comment
        line.text = "      \"\(name)\": \(quoted(comment.text))" + comma(index, comments.count)
        append(line)
      }
      append("    }")
      append("  }" + (tables.isEmpty ? "" : ","))
    }
    for (index, table) in tables.enumerated() {
      append("  \(quoted(table.name)): {")
      for (place, entry) in table.entries.enumerated() {
        write(entry, end: comma(place, table.entries.count))
      }
      append("  }" + comma(index, tables.count))
    }
    append("}")
  }

  private mutating func write(_ entry: Entry, end: String) {
    var line = entry.line
    line.text = "    \(quoted(entry.key)): {" + (entry.fields.isEmpty ? "}" + end : "")
    append(line)
    guard !entry.fields.isEmpty else { return }
    for (index, field) in entry.fields.enumerated() {
      let end = comma(index, entry.fields.count)
      guard field.isList else {
        for var line in field.lines {
          line.text = "      \(quoted(field.name)): \(quoted(line.text))" + end
          append(line)
        }
        continue
      }
      append("      \(quoted(field.name)): [")
      for (place, var line) in field.lines.enumerated() {
        line.text = "        " + quoted(line.text) + comma(place, field.lines.count)
        append(line)
      }
      append("      ]" + end)
    }
    append("    }" + end)
  }

  private func comma(_ index: Int, _ count: Int) -> String { index + 1 < count ? "," : "" }

  private mutating func append(_ text: String) { append(ConfigLine(number: 0, text: text)) }

  private mutating func append(_ line: ConfigLine) {
    var line = line
    line.number = folded.count + 1
    folded.append(line)
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension ConfigLine {
  /// A line that rests on nothing.
  fileprivate init(number: Int, text: String) {
    self.init(number: number, text: text, facts: [], grade: nil, subject: "")
  }

  /// A comment without its sign.
  fileprivate var plain: ConfigLine {
    var line = self
    line.text = String(text.drop { $0 == "#" || $0 == " " })
    return line
  }
}
