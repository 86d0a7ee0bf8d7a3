import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// The best way to fill slots.
struct SlotAnswer {
  var goods: Int64
  var now: Rational
  var distinct: Int
  var draw: Int64
  /// Chosen option of each slot, as index in `Slot.options`; -1 for slots of other components.
  var path: [Int32]
}

/// Fills the slots of one component at least cost, exactly, slot after slot.
///
/// What was chosen so far matters to the future only through a few numbers: of each part that can
/// still be added, the remainder of its units modulo the period of its rounding; ports of the centre;
/// the worst oversubscription. Ways that agree in these numbers are one state, of which the best is
/// kept: by cost so far, distinct parts, draw, then key. A state is dropped when
/// - a lower bound of the whole is above a known answer: the linear cost of everything, or the cost
///   so far with whole spares plus the rest without any (spares never shrink);
/// - one of the cheapest states, with no more ports in use, is cheaper by more than all that
///   rounding can ever give back.
struct ComponentSearch {
  let context: SearchContext
  let structure: CentreStructure
  let coordinates: Coordinates
  let slots: [Slot]
  /// Indices of this component's slots, ascending.
  let members: [Int]
  /// Counts before the first slot, of this component's parts.
  let start: [Int32]
  private let costs: [PartCost]
  /// For each member, whether a later one adds to a part.
  private let isLive: [[Bool]]
  /// For each member, whether a later one takes ports of the centre.
  private let portsAreLive: [Bool]

  private struct State {
    var counts: [Int32]
    var now: Rational
    /// Minor units spent on what left `counts`.
    var cost: Int64 = 0
    var distinct = 0
    var draw: Int64 = 0
    /// Lower bounds of everything so far, in 1/1024 minor units.
    var linear: Int64
    var settled: Int64
    var path: [Int32] = []
  }

  private struct StateKey: Hashable {
    var counts: [Int32]
    var now: Rational

    /// All counts at once: number after number takes several times as long.
    func hash(into hasher: inout Hasher) {
      counts.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  init(
    context: SearchContext, structure: CentreStructure, coordinates: Coordinates, slots: [Slot],
    members: [Int], start: [Int32], costs: [PartCost]
  ) {
    self.context = context
    self.structure = structure
    self.coordinates = coordinates
    self.slots = slots
    self.members = members
    self.start = start
    self.costs = costs
    var live = [[Bool]](
      repeating: [Bool](repeating: false, count: coordinates.parts.count), count: members.count)
    var ports = [Bool](repeating: false, count: members.count)
    let firstPort = coordinates.parts.count + coordinates.marks.count
    for index in members.indices.dropFirst().reversed() {
      live[index - 1] = live[index]
      ports[index - 1] = ports[index]
      for option in slots[members[index]].options {
        for add in option.adds {
          if add.at < coordinates.parts.count { live[index - 1][add.at] = true }
          if add.at >= firstPort { ports[index - 1] = true }
        }
      }
    }
    isLive = live
    portsAreLive = ports
  }

  /// Lower bound of the component's cost in 1/1024 minor units.
  var least: Int64 { initial().linear + suffixes(\.linear)[0] }

  /// The best answer whose lower bounds stay within `most` (1/1024 minor units); `nil` when there
  /// is none. With a `beam` only that many states go on, so that the answer may not be the best.
  func best(most: Int64, beam: Int?) -> SlotAnswer? {
    let rest = suffixes(\.linear)
    let bareRest = suffixes(bareCost)
    var states = [initial()]
    if members.isEmpty { finish(&states[0]) }
    guard states[0].linear + rest[0] <= most else { return nil }
    for index in members.indices {
      var next: [State] = []
      var seen: [StateKey: Int] = [:]
      for state in states {
        for (choice, option) in slots[members[index]].options.enumerated() {
          guard state.linear + option.linear + rest[index + 1] <= most,
            let grown = grown(
              state, by: option, choice: choice, member: index, most: most - bareRest[index + 1]),
            settledBound(grown) + rest[index + 1] <= most
          else { continue }
          let key = StateKey(counts: grown.counts, now: grown.now)
          if let at = seen[key] {
            if ComponentSearch.isBetter(grown, next[at]) { next[at] = grown }
          } else {
            seen[key] = next.count
            next.append(grown)
          }
        }
      }
      states = trimmed(next, beam: beam)
      if states.isEmpty { return nil }
    }
    return states.map(answer).filter { $0.goods <= most / 1024 }.min(by: ComponentSearch.precedes)
  }

  /// What left the counts at its true cost, the rest as a fraction.
  private func settledBound(_ state: State) -> Int64 {
    var sum = state.cost * 1024
    for (at, cost) in costs.enumerated() where state.counts[at] > 0 {
      sum += cost.linear * Int64(state.counts[at])
    }
    return sum
  }

  static func precedes(_ left: SlotAnswer, _ right: SlotAnswer) -> Bool {
    if left.goods != right.goods { return left.goods < right.goods }
    if left.now != right.now { return left.now < right.now }
    if left.distinct != right.distinct { return left.distinct < right.distinct }
    if left.draw != right.draw { return left.draw < right.draw }
    return left.path.lexicographicallyPrecedes(right.path)
  }

  /// Of two ways to the same counts.
  private static func isBetter(_ left: State, _ right: State) -> Bool {
    if left.cost != right.cost { return left.cost < right.cost }
    if left.distinct != right.distinct { return left.distinct < right.distinct }
    if left.draw != right.draw { return left.draw < right.draw }
    return left.path.lexicographicallyPrecedes(right.path)
  }

  /// Least sum over the slots from each index on, of a cost of options.
  private func suffixes(_ cost: (SlotOption) -> Int64) -> [Int64] {
    var sums = [Int64](repeating: 0, count: members.count + 1)
    for index in members.indices.reversed() {
      sums[index] = sums[index + 1] + (slots[members[index]].options.map(cost).min() ?? 0)
    }
    return sums
  }

  private func bareCost(_ option: SlotOption) -> Int64 {
    option.adds.reduce(0) {
      $1.at < costs.count ? $0 + costs[$1.at].bare * Int64($1.count) : $0
    }
  }

  private func initial() -> State {
    var linear: Int64 = 0
    var settled: Int64 = 0
    for (at, cost) in costs.enumerated() {
      linear += cost.linear * Int64(start[at])
      settled += cost.settled(Int64(start[at]))
    }
    return State(
      counts: start, now: .zero, linear: linear, settled: settled,
      path: [Int32](repeating: -1, count: slots.count))
  }

  /// A state with an option added; `nil` when it costs too much or the ports do not suffice.
  private func grown(
    _ state: State, by option: SlotOption, choice: Int, member: Int, most: Int64
  ) -> State? {
    var grown = state
    for add in option.adds where add.at < costs.count {
      let before = Int64(state.counts[add.at])
      grown.settled +=
        costs[add.at].settled(before + Int64(add.count)) - costs[add.at].settled(before)
    }
    guard grown.settled <= most else { return nil }
    let firstPort = costs.count + coordinates.marks.count
    var touchesPorts = false
    for add in option.adds {
      if add.at < costs.count || add.at >= firstPort {
        let (sum, overflow) = grown.counts[add.at].addingReportingOverflow(add.count)
        if overflow { return nil }
        grown.counts[add.at] = sum
      } else {
        grown.counts[add.at] = 1
      }
      if add.at >= firstPort { touchesPorts = true }
    }
    if touchesPorts {
      let free = context.site.requirements.freePorts
      guard structure.variant.fits(coordinates.use(grown.counts), freePorts: free) else {
        return nil
      }
    }
    grown.now = max(state.now, option.now)
    grown.linear += option.linear
    grown.path[members[member]] = Int32(choice)
    settle(&grown, live: isLive[member], portsAreLive: portsAreLive[member])
    return grown
  }

  /// Takes out of `counts` what no longer matters to the future.
  private func settle(_ state: inout State, live: [Bool], portsAreLive: Bool) {
    for (at, cost) in costs.enumerated() where state.counts[at] > 0 {
      let units = Int64(state.counts[at])
      if live[at] {
        let reduced = cost.reduced(units)
        guard reduced < units else { continue }
        state.cost += (units - reduced) / cost.period * cost.periodCost
        state.draw += (units - reduced) * cost.draw
        state.counts[at] = Int32(truncatingIfNeeded: reduced)
      } else {
        let mark = markIndex(at)
        state.cost += cost.cost(units, marked: mark.map { state.counts[$0] > 0 } ?? false)
        state.draw += units * cost.draw
        state.distinct += 1
        state.counts[at] = 0
        if let mark { state.counts[mark] = 0 }
      }
    }
    if !portsAreLive {
      for at in (costs.count + coordinates.marks.count)..<state.counts.count {
        state.counts[at] = 0
      }
    }
  }

  private func finish(_ state: inout State) {
    let none = [Bool](repeating: false, count: costs.count)
    settle(&state, live: none, portsAreLive: false)
  }

  private func markIndex(_ at: Int) -> Int? {
    guard costs[at].batch > 0 else { return nil }
    return coordinates.marks.firstIndex(of: coordinates.parts[at]).map { costs.count + $0 }
  }

  /// Drops states that another one beats whatever follows.
  private func trimmed(_ states: [State], beam: Int?) -> [State] {
    var kept = states
    kept.sort {
      $0.settled != $1.settled
        ? $0.settled < $1.settled : $0.path.lexicographicallyPrecedes($1.path)
    }
    let judges = kept.prefix(16)
    kept = kept.filter { state in !judges.contains { beats($0, state) } }
    if let beam, kept.count > beam { kept.removeLast(kept.count - beam) }
    return kept
  }

  private func beats(_ best: State, _ other: State) -> Bool {
    var margin = other.settled - best.settled
    guard margin > 0 else { return false }
    for at in (costs.count + coordinates.marks.count)..<best.counts.count
    where best.counts[at] > other.counts[at] {
      return false
    }
    for (at, cost) in costs.enumerated() {
      let mark = markIndex(at)
      let differs =
        best.counts[at] != other.counts[at]
        || mark.map { best.counts[$0] != other.counts[$0] } ?? false
      if differs { margin -= cost.wobble }
      // A started pack is not in `settled`.
      if cost.pack > 1 { margin -= cost.unit * 1024 }
      if margin <= 0 { return false }
    }
    return margin > 0
  }

  private func answer(_ state: State) -> SlotAnswer {
    SlotAnswer(
      goods: state.cost, now: state.now, distinct: state.distinct, draw: state.draw,
      path: state.path)
  }
}
