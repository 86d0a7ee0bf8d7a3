import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension StructureSearch {
  /// The best plan of one structure that costs at most `bound` minor units.
  func solve(_ ranked: Ranked, tors: [TorModel], bound: Int64?) -> PlanChoice? {
    var bound = bound
    let isLoose = isLoose(bound, ranked)
    if isLoose, let goods = firstAnswer(ranked, tors: tors, bound: bound) {
      bound = min(goods, bound ?? goods)
    }
    guard let limits = limits(ranked, bound: bound),
      let problem = assemble(ranked, tors: tors, limits: limits.limits, slack: limits.slack)
    else { return nil }
    // A narrow search over the same options tightens a loose bound first.
    let near = isLoose ? problem.search.best(bound: bound, beam: 128) : nil
    guard let answer = problem.search.best(bound: near?.goods ?? bound, beam: nil) else {
      return nil
    }
    return choice(answer, ranked, problem)
  }

  /// Whether a known cost is so far above the lower bound that a better answer is worth a look.
  private func isLoose(_ bound: Int64?, _ ranked: Ranked) -> Bool {
    guard let bound else { return true }
    return bound - ranked.bound / 1024 > ranked.bound / 1024 / 8
  }

  /// A plan found among answers from options near the cheapest; `nil` when a quick look finds none.
  ///
  /// - Parameter rival: what it must be better than, and built of other switches than.
  func quickly(betterThan rival: PlanChoice?) -> PlanChoice? {
    let tors = context.design == .spineLeaf ? context.torVariants() : []
    guard context.holdsAllHosts(tors: tors) else { return nil }
    for ranked in ranked(tors: tors, above: rival?.goods).prefix(StructureSearch.quickLooks) {
      guard let first = first(ranked, tors: tors, bound: rival?.goods),
        let choice = choice(first.answer, ranked, first.problem)
      else { continue }
      if let rival, choice.goods >= rival.goods || choice.hasSwitches(of: rival) { continue }
      return choice
    }
    return nil
  }

  /// How many structures a quick look tries.
  private static let quickLooks = 12

  /// The cost of an answer from options near the cheapest of each rack, to bound the exact search.
  private func firstAnswer(_ ranked: Ranked, tors: [TorModel], bound: Int64?) -> Int64? {
    first(ranked, tors: tors, bound: bound)?.answer.goods
  }

  private func first(
    _ ranked: Ranked, tors: [TorModel], bound: Int64?
  ) -> (answer: SlotAnswer, problem: Assembled)? {
    guard let cheapest = portBound(ranked.structure, ranked.modes).cheapestChoice() else {
      return nil
    }
    for share in [Int64(0), 1, 16] {
      let slack = ranked.bound / 4096 * share
      let limits = cheapest.map { [$0.coupling: $0.linear + slack] }
      guard let problem = assemble(ranked, tors: tors, limits: limits, slack: slack) else {
        continue
      }
      if let answer = problem.search.best(bound: bound, beam: 64) { return (answer, problem) }
    }
    return nil
  }

  /// For each rack and each coupling the linear cost above which an option cannot be part of an
  /// answer as cheap as the bound: what the rest costs at least with that coupling.
  private func limits(
    _ ranked: Ranked, bound: Int64?
  ) -> (limits: [[Coupling: Int64]], slack: Int64)? {
    let most = bound.map { $0.multipliedReportingOverflow(by: 1024) }
    let total = most.map { $0.overflow ? SearchContext.unlimited : $0.partialValue }
    let spare = (total ?? SearchContext.unlimited) - ranked.ownCost
    let ports = portBound(ranked.structure, ranked.modes)
    var limits: [[Coupling: Int64]] = []
    var slack: Int64 = 0
    for (rack, options) in ports.modes.enumerated() {
      var byCoupling: [Coupling: Int64] = [:]
      for option in options {
        guard let whole = ports.least(forcing: option, of: rack, most: spare) else { continue }
        byCoupling[option.coupling] = option.linear + spare - whole
        slack = max(slack, spare - whole)
      }
      guard !byCoupling.isEmpty else { return nil }
      limits.append(byCoupling)
    }
    return (limits, slack)
  }
}
