import CatalogModel
import Quantities

/// Turns amounts into the currency of the estimates by the catalogue's own dated rates.
struct RateTable {
  /// The currency in which most prices of the trade are quoted.
  static let currency = Currency.usd

  /// Units of a currency for one unit of `currency`, by code.
  private var perUnit: [Currency: Double] = [currency: 1]

  /// Uses the latest rate of each pair, either way round or by way of a third currency.
  init(_ rates: [ReferenceRate]) {
    var latest: [Pair: ReferenceRate] = [:]
    for rate in rates {
      let pair = Pair(from: rate.from, to: rate.to)
      if let known = latest[pair], known.on > rate.on { continue }
      latest[pair] = rate
    }
    let ordered = latest.keys.sorted().compactMap { latest[$0] }
    // Each pass reaches one step further; a table of rates against one base needs two.
    for _ in 0..<4 {
      for rate in ordered {
        let factor = Double(rate.rate.numerator) / Double(rate.rate.denominator)
        if let base = perUnit[rate.from], perUnit[rate.to] == nil {
          perUnit[rate.to] = base * factor
        } else if let other = perUnit[rate.to], perUnit[rate.from] == nil {
          perUnit[rate.from] = other / factor
        }
      }
    }
  }

  /// The amount in units of `currency`; `nil` without a rate.
  func value(_ money: Money) -> Double? {
    guard let rate = perUnit[money.currency] else { return nil }
    var scale = 1.0
    for _ in 0..<money.currency.minorDigits { scale *= 10 }
    return Double(money.minorUnits) / scale / rate
  }

  private struct Pair: Hashable, Comparable {
    var from: Currency
    var to: Currency
    static func < (left: Pair, right: Pair) -> Bool {
      (left.from, left.to) < (right.from, right.to)
    }
  }
}
