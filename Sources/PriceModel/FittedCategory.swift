import CatalogModel
import Glibc
import Quantities

/// The formula of one category, as fitted on some observations.
struct Formula {
  let regression: RidgeRegression
  /// What a maker's prices lie above the formula, drawn towards 0 as if there were one more price
  /// right on it.
  let makerEffects: [String: Double]

  /// `nil` when the rows cannot be solved.
  init?(_ observations: [Observation]) {
    guard
      let regression = RidgeRegression(
        rows: observations.map(\.features.row), targets: observations.map(\.logPrice),
        penalty: PriceEstimator.penalty)
    else { return nil }
    var sums: [String: (sum: Double, count: Double)] = [:]
    for observation in observations {
      let known = sums[observation.vendor] ?? (0, 0)
      let rest = observation.logPrice - regression.value(observation.features.row)
      sums[observation.vendor] = (known.sum + rest, known.count + 1)
    }
    self.regression = regression
    makerEffects = sums.mapValues { $0.sum / ($0.count + 1) }
  }

  /// ln(price) of one unit.
  func value(_ row: [Double], vendor: String) -> Double {
    regression.value(row) + (makerEffects[vendor] ?? 0)
  }
}

/// The formula of one category with its error on prices that it has not seen.
struct FittedCategory {
  /// Parts left out in turn at most.
  static let mostLeftOut = 200

  let category: PriceCategory
  let formula: Formula
  /// Parts that were fitted.
  let count: Int
  /// Median of |estimate ÷ price − 1|, each part left out in turn.
  let medianError: Double
  /// Eight in ten left-out ln(prices) lie within this distance of their estimate.
  let halfWidth: Double
  let latest: CalendarDate?

  /// `nil` when there are too few observations.
  init?(_ category: PriceCategory, _ observations: [Observation]) {
    guard observations.count >= PriceEstimator.fewest, let formula = Formula(observations) else {
      return nil
    }
    var distances: [Double] = []
    var errors: [Double] = []
    // A fit takes time in proportion to the parts, so of very many only some are left out in turn.
    let step = observations.count / FittedCategory.mostLeftOut + 1
    for left in stride(from: 0, to: observations.count, by: step) {
      var others = observations
      let unseen = others.remove(at: left)
      guard let other = Formula(others) else { return nil }
      let residual = other.value(unseen.features.row, vendor: unseen.vendor) - unseen.logPrice
      distances.append(abs(residual))
      errors.append(abs(exp(residual) - 1))
    }
    distances.sort()
    errors.sort()
    // The order statistic that makes the interval hold for a new price as well (split conformal
    // prediction; Lei et al. 2018, doi:10.1080/01621459.2017.1307116).
    let rank = min(distances.count, (distances.count + 1) * 4 / 5 + 1)
    self.category = category
    self.formula = formula
    count = observations.count
    medianError = (errors[(errors.count - 1) / 2] + errors[errors.count / 2]) / 2
    halfWidth = distances[rank - 1]
    latest = observations.compactMap(\.latest).max()
  }

  /// The estimate for one order unit of a part.
  func estimate(_ part: Part, _ features: PartFeatures) -> Price {
    let centre =
      formula.value(features.row, vendor: part.vendor) + log(Double(max(1, part.packSize)))
    // A row amid the fitted ones has leverage about 1/n: no widening to speak of.
    let width = halfWidth * (1 + formula.regression.leverage(features.row)).squareRoot()
    var note = "interval holds eight in ten prices"
    if part.asModule != nil { note += "; a module is taken as a switch of its ports" }
    return Price(
      part: part.id, amount: Rounding.nearest(exp(centre)), kind: .estimate,
      condition: category.condition, asOf: latest,
      source:
        "estimated from the prices of \(count) parts of the category \"\(category.rawValue)\"",
      low: Rounding.down(exp(centre - width)), high: Rounding.up(exp(centre + width)), note: note)
  }
}

/// Amounts of two significant digits in whole units of the estimates' currency.
enum Rounding {
  static func nearest(_ value: Double) -> Money { money(value, .toNearestOrAwayFromZero) }
  static func down(_ value: Double) -> Money { money(value, .down) }
  static func up(_ value: Double) -> Money { money(value, .up) }

  private static func money(_ value: Double, _ rule: FloatingPointRoundingRule) -> Money {
    var step = 1.0
    // Estimates beyond ten million are nonsense and must not overflow.
    let value = min(max(value, 1), 1e7)
    while value / step >= 100 { step *= 10 }
    let units = Int64(max(1, (value / step).rounded(rule) * step))
    var scale: Int64 = 1
    for _ in 0..<RateTable.currency.minorDigits { scale *= 10 }
    return Money(minorUnits: units * scale, currency: RateTable.currency)
  }
}
