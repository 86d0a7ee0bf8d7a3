import CatalogModel
import PlanProblem
import Quantities

/// Units of one part in one choice, and whether it calls for a test batch of them.
struct UsedUnits {
  var units: Int64 = 0
  var isMarked = false
}

extension PartCost {
  /// The least that a part costs more with `x` than with `y`, in minor units, over everything that
  /// may be built in beside them.
  func leastDifference(_ x: UsedUnits, _ y: UsedUnits) -> Int64 {
    let more = x.units - y.units
    // Once others fill the test batch, only spares and packs are rounded.
    var least: Int64
    if more >= 0 {
      least = unit * ((more + (spare.timesRoundedDown(more) ?? 0)) / pack)
    } else {
      let extra = -more + (spare.timesRoundedUp(-more) ?? -more)
      least = -unit * ((extra + pack - 1) / pack)
    }
    guard batch > 0 else { return least }
    guard batch <= PartCost.largestBatchTried else { return least - unit * (batch / pack + 1) }
    for others in 0..<batch {
      for isMarked in [false, true] where !isMarked || others > 0 {
        least = min(
          least,
          cost(others + x.units, marked: isMarked || x.isMarked)
            - cost(others + y.units, marked: isMarked || y.isMarked))
      }
    }
    return least
  }

  /// Test batches up to this size are tried unit by unit; larger ones count in full.
  private static let largestBatchTried: Int64 = 64
}

extension SearchContext {
  /// The least that taking `y` in the place of `x` saves, in minor units, whatever else is built
  /// in. If that is a gain and `y` takes no more ports, no optimum holds `x`.
  func leastSaving(of y: Demand, over x: Demand) -> Int64 {
    var saving: Int64 = 0
    var (i, j) = (0, 0)
    while i < x.parts.count || j < y.parts.count {
      let partX = i < x.parts.count ? x.parts[i].part : Int.max
      let partY = j < y.parts.count ? y.parts[j].part : Int.max
      let part = min(partX, partY)
      var (old, new) = (UsedUnits(), UsedUnits())
      if partX == part {
        old = UsedUnits(units: Int64(x.parts[i].count), isMarked: x.testFirst.contains(part))
        i += 1
      }
      if partY == part {
        new = UsedUnits(units: Int64(y.parts[j].count), isMarked: y.testFirst.contains(part))
        j += 1
      }
      guard old.units != new.units || old.isMarked != new.isMarked else { continue }
      saving += costs[part].leastDifference(old, new)
    }
    return saving
  }

  /// How many of the cheapest choices the others are compared with.
  static let mostJudges = 24
}

extension Rational {
  /// The largest integer not above `self × count` for a rate that is not negative.
  fileprivate func timesRoundedDown(_ count: Int64) -> Int64? {
    let (top, overflow) = numerator.multipliedReportingOverflow(by: count)
    return overflow ? nil : top / denominator
  }
}
