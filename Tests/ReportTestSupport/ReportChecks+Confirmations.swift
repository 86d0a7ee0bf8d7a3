import CatalogModel
import Fabric
import Quantities

extension ReportChecks {
  static func confirmations(_ page: ParsedMarkdown, _ fabric: Fabric) -> [String] {
    let list = ConfirmedPoints(page, fabric)
    var found: [String] = []
    for entry in fabric.confirmations
    where !list.lines.contains(where: { holds($0.raw, entry, fabric) }) {
      found.append("the list to confirm lacks: \(entry.question)")
    }
    func items(_ heading: String) -> [String] {
      list.lines.filter { $0.subsection.hasPrefix(heading) }.map(\.text)
    }
    for line in fabric.bom {
      let name = label(line.part, fabric)
      func expect(_ heading: String, _ what: String) {
        if !items(heading).contains(where: { $0.hasPrefix(name) }) {
          found.append("the list to confirm lacks \(what) of \(name)")
        }
      }
      if line.price.kind == .estimate { expect("Prices that are estimates", "the estimate") }
      if line.isStale, line.price.kind != .estimate { expect("Prices that are old", "the price") }
      let isMade = fabric.catalog.part(line.part)?.status == .current
      if !isMade || line.price.condition == .used {
        expect("Parts that are used", "the availability")
      }
    }
    for unknown in ExpectedUnknowns(fabric).all
    where !list.asks(unknown.subject, unknown.words) {
      found.append("the list to confirm lacks \(unknown.fact) of \(unknown.subject)")
    }
    let asked = Dictionary(grouping: list.lines, by: \.raw)
    for (line, times) in asked.sorted(by: { $0.key < $1.key }) where times.count > 1 {
      found.append("the list to confirm asks twice: \(line)")
    }
    return found + unknownCells(page, list)
  }

  /// Cells of tables that say `unknown`, and of which nobody is asked.
  static func unknownCells(_ page: ParsedMarkdown, _ list: ConfirmedPoints) -> [String] {
    var found: [String] = []
    for table in page.tables where table.section != "Confirm before anybody pays" {
      for row in table.rows {
        for (column, cell) in zip(table.header, row)
        where ParsedMarkdown.withoutCode(cell).contains("unknown") {
          // What is free belongs to the rack of the row.
          let subjects = column.hasPrefix("Free") ? [row[0]] : list.subjects(of: row)
          let words = wordsByColumn[column] ?? []
          if !subjects.contains(where: { list.asks($0, words) }) {
            found.append(
              "line \(table.line): \(row[0]) has an unknown (\(column)) that is not on the list")
          }
        }
      }
    }
    return found
  }

  /// What a question about an unknown in a column speaks of.
  private static let wordsByColumn: [String: [String]] = [
    "Height": ["height"], "Power": ["draw"], "Free": ["units"], "Free on a feed": ["power"],
    "Air": ["airflow"], "Inlet": ["inlet", "power cord"],
    "Still made": ["still made", "to be had"],
    "Outlet of the rack": ["outlet"],
  ]

  /// Whether a line of the list asks what an entry asks; the subject may be left out or marked.
  private static func holds(_ line: String, _ entry: Confirmation, _ fabric: Fabric) -> Bool {
    if entry.kind == .assumption,
      let taken = fabric.site.defaults.first(where: { $0.key == entry.subject })
    {
      return line.contains("`\(taken.key)`") && line.contains("`\(taken.value)`")
    }
    var question = entry.question
    if let part = fabric.catalog.part(PartID(entry.subject)), question.hasPrefix(part.model + ": ")
    {
      question = String(question.dropFirst(part.model.count + 2))
    }
    if question.hasPrefix(entry.subject + " ") {
      question = "`\(entry.subject)`" + question.dropFirst(entry.subject.count)
    }
    return line.contains(question)
  }
}
