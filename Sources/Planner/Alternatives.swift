import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// What else could have been chosen, and why it was not.
struct Alternatives: Sendable {
  let problem: PlanProblem
  let winner: PlanChoice

  /// One entry for every design but the winner's, and one for another answer that would win at
  /// other prices within the estimates' intervals.
  func all(_ designs: [(design: DesignKind, choice: PlanChoice?)]) -> [Alternative] {
    var found: [Alternative] = []
    for kind in DesignKind.allCases where kind != winner.design {
      guard let entry = designs.first(where: { $0.design == kind }) else {
        found.append(
          Alternative(
            design: kind, summary: "", total: nil,
            reason: "the site does not allow this design (requirements.designs)", couldWin: false))
        continue
      }
      guard let choice = entry.choice else {
        found.append(
          Alternative(
            design: kind, summary: "", total: nil, reason: impossibility(kind), couldWin: false))
        continue
      }
      found.append(alternative(choice))
    }
    if let other = winnerUnderStress() { found.append(other) }
    return found
  }

  private func alternative(_ choice: PlanChoice) -> Alternative {
    let total = Planner.gross(choice.goods, problem.site)
    let more = total.minorUnits - Planner.gross(winner.goods, problem.site).minorUnits
    let reason =
      more > 0
      ? "it costs \(Format.money(Money(minorUnits: more, currency: problem.site.currency))) more"
      : "it costs the same and loses on the tie-breaks: oversubscription, number of parts, power, name"
    return Alternative(
      design: choice.design, summary: summary(choice), total: total, reason: reason,
      couldWin: couldWin(choice))
  }

  /// Models and counts of a choice, such as `2 pieces Dell S4810, 4 pieces Dell Networking N4032F`.
  private func summary(_ choice: PlanChoice) -> String {
    choice.switches.map { "\(Format.count($0.count, "piece")) \(name($0.variant))" }
      .joined(separator: ", ")
  }

  /// Maker and model of a switch, with its modules.
  private func name(_ variant: SwitchVariant) -> String {
    let names = ([variant.part] + variant.modules).map { problem.catalog.parts[$0].name }
    guard names.count > 1 else { return names[0] }
    return "\(names[0]) (with \(names.dropFirst().joined(separator: " and ")))"
  }

  /// Why a design cannot be built for this site, as far as one reason can be named.
  private func impossibility(_ kind: DesignKind) -> String {
    guard kind == .standalonePair else {
      return "no switches and cables of the catalogue meet the requirements in this design"
    }
    if let obstacle = StandalonePair.obstacle(problem.site) { return obstacle }
    return "all hosts do not fit on one pair of switches of the catalogue"
  }

  /// Whether prices within the estimates' intervals exist at which `other` is cheaper: every
  /// estimate counts high where the winner buys more of a part, and low where it buys less.
  private func couldWin(_ other: PlanChoice) -> Bool {
    guard other.goods > winner.goods else { return true }
    var difference: Int64 = 0
    for part in Set((winner.quantities + other.quantities).map(\.part)).sorted() {
      guard let index = problem.index(of: part), let price = problem.prices.chosen[index] else {
        continue
      }
      let more = packs(part, index, winner) - packs(part, index, other)
      let isEstimate = price.price.kind == .estimate
      let unit = !isEstimate ? price.unit : more > 0 ? price.high : price.low
      difference += more * unit
    }
    return difference > 0
  }

  /// What a choice costs at other prices, in minor units.
  private func goods(_ choice: PlanChoice, in problem: PlanProblem) -> Int64 {
    choice.quantities.reduce(0) { sum, entry in
      guard let index = problem.index(of: entry.part) else { return sum }
      let unit = problem.prices.chosen[index]?.unit ?? 0
      return sum + unit * packs(entry.part, index, choice)
    }
  }

  private func packs(_ part: PartID, _ index: Int, _ choice: PlanChoice) -> Int64 {
    let needed = choice.quantities.first { $0.part == part }?.count ?? 0
    let batch = choice.testFirst.contains(part) ? problem.site.requirements.testFirst : 0
    return PriceBook.packs(
      needed: Int64(needed), spareRate: problem.prices.spareRate[index],
      testFirst: Int64(batch), packSize: Int64(max(1, problem.catalog.parts[index].packSize)))
  }

  /// An answer that beats the winner when every estimate that the winner rests on is at its high
  /// end and all others at their low end, if there is one with other switches. Any will do to
  /// prove that the choice could flip; only where a quick look finds none the best is looked for.
  private func winnerUnderStress() -> Alternative? {
    let dear = winner.quantities.compactMap { problem.index(of: $0.part) }
    let rests = dear.contains { problem.prices.chosen[$0]?.price.kind == .estimate }
    let others = problem.prices.chosen.contains { $0?.price.kind == .estimate }
    guard rests || others else { return nil }
    let stressed = problem.priced(problem.prices.stressed(dear: dear))
    var rival = winner
    rival.goods = goods(winner, in: stressed)
    var found = Planner.quickly(stressed, betterThan: rival)
    do throws(Findings) {
      if found == nil { found = try Planner.best(stressed, rival: rival) }
    } catch {
      return Alternative(
        design: winner.design, summary: summary(winner), total: nil,
        reason: "whether another plan wins when estimated prices lie at the far ends of their "
          + "intervals would take too long to find out",
        couldWin: true)
    }
    guard let choice = found else { return nil }
    guard !choice.hasSwitches(of: winner) else { return nil }
    let best = atTodaysPrices(choice)
    return Alternative(
      design: choice.design, summary: summary(best ?? choice),
      total: best.map { Planner.gross($0.goods, problem.site) },
      reason: "it is cheaper only if estimated prices lie at the far ends of their intervals",
      couldWin: true)
  }

  /// The cheapest plan, at the prices that count, with the models of a plan that other prices made:
  /// what somebody who asks for those models gets. `nil` when it could not win at any price.
  private func atTodaysPrices(_ rival: PlanChoice) -> PlanChoice? {
    func id(_ variant: SwitchVariant) -> String { problem.catalog.parts[variant.part].id.rawValue }
    let spine = id(rival.centre.variant)
    let tors = Set(rival.racks.compactMap(\.tor).map(id))
    // Where the winner is of the same models, with other modules, it is the cheapest of them.
    let isAlike =
      winner.design == rival.design && id(winner.centre.variant) == spine
      && winner.racks.compactMap(\.tor).map(id).allSatisfy(tors.contains)
    guard !isAlike else { return nil }
    let limited = problem.limited(to: rival.design, spines: [spine], tors: tors.sorted())
    guard
      let best = try? Planner.best(limited, rival: nil, most: goods(rival, in: problem)),
      !best.hasSwitches(of: winner), couldWin(best)
    else { return nil }
    return best
  }
}
