import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Lower bounds of what one unit of each part costs.
enum LinearCosts {
  /// In 1/1024 minor units, by part: whatever number of units a plan of the design holds, it costs
  /// at least so much for each.
  ///
  /// Spares count as a fraction, but where few units can be used, the whole spare that they bring
  /// is more than that: two switches at a tenth of spares are three bought, 1.5 for each.
  static func all(_ problem: PlanProblem, _ design: DesignKind) -> [Int64] {
    problem.catalog.parts.indices.map { part in
      let linear = linear(problem, part)
      guard let price = problem.prices.chosen[part],
        let most = mostUnits(problem, part, design), most <= mostCounted
      else { return linear }
      let pack = problem.catalog.parts[part].packSize
      let each = (1...Int64(max(1, most))).map { units in
        let packs = PriceBook.packs(
          needed: units, spareRate: problem.prices.spareRate[part], testFirst: 0,
          packSize: Int64(max(1, pack)))
        return price.unit * packs * 1024 / units
      }
      return each.min() ?? linear
    }
  }

  static let mostCounted = 1000

  /// Price with spares as a fraction, by the pack: holds for any number of units.
  static func linear(_ problem: PlanProblem, _ part: Int) -> Int64 {
    guard let price = problem.prices.chosen[part] else { return 0 }
    let rate = problem.prices.spareRate[part]
    let pack = Int64(max(1, problem.catalog.parts[part].packSize))
    let whole = rate.denominator.addingReportingOverflow(rate.numerator)
    let (bottom, over) = rate.denominator.multipliedReportingOverflow(by: pack)
    guard !whole.overflow, !over,
      let factor = Rational(whole.partialValue, over: bottom),
      let scaled = factor.multiplied(by: Rational(1024)),
      let up = scaled.timesRoundedUp(price.unit)
    else { return price.unit * 1024 / pack }
    return up - 1
  }

  /// The most units of a part that a plan of the design can use; `nil` where that is not known
  /// beforehand.
  static func mostUnits(
    _ problem: PlanProblem, _ part: Int, _ design: DesignKind
  ) -> Int? {
    if problem.catalog.parts[part].asNIC != nil {
      return problem.cards.filter { $0.given == nil }.reduce(0) {
        $0 + problem.site.hosts[$1.group].hostCount * $1.count
      }
    }
    guard let spec = problem.catalog.parts[part].asSwitch else { return nil }
    var most = spec.roles.contains(.outOfBand) && problem.site.management.buySwitch ? 1 : 0
    if design != .spineLeaf || spec.roles.contains(.spine) { most += 2 }
    if design == .spineLeaf, spec.roles.contains(.tor) {
      most += 2 * problem.hostRacks.count
    }
    return most
  }
}

extension SearchContext {
  /// What two central switches cost beyond their linear cost when the whole spares that they bring
  /// are counted, and how much less than its linear cost every further unit of their model then
  /// still costs at least, both in 1/1024 minor units.
  struct WholeSpares {
    var more: Int64 = 0
    var less: Int64 = 0
  }

  /// The whole spares of two central switches; none where no number of units is known.
  func wholeSpares(_ variant: SwitchVariant) -> WholeSpares {
    let part = variant.part
    guard let most = LinearCosts.mostUnits(problem, part, design), most > 2,
      most <= LinearCosts.mostCounted
    else { return WholeSpares() }
    func cost(_ units: Int) -> Int64 { costs[part].cost(Int64(units), marked: false) * 1024 }
    let each = (3...most).map { (cost($0) - cost(2)) / Int64($0 - 2) }.min() ?? linear[part]
    return WholeSpares(more: cost(2) - 2 * linear[part], less: max(0, linear[part] - each))
  }
}
