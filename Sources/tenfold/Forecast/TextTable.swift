/// Columns for a terminal: texts to the left, numbers to the right.
struct TextTable {
  private let right: Set<Int>
  private var rows: [[String]]

  /// - Parameter right: Columns whose texts end at one place.
  init(_ head: [String], right: Set<Int> = []) {
    self.right = right
    rows = [head]
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// Two blanks between columns, none behind the last.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.reduce(0) { max($0, $1.indices.contains(column) ? $1[column].count : 0) }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return right.contains(column) ? padding + cell : cell + padding
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

/// Numbers of predictions as people say them.
enum PredictionText {
  /// `9 min 40 s`, `2 h 5 min`, `12 s`, `30 ms`.
  static func time(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "?" }
    if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
    if seconds < 10 { return "\(decimal(seconds)) s" }
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default:
      let minutes = Int((seconds / 60).rounded())
      return "\(minutes / 60) h \(minutes % 60) min"
    }
  }

  /// With one decimal.
  static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "?" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// Part of a host's cores, or cores.
  static func load(cores: Double, busy: Double?) -> String {
    if cores < 0.005 { return "nearly none" }
    return busy.map { "\(decimal($0 * 100)) %" } ?? "\(decimal(cores)) cores"
  }
}
