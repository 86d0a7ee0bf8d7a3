import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Synchronization
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
    try first(site, catalog, options) { problem throws(Findings) in
      let solved = try solve(problem)
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
      let choices = CardChoices(problem, memory.solver, isPriced: false).makeIterator()
      // One of the first few will do, or most often none.
      for choice in IteratorSequence(choices).prefix(8)
      where isFeasible(problem, memory, choice) { return true }
      return isFeasible(problem, memory, Array(IteratorSequence(choices)))
    }
  }

  private static func isFeasible(
    _ problem: PlanProblem, _ memory: SearchMemory, _ choice: CardChoices.Choice
  ) -> Bool {
    search(problem, memory, choice.cards)?.isFeasible() ?? false
  }

  /// Whether any of many choices is possible: several at once.
  private static func isFeasible(
    _ problem: PlanProblem, _ memory: SearchMemory, _ choices: [CardChoices.Choice]
  ) -> Bool {
    guard !choices.isEmpty else { return false }
    let isFound = Atomic(false)
    let shares = min(8, choices.count / 16 + 1)
    return concurrentMap(Array(0..<shares)) { share in
      for place in stride(from: share, to: choices.count, by: shares) {
        if isFound.load(ordering: .relaxed) { break }
        guard isFeasible(problem, memory, choices[place]) else { continue }
        isFound.store(true, ordering: .relaxed)
        return true
      }
      return false
    }.contains(true)
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
    _ answer: (PlanProblem) throws(Findings) -> Answer?
  ) throws(Findings) -> Answer? {
    for wantsRDMA in wishes(site) {
      let problem = try PlanProblem(
        site: site, catalog: catalog, options: options, wantsRDMA: wantsRDMA)
      if let found = try answer(problem) { return found }
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
  /// - Throws: `Findings` where a search would take too much.
  static func solve(_ problem: PlanProblem) throws(Findings) -> Solved {
    Solved(
      problem: problem,
      designs: try concurrentMap(designs(problem)) { design throws(Findings) in
        (design, try solve(problem, design))
      })
  }

  /// A choice of cards with a lower bound of what any plan with it costs, in 1/1024 minor units.
  private struct BoundedCards {
    var cards: [Int]
    var bound: Int64

    /// Whether a plan with these cards may cost at most `goods` minor units.
    func fits(_ goods: Int64?) -> Bool { goods.map { bound <= $0 * 1024 } ?? true }
  }

  /// The optimum of one design over all cards, or `rival` if that is better.
  /// - Throws: `Findings` where the search would take too much.
  static func solve(
    _ problem: PlanProblem, _ design: DesignKind, rival: PlanChoice? = nil, most: Int64? = nil
  ) throws(Findings) -> PlanChoice? {
    let memory = memory(problem, for: design)
    var best = rival
    let choices = CardChoices(problem, memory.solver, isPriced: true).compactMap { choice in
      choice.cost <= least(rival?.goods, most) ?? .max
        ? search(problem, memory, choice.cards)?.quickBound().map {
          BoundedCards(cards: choice.cards, bound: $0)
        } : nil
    }
    // The most promising first, so that a good plan is known early.
    let ordered = choices.enumerated().sorted {
      ($0.element.bound, $0.offset) < ($1.element.bound, $1.offset)
    }.map(\.element)
    for next in ordered.prefix(alone) where next.fits(least(best?.goods, most)) {
      if let search = search(problem, memory, next.cards) {
        best = search.improve(best, most: most, isAlone: true)
      }
    }
    let rest = ordered.dropFirst(alone).prefix { $0.fits(least(best?.goods, most)) }
    if !rest.isEmpty, !memory.budget.isSpent {
      best = solve(problem, memory, Array(rest), best, most)
    }
    if memory.budget.isSpent { throw SearchBudget.refusal(design, problem.site) }
    return best
  }

  /// Choices of cards that one thread looks at before others help: after these most are refuted.
  private static let alone = 4

  /// The optimum over some choices of cards, ascending by bound, or `best` if that is better. Which
  /// thread comes first does not matter, since a choice is left out only if all its plans cost more
  /// than one that is known.
  private static func solve(
    _ problem: PlanProblem, _ memory: SearchMemory, _ choices: [BoundedCards], _ best: PlanChoice?,
    _ most: Int64?
  ) -> PlanChoice? {
    let shared = Mutex(best)
    let next = Atomic(0)
    _ = concurrentMap(Array(0..<min(8, (choices.count + 3) / 4))) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let known = shared.withLock { $0 }
        guard place < choices.count, choices[place].fits(least(known?.goods, most)) else { return }
        guard let search = search(problem, memory, choices[place].cards),
          let found = search.improve(known, most: most, isAlone: false)
        else { continue }
        shared.withLock { best in
          if best.map({ StructureSearch.precedes(found, $0) }) ?? true { best = found }
        }
      }
    }
    return shared.withLock { $0 }
  }

  /// The optimum over all designs, or `rival` if that is better; quicker than the optimum of each.
  /// - Throws: `Findings` where a search would take too much.
  static func best(
    _ problem: PlanProblem, rival: PlanChoice?, most: Int64? = nil
  ) throws(Findings) -> PlanChoice? {
    var best = rival
    for design in designs(problem) {
      best = try solve(problem, design, rival: best, most: most)
    }
    return best
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
    try first(site, catalog, options) { problem throws(Findings) in
      isFeasible(problem) ? try example(problem) : nil
    }
  }

  private static func example(_ problem: PlanProblem) throws(Findings) -> PlanChoice? {
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
    if let best { return best }
    return try Self.best(problem, rival: nil)
  }

  /// The optimum for a site if its goods cost at most `most` minor units.
  static func best(
    site: Site, catalog: Catalog, options: PlanOptions, most: Int64?
  ) throws(Findings) -> PlanChoice? {
    for wantsRDMA in wishes(site) {
      let problem = try PlanProblem(
        site: site, catalog: catalog, options: options, wantsRDMA: wantsRDMA)
      if let choice = try best(problem, rival: nil, most: most) { return choice }
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
    let writable = problem.catalog.parts.indices.filter { index in
      guard problem.prices.chosen[index] != nil,
        let spec = problem.catalog.parts[index].asSwitch
      else { return false }
      return problem.site.requirements.allowsUnconfigured
        || problem.options.writes(spec)
    }
    let cards = problem.cards.flatMap { problem.candidates(for: $0) }
    let solver = LinkSolver(
      site: problem.site, catalog: problem.catalog, prices: problem.prices,
      linear: LinearCosts.all(problem, design), devices: writable + cards)
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
  /// - Throws: `Findings` for cards or switches that the catalogue does not know, and where the search
  ///   would take too much.
  public static func plan(
    site: Site, catalog: Catalog, options: PlanOptions, date: CalendarDate
  ) throws(Findings) -> PlanOutcome {
    let diagnosis = Diagnosis(site: site, catalog: catalog, options: options)
    guard let solved = try solved(site: site, catalog: catalog, options: options),
      let choice = solved.choice
    else { return .infeasible(try diagnosis.conflict()) }
    let fabric = FabricBuilder.build(
      problem: solved.problem, choice: choice, reasons: reasons(solved.problem, choice),
      date: date)
    if let gap = try diagnosis.gap(fabric, date: date) { return .overBudget(fabric, gap) }
    return .planned(
      PlanDraft(
        fabric: fabric, alternatives: Alternatives(problem: solved.problem, winner: choice),
        designs: solved.designs))
  }

  /// Why preferred RDMA was given up; nothing where it was not.
  private static func reasons(_ problem: PlanProblem, _ choice: PlanChoice) -> [Reason] {
    guard problem.site.traffic.rdma == .preferred, !choice.wantsRDMA else { return [] }
    let cause =
      problem.cardsWithoutRDMA
      ?? "no cards, switches and cables of the catalogue carry it within the requirements"
    return [
      Reason(
        subject: "rdma",
        text:
          "RDMA (SMB Direct) was preferred, but no plan with it is possible: \(cause). This plan"
          + " does without.")
    ]
  }
}

/// The lesser of two limits, where there are any.
func least(_ a: Int64?, _ b: Int64?) -> Int64? { [a, b].compactMap { $0 }.min() }
