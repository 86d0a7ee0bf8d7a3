import CatalogModel
import Quantities

/// Keeps the prices of one cable's stock lengths in the order of the lengths.
struct LengthOrder {
  private struct Build: Hashable {
    var vendor: String
    var family: CableFamily
    var medium: Medium?
    var endA: Connector
    var endB: Connector
    var lanes: Int
    var rate: DataRate?
  }

  /// Sourced prices of new cables in the estimates' currency, by build.
  private var known: [Build: [(length: Length, amount: Money)]] = [:]

  init(_ catalog: Catalog) {
    for price in catalog.prices
    where Observation.isUsable(price) && price.condition == .new
      && price.amount.currency == RateTable.currency
    {
      guard let part = catalog.part(price.part), let cable = part.asCable, part.packSize == 1 else {
        continue
      }
      known[LengthOrder.build(part, cable), default: []].append((cable.length, price.amount))
    }
  }

  /// The estimate, brought between the prices of the next shorter and the next longer length: on
  /// the straight line where both are known, not beyond the one where one is.
  func bounded(_ estimate: Price, of part: Part) -> Price {
    guard let cable = part.asCable, part.packSize == 1,
      let others = known[LengthOrder.build(part, cable)]
    else { return estimate }
    let shorter = others.filter { $0.length < cable.length }.max {
      ($0.length, $0.amount.minorUnits) < ($1.length, $1.amount.minorUnits)
    }
    let longer = others.filter { $0.length > cable.length }.min {
      ($0.length, $0.amount.minorUnits) < ($1.length, $1.amount.minorUnits)
    }
    var bounded = estimate
    if let shorter, let longer, shorter.amount.minorUnits <= longer.amount.minorUnits {
      bounded.amount = LengthOrder.between(shorter, longer, at: cable.length)
      bounded.source += "; on the line between its priced lengths"
    } else if let longer {
      bounded.amount.minorUnits = min(estimate.amount.minorUnits, longer.amount.minorUnits)
    } else if let shorter {
      bounded.amount.minorUnits = max(estimate.amount.minorUnits, shorter.amount.minorUnits)
    }
    bounded.low.minorUnits = min(estimate.low.minorUnits, bounded.amount.minorUnits)
    bounded.high.minorUnits = max(estimate.high.minorUnits, bounded.amount.minorUnits)
    return bounded
  }

  private static func between(
    _ a: (length: Length, amount: Money), _ b: (length: Length, amount: Money), at length: Length
  ) -> Money {
    let share =
      Double(length.millimetres - a.length.millimetres)
      / Double(b.length.millimetres - a.length.millimetres)
    let units =
      Double(a.amount.minorUnits) + share * Double(b.amount.minorUnits - a.amount.minorUnits)
    var scale = 1.0
    for _ in 0..<a.amount.currency.minorDigits { scale *= 10 }
    return Rounding.nearest(units / scale)
  }

  private static func build(_ part: Part, _ cable: CableSpec) -> Build {
    Build(
      vendor: part.vendor, family: cable.family, medium: cable.medium, endA: cable.endA,
      endB: cable.endB, lanes: cable.lanes, rate: cable.rate)
  }
}
