import CatalogModel
import PlanProblem
import Quantities

/// Which network cards are tried: one for each of the problem's needs.
struct CardChoices {
  private let lists: [[Int]]

  /// Leaves out what cannot matter. Cards of one kind connect alike and can stand for each other;
  /// as many of a kind are enough as there are needs that might each want one of its own.
  ///
  /// - Parameter isPriced: whether the cheapest is wanted; else any that is possible.
  init(_ problem: PlanProblem, _ solver: LinkSolver, isPriced: Bool) {
    let all = problem.cards.map { problem.candidates(for: $0) }
    let needs = problem.cards.count
    lists = zip(problem.cards, all).map { need, candidates in
      guard need.given == nil else { return candidates }
      let hosts = problem.site.hosts[need.group].placements.reduce(0) { $0 + $1.count }
      let units = Int64(hosts * need.count)
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

  /// Calls `body` with the card of each need, in order of the needs' lists.
  func visit(_ body: ([Int]) -> Void) {
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
