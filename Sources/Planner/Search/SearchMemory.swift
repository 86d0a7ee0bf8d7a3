import PlanProblem
import SiteModel

/// What a search found so far and does not depend on the choice of cards, by what it depends on.
///
/// A class because all searches of one design share it; it belongs to one thread.
final class SearchMemory {
  let design: DesignKind
  let solver: LinkSolver
  /// Costs by part, with the test batch that any optic may need.
  let costs: [PartCost]
  /// Whether more links than needed can never come for free: single units everywhere, and test
  /// batches that any link fills.
  let isPlain: Bool
  /// By whether Ethernet is lossless.
  var tors: [Bool: [TorModel]] = [:]
  var structures: [Bool: [[CentreStructure]]] = [:]
  var hostModes: [SearchContext.HostModeKey: [HostMode]] = [:]
  var schemes: [SearchContext.SchemeKey: [UplinkScheme]] = [:]
  var torPurchases: [SearchContext.TorPurchaseKey: SearchContext.TorPurchases] = [:]
  var fewestUplinks: [SearchContext.UplinkKey: Int] = [:]
  var hostCosts: [SearchContext.HostCostKey: [Int64]] = [:]
  var torCosts: [SearchContext.TorCostKey: [Int64]] = [:]
  var cheapest: [Role: Int64] = [:]
  var worthwhile: [Role: (solutions: [CostedSolution], slack: Int64)] = [:]

  init(_ problem: PlanProblem, _ design: DesignKind, _ solver: LinkSolver) {
    self.design = design
    self.solver = solver
    costs = problem.catalog.parts.indices.map {
      PartCost(
        problem: problem, part: $0, linear: solver.linear[$0],
        markable: problem.catalog.parts[$0].asOptic != nil)
    }
    isPlain =
      problem.site.requirements.testFirst <= 2
      && problem.catalog.parts.allSatisfy {
        $0.packSize <= 1 || ($0.asCable == nil && $0.asOptic == nil)
      }
  }
}
