import CatalogModel
import PlanProblem
import Quantities

/// Which network cards are tried: one for each of the problem's needs.
struct CardChoices: Sequence {
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

  /// The cards of all needs, in order of the needs' lists: that of the last need changes first.
  func makeIterator() -> Iterator { Iterator(lists) }

  struct Iterator: IteratorProtocol {
    private let lists: [[Int]]
    /// Index in each list of the next choice; `nil` after the last.
    private var upcoming: [Int]?

    fileprivate init(_ lists: [[Int]]) {
      self.lists = lists
      upcoming = lists.contains(where: \.isEmpty) ? nil : lists.map { _ in 0 }
    }

    mutating func next() -> [Int]? {
      guard let indices = upcoming else { return nil }
      upcoming = nil
      for depth in lists.indices.reversed() where indices[depth] + 1 < lists[depth].count {
        upcoming = indices[..<depth] + [indices[depth] + 1] + lists[(depth + 1)...].map { _ in 0 }
        break
      }
      return zip(lists, indices).map { $0[$1] }
    }
  }
}
