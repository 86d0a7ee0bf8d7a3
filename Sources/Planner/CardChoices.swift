import CatalogModel
import PlanProblem
import Quantities

/// Which network cards are tried: one for each of the problem's needs.
///
/// Cards of one kind connect alike. Two choices with the same kinds, that give the same needs one
/// card, differ in nothing but the price and the names of the cards: of such only the cheapest is
/// tried, of equal ones the first by name, which the key of M7 prefers.
struct CardChoices: Sequence {
  /// A choice with what its cards cost, in minor units; 0 where prices do not matter.
  struct Choice {
    var cards: [Int]
    var cost: Int64
  }

  private var choices: [Choice] = []

  /// - Parameter isPriced: whether the cheapest is wanted; else any that is possible.
  init(_ problem: PlanProblem, _ solver: LinkSolver, isPriced: Bool) {
    let lists = CardChoices.lists(problem, solver, isPriced: isPriced)
    let kinds = Dictionary(
      Set(lists.joined()).map { ($0, Kind(problem, solver, $0)) }, uniquingKeysWith: { $1 })
    let names = problem.catalog.parts
    var known: [Signature: Int] = [:]
    CardChoices.forEach(lists) { cards in
      let choice = Choice(
        cards: cards, cost: isPriced ? CardChoices.cost(problem, cards) : 0)
      let signature = Signature(cards, kinds)
      guard let at = known[signature] else {
        known[signature] = choices.count
        choices.append(choice)
        return
      }
      let rival = choices[at]
      let isCheaper = choice.cost < rival.cost
      let isEarlier =
        choice.cost == rival.cost
        && choice.cards.lazy.map { names[$0].id }.lexicographicallyPrecedes(
          rival.cards.lazy.map { names[$0].id })
      if isCheaper || isEarlier { choices[at] = choice }
    }
    // The cheapest first, so that a good plan is known early.
    choices = choices.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }.map(\.element)
  }

  func makeIterator() -> IndexingIterator<[Choice]> { choices.makeIterator() }

  /// All that a plan can feel of a choice but price and names.
  private struct Signature: Hashable {
    var kinds: [Kind?]
    /// For each need the first with the same card.
    var sameAs: [Int]

    init(_ cards: [Int], _ known: [Int: Kind]) {
      kinds = cards.map { known[$0] }
      sameAs = cards.map { card in cards.firstIndex(of: card) ?? 0 }
    }
  }

  /// Everything of a card that a plan can feel but its price and name.
  private struct Kind: Hashable {
    var ports: Int?
    var connector: Connector?
    var rates: [DataRate]
    var mediaClass: Int
    var isAble: Bool
    var needsLossless: Bool

    init(_ problem: PlanProblem, _ solver: LinkSolver, _ part: Int) {
      let card = problem.catalog.parts[part].asNIC
      ports = card?.ports
      connector = card?.connector
      rates = card.map { PlanProblem.rates(of: $0) } ?? []
      mediaClass = solver.mediaClass(part)
      isAble = card.map { PlanProblem.isAble($0) } ?? false
      needsLossless = card?.rdma.needsLossless ?? false
    }
  }

  /// Candidates for each need without those that cannot matter: as many of a kind are enough as
  /// there are needs that might each want one of its own.
  private static func lists(
    _ problem: PlanProblem, _ solver: LinkSolver, isPriced: Bool
  ) -> [[Int]] {
    let all = problem.cards.map { problem.candidates(for: $0) }
    let needs = problem.cards.count
    return zip(problem.cards, all).map { need, candidates in
      guard need.given == nil else { return candidates }
      let units = Int64(problem.site.hosts[need.group].hostCount * need.count)
      let kinds = candidates.map { Kind(problem, solver, $0) }
      let costs = candidates.map {
        PartCost(problem: problem, part: $0, linear: 0, markable: false)
      }
      return candidates.indices.filter { x in
        let rivals = candidates.indices.filter { y in
          guard y != x, kinds[y] == kinds[x] else { return false }
          guard isPriced else { return y < x }
          let used = UsedUnits(units: units)
          let saving =
            costs[x].leastDifference(used, UsedUnits())
            + costs[y].leastDifference(UsedUnits(), used)
          return saving > 0
        }
        return rivals.count < needs
      }.map { candidates[$0] }
    }
  }

  /// What the cards bought cost.
  private static func cost(_ problem: PlanProblem, _ cards: [Int]) -> Int64 {
    Planner.demand(problem, cards).parts.reduce(0) { sum, entry in
      let cost = PartCost(problem: problem, part: entry.part, linear: 0, markable: false)
      return sum + cost.cost(Int64(entry.count), marked: false)
    }
  }

  /// Calls `body` with one entry of each list; that of the last list changes first.
  private static func forEach(_ lists: [[Int]], _ body: ([Int]) -> Void) {
    var chosen: [Int] = []
    func descend(_ depth: Int) {
      guard depth < lists.count else { return body(chosen) }
      for entry in lists[depth] {
        chosen.append(entry)
        descend(depth + 1)
        chosen.removeLast()
      }
    }
    descend(0)
  }
}
