import CatalogModel
import Quantities
import SiteModel

/// The price that counts for a part, in the site's currency (model, M1).
public struct ChosenPrice: Hashable, Sendable {
  /// The catalogue's entry.
  public var price: Price
  /// Minor units for one pack, after exchange and discount, rounded half away from zero once.
  public var unit: Int64
  /// The same for the low end of the price's interval.
  public var low: Int64
  /// The same for the high end.
  public var high: Int64
}

/// The chosen price of every part, by index in `catalog.parts`.
public struct PriceBook: Sendable {
  /// `nil` for a part that cannot be bought.
  public private(set) var chosen: [ChosenPrice?]
  /// Spare rate of each part's category.
  public let spareRate: [Rational]
  /// Exchange rates that were needed, sorted by currency.
  public let ratesUsed: [ExchangeRate]

  /// Amounts above this many minor units are treated as nonsense, which keeps all sums in range.
  public static let highestUnitPrice: Int64 = 1_000_000_000

  /// Chooses prices for a whole catalogue.
  public init(site: Site, catalog: Catalog) {
    var chosen = [ChosenPrice?](repeating: nil, count: catalog.parts.count)
    var used: [ExchangeRate] = []
    var next = 0
    for (index, part) in catalog.parts.enumerated() {
      while next < catalog.prices.count, catalog.prices[next].part < part.id { next += 1 }
      var best: [Condition: ChosenPrice] = [:]
      while next < catalog.prices.count, catalog.prices[next].part == part.id {
        let price = catalog.prices[next]
        next += 1
        guard let candidate = PriceBook.convert(price, of: part, site: site, catalog: catalog)
        else { continue }
        if let rival = best[price.condition], !PriceBook.precedes(candidate, rival) { continue }
        best[price.condition] = candidate
      }
      let new = best[.new]
      let old = best[.used]
      if let new, let old {
        chosen[index] = old.unit < new.unit ? old : new
      } else {
        chosen[index] = new ?? old
      }
      if let price = chosen[index]?.price, price.amount.currency != site.currency,
        let rate = PriceBook.rate(from: price.amount.currency, site: site, catalog: catalog)
      {
        if !used.contains(rate) { used.append(rate) }
      }
    }
    self.chosen = chosen
    ratesUsed = used.sorted { $0.from < $1.from }
    let spares = site.requirements.spares
    spareRate = catalog.parts.map { part in
      switch part.spec {
      case .optic: spares.optics
      case .cable: spares.cables
      case .networkSwitch, .module: spares.switches
      case .nic: spares.nics
      case .accessory: .zero
      }
    }
  }

  /// The same prices with every estimate at an end of its interval: at its high end for the parts
  /// in `dear` (by index, ascending), at its low end for all others.
  public func stressed(dear: [Int]) -> PriceBook {
    var copy = self
    for index in chosen.indices {
      guard var price = chosen[index], price.price.kind == .estimate else { continue }
      price.unit = dear.contains(index) ? price.high : max(1, price.low)
      copy.chosen[index] = price
    }
    return copy
  }

  /// Packs to buy for `needed` built-in units (M1.5).
  public static func packs(
    needed: Int64, spareRate: Rational, testFirst: Int64, packSize: Int64
  ) -> Int64 {
    guard needed > 0 else { return 0 }
    let spares = spareRate.timesRoundedUp(needed) ?? needed
    let units = max(needed + spares, testFirst)
    return (units + packSize - 1) / packSize
  }

  private static func precedes(_ left: ChosenPrice, _ right: ChosenPrice) -> Bool {
    if left.price.kind.trust != right.price.kind.trust {
      return left.price.kind.trust < right.price.kind.trust
    }
    if left.price.asOf != right.price.asOf {
      guard let mine = left.price.asOf else { return false }
      guard let theirs = right.price.asOf else { return true }
      return mine > theirs
    }
    return left.unit < right.unit
  }

  private static func convert(
    _ price: Price, of part: Part, site: Site, catalog: Catalog
  ) -> ChosenPrice? {
    let rules = site.prices
    guard rules.kinds.contains(price.kind.rawValue), price.condition == .new || rules.allowsUsed,
      price.amount.minorUnits > 0,
      var factor = rate(from: price.amount.currency, site: site, catalog: catalog)?.rate
    else { return nil }
    if price.kind == .list || price.kind == .contract {
      let discount = rules.discounts.first { $0.vendor == part.vendor }?.rate ?? .zero
      for cut in [discount, rules.directOrder] {
        guard let minus = Rational(-cut.numerator, over: cut.denominator),
          let rest = Rational.one.adding(minus), let product = factor.multiplied(by: rest)
        else { return nil }
        factor = product
      }
    }
    guard let unit = price.amount.converted(to: site.currency, rate: factor)?.minorUnits,
      let low = price.low.converted(to: site.currency, rate: factor)?.minorUnits,
      let high = price.high.converted(to: site.currency, rate: factor)?.minorUnits,
      (1...highestUnitPrice).contains(unit)
    else { return nil }
    return ChosenPrice(price: price, unit: unit, low: low, high: min(high, highestUnitPrice))
  }

  /// The rate from a currency to the site's (M1.1); `nil` when nobody states one: prices in it do
  /// not count then.
  public static func rate(
    from currency: Currency, site: Site, catalog: Catalog
  ) -> ExchangeRate? {
    if currency == site.currency { return ExchangeRate(from: currency, rate: .one) }
    if let own = site.prices.exchange.first(where: { $0.from == currency }) { return own }
    if let direct = reference(currency, site.currency, catalog) { return direct }
    guard let toEuro = reference(currency, .eur, catalog),
      let onwards = reference(.eur, site.currency, catalog),
      let product = toEuro.rate.multiplied(by: onwards.rate)
    else { return nil }
    let parts = [toEuro, onwards].compactMap(\.reference)
    let sources = parts.map(\.source)
    return ExchangeRate(
      from: currency, rate: product,
      reference: parts.map(\.on).min().map { day in
        ExchangeRate.Reference(
          on: day,
          source: (sources.first == sources.last ? Array(sources.prefix(1)) : sources)
            .joined(separator: "; "))
      })
  }

  /// The latest reference rate between two currencies, or the inverse of the one stated the other
  /// way (M1.1).
  private static func reference(
    _ from: Currency, _ to: Currency, _ catalog: Catalog
  ) -> ExchangeRate? {
    func entry(_ rate: Rational, _ known: ReferenceRate) -> ExchangeRate {
      ExchangeRate(
        from: from, rate: rate,
        reference: ExchangeRate.Reference(on: known.on, source: known.source))
    }
    if let known = latest(from, to, catalog) { return entry(known.rate, known) }
    guard let back = latest(to, from, catalog), back.rate > .zero else { return nil }
    return Rational(back.rate.denominator, over: back.rate.numerator).map { entry($0, back) }
  }

  private static func latest(
    _ from: Currency, _ to: Currency, _ catalog: Catalog
  ) -> ReferenceRate? {
    var best: ReferenceRate?
    for rate in catalog.exchangeRates where rate.from == from && rate.to == to {
      if let known = best, rate.on <= known.on { continue }
      best = rate
    }
    return best
  }
}
