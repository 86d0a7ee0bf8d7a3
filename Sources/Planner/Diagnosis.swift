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
    let present = Relaxation.all.filter { relaxation in
      var copy = site
      return relaxation.apply(&copy)
    }
    var dropped: [[Int]] = []
    while let candidate = HittingSet.smallest(of: dropped, among: present.count) {
      guard try isFeasible(keeping: candidate, of: present) else {
        return candidate.isEmpty
          ? Conflict(items: [withoutRates ?? hopeless])
          : try conflict(
            candidate.map { present[$0] }, corrections: dropped.map { $0.map { present[$0] } })
      }
      var kept = candidate
      for index in present.indices where !kept.contains(index) {
        if try isFeasible(keeping: kept + [index], of: present) { kept.append(index) }
      }
      dropped.append(present.indices.filter { !kept.contains($0) })
    }
    // Keeping everything is feasible after all: only a defect of the planner leads here.
    return Conflict(items: [hopeless])
  }

  private func isFeasible(keeping kept: [Int], of present: [Relaxation]) throws(Findings) -> Bool {
    var relaxed = site
    for (index, relaxation) in present.enumerated() where !kept.contains(index) {
      _ = relaxation.apply(&relaxed)
    }
    return try Planner.isFeasible(site: relaxed, catalog: catalog, options: options)
  }

  /// - Parameter corrections: sets of requirements that, dropped together, let a plan appear.
  private func conflict(
    _ set: [Relaxation], corrections: [[Relaxation]]
  ) throws(Findings) -> Conflict {
    var items: [Conflict.Item] = []
    for relaxation in set {
      items.append(
        Conflict.Item(
          id: relaxation.id, requirement: relaxation.requirement(site),
          remedy: try remedy([relaxation])))
    }
    guard items.allSatisfy({ $0.remedy == nil }), !items.isEmpty else {
      return Conflict(items: items)
    }
    // No single change helps: something else stands in the way as well.
    let fewest = corrections.enumerated().min {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }
    if let fewest { items[0].remedy = try remedy(fewest.element) }
    return Conflict(items: items)
  }

  /// The changes together, if they let a plan appear.
  private func remedy(_ relaxations: [Relaxation]) throws(Findings) -> Remedy? {
    var relaxed = site
    for relaxation in relaxations { _ = relaxation.apply(&relaxed) }
    var example: PlanChoice?
    if relaxations.contains(where: \.namesExample) {
      example = try Planner.example(site: relaxed, catalog: catalog, options: options)
      if example == nil { return nil }
    } else {
      guard try Planner.isFeasible(site: relaxed, catalog: catalog, options: options) else {
        return nil
      }
    }
    var words: [String] = []
    for relaxation in relaxations {
      words.append(
        relaxations.count == 1
          ? try change(relaxation, example) : relaxation.change(site, example))
    }
    return Remedy(
      id: relaxations.map(\.id).joined(separator: "+"), change: words.joined(separator: "; and "))
  }

  /// The change in words; for the number of hosts the largest that fits is looked for.
  private func change(_ relaxation: Relaxation, _ choice: PlanChoice?) throws(Findings) -> String {
    guard relaxation.id == "host-count" else { return relaxation.change(site, choice) }
    let worst = Relaxation.fullest(site)
    var (low, high) = (1, worst.hosts)
    while low < high {
      let middle = (low + high + 1) / 2
      let fits = try Planner.isFeasible(
        site: capped(at: middle), catalog: catalog, options: options)
      if fits { low = middle } else { high = middle - 1 }
    }
    return
      "put at most \(Format.count(low, "host")) into a rack; \(worst.rack) holds \(worst.hosts)"
  }

  /// The site with no more than a number of hosts in each rack.
  private func capped(at most: Int) -> Site {
    var copy = site
    for rack in site.room.racks {
      var left = most
      for group in copy.hosts.indices {
        for index in copy.hosts[group].placements.indices
        where copy.hosts[group].placements[index].rack == rack.name {
          let count = min(left, copy.hosts[group].placements[index].count)
          copy.hosts[group].placements[index].count = count
          left -= count
        }
      }
    }
    return copy
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
      id: "exchange", requirement: "no price can be turned into \(to) without a rate of exchange",
      remedy: Remedy(
        id: "exchange",
        change: "give units of \(to) for one \(from) under `prices.exchange`, with their day as"
          + " `on`"))
  }

  private var hopeless: Conflict.Item {
    Conflict.Item(
      id: "catalogue",
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
    for relaxation in Relaxation.all where relaxation.helpsBudget {
      var relaxed = site
      guard relaxation.apply(&relaxed),
        let choice = try Planner.best(
          site: relaxed, catalog: catalog, options: options,
          most: site.budget.total.map { Planner.goods(within: $0.minorUnits, relaxed) })
      else { continue }
      let starter = try starter(relaxed, choice, date)
      if let starter, let most = site.budget.starter, starter.minorUnits > most.minorUnits {
        continue
      }
      gap.remedies.append(
        Remedy(
          id: relaxation.id, change: relaxation.change(site, choice),
          total: Planner.gross(choice.goods, relaxed), starter: starter))
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
