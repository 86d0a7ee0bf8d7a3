import PlanProblem
import Quantities

extension StructureSearch {
  /// An option of a slot with the parts it adds.
  struct Draft {
    var demand: Demand
    var use: PortUse?
    var now: Rational
    var linear: Int64
    /// Elements of the key of M7, made for those alone that are not left out.
    var key: () -> [String]

    /// Links that take no ports of the racks' share: solutions with their numbers of links.
    init(_ links: [(role: CostedSolution, links: Int)], key: @escaping () -> String) {
      demand = Demand()
      linear = 0
      for entry in links {
        demand.add(entry.role.solution, links: entry.links)
        linear += entry.role.linear
      }
      demand.normalise()
      now = .zero
      self.key = { [key()] }
    }

    init(
      demand: Demand, use: PortUse?, now: Rational, linear: Int64, key: @escaping () -> [String]
    ) {
      self.demand = demand
      self.use = use
      self.now = now
      self.linear = linear
      self.key = key
    }

    /// Whether it takes no more ports than another.
    func isNoWider(than other: Draft) -> Bool {
      guard let mine = use, let theirs = other.use else { return use == nil }
      return mine.isWithin(theirs)
    }

    /// A slot in which there is nothing to choose.
    static var none: Draft {
      Draft(demand: Demand(), use: nil, now: .zero, linear: 0, key: { ["-"] })
    }
  }

  /// Indices of the options that none of the cheapest beats whatever else is built in.
  func worthwhile(_ drafts: [Draft]) -> [Int] {
    let judges = drafts.sorted { $0.linear < $1.linear }.prefix(SearchContext.mostJudges)
    return drafts.indices.filter { index in
      let draft = drafts[index]
      return !judges.contains { judge in
        judge.linear < draft.linear && judge.isNoWider(than: draft)
          && context.leastSaving(of: judge.demand, over: draft.demand) > 0
      }
    }
  }

  /// All that an option does to a state.
  private struct Effect: Hashable {
    var at: [Int]
    var count: [Int32]
    var now: Rational
  }

  /// Options in order of key; of two that add the same only the first is kept.
  static func slot(
    _ drafts: [Draft], _ worthwhile: [Int], _ coordinates: Coordinates
  ) -> Slot {
    let keyed = worthwhile.map { (index: $0, key: drafts[$0].key()) }
    let order = keyed.sorted { left, right in
      for (a, b) in zip(left.key, right.key) where a != b { return a.precedesInBytes(b) }
      return left.index < right.index
    }
    var options: [SlotOption] = []
    var seen = Set<Effect>()
    for (index, key) in order {
      let draft = drafts[index]
      let adds = coordinates.adds(draft.demand, draft.use)
      let effect = Effect(
        at: adds.map(\.at), count: adds.map(\.count), now: draft.now)
      guard seen.insert(effect).inserted else { continue }
      options.append(
        SlotOption(
          adds: adds, now: draft.now, linear: draft.linear, key: key, origin: index))
    }
    return Slot(options: options)
  }
}
