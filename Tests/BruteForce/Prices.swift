import CatalogModel
import Quantities
import SiteModel

/// M1.1 to M1.4: what one order unit of the part costs, in minor units of the site's currency; `nil`
/// when it cannot be bought.
func unitPrice(of part: Part, site: Site, catalog: Catalog) -> Int64? {
  // `new` stands first and is kept on a tie.
  var best: Int64?
  for condition in [Condition.new, .used] where condition == .new || site.prices.allowsUsed {
    guard let amount = unitPrice(of: part, condition: condition, site: site, catalog: catalog)
    else { continue }
    if best.map({ amount < $0 }) ?? true { best = amount }
  }
  return best
}

private struct UsablePrice {
  var price: Price
  /// P of M1.3 if this price is taken.
  var unit: Int64
}

private func unitPrice(
  of part: Part, condition: Condition, site: Site, catalog: Catalog
) -> Int64? {
  var chosen: UsablePrice?
  for price in catalog.prices
  where price.part == part.id && price.condition == condition
    && site.prices.kinds.contains(price.kind.rawValue) && price.amount.minorUnits > 0
  {
    guard
      let unit = unitPrice(
        price, vendor: part.vendor, site: site, rates: catalog.exchangeRates)
    else { continue }
    let candidate = UsablePrice(price: price, unit: unit)
    // A price that is only as good as an earlier one stays behind it: the catalogue's order.
    if chosen.map({ isBetter(candidate, $0) }) ?? true { chosen = candidate }
  }
  return chosen?.unit
}

/// M1.3; `nil` without a rate of exchange.
private func unitPrice(
  _ price: Price, vendor: String, site: Site, rates: [ReferenceRate]
) -> Int64? {
  guard
    var factor = exchangeRate(from: price.amount.currency, site: site, rates: rates)
  else { return nil }
  if price.kind == .list || price.kind == .contract {
    let ofVendor = site.prices.discounts.first { $0.vendor == vendor }?.rate ?? .zero
    for discount in [ofVendor, site.prices.directOrder] {
      guard let kept = Rational.one.adding(negated(discount)),
        let product = factor.multiplied(by: kept)
      else { return nil }
      factor = product
    }
  }
  return factor.timesRoundedHalfAway(price.amount.minorUnits)
}

/// Minor units of the site's currency for one minor unit of `currency`; `nil` without a rate.
private func exchangeRate(
  from currency: Currency, site: Site, rates: [ReferenceRate]
) -> Rational? {
  if currency == site.currency { return .one }
  let ofSite = site.prices.exchange.first { $0.from == currency }?.rate
  guard var rate = ofSite ?? referenceRate(from: currency, to: site.currency, rates)
  else { return nil }
  for _ in 0..<max(0, site.currency.minorDigits - currency.minorDigits) {
    guard let next = rate.multiplied(by: Rational(10)) else { return nil }
    rate = next
  }
  for _ in 0..<max(0, currency.minorDigits - site.currency.minorDigits) {
    guard let tenth = Rational(1, over: 10), let next = rate.multiplied(by: tenth)
    else { return nil }
    rate = next
  }
  return rate
}

/// The catalogue's rate from a currency to another, or by way of EUR.
private func referenceRate(
  from: Currency, to: Currency, _ rates: [ReferenceRate]
) -> Rational? {
  if let rate = oneReferenceRate(from: from, to: to, rates) { return rate }
  guard let first = oneReferenceRate(from: from, to: .eur, rates),
    let second = oneReferenceRate(from: .eur, to: to, rates)
  else { return nil }
  return first.multiplied(by: second)
}

/// The latest rate of the pair, else the inverse of the latest the other way.
private func oneReferenceRate(
  from: Currency, to: Currency, _ rates: [ReferenceRate]
) -> Rational? {
  if let rate = latest(rates.filter { $0.from == from && $0.to == to }) { return rate }
  return latest(rates.filter { $0.from == to && $0.to == from }).flatMap {
    Rational($0.denominator, over: $0.numerator)
  }
}

/// The rate with the latest date, the first of them on a tie.
private func latest(_ rates: [ReferenceRate]) -> Rational? {
  var best: ReferenceRate?
  for rate in rates where best.map({ $0.on < rate.on }) ?? true { best = rate }
  return best?.rate
}

private func negated(_ value: Rational) -> Rational {
  Rational(-value.numerator, over: value.denominator) ?? .zero
}

/// Whether `left` is strictly more trusted, or as trusted and later, or as late and cheaper.
private func isBetter(_ left: UsablePrice, _ right: UsablePrice) -> Bool {
  if left.price.kind.trust != right.price.kind.trust {
    return left.price.kind.trust < right.price.kind.trust
  }
  switch (left.price.asOf, right.price.asOf) {
  case (let a?, let b?) where a < b: return false
  case (let a?, let b?) where b < a: return true
  case (_?, nil): return true
  case (nil, _?): return false
  default: return left.unit < right.unit
  }
}

extension Model {
  /// M1.5: packs to buy for `count` built-in units, `isTestedFirst` if a switch of another vendor
  /// holds some of them.
  func packs(_ part: Int, _ count: Int, isTestedFirst: Bool) -> Int64 {
    guard count > 0 else { return 0 }
    var units = Int64(count) + (spareRate[part].timesRoundedUp(Int64(count)) ?? 0)
    if isTestedFirst { units = max(units, Int64(rules.testFirst)) }
    let size = Int64(parts[part].packSize)
    return (units + size - 1) / size
  }

  /// M7.1 for the built-in units by part; `testedFirst` has a bit for each part.
  func goods(_ counts: [Int32], testedFirst: UInt64) -> Int64 {
    var total: Int64 = 0
    for (part, count) in counts.enumerated() where count > 0 {
      total +=
        (price[part] ?? 0)
        * packs(part, Int(count), isTestedFirst: testedFirst & (1 << UInt64(part)) != 0)
    }
    return total
  }

  /// A thousandth of a minor unit below what one more unit of a part adds in the long run:
  /// `1000 P (1 + a) / packSize`, rounded down. `count` units cost at least `count` times this,
  /// since `packs(n)` is never less than `(n + a n) / packSize`.
  func leastCostOfUnit(_ part: Int) -> Int64 {
    guard let factor = Rational.one.adding(spareRate[part]),
      let thousand = factor.multiplied(by: Rational(1000)),
      let perUnit = Rational(1, over: Int64(parts[part].packSize))
        .flatMap({ thousand.multiplied(by: $0) })
    else { return 0 }
    let (top, overflow) = perUnit.numerator.multipliedReportingOverflow(by: price[part] ?? 0)
    return overflow ? 0 : top / perUnit.denominator
  }
}
