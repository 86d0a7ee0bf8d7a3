import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Threads

/// Finds the exact optimum of the formal model in `ARCHITECTURE.md`.
public enum Planner {
  /// The optimum for a site; `nil` when no plan meets its requirements.
  ///
  /// - Throws: `Findings` for cards or switches that the catalogue does not know.
  public static func solve(
    site: Site, catalog: Catalog, options: PlanOptions
  ) throws(Findings) -> PlanChoice? {
    try solved(site: site, catalog: catalog, options: options)?.choice
  }

  /// The optimum with the problem that it answers: `preferred` RDMA is tried first and given up
  /// when nothing is feasible with it.
  static func solved(
    site: Site, catalog: Catalog, options: PlanOptions
  ) throws(Findings) -> Solved? {
    try first(site, catalog, options) { problem in
      let solved = solve(problem)
      return solved.choice == nil ? nil : solved
    }
  }

  /// Whether any plan meets the requirements: cheaper to answer than which is best.
  ///
  /// - Throws: `Findings` for cards or switches that the catalogue does not know.
  public static func isFeasible(
    site: Site, catalog: Catalog, options: PlanOptions
  ) throws(Findings) -> Bool {
    try first(site, catalog, options) { isFeasible($0) ? true : nil } ?? false
  }

  private static func isFeasible(_ problem: PlanProblem) -> Bool {
    designs(problem).contains { design in
      let memory = memory(problem, for: design)
      return CardChoices(problem, memory.solver, isPriced: false).contains {
        search(problem, memory, $0.cards)?.isFeasible() ?? false
      }
    }
  }

  /// Whether RDMA is tried, in order.
  private static func wishes(_ site: Site) -> [Bool] {
    switch site.traffic.rdma {
    case .required: [true]
    case .preferred: [true, false]
    case .none: [false]
    }
  }

  /// What `answer` says of the first problem that has an answer: with RDMA, then without where it
  /// may be given up.
  private static func first<Answer>(
    _ site: Site, _ catalog: Catalog, _ options: PlanOptions,
    _ answer: (PlanProblem) -> Answer?
  ) throws(Findings) -> Answer? {
    for wantsRDMA in wishes(site) {
      let problem = try PlanProblem(
        site: site, catalog: catalog, options: options, wantsRDMA: wantsRDMA)
      if let found = answer(problem) { return found }
    }
    return nil
  }

  /// The designs that the site allows, in the order of `DesignKind`.
  private static func designs(_ problem: PlanProblem) -> [DesignKind] {
    DesignKind.allCases.filter { problem.site.requirements.designs.contains($0) }
  }

  /// The optimum of each allowed design, and the best of them.
  struct Solved {
    var problem: PlanProblem
    /// In the order of `DesignKind`; `nil` where nothing is feasible.
    var designs: [(design: DesignKind, choice: PlanChoice?)]

    var choice: PlanChoice? {
      designs.compactMap(\.choice).reduce(nil as PlanChoice?) { best, next in
        guard let best else { return next }
        return StructureSearch.precedes(next, best) ? next : best
      }
    }
  }

  /// Solves a problem for each of its designs, all at once.
  static func solve(_ problem: PlanProblem) -> Solved {
    Solved(
      problem: problem, designs: concurrentMap(designs(problem)) { ($0, solve(problem, $0)) })
  }

  /// The optimum of one design over all cards, or `rival` if that is better.
  static func solve(
    _ problem: PlanProblem, _ design: DesignKind, rival: PlanChoice? = nil, most: Int64? = nil
  ) -> PlanChoice? {
    let memory = memory(problem, for: design)
    var best = rival
    func limit() -> Int64? { [best?.goods, most].compactMap { $0 }.min() }
    let searches = CardChoices(problem, memory.solver, isPriced: true).compactMap {
      choice -> (search: StructureSearch, bound: Int64)? in
      guard choice.cost <= limit() ?? .max,
        let search = search(problem, memory, choice.cards)
      else { return nil }
      return search.quickBound().map { (search, $0) }
    }
    // The most promising first, so that a good plan is known early.
    for next in searches.enumerated().sorted(by: {
      ($0.element.bound, $0.offset) < ($1.element.bound, $1.offset)
    }) {
      if let goods = limit(), next.element.bound > goods * 1024 { break }
      best = next.element.search.improve(best, most: most)
    }
    return best
  }

  /// The optimum over all designs, or `rival` if that is better; quicker than the optimum of each.
  static func best(_ problem: PlanProblem, rival: PlanChoice?, most: Int64? = nil) -> PlanChoice? {
    designs(problem).reduce(rival) { best, design in
      solve(problem, design, rival: best, most: most)
    }
  }

  /// A plan better than `rival` and built of other switches, if a quick look finds one.
  static func quickly(_ problem: PlanProblem, betterThan rival: PlanChoice) -> PlanChoice? {
    for design in designs(problem) {
      let memory = memory(problem, for: design)
      for choice in CardChoices(problem, memory.solver, isPriced: true) {
        let search = search(problem, memory, choice.cards)
        if let found = search?.quickly(betterThan: rival) { return found }
      }
    }
    return nil
  }

  /// A cheap plan for a site, the optimum where a quick look finds none; `nil` when there is no
  /// plan. For words about what becomes possible, not for orders.
  static func example(
    site: Site, catalog: Catalog, options: PlanOptions
  ) throws(Findings) -> PlanChoice? {
    try first(site, catalog, options) { isFeasible($0) ? example($0) : nil }
  }

  private static func example(_ problem: PlanProblem) -> PlanChoice? {
    var best: PlanChoice?
    for design in designs(problem) {
      let memory = memory(problem, for: design)
      for cards in CardChoices(problem, memory.solver, isPriced: true) {
        guard
          let choice = search(problem, memory, cards.cards)?.quickly(betterThan: nil)
        else { continue }
        if let rival = best, !StructureSearch.precedes(choice, rival) { continue }
        best = choice
      }
    }
    return best ?? Self.best(problem, rival: nil)
  }

  /// The optimum for a site if its goods cost at most `most` minor units.
  static func best(
    site: Site, catalog: Catalog, options: PlanOptions, most: Int64?
  ) throws(Findings) -> PlanChoice? {
    for wantsRDMA in wishes(site) {
      let problem = try PlanProblem(
        site: site, catalog: catalog, options: options, wantsRDMA: wantsRDMA)
      if let choice = best(problem, rival: nil, most: most) { return choice }
      // Preferred RDMA is given up where it is impossible, not where it costs too much.
      if wantsRDMA, isFeasible(problem) { return nil }
    }
    return nil
  }

  /// The search for the design of a memory and one choice of cards; `nil` where that is not possible at all.
  private static func search(
    _ problem: PlanProblem, _ memory: SearchMemory, _ cards: [Int]
  ) -> StructureSearch? {
    SearchContext(problem: problem, memory: memory, cards: cards).map { context in
      StructureSearch(
        context: context, prefix: prefix(problem, memory.design, cards),
        cards: demand(problem, cards))
    }
  }

  /// A memory whose solver is without the media that no optimum can hold.
  private static func memory(_ problem: PlanProblem, for design: DesignKind) -> SearchMemory {
    let solver = LinkSolver(
      site: problem.site, catalog: problem.catalog, prices: problem.prices,
      linear: LinearCosts.all(problem, design))
    let writable = problem.catalog.parts.indices.filter { index in
      guard problem.prices.chosen[index] != nil,
        let spec = problem.catalog.parts[index].asSwitch
      else { return false }
      if problem.site.requirements.allowsUnconfigured { return true }
      return spec.os.map { problem.options.dialects.contains($0) } ?? false
    }
    let cards = problem.cards.flatMap { problem.candidates(for: $0) }
    solver.dropDominated(devices: writable + Set(cards).sorted())
    return SearchMemory(problem, design, solver)
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

  /// The cards bought with the plan.
  static func demand(_ problem: PlanProblem, _ cards: [Int]) -> Demand {
    var demand = Demand()
    for (need, part) in zip(problem.cards, cards) where need.given == nil {
      demand.add(part, problem.site.hosts[need.group].hostCount * need.count)
    }
    demand.normalise()
    return demand
  }

}

extension Planner {
  /// The most that goods may cost for a total within a budget, both in minor units.
  static func goods(within budget: Int64, _ site: Site) -> Int64 {
    var (low, high) = (Int64(0), max(0, budget))
    while low < high {
      let middle = low + (high - low + 1) / 2
      if gross(middle, site).minorUnits <= budget { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Goods with freight and VAT, rounded half away from zero once.
  static func gross(_ goods: Int64, _ site: Site) -> Money {
    let extra = site.prices.freightAndVAT.timesRoundedHalfAway(goods) ?? 0
    return Money(minorUnits: goods + extra, currency: site.currency)
  }
}

extension Planner {
  /// Plans a site: the cheapest network, or why there is none.
  ///
  /// - Parameters:
  ///   - options: which dialects can be written.
  ///   - date: day for which prices are judged stale or not.
  /// - Throws: `Findings` for cards or switches that the catalogue does not know.
  public static func plan(
    site: Site, catalog: Catalog, options: PlanOptions, date: CalendarDate
  ) throws(Findings) -> PlanOutcome {
    let diagnosis = Diagnosis(site: site, catalog: catalog, options: options)
    guard let solved = try solved(site: site, catalog: catalog, options: options),
      let choice = solved.choice
    else { return .infeasible(try diagnosis.conflict()) }
    var (fabric, alternatives) = both(
      {
        FabricBuilder.build(
          problem: solved.problem, choice: choice, reasons: reasons(solved.problem, choice),
          date: date)
      },
      { Alternatives(problem: solved.problem, winner: choice).all(solved.designs) })
    fabric.alternatives = alternatives
    if let gap = try diagnosis.gap(fabric, date: date) { return .overBudget(fabric, gap) }
    return .planned(fabric)
  }

  /// Why preferred RDMA was given up; nothing where it was not.
  private static func reasons(_ problem: PlanProblem, _ choice: PlanChoice) -> [Reason] {
    guard problem.site.traffic.rdma == .preferred, !choice.wantsRDMA else { return [] }
    var unable: [String] = []
    var unknown: [String] = []
    for need in problem.cards where need.carriesStorage {
      guard let part = need.given.map({ problem.catalog.parts[$0] }), let card = part.asNIC,
        !PlanProblem.isAble(card)
      else { continue }
      let name = part.vendor == "generic" ? part.model : "\(part.vendor) \(part.model)"
      if card.rdma == .unknown {
        if !unknown.contains(name) { unknown.append(name) }
      } else if !unable.contains(name) {
        unable.append(name)
      }
    }
    let causes = [
      unable.isEmpty ? "" : "\(Relaxation.listing(unable)) cannot do it",
      unknown.isEmpty ? "" : "of \(Relaxation.listing(unknown)) no source says that it can",
    ].filter { !$0.isEmpty }
    let cause =
      causes.isEmpty
      ? "no cards, switches and cables of the catalogue carry it within the requirements"
      : causes.joined(separator: ", and ")
    return [
      Reason(
        subject: "rdma",
        text:
          "RDMA (SMB Direct) was preferred, but no plan with it is possible: \(cause). This plan"
          + " does without.")
    ]
  }
}
