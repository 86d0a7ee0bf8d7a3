import CatalogModel
import Fabric
import Quantities
import Reports

/// Mechanical checks over the text of reports: every number has a unit, every part a price kind and
/// a date, every abbreviation stands in the glossary, every unknown and estimate is on the list to
/// confirm.
///
/// They know the plan and the text alone: what must be asked is worked out from the catalogue's
/// facts here, and not taken from whoever wrote the list.
public enum ReportChecks {
  /// Complaints about all pages of a plan, by path; each names the page, and the line or the part.
  public static func complaints(pages: [String: String], of fabric: Fabric) -> [String] {
    guard let report = pages["report.md"] else { return ["there is no report.md"] }
    let list = ConfirmedPoints(ParsedMarkdown(report), fabric)
    var found = complaints(report: report, of: fabric).map { "report.md: \($0)" }
    for path in pages.keys.sorted() where path != "report.md" {
      guard let text = pages[path] else { continue }
      found += complaints(page: text, of: fabric).map { "\(path): \($0)" }
      found += unknownCells(ParsedMarkdown(text), list).map { "\(path): \($0)" }
    }
    return found
  }

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
    let racks = fabric.site.room.racks
    let own = racks.map(\.name) + racks.map(\.rowName) + fabric.site.hosts.map(\.name)
    return numbers(page, names, own: Set(own)) + abbreviations(page, names)
  }

  /// Names that a maker or the owner gave: models, order numbers, makers, ports of the core and
  /// switches, longest first. What a part of no maker is called is a description, not a name.
  static func names(of fabric: Fabric) -> [String] {
    let made = fabric.catalog.parts.filter { $0.vendor != "generic" }
    let all =
      made.flatMap { [$0.model, $0.sku, $0.id.rawValue, $0.vendor] }
      + fabric.catalog.parts.map(\.sku) + fabric.alternatives.flatMap { models(in: $0.summary) }
      + (fabric.site.core?.ports ?? []).flatMap { [$0.name, $0.box] } + fabric.devices.map(\.name)
    return Set(all + factModels).filter { $0.utf8.count > 1 }
      .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// Models that facts of the dialects name beside those of a plan.
  private static let factModels = ["S4810", "S4820T", "Z9000"]

  /// Names of switches and modules in what an alternative takes, such as `2 pieces Dell S4810, 4
  /// pieces Dell Networking N4032 (with Dell N4000 module, 2x QSFP+)`: their parts need not be in
  /// the plan's catalogue.
  private static func models(in summary: String) -> [String] {
    var names: [String] = []
    for piece in summary.replacing(" pieces ", with: "\n").replacing(" piece ", with: "\n")
      .split(separator: "\n").dropFirst()
    {
      // What follows the last comma counts the next one.
      var text = piece[...]
      if let last = text.lastIndex(of: ","), text[last...].dropFirst(2).allSatisfy(\.isNumber) {
        text = text[..<last]
      }
      names += text.split(separator: "(").flatMap { half in
        half.replacing("with ", with: "").split(separator: ")").flatMap {
          $0.replacing(" and ", with: "\n").split(separator: "\n").map { name in
            name.hasSuffix(" ") ? String(name.dropLast()) : String(name)
          }
        }
      }
    }
    return names
  }

  static func label(_ id: PartID, _ fabric: Fabric) -> String {
    guard let part = fabric.catalog.part(id) else { return id.rawValue }
    let label = plain(part)
    // Two parts must not be called the same.
    guard fabric.catalog.parts.count(where: { plain($0) == label }) > 1 else { return label }
    return "\(label) (\(part.sku.isEmpty ? part.id.rawValue : part.sku))"
  }

  private static func plain(_ part: Part) -> String {
    let label = part.vendor == "generic" ? part.model : "\(part.vendor) \(part.model)"
    guard let length = part.asCable.map({ Format.length($0.length) }),
      !part.model.hasSuffix(" " + length)
    else { return label }
    return "\(label), \(length)"
  }
}
