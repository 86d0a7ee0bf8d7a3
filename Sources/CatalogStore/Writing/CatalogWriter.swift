import CatalogModel
import Quantities

/// Writes a catalogue, or some parts of it, as a file that reads back to the same values.
///
/// Parts are written from their facts, so they must have been loaded with them. Estimates are no
/// facts and are left out.
public enum CatalogWriter {
  /// The whole catalogue as one file.
  public static func xml(_ catalog: Catalog) -> String {
    var writer = XMLWriter()
    let urls = sourceIDs(catalog)
    begin(&writer)
    for source in catalog.sources { write(source, &writer) }
    for part in catalog.parts { write(part, &writer) }
    for price in catalog.prices where price.kind != .estimate { write(price, urls, &writer) }
    for price in catalog.references.prices { write(price, urls, &writer) }
    for rule in catalog.compatibility { write(rule, &writer) }
    for note in catalog.references.compatibility { write(note, &writer) }
    for standard in catalog.references.standards { write(standard, &writer) }
    for rule in catalog.references.cableRules { write(rule, &writer) }
    for rate in catalog.exchangeRates { write(rate, urls, &writer) }
    writer.line("</catalog>")
    return writer.text
  }

  /// Some parts with what they need (modules, sub-parts), their prices and the rules about them.
  public static func xml(_ catalog: Catalog, parts: [PartID]) -> String {
    let wanted = closure(of: parts, in: catalog)
    let kept = catalog.parts.filter { wanted.contains($0.id) }
    let names = Set(wanted.map(\.rawValue))
    func isKept(_ key: String) -> Bool {
      names.contains(key) || key.hasPrefix("os:") || key.hasPrefix("vendor:")
        || key == "third-party" || key == "third-party-dac"
    }
    let rules = catalog.compatibility.filter {
      isKept($0.device) && isKept($0.medium)
        && (names.contains($0.device) || names.contains($0.medium))
    }
    var part = Catalog(
      parts: kept, prices: catalog.prices.filter { wanted.contains($0.part) },
      compatibility: rules,
      references: References(
        prices: catalog.references.prices.filter { $0.part.map(wanted.contains) ?? false }))
    part.sources = sources(of: part, in: catalog)
    return xml(part)
  }

  /// The parts and, again and again, what they name.
  private static func closure(of parts: [PartID], in catalog: Catalog) -> Set<PartID> {
    var found = Set<PartID>()
    var open = parts
    while let next = open.popLast() {
      guard found.insert(next).inserted, let part = catalog.part(next) else { continue }
      if let spec = part.asSwitch {
        open += spec.modules + spec.requires.map(\.part)
        if let supply = spec.powerSupplies.part { open.append(supply) }
      }
      if let spec = part.asModule { open += spec.requires.map(\.part) }
    }
    return found
  }

  private static func sources(of part: Catalog, in whole: Catalog) -> [FactSource] {
    let urls = Set(part.prices.map(\.source) + part.references.prices.map(\.source))
    let ids = Set(
      part.parts.flatMap { $0.sources.map(\.id) } + part.compatibility.map(\.source.id))
    return whole.sources.filter { ids.contains($0.id) || urls.contains($0.url) }
  }

  private static func begin(_ writer: inout XMLWriter) {
    writer.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    writer.line("<catalog xmlns=\"\(CatalogReader.namespace)\">")
  }

  /// Ids by address; of two ids with one address the first in order.
  private static func sourceIDs(_ catalog: Catalog) -> [String: String] {
    var ids: [String: String] = [:]
    for source in catalog.sources where ids[source.url] == nil { ids[source.url] = source.id }
    return ids
  }

  private static func write(_ source: FactSource, _ writer: inout XMLWriter) {
    writer.element(
      "source",
      [("id", source.id), ("url", source.url), ("accessed", source.accessed.iso)], indent: 2)
  }

  private static func write(
    _ rate: ReferenceRate, _ urls: [String: String], _ writer: inout XMLWriter
  ) {
    writer.element(
      "exchange-rate",
      [
        ("from", rate.from.rawValue), ("to", rate.to.rawValue),
        ("rate", Format.decimal(rate.rate, places: 6)), ("on", rate.on.iso),
        ("source", urls[rate.source] ?? ""),
      ], indent: 2)
  }

  private static func write(
    _ price: Price, _ urls: [String: String], _ writer: inout XMLWriter
  ) {
    writer.element(
      "price",
      [("part", price.part.rawValue)]
        + priced(
          price.amount, price.kind, price.condition, price.asOf, urls[price.source] ?? ""),
      indent: 2, text: price.note)
  }

  private static func write(
    _ price: ReferencePrice, _ urls: [String: String], _ writer: inout XMLWriter
  ) {
    let attributes =
      priced(price.amount, price.kind, price.condition, price.asOf, urls[price.source] ?? "")
      + (price.includesVAT ? [("vat", "included")] : [])
    if let part = price.part {
      writer.element("price", [("part", part.rawValue)] + attributes, indent: 2, text: price.note)
    } else {
      writer.element(
        "reference-price", [("subject", price.subject)] + attributes, indent: 2, text: price.note)
    }
  }

  private static func priced(
    _ amount: Money, _ kind: PriceKind, _ condition: Condition, _ asOf: CalendarDate?,
    _ source: String
  ) -> [(String, String)] {
    var attributes = [
      ("amount", Format.amount(amount)), ("currency", amount.currency.rawValue),
      ("kind", kind.rawValue), ("condition", condition.rawValue),
    ]
    if let asOf { attributes.append(("as-of", asOf.iso)) }
    return attributes + [("source", source)]
  }

  private static func write(_ rule: CompatibilityRule, _ writer: inout XMLWriter) {
    writer.element(
      "compatibility",
      verdict(rule.device, rule.medium, rule.verdict, rule.command, rule.source), indent: 2,
      text: rule.note)
  }

  private static func write(_ note: CompatibilityNote, _ writer: inout XMLWriter) {
    writer.element(
      "compatibility-note",
      verdict(note.device, note.medium, note.verdict, note.command, note.source), indent: 2,
      text: note.note)
  }

  private static func verdict(
    _ device: String, _ medium: String, _ works: CompatibilityRule.Verdict, _ command: String,
    _ source: FactSource
  ) -> [(String, String)] {
    [("device", device), ("medium", medium), ("works", works.rawValue)]
      + (command.isEmpty ? [] : [("command", command)]) + [("source", source.id)]
  }
}
