/// A Markdown file taken apart far enough for checks: its texts and its tables, without code.
struct ParsedMarkdown {
  /// A paragraph, list item, heading or table cell.
  struct Text {
    /// 1-based.
    var line: Int
    /// Heading of level 2 that it stands under.
    var section: String
    /// Heading of level 3.
    var subsection: String
    /// Title of its column; empty outside of tables.
    var column: String
    /// Without code, addresses and list marks.
    var text: String
    /// As it stands.
    var raw: String
  }

  struct Table {
    var line: Int
    var section: String
    var header: [String]
    var rows: [[String]]

    func cell(_ title: String, of row: [String]) -> String {
      guard let index = header.firstIndex(of: title), index < row.count else { return "" }
      return row[index]
    }
  }

  private(set) var texts: [Text] = []
  private(set) var tables: [Table] = []

  init(_ markdown: String) {
    var section = ""
    var subsection = ""
    var inFence = false
    var table: Table?
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if line.hasPrefix("```") { inFence.toggle() }
      if inFence || line.hasPrefix("```") { continue }
      func add(_ raw: String, column: String = "") {
        texts.append(
          Text(
            line: number, section: section, subsection: subsection, column: column,
            text: ParsedMarkdown.withoutMarks(raw), raw: raw))
      }
      if line.hasPrefix("|") {
        let cells = ParsedMarkdown.cells(line)
        if table == nil {
          table = Table(line: number, section: section, header: cells, rows: [])
          for cell in cells { add(cell) }
        } else if !cells.allSatisfy({ $0.allSatisfy { "-:".contains($0) } && $0.count > 2 }) {
          table?.rows.append(cells)
          for (column, cell) in cells.enumerated() {
            let titles = table?.header ?? []
            add(cell, column: column < titles.count ? titles[column] : "")
          }
        }
        continue
      }
      if let done = table { tables.append(done) }
      table = nil
      if line.hasPrefix("## ") {
        section = String(line.dropFirst(3))
        subsection = ""
      }
      if line.hasPrefix("### ") { subsection = String(line.dropFirst(4)) }
      if !line.isEmpty { add(line) }
    }
    if let done = table { tables.append(done) }
  }

  private static func cells(_ line: String) -> [String] {
    let escaped = line.replacing("\\|", with: "\u{1}")
    return escaped.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { cell in
        var text = cell.replacing("\u{1}", with: "|")[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
      }
  }

  /// Without heading, list and box marks, code and addresses.
  static func withoutMarks(_ line: String) -> String {
    var text = line[...]
    while text.hasPrefix("#") { text.removeFirst() }
    if text.hasPrefix("- ") { text = text.dropFirst(2) }
    if text.hasPrefix("[ ] ") { text = text.dropFirst(4) }
    let digits = text.prefix { $0.isNumber }
    if !digits.isEmpty, text.dropFirst(digits.count).hasPrefix(". ") {
      text = text.dropFirst(digits.count + 2)
    }
    return withoutCode(String(text))
  }

  /// Code, addresses and footnote marks are replaced by a mark that is no word; code that is a
  /// number stays.
  static func withoutCode(_ text: String) -> String {
    var result = ""
    var closing: Character?
    var previous: Character?
    var code = ""
    for character in text {
      if let end = closing {
        if character == end {
          closing = nil
          // A bare number is an amount, however it is set.
          let isNumber = end == "`" && !code.isEmpty && code.allSatisfy(\.isNumber)
          result += isNumber ? code : "§"
          code = ""
        } else {
          code.append(character)
        }
      } else if character == "`" {
        closing = "`"
      } else if character == "<" {
        closing = ">"
      } else if character == "^", previous == "[" {
        closing = "]"
      } else {
        result.append(character)
      }
      previous = character
    }
    return result
  }
}
