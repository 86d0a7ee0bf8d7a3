import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Says why there is no plan, or none within the budget, and what would help.
struct Diagnosis {
  let site: Site
  let catalog: Catalog
  let options: PlanOptions

  // MARK: No plan

  /// A smallest set of requirements that cannot be met together; of several the one whose members
  /// come first in the list of relaxations.
  ///
  /// Whatever cannot be met must share a member with every set of requirements that, dropped
  /// together, lets a plan appear. So the smallest set that does so with the sets known so far is
  /// tried; if there is a plan that keeps it, keeping as much else as possible shows another such
  /// set (implicit hitting sets: Ignatiev, Previti, Liffiton, Marques-Silva, "Smallest MUS
  /// Extraction with Minimal Hitting Set Dualization", CP 2015).
  func conflict() throws(Findings) -> Conflict {
    let present = Relaxation.all(site).filter { relaxation in
      var copy = site
      return relaxation.drop(&copy)
    }
    var dropped: [[Int]] = []
    while let candidate = HittingSet.smallest(of: dropped, among: present.count) {
      guard try isFeasible(keeping: candidate, of: present) else {
        if candidate.isEmpty { return Conflict(items: [withoutRates ?? hopeless]) }
        var items: [Conflict.Item] = []
        for index in candidate {
          items.append(try item(index, in: candidate, of: present, known: dropped))
        }
        return Conflict(items: items)
      }
      dropped.append(try correction(keeping: candidate, of: present))
    }
    // Keeping everything is feasible after all: only a defect of the planner leads here.
    return Conflict(items: [hopeless])
  }

  /// Requirements of `present` that, dropped together, let a plan appear which keeps `kept`: as few
  /// as keeping one after the other leaves.
  private func correction(
    keeping kept: [Int], of present: [Relaxation]
  ) throws(Findings) -> [Int] {
    var kept = kept
    for index in present.indices where !kept.contains(index) {
      if try isFeasible(keeping: kept + [index], of: present) { kept.append(index) }
    }
    return present.indices.filter { !kept.contains($0) }
  }

  private func isFeasible(keeping kept: [Int], of present: [Relaxation]) throws(Findings) -> Bool {
    var relaxed = site
    for (index, relaxation) in present.enumerated() where !kept.contains(index) {
      _ = relaxation.drop(&relaxed)
    }
    return try isFeasible(relaxed)
  }

  func isFeasible(_ site: Site) throws(Findings) -> Bool {
    try Planner.isFeasible(site: site, catalog: catalog, options: options)
  }

  /// One requirement of a conflict, with what would satisfy it: a change of it alone, or together
  /// with what else stands in the way.
  /// - Parameter known: sets of requirements that, dropped together, let a plan appear.
  private func item(
    _ index: Int, in conflict: [Int], of present: [Relaxation], known: [[Int]]
  ) throws(Findings) -> Conflict.Item {
    let relaxation = present[index]
    var remedy = try remedy([relaxation])
    if remedy == nil {
      // A conflict is smallest: with this one dropped the others can be kept.
      let fitting = known.filter { $0.filter(conflict.contains) == [index] }
      let fewest = fitting.min { $0.count < $1.count }
      var set = fewest ?? []
      if set.isEmpty {
        set = try correction(keeping: conflict.filter { $0 != index }, of: present)
      }
      remedy = try self.remedy(set.map { present[$0] })
    }
    return Conflict.Item(
      id: relaxation.id, keys: relaxation.keys, requirement: relaxation.requirement(self),
      remedy: remedy)
  }

  /// No price of a switch can be turned into the site's currency.
  private var withoutRates: Conflict.Item? {
    let prices = PriceBook(site: site, catalog: catalog)
    let kinds = Set(site.prices.kinds)
    let switches = catalog.parts.indices.filter { catalog.parts[$0].asSwitch != nil }
    guard switches.allSatisfy({ prices.chosen[$0] == nil }),
      let foreign = catalog.prices.first(where: {
        kinds.contains($0.kind.rawValue) && $0.amount.currency != site.currency
          && catalog.part($0.part)?.asSwitch != nil
      })?.amount.currency
    else { return nil }
    let (from, to) = (foreign.rawValue, site.currency.rawValue)
    return Conflict.Item(
      id: "exchange", keys: ["prices.exchange", "currency"],
      requirement: "no price can be turned into \(to) without a rate of exchange",
      remedy: Remedy(
        id: "exchange",
        change: "give units of \(to) for one \(from) under `prices.exchange`, with their day as"
          + " `on`"))
  }

  private var hopeless: Conflict.Item {
    Conflict.Item(
      id: "catalogue", keys: [],
      requirement: "no combination of parts of the catalogue makes any plan for this site",
      remedy: Remedy(
        id: "catalogue",
        change: "add parts and prices with --catalog FILE; `tenfold catalog list` shows all"))
  }

  // MARK: No plan within the budget

  /// How far the cheapest plan and its first phase miss their limits, and every single change with
  /// which the cheapest plan keeps to both; `nil` when it does already.
  ///
  /// - Parameter date: day for which prices are judged.
  func gap(_ fabric: Fabric, date: CalendarDate) throws(Findings) -> BudgetGap? {
    var gap = BudgetGap(
      total: BudgetGap.Shortfall(
        "the cheapest plan", budget: site.budget.total, cost: fabric.totals.total),
      starter: BudgetGap.Shortfall(
        firstPhase(fabric), budget: site.budget.starter, cost: fabric.totals.starter),
      remedies: [])
    guard gap.total != nil || gap.starter != nil else { return nil }
    for relaxation in Relaxation.all(site) where relaxation.helpsBudget {
      var relaxed = site
      guard relaxation.drop(&relaxed),
        let choice = try Planner.best(
          site: relaxed, catalog: catalog, options: options,
          most: site.budget.total.map { Planner.goods(within: $0.minorUnits, relaxed) }),
        let change = relaxation.changes(site).first(where: { $0.admits(choice) })
      else { continue }
      let starter = try starter(relaxed, choice, date)
      if let starter, let most = site.budget.starter, starter.minorUnits > most.minorUnits {
        continue
      }
      var changed = site
      change.apply(&changed)
      gap.remedies.append(
        Remedy(
          id: relaxation.id, change: change.words(example(choice, of: relaxed)),
          total: Planner.gross(choice.goods, relaxed), starter: starter, site: changed))
    }
    gap.remedies = gap.remedies.enumerated().sorted {
      ($0.element.total?.minorUnits ?? 0, $0.offset)
        < ($1.element.total?.minorUnits ?? 0, $1.offset)
    }.map(\.element)
    return gap
  }

  /// Gross cost of the first phase of a plan; `nil` without a starter budget.
  private func starter(
    _ site: Site, _ choice: PlanChoice, _ date: CalendarDate
  ) throws(Findings) -> Money? {
    guard site.budget.starter != nil else { return nil }
    let problem = try PlanProblem(
      site: site, catalog: catalog, options: options, wantsRDMA: choice.wantsRDMA)
    return FabricBuilder.build(problem: problem, choice: choice, reasons: [], date: date).totals
      .starter
  }

  private func firstPhase(_ fabric: Fabric) -> String {
    let used = Set(fabric.hosts.map(\.rack))
    let rack = site.room.racks.first { used.contains($0.name) }?.name ?? ""
    return "the first phase of the cheapest plan (the central switches with their links, and"
      + " everything of rack \(rack), the first in the file that has hosts)"
  }
}
