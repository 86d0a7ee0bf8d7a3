import CatalogModel
import Quantities

/// Everything the catalogue knows of one part: what `tenfold catalog show` prints.
public struct PartPage: Encodable, Sendable, Hashable {
  /// A fact with its sources.
  public struct Line: Encodable, Sendable, Hashable {
    public var name: String
    public var value: String
    /// Ids in `sources`.
    public var sources: [String]
  }

  /// A price, or a price that is kept for reference.
  public struct PriceLine: Encodable, Sendable, Hashable {
    public var text: String
    public var note: String
    /// Address or description.
    public var source: String
    /// Whether plans may count with it.
    public var counts: Bool
  }

  /// A rule about media in this device, or about this medium in devices.
  public struct RuleLine: Encodable, Sendable, Hashable {
    public var device: String
    public var medium: String
    public var works: String
    public var command: String
    public var note: String
  }

  /// A source.
  public struct SourceLine: Encodable, Sendable, Hashable {
    public var id: String
    public var url: String
    public var accessed: String
  }

  public var id: String
  public var kind: String
  public var vendor: String
  public var facts: [Line]
  public var note: String
  public var unknown: [String]
  public var prices: [PriceLine]
  public var rules: [RuleLine]
  public var sources: [SourceLine]

  /// The page of a part of a catalogue that was loaded in full.
  public init(_ part: Part, in catalog: Catalog) {
    id = part.id.rawValue
    kind = PartKind(part).rawValue
    vendor = part.vendor
    facts = PartPage.lines(part.facts)
    note = part.note
    unknown = UnknownFacts.of(part)
    prices =
      catalog.prices.filter { $0.part == part.id }.map {
        PriceLine(
          text: PartPage.priceText($0), note: $0.note, source: $0.source,
          counts: $0.kind != .historical)
      }
      + catalog.references.prices.filter { $0.part == part.id }.map {
        PriceLine(
          text: PartPage.text($0.amount, $0.kind, $0.condition, $0.asOf) + ", VAT in it",
          note: $0.note, source: $0.source, counts: false)
      }
    let keys = PartPage.ruleKeys(part)
    rules = catalog.compatibility.filter { keys.contains($0.device) || keys.contains($0.medium) }
      .map {
        RuleLine(
          device: $0.device, medium: $0.medium, works: $0.verdict.rawValue, command: $0.command,
          note: $0.note)
      }
    sources = part.sources.map { SourceLine(id: $0.id, url: $0.url, accessed: $0.accessed.iso) }
  }

  /// Names under which rules may speak of a part.
  private static func ruleKeys(_ part: Part) -> Set<String> {
    var keys: Set<String> = [part.id.rawValue]
    if let spec = part.asSwitch {
      keys.insert("vendor:" + part.vendor)
      if let os = spec.os { keys.insert("os:" + os.rawValue) }
    }
    return keys
  }

  /// Facts for people: figures under their own name and with their unit.
  private static func lines(_ facts: [Fact]) -> [Line] {
    facts.compactMap { fact in
      guard fact.name.hasPrefix("figure["), let end = fact.name.lastIndex(of: "]") else {
        return Line(name: fact.name, value: fact.value, sources: fact.sources)
      }
      guard fact.name.hasSuffix("/value") else { return nil }
      let stem = fact.name[...end]
      let unit = facts.first { $0.name == stem + "/unit" }?.value
      return Line(
        name: String(stem.dropFirst("figure[".count).dropLast()),
        value: fact.value + (unit.map { " " + $0 } ?? ""), sources: fact.sources)
    }
  }

  /// `200.00 USD refurbished used 2023-04`, an estimate with its interval.
  static func priceText(_ price: Price) -> String {
    let interval =
      price.low == price.high
      ? "" : " (\(Format.amount(price.low)) to \(Format.amount(price.high)))"
    return text(price.amount, price.kind, price.condition, price.asOf) + interval
  }

  private static func text(
    _ amount: Money, _ kind: PriceKind, _ condition: Condition, _ asOf: CalendarDate?
  ) -> String {
    "\(Format.money(amount)) \(kind.rawValue) \(condition.rawValue) \(asOf?.iso ?? "undated")"
  }

  /// For people.
  public var text: String {
    var lines = ["\(id) (\(kind), \(vendor))", "", "Facts"]
    lines += TextTable.lines(
      facts.map { [$0.name, $0.value, marks($0.sources)] }, rightAligned: [])
    if !unknown.isEmpty { lines += ["", "Not known: " + unknown.joined(separator: ", ")] }
    if !note.isEmpty { lines += ["", "Note: " + note] }
    lines += ["", prices.isEmpty ? "No price" : "Prices"]
    for price in prices {
      lines.append("  \(price.text)\(price.counts ? "" : ", for reference")")
      if !price.note.isEmpty { lines.append("    \(price.note)") }
      lines.append("    \(price.source)")
    }
    if !rules.isEmpty {
      lines += ["", "Media of other makers"]
      for rule in rules {
        let command = rule.command.isEmpty ? "" : ": " + rule.command
        lines.append("  \(rule.medium) in \(rule.device): \(rule.works)\(command)")
        if !rule.note.isEmpty { lines.append("    \(rule.note)") }
      }
    }
    lines += ["", "Sources"]
    for (index, source) in sources.enumerated() {
      lines.append("  [\(index + 1)] \(source.url), read \(source.accessed)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The places of sources in the list at the end of the page.
  private func marks(_ ids: [String]) -> String {
    let numbers = sources.enumerated().filter { ids.contains($0.element.id) }.map { $0.offset + 1 }
    return "[" + numbers.map(String.init).joined(separator: ", ") + "]"
  }
}
