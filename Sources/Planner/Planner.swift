import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// Finds the exact optimum of the formal model in `ARCHITECTURE.md`.
public enum Planner {
  /// The optimum for a site; `nil` when no plan meets its requirements.
  ///
  /// - Throws: `Findings` for cards or switches that the catalogue does not know.
  public static func solve(
    site: Site, catalog: Catalog, dialects: [SwitchOS], pairDialects: [SwitchOS]
  ) throws(Findings) -> PlanChoice? {
    let options = PlanOptions(dialects: dialects, pairDialects: pairDialects)
    return try solve(site: site, catalog: catalog, options: options)?.choice
  }

  /// The optimum with the problem that it answers: `preferred` RDMA is tried first and given up
  /// when nothing is feasible with it.
  static func solve(
    site: Site, catalog: Catalog, options: PlanOptions
  ) throws(Findings) -> (problem: PlanProblem, choice: PlanChoice)? {
    let wishes: [Bool] =
      switch site.traffic.rdma {
      case .required: [true]
      case .preferred: [true, false]
      case .none: [false]
      }
    for wantsRDMA in wishes {
      let problem = try PlanProblem(
        site: site, catalog: catalog, options: options, wantsRDMA: wantsRDMA)
      if let choice = solve(problem) { return (problem, choice) }
    }
    return nil
  }

  /// The optimum of a problem over all its designs and cards.
  static func solve(_ problem: PlanProblem) -> PlanChoice? {
    let solver = LinkSolver(site: problem.site, catalog: problem.catalog, prices: problem.prices)
    var best: PlanChoice?
    for design in DesignKind.allCases where problem.site.requirements.designs.contains(design) {
      forEachCardChoice(problem) { cards in
        guard
          let context = SearchContext(
            problem: problem, solver: solver, design: design, cards: cards)
        else { return }
        let search = StructureSearch(
          context: context, prefix: prefix(problem, design, cards),
          cards: demand(problem, cards))
        best = search.improve(best)
      }
    }
    return best
  }

  private static func prefix(
    _ problem: PlanProblem, _ design: DesignKind, _ cards: [Int]
  ) -> [String] {
    let index = DesignKind.allCases.firstIndex(of: design) ?? 0
    let chosen = zip(problem.cards, cards).filter { $0.0.given == nil }.map {
      problem.catalog.parts[$0.1].id.rawValue
    }
    return [SearchContext.digits(index)] + chosen
  }

  private static func demand(_ problem: PlanProblem, _ cards: [Int]) -> Demand {
    var demand = Demand()
    for (need, part) in zip(problem.cards, cards) where need.given == nil {
      let hosts = problem.site.hosts[need.group].placements.reduce(0) { $0 + $1.count }
      demand.add(part, hosts * need.count)
    }
    demand.normalise()
    return demand
  }

  private static func forEachCardChoice(_ problem: PlanProblem, _ body: ([Int]) -> Void) {
    let lists = problem.cards.map { problem.candidates(for: $0) }
    func descend(_ depth: Int, _ chosen: [Int]) {
      guard depth < lists.count else {
        body(chosen)
        return
      }
      for part in lists[depth] { descend(depth + 1, chosen + [part]) }
    }
    descend(0, [])
  }
}
