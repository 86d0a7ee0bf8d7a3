/// A table of comma-separated values (RFC 4180): a header row, CRLF at the end of every row, UTF-8
/// without a byte-order mark.
///
/// Text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
/// carriage return) gets an apostrophe in front. Numbers use a point and no separator.
struct CSV {
  /// A cell.
  enum Cell {
    case text(String)
    /// Digits that were formatted already; written as they are.
    case number(String)
    case empty

    static func count(_ value: Int) -> Cell { .number(String(value)) }
    static func flag(_ value: Bool) -> Cell { .text(value ? "yes" : "no") }
  }

  private(set) var text: String
  private let columns: Int

  init(_ header: [String]) {
    text = ""
    columns = header.count
    row(header.map { .text($0) })
  }

  /// Adds a row; missing cells at its end stay empty, so that every row has as many as the header.
  mutating func row(_ cells: [Cell]) {
    for index in 0..<columns {
      if index > 0 { text += "," }
      guard index < cells.count else { continue }
      switch cells[index] {
      case .text(let value): text += CSV.quoted(CSV.harmless(value))
      case .number(let value): text += value
      case .empty: break
      }
    }
    text += "\r\n"
  }

  static func harmless(_ value: String) -> String {
    guard let first = value.utf8.first, "=+-@\t\r".utf8.contains(first) else { return value }
    return "'" + value
  }

  static func quoted(_ value: String) -> String {
    let needsQuotes =
      value.utf8.contains { byte in
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
      } || value.hasPrefix(" ") || value.hasSuffix(" ")
    return needsQuotes ? "\"" + value.swapping("\"", for: "\"\"") + "\"" : value
  }
}
