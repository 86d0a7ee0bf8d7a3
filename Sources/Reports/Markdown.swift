/// A Markdown text while it is written. Tables are padded, so that they can be read as they are.
struct Markdown {
  private(set) var text = ""

  /// A heading of a level, 1 to 6.
  mutating func heading(_ level: Int, _ title: String) {
    block(String(repeating: "#", count: level) + " " + title)
  }

  mutating func paragraph(_ sentences: String...) {
    let text = sentences.filter { !$0.isEmpty }.joined(separator: " ")
    if !text.isEmpty { block(text) }
  }

  mutating func bullets(_ items: [String]) {
    if !items.isEmpty { block(items.map { "- " + $0 }.joined(separator: "\n")) }
  }

  mutating func checklist(_ items: [String]) { bullets(items.map { "[ ] " + $0 }) }

  mutating func steps(_ items: [String]) {
    let lines = items.enumerated().map { "\($0.offset + 1). \($0.element)" }
    if !items.isEmpty { block(lines.joined(separator: "\n")) }
  }

  /// The text of a footnote `[^number]`.
  mutating func footnote(_ number: Int, _ content: String) { block("[^\(number)]: \(content)") }

  /// Lines that somebody types.
  mutating func code(_ lines: [String]) {
    if !lines.isEmpty { block("```text\n" + lines.joined(separator: "\n") + "\n```") }
  }

  /// A table; nothing when it has no rows. A title that begins with `>` is of a column aligned to
  /// the right.
  mutating func table(_ titles: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    let right = titles.map { $0.hasPrefix(">") }
    let head = titles.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
    let cells = ([head] + rows).map { row in
      head.indices.map { $0 < row.count ? Markdown.cell(row[$0]) : "" }
    }
    let widths = head.indices.map { column in
      max(3, cells.map { $0[column].unicodeScalars.count }.max() ?? 3)
    }
    var lines = cells.map { row in
      Markdown.line(
        head.indices.map { column in
          let fill = String(
            repeating: " ", count: widths[column] - row[column].unicodeScalars.count)
          return right[column] ? fill + row[column] : row[column] + fill
        })
    }
    let rule = head.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return right[column] ? dashes + ":" : dashes + "-"
    }
    lines.insert(Markdown.line(rule), at: 1)
    block(lines.joined(separator: "\n"))
  }

  /// Text as code, so that it is shown letter by letter.
  static func code(_ text: String) -> String {
    text.isEmpty ? "" : "`" + text.swapping("`", for: "'").swapping("\n", for: " ") + "`"
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func cell(_ text: String) -> String {
    text.swapping("|", for: "\\|").swapping("\n", for: " ")
  }

  private mutating func block(_ lines: String) {
    if !text.isEmpty { text += "\n" }
    text += lines + "\n"
  }
}
