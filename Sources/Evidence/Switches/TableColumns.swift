/// The columns of a table of a switch, by its head. Words of a line go to the column that they stand
/// under; a word that may belong to two makes the line no row of the table.
struct TableColumns {
  private enum Shape {
    /// Where each column begins and ends, in bytes.
    case spans([Range<Int>], isRuled: Bool)
    /// Cells are parted by bars.
    case bars
  }

  /// Names of two words in heads without a rule; others with one space between are two columns.
  private static let twoWords: Set<String> = ["pfc admin", "pfc oper", "oper(vl bmap)"]

  /// What each column may be called, in lower case: platforms write a head in several lines, and the
  /// last line alone often names it.
  let names: [Set<String>]
  private let shape: Shape

  /// Reads a head.
  /// - Parameters:
  ///   - lines: all lines of the text.
  ///   - place: the line with the names, or the rule of hyphens below them.
  init?(_ lines: [ArraySlice<UInt8>], at place: Int) {
    let line = lines[place]
    guard line.count <= TableWords.longestLine else { return nil }
    if line.contains(UInt8(ascii: "|")) {
      shape = .bars
      names = Self.cells(line).map { [$0.lowercased()] }
      return
    }
    let words = Self.words(line)
    guard words.count > 1 else { return nil }
    if words.allSatisfy({ $0.text.utf8.allSatisfy { $0 == UInt8(ascii: "-") } }) {
      let spans = words.map(\.span)
      let above = lines[..<place].suffix(3).reversed().prefix { !Self.isBlank($0) }
      names = spans.map { span in
        var name = ""
        var all: Set<String> = []
        for line in above where line.count <= TableWords.longestLine {
          let own = Self.words(line).filter { $0.span.overlaps(span) }.map(\.text)
          guard !own.isEmpty else { continue }
          name = (own + (name.isEmpty ? [] : [name])).joined(separator: " ").lowercased()
          all.insert(name)
        }
        return all
      }
      shape = .spans(spans, isRuled: true)
    } else {
      // A sentence has no gaps.
      guard
        zip(words, words.dropFirst()).contains(where: {
          $1.span.lowerBound > $0.span.upperBound + 1
        })
      else { return nil }
      let columns = Self.joined(words)
      names = columns.map { [$0.text] }
      shape = .spans(columns.map(\.span), isRuled: false)
    }
  }

  /// Names in lower case, those of two words as one.
  private static func joined(
    _ words: [(text: String, span: Range<Int>)]
  ) -> [(text: String, span: Range<Int>)] {
    var columns: [(text: String, span: Range<Int>)] = []
    for word in words {
      let text = word.text.lowercased()
      if let last = columns.last, twoWords.contains("\(last.text) \(text)") {
        columns[columns.count - 1] = (
          "\(last.text) \(text)", last.span.lowerBound..<word.span.upperBound
        )
      } else {
        columns.append((text, word.span))
      }
    }
    return columns
  }

  /// Place of the first column with one of some names, those named first before others.
  func column(_ wanted: String...) -> Int? {
    for name in wanted {
      if let place = names.firstIndex(where: { $0.contains(name) }) { return place }
    }
    return nil
  }

  /// The cells of a line, one a column, empty where nothing stands; `nil` when it is no row.
  func row(_ line: ArraySlice<UInt8>) -> [String]? {
    guard line.count <= TableWords.longestLine, !Self.isBlank(line) else { return nil }
    switch shape {
    case .bars:
      let cells = Self.cells(line)
      return cells.count == names.count ? cells : nil
    case .spans(let spans, let isRuled):
      var cells = [String](repeating: "", count: spans.count)
      for word in Self.words(line) {
        guard let column = isRuled ? Self.under(word.span, spans) : Self.near(word.span, spans)
        else { return nil }
        cells[column] += (cells[column].isEmpty ? "" : " ") + word.text
      }
      return cells
    }
  }

  /// The ruled column that a word stands under; words of the last may be longer than its rule.
  private static func under(_ word: Range<Int>, _ spans: [Range<Int>]) -> Int? {
    let over = spans.indices.filter { spans[$0].overlaps(word) }
    if over.isEmpty, let last = spans.indices.last, word.lowerBound >= spans[last].upperBound {
      return last
    }
    return over.count == 1 ? over[0] : nil
  }

  /// The column whose name a word begins under, or just before when it is set to the right.
  private static func near(_ word: Range<Int>, _ spans: [Range<Int>]) -> Int? {
    // What stands before the first name belongs to it: the default VLAN has a star there.
    guard let begin = spans.lastIndex(where: { $0.lowerBound <= word.lowerBound }) else {
      return spans.count > 1 && word.upperBound <= spans[1].lowerBound ? 0 : nil
    }
    guard let end = spans.lastIndex(where: { $0.lowerBound < word.upperBound }) else { return nil }
    if begin == end { return begin }
    return end == begin + 1 && word.lowerBound >= spans[begin].upperBound ? end : nil
  }

  static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy { $0 <= 32 } }

  /// Words of a line with their places in it.
  static func words(_ line: ArraySlice<UInt8>) -> [(text: String, span: Range<Int>)] {
    line.split { $0 <= 32 }.map { word in
      (
        String(decoding: word, as: UTF8.self),
        (word.startIndex - line.startIndex)..<(word.endIndex - line.startIndex)
      )
    }
  }

  private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    let parts = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    return parts.dropFirst().dropLast().map { part in
      words(part).map(\.text).joined(separator: " ")
    }
  }
}

/// Goes through the tables of a text whose heads a reader knows.
struct TableScan<Layout> {
  private let lines: [ArraySlice<UInt8>]
  private let head: (TableColumns) -> Layout?

  /// - Parameter head: what a reader makes of a head; `nil` for one that is of no table of its kind.
  init(_ lines: [ArraySlice<UInt8>], head: @escaping (TableColumns) -> Layout?) {
    self.lines = lines
    self.head = head
  }

  /// Calls `body` with the cells of each row of each such table, and the place of its line. A table
  /// ends at an empty line behind a row, and where another head begins.
  /// - Returns: how many heads there were.
  @discardableResult
  func rows(_ body: (Layout, [String], Int) -> Void) -> Int {
    var current: (columns: TableColumns, layout: Layout)?
    var hasRows = false
    var heads = 0
    for place in lines.indices {
      if TableColumns.isBlank(lines[place]) {
        if hasRows { current = nil }
        continue
      }
      if let columns = TableColumns(lines, at: place), let layout = head(columns) {
        current = (columns, layout)
        hasRows = false
        heads += 1
        continue
      }
      guard let current, let cells = current.columns.row(lines[place]) else { continue }
      hasRows = true
      body(current.layout, cells, place)
    }
    return heads
  }
}

/// What single lines say for the tables below them, looked up in the order of the text.
struct NamedLines<Value> {
  private let found: [(line: Int, value: Value)]
  private var next = 0

  init(_ lines: [ArraySlice<UInt8>], _ read: (ArraySlice<UInt8>) -> Value?) {
    found = lines.indices.compactMap { place in read(lines[place]).map { (place, $0) } }
  }

  /// The last value above a line; lines are asked for in ascending order.
  mutating func last(before line: Int) -> Value? {
    while next < found.count, found[next].line < line { next += 1 }
    return next > 0 ? found[next - 1].value : nil
  }
}
