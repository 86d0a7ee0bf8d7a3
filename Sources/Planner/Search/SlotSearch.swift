import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// The best way to fill all slots of one structure.
struct SlotAnswer {
  var goods: Int64
  var now: Rational
  var distinct: Int
  var draw: Int64
  /// Chosen option of each slot, as index in `Slot.options`.
  var path: [Int32]
}

/// Fills slots at least cost, exactly, slot after slot.
///
/// What was chosen so far matters to the future only through a few numbers: of each part that can
/// still be added, the remainder of its units modulo the period of its rounding; ports of the centre;
/// the worst oversubscription. Ways that agree in these numbers are one state, of which the best is
/// kept: by cost so far, distinct parts, draw, then key. A state is dropped when
/// - a lower bound of the whole is above a known answer: the linear cost of everything, or the cost
///   so far with whole spares plus the rest without any (spares never shrink);
/// - another state with no more ports in use is cheaper by more than all that rounding can ever
///   give back.
struct SlotSearch {
  let context: SearchContext
  let structure: CentreStructure
  let coordinates: Coordinates
  let slots: [Slot]
  /// Counts before the first slot.
  let start: [Int32]
  private let costs: [PartCost]
  /// For each slot, whether a later one adds to a part.
  private let isLive: [[Bool]]
  /// For each slot, whether a later one takes ports of the centre.
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
  }

  init(
    context: SearchContext, structure: CentreStructure, coordinates: Coordinates, slots: [Slot],
    start: [Int32]
  ) {
    self.context = context
    self.structure = structure
    self.coordinates = coordinates
    self.slots = slots
    self.start = start
    let marks = Set(coordinates.marks)
    costs = coordinates.parts.map { part in
      PartCost(
        problem: context.problem, part: part, linear: context.linear[part],
        markable: marks.contains(part))
    }
    var live = [[Bool]](
      repeating: [Bool](repeating: false, count: coordinates.parts.count), count: slots.count)
    var ports = [Bool](repeating: false, count: slots.count)
    let firstPort = coordinates.parts.count + coordinates.marks.count
    for index in slots.indices.dropFirst().reversed() {
      live[index - 1] = live[index]
      ports[index - 1] = ports[index]
      for option in slots[index].options {
        for add in option.adds {
          if add.at < coordinates.parts.count { live[index - 1][add.at] = true }
          if add.at >= firstPort { ports[index - 1] = true }
        }
      }
    }
    isLive = live
    portsAreLive = ports
  }

  /// The best answer that costs at most `bound` minor units; `nil` when there is none. With a
  /// `beam` only that many states go on, so that the answer may not be the best.
  func best(bound: Int64?, beam: Int?) -> SlotAnswer? {
    let rest = suffixes(\.linear)
    let bareRest = suffixes(bareCost)
    let limit = bound.map { $0.multipliedReportingOverflow(by: 1024) }
    let most = limit.map { $0.overflow ? Int64.max : $0.partialValue } ?? .max
    var states = [initial()]
    guard states[0].linear + rest[0] <= most else { return nil }
    for (index, slot) in slots.enumerated() {
      var next: [State] = []
      var seen: [StateKey: Int] = [:]
      for state in states {
        for (choice, option) in slot.options.enumerated() {
          guard state.linear + option.linear + rest[index + 1] <= most,
            let grown = grown(
              state, by: option, choice: choice, slot: index, most: most - bareRest[index + 1])
          else { continue }
          let key = StateKey(counts: grown.counts, now: grown.now)
          if let at = seen[key] {
            if SlotSearch.isBetter(grown, next[at]) { next[at] = grown }
          } else {
            seen[key] = next.count
            next.append(grown)
          }
        }
      }
      states = trimmed(next, slot: index, beam: beam)
      if states.isEmpty { return nil }
    }
    return states.map(answer).filter { bound == nil || $0.goods <= bound ?? 0 }
      .min(by: SlotSearch.precedes)
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
    var sums = [Int64](repeating: 0, count: slots.count + 1)
    for index in slots.indices.reversed() {
      sums[index] = sums[index + 1] + (slots[index].options.map(cost).min() ?? 0)
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
    return State(counts: start, now: .zero, linear: linear, settled: settled)
  }

  /// A state with an option added; `nil` when it costs too much or the ports do not suffice.
  private func grown(
    _ state: State, by option: SlotOption, choice: Int, slot: Int, most: Int64
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
    grown.path.append(Int32(choice))
    settle(&grown, slot: slot)
    return grown
  }

  /// Takes out of `counts` what no longer matters to the future.
  private func settle(_ state: inout State, slot: Int) {
    for (at, cost) in costs.enumerated() where state.counts[at] > 0 {
      let units = Int64(state.counts[at])
      if isLive[slot][at] {
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
    if !portsAreLive[slot] {
      for at in (costs.count + coordinates.marks.count)..<state.counts.count {
        state.counts[at] = 0
      }
    }
  }

  private func markIndex(_ at: Int) -> Int? {
    guard costs[at].batch > 0 else { return nil }
    return coordinates.marks.firstIndex(of: coordinates.parts[at]).map { costs.count + $0 }
  }

  /// Drops states that another one beats whatever follows.
  private func trimmed(_ states: [State], slot: Int, beam: Int?) -> [State] {
    var kept = states
    if let best = states.min(by: { $0.settled < $1.settled }) {
      kept = states.filter { !beats(best, $0) }
    }
    if let beam, kept.count > beam {
      kept.sort {
        $0.settled != $1.settled
          ? $0.settled < $1.settled : $0.path.lexicographicallyPrecedes($1.path)
      }
      kept.removeLast(kept.count - beam)
    }
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
