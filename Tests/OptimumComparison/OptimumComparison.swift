import BruteForce
import CatalogModel
import DialectTestSupport
import PlanProblem
import Planner
import Quantities
import SiteModel

/// The planner and the enumerator asked the same random question.
public struct OptimumComparison: Sendable {
  public var seed: UInt64
  public var outcome: BruteOutcome
  /// Where the planner differs, with both answers; `nil` where they agree.
  public var difference: String?

  /// Asks both about the instance of a seed.
  public init(seed: UInt64) {
    let (site, catalog) = RandomInstance.make(seed: seed)
    self.init(seed: seed, site: site, catalog: catalog)
  }

  /// Asks both about an instance.
  public init(seed: UInt64, site: Site, catalog: Catalog) {
    self.seed = seed
    outcome = BruteForce.solve(
      site: site, catalog: catalog, dialects: RandomInstance.dialects,
      pairDialects: RandomInstance.pairDialects)
    difference = nil
    // Once as ever, once so that even a small search goes through all stages.
    difference =
      difference(site, catalog, crowd: nil) ?? difference(site, catalog, crowd: 2)
  }

  private func difference(_ site: Site, _ catalog: Catalog, crowd: Int?) -> String? {
    var options = PlanOptions(
      dialects: RandomInstance.dialects, traits: ShippedTraits.all)
    if let crowd { options.crowd = crowd }
    // Cards that cannot be on the new fabric: the planner names them instead of a plan.
    let isFeasible = try? Planner.isFeasible(site: site, catalog: catalog, options: options)
    guard isFeasible ?? false == (outcome.plan != nil) else {
      return
        "seed \(seed): planner \(isFeasible ?? false ? "feasible" : "infeasible"), enumerator not"
    }
    let choice = try? Planner.solve(site: site, catalog: catalog, options: options)
    return OptimumComparison.difference(seed, choice, outcome.plan)
  }

  private static func difference(
    _ seed: UInt64, _ planner: PlanChoice?, _ brute: BrutePlan?
  ) -> String? {
    let planned = planner.map { answer($0) }
    let enumerated = brute.map { answer($0) }
    guard planned != enumerated else { return nil }
    return """
      seed \(seed):
        planner    \(planned ?? "infeasible")
        enumerator \(enumerated ?? "infeasible")
      """
  }

  /// What must be equal, as text.
  private static func answer(_ choice: PlanChoice) -> String {
    answer(
      choice.goods, [choice.now, choice.after], choice.distinctParts, choice.draw.milliwatts,
      choice.key, choice.quantities.map { "\($0.count) \($0.part)" })
  }

  private static func answer(_ plan: BrutePlan) -> String {
    answer(
      plan.goods, [plan.now, plan.after], plan.distinctParts, plan.draw, plan.key,
      plan.quantities.map { "\($0.count) \($0.part)" })
  }

  private static func answer(
    _ goods: Int64, _ ratios: [Rational], _ distinct: Int, _ draw: Int64, _ key: [String],
    _ quantities: [String]
  ) -> String {
    let ratios = ratios.map { "\($0.numerator)/\($0.denominator)" }.joined(separator: ", ")
    return """
      goods \(goods), ratios \(ratios), \(distinct) parts, \(draw) mW
          \(key.joined(separator: "  "))
          \(quantities.joined(separator: ", "))
      """
  }
}
