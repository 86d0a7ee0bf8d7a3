import CatalogModel
import PriceModel
import Quantities

/// What `tenfold catalog check` says of a catalogue that reads without an error.
public struct CatalogCheck: Encodable, Sendable, Hashable {
  /// How many there are of something.
  public struct Count: Encodable, Sendable, Hashable {
    public var what: String
    public var count: Int
  }

  /// A part with the facts that plans would like to know of it.
  public struct Unknowns: Encodable, Sendable, Hashable {
    public var part: String
    public var facts: [String]
  }

  /// How well prices of a category are estimated.
  public struct Estimator: Encodable, Sendable, Hashable {
    public var category: String
    /// Parts with a sourced price that the formula was fitted on.
    public var parts: Int
    /// Median error of a part left out, in percent; absent when there are too few parts.
    public var medianErrorPercent: Int?
    /// Eight in ten left-out prices are within the estimate divided and multiplied by this factor,
    /// in hundredths.
    public var factorHundredths: Int?
  }

  /// A part that no plan can price.
  public struct Unpriced: Encodable, Sendable, Hashable {
    public var part: String
    public var reason: String
  }

  public var parts: [Count]
  public var prices: [Count]
  public var other: [Count]
  public var unknowns: [Unknowns]
  public var estimators: [Estimator]
  public var unpriced: [Unpriced]

  /// Looks through a catalogue that was loaded in full.
  public init(_ catalog: Catalog) {
    let report = PriceEstimator.report(on: catalog)
    parts = PartKind.allCases.map { kind in
      Count(
        what: kind.plural, count: catalog.parts.filter { PartKind($0) == kind }.count)
    }
    prices =
      PriceKind.allCases.filter { $0 != .estimate }.map { kind in
        Count(what: kind.rawValue, count: catalog.prices.filter { $0.kind == kind }.count)
      }
      + [
        Count(what: "estimate", count: report.estimates.count),
        Count(what: "for reference", count: catalog.references.prices.count),
      ]
    other = [
      Count(what: "sources", count: catalog.sources.count),
      Count(what: "facts", count: catalog.parts.reduce(0) { $0 + $1.facts.count }),
      Count(what: "compatibility rules", count: catalog.compatibility.count),
      Count(what: "compatibility notes", count: catalog.references.compatibility.count),
      Count(what: "reaches of standards", count: catalog.references.standards.count),
      Count(what: "rules about cables", count: catalog.references.cableRules.count),
      Count(what: "exchange rates", count: catalog.exchangeRates.count),
    ]
    unknowns = catalog.parts.compactMap { part in
      let facts = UnknownFacts.of(part)
      return facts.isEmpty ? nil : Unknowns(part: part.id.rawValue, facts: facts)
    }
    estimators = report.categories.map {
      Estimator(
        category: $0.category.rawValue, parts: $0.parts,
        medianErrorPercent: $0.medianErrorPercent, factorHundredths: $0.factorHundredths)
    }
    unpriced = report.gaps.map { Unpriced(part: $0.part.rawValue, reason: $0.reason) }
  }

  /// For people.
  public var text: String {
    var lines = ["The catalogue is sound.", ""]
    for (title, counts) in [("Parts", parts), ("Prices", prices), ("Also", other)] {
      lines.append(title)
      lines += TextTable.lines(counts.map { [String($0.count), $0.what] }, rightAligned: [0])
    }
    lines += ["", "Price estimates, each part left out in turn"]
    lines += TextTable.lines(
      [["category", "parts", "median error", "8 in 10 within a factor of"]]
        + estimators.map { estimator in
          [
            estimator.category, String(estimator.parts),
            estimator.medianErrorPercent.map { "\($0) %" } ?? "too few to fit",
            estimator.factorHundredths.map { Format.fixed(Int64($0), decimals: 2) } ?? "",
          ]
        }, rightAligned: [1, 2, 3])
    lines += ["", "Parts that have neither a usable price nor an estimate"]
    lines += TextTable.lines(unpriced.map { [$0.part, $0.reason] }, rightAligned: [])
    lines += ["", "Facts that nobody has said: a plan that rests on one says so"]
    lines += TextTable.lines(
      unknowns.map { [$0.part, $0.facts.joined(separator: ", ")] }, rightAligned: [])
    return lines.joined(separator: "\n") + "\n"
  }
}
