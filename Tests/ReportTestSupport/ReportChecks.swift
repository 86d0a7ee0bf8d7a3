import CatalogModel
import Fabric
import Quantities
import Reports

/// Mechanical checks over the text of reports: every number has a unit, every part a price kind and
/// a date, every abbreviation stands in the glossary, every unknown and estimate is on the list to
/// confirm.
public enum ReportChecks {
  /// All four checks over a `report.md`; each complaint names the line or the part.
  public static func complaints(report markdown: String, of fabric: Fabric) -> [String] {
    let page = ParsedMarkdown(markdown)
    return complaints(page: markdown, of: fabric) + prices(page, fabric)
      + confirmations(page, fabric)
  }

  /// Units and abbreviations over any Markdown file of a plan.
  public static func complaints(page markdown: String, of fabric: Fabric) -> [String] {
    let page = ParsedMarkdown(markdown)
    let names = names(of: fabric)
    return numbers(page, names) + abbreviations(page, markdown, names)
  }

  /// Makers, models, order numbers, ports of the core and switches, longest first.
  static func names(of fabric: Fabric) -> [String] {
    let all =
      fabric.catalog.parts.flatMap { [$0.model, $0.sku, $0.id.rawValue, $0.vendor] }
      + (fabric.site.core?.ports ?? []).flatMap { [$0.name, $0.box] } + fabric.devices.map(\.name)
    return Set(all).filter { !$0.isEmpty && $0 != "generic" }
      .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  // MARK: Numbers

  /// What may stand after a number.
  static let units: Set<String> = [
    "%", "m", "mm", "W", "kW", "Gbps", "x", "byte", "bytes", "error", "errors", "fact", "facts",
    "feed", "feeds", "host", "hosts", "line", "lines", "link", "links", "lane", "lanes", "marked",
    "member", "members", "month", "months", "note", "notes", "order", "pack", "packs", "piece",
    "pieces", "point", "points", "port", "ports", "rack", "racks", "rule", "rules", "supplies",
    "supply", "switch", "switches", "warning", "warnings", "minutes", "cards", "card", "unit",
    "units", "value", "values", "cables", "cable", "optics", "ToR", "ToRs",
  ]

  /// What may stand before a number that is a name and no amount.
  static let labels: Set<String> = [
    "VLAN", "VLANs", "LAG", "priority", "priorities", "class", "step", "steps", "bay", "feed",
    "supply", "dated", "category", "version", "system", "path", "server", "in", "box", "unit",
  ]

  static func numbers(_ page: ParsedMarkdown, _ names: [String]) -> [String] {
    page.texts.flatMap { text -> [String] in
      var plain = text.text
      for name in names { plain = plain.replacing(name, with: " NAME ") }
      let words = plain.split(whereSeparator: { " ();\"*".contains($0) }).map(String.init)
      var found: [String] = []
      var labelled = false
      for (index, raw) in words.enumerated() {
        let word = raw.trimmingMarks
        guard word.contains(where: \.isNumber), !word.contains(where: \.isLetter) else {
          if labels.contains(word.trimmingMarks.lowercased()) || labels.contains(word) {
            labelled = true
          } else if !["and", "to", "or"].contains(word) {
            labelled = false
          }
          continue
        }
        let next = index + 1 < words.count ? words[index + 1].trimmingMarks : ""
        let endsHere = raw.hasSuffix(",") || raw.hasSuffix(".") || raw.hasSuffix(":")
        let isRange =
          ["to", "and"].contains(next) && index + 3 < words.count
          && isUnit(words[index + 3].trimmingMarks)
        let isDate = CalendarDate(iso: word) != nil && (word.count > 4 || text.column == "Dated")
        // "2 free RJ45 ports": up to two words may stand between.
        let following = words[(index + 1)...].prefix(3).map(\.trimmingMarks)
        let hasUnit = !endsHere && (following.contains(where: isUnit) || isRange)
        if !(isDate || isRatio(word) || isAddress(word) || labelled || hasUnit
          || word.hasSuffix("%"))
        {
          found.append("line \(text.line): the number \(word) has no unit: \(text.text)")
        }
      }
      return found
    }
  }

  private static func isUnit(_ word: String) -> Bool {
    units.contains(word) || Currency(rawValue: word) != nil
  }

  private static func isAddress(_ word: String) -> Bool {
    IPv4Address(word) != nil || IPv4Subnet(word) != nil
  }

  private static func isRatio(_ word: String) -> Bool {
    let sides = word.split(separator: ":")
    return sides.count == 2 && sides[1] == "1" && Rational(decimal: sides[0]) != nil
  }

  // MARK: Prices

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

  static func label(_ id: PartID, _ fabric: Fabric) -> String {
    guard let part = fabric.catalog.part(id) else { return id.rawValue }
    return part.vendor == "generic" ? part.model : "\(part.vendor) \(part.model)"
  }

  // MARK: Abbreviations

  static func abbreviations(
    _ page: ParsedMarkdown, _ markdown: String, _ names: [String]
  ) -> [String] {
    let glossary = Set(
      page.texts.filter { $0.section == "Abbreviations" }.compactMap { text in
        text.text.split(separator: "**").first.map { String($0).trimmingMarks }
      })
    let nameWords = Set(names.flatMap { Glossary.words(of: $0) } + names)
    let words = Set(page.texts.flatMap { Glossary.words(of: $0.text) })
    return words.sorted().filter { word in
      isAbbreviation(word) && !glossary.contains(word) && !nameWords.contains(word)
        && !word.split(separator: "-").allSatisfy {
          glossary.contains(String($0)) || nameWords.contains(String($0))
            || !isAbbreviation(String($0))
        }
    }.map { "the abbreviation \($0) is not in the glossary" }
  }

  /// Two capitals or more, or a capital after a small letter, or one of the units.
  static func isAbbreviation(_ word: String) -> Bool {
    let capitals = word.utf8.count { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let startsSmall = word.utf8.first.map { $0 > UInt8(ascii: "Z") } ?? false
    return capitals > 1 || capitals == 1 && startsSmall
      || ["Gbps", "W", "m", "mm"].contains(word)
      || capitals == 1 && word.utf8.contains { (48...57).contains($0) }
  }

  // MARK: The list to confirm

  static func confirmations(_ page: ParsedMarkdown, _ fabric: Fabric) -> [String] {
    let list = page.texts.filter { $0.section == "Confirm before anybody pays" }
    func items(_ heading: String) -> [String] {
      list.filter { $0.subsection.hasPrefix(heading) }.map(\.text)
    }
    var found: [String] = []
    for entry in fabric.confirmations
    where !list.contains(where: { holds($0.raw, entry, fabric) }) {
      found.append("the list to confirm lacks: \(entry.question)")
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
    for table in page.tables where table.section != "Confirm before anybody pays" {
      for row in table.rows {
        for (column, cell) in zip(table.header, row)
        where ParsedMarkdown.withoutCode(cell).contains("unknown") {
          let subjects = subjects(of: row, column: column, fabric)
          let known = list.contains { item in subjects.contains { item.raw.contains($0) } }
          if !known {
            found.append("line \(table.line): \(row[0]) has an unknown that is not on the list")
          }
        }
      }
    }
    return found
  }

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

  /// What is unknown in a cell: what is free belongs to the rack of the row, everything else to
  /// the part of the row or to the switches that it names.
  private static func subjects(of row: [String], column: String, _ fabric: Fabric) -> [String] {
    guard let first = row.first, !first.isEmpty else { return [] }
    if column.hasPrefix("Free") { return ["] " + first] }
    let devices = fabric.devices.filter { device in row.contains { $0.contains("`\(device.name)`") }
    }
    return ["] " + first] + devices.map { "] " + label($0.part, fabric) }
  }
}

extension String {
  /// Without punctuation around it.
  fileprivate var trimmingMarks: String {
    var text = self[...]
    while let last = text.last, ",.;:!?*".contains(last) { text.removeLast() }
    while let first = text.first, "*-[]^".contains(first) { text.removeFirst() }
    return String(text)
  }
}
