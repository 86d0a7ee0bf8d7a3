import PlanProblem
import SiteModel
import Synchronization
import Threads

/// What a search found so far and does not depend on the choice of cards, by what it depends on.
///
/// A class because all searches of one design share it, on whatever threads they run.
final class SearchMemory: Sendable {
  let design: DesignKind
  let solver: LinkSolver
  let budget = SearchBudget()
  /// Costs by part, with the test batch that any optic may need.
  let costs: [PartCost]
  /// Whether more links than needed can never come for free: single units everywhere, and test
  /// batches that any link fills.
  let isPlain: Bool
  /// By whether Ethernet is lossless.
  let tors = Memo<Bool, [TorModel]>()
  let structures = Memo<Bool, [[CentreStructure]]>()
  let hostModes = Memo<SearchContext.HostModeKey, [HostMode]>()
  let schemes = Memo<SearchContext.SchemeKey, [UplinkScheme]>()
  let torPurchases = Memo<SearchContext.TorPurchaseKey, SearchContext.TorPurchases>()
  let fewestUplinks = Memo<SearchContext.UplinkKey, Int>()
  let hostCosts = Memo<SearchContext.HostCostKey, [Int64]>()
  let torCosts = Memo<SearchContext.TorCostKey, [Int64]>()
  let cheapest = Memo<Role, Int64?>()
  /// With how much dearer than the cheapest they may be.
  let worthwhile = Mutex<[Role: (solutions: [CostedSolution], slack: Int64)]>([:])

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
