/// Columns for people, two spaces in, two spaces between, nothing at the end of a line.
enum TextTable {
  static func lines(_ rows: [[String]], rightAligned: Set<Int>) -> [String] {
    let width = rows.map(\.count).max() ?? 0
    let widths = (0..<width).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = " "
      for (column, cell) in row.enumerated() {
        let pad = String(repeating: " ", count: max(0, widths[column] - cell.count))
        line += column == 0 ? " " : "  "
        line += rightAligned.contains(column) ? pad + cell : cell + pad
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
