import CatalogModel
import Fabric
import Quantities

extension ReportChecks {
  static func prices(_ page: ParsedMarkdown, _ fabric: Fabric) -> [String] {
    var found: [String] = []
    let tables = page.tables.filter { $0.header.contains("Part") }
    for table in tables {
      for column in ["Price kind", "Dated"] where !table.header.contains(column) {
        found.append("line \(table.line): a table of parts without the column \(column)")
      }
      for row in table.rows {
        let part = table.cell("Part", of: row)
        if PriceKind(rawValue: table.cell("Price kind", of: row)) == nil {
          found.append("\(part): no price kind")
        }
        let date = table.cell("Dated", of: row)
        if date != "no date", CalendarDate(iso: date) == nil { found.append("\(part): no date") }
        // A price without a day is old: its mark and its question say so.
        if date == "no date", !table.cell("Marks", of: row).contains("O"),
          table.cell("Price kind", of: row) != PriceKind.estimate.rawValue
        {
          found.append("\(part): an undated price that is not marked")
        }
      }
    }
    for section in ["What to buy", "Order lines"] {
      let rows = tables.filter { $0.section == section }.flatMap { table in
        table.rows.map {
          [
            table.cell("Part", of: $0), table.cell("Price kind", of: $0),
            table.cell("Dated", of: $0), table.cell("Condition", of: $0),
          ]
        }
      }
      for line in fabric.bom {
        let expected = [
          label(line.part, fabric), line.price.kind.rawValue, line.price.asOf?.iso ?? "no date",
          line.price.condition.rawValue,
        ]
        if !rows.contains(expected) { found.append("\(section): lacks \(expected)") }
      }
    }
    return found
  }
}
