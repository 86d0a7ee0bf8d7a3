import PlanProblem
import Quantities

/// The best way to fill slots.
struct SlotAnswer {
  var goods: Int64
  var now: Rational
  var distinct: Int
  var draw: Int64
  /// Chosen option of each slot, as index in its list; -1 for slots of other components.
  var picks: [Int32]
}

/// Fills the slots of one component at least cost, exactly, slot after slot.
///
/// What was chosen so far matters to the future only through a few numbers: of each part that can
/// still be added, the remainder of its units modulo the period of its rounding; ports of the centre;
/// the worst oversubscription; the mode of a group whose roles are not all filled. Ways that agree
/// in these are one state, of which the best is kept: by cost so far, distinct parts, draw, then
/// key. A state is dropped when
/// - a lower bound of the whole is above a known answer: the linear cost of everything, or the cost
///   so far with whole spares plus the rest without any (spares never shrink), or `DualBound`;
/// - one of the cheapest states, with no more ports in use, is cheaper by more than all that
///   rounding can ever give back.
struct ComponentSearch {
  /// Indices of this component's slots, in the order in which they are filled.
  let members: [Int]
  private let table: SlotTable
  private let projection: Projection
  private let ports: PortRoom
  /// Of each of the component's parts.
  let costs: [SettledCost]
  /// States of one slot with which a search goes on without a closer bound.
  let crowd: Int
  private let budget: SearchBudget
  /// Counts before the first slot.
  let start: [Int32]
  /// One for each member.
  let steps: [SlotStep]
  /// Least cost from each step on, by pending mode: linear, and without spares.
  private let linearRest: [[Int64]]
  private let bareRest: [[Int64]]
  /// What decides the key, in its order, with places among the members in place of slots.
  private let positions: [SlotTable.Position]

  private struct State {
    var counts: [Int32]
    var now: Rational
    /// The mode of the group at work; 0 between groups.
    var mode = 0
    /// Minor units spent on what left `counts`.
    var cost: Int64 = 0
    var distinct = 0
    var draw: Int64 = 0
    /// Lower bounds of everything so far, in 1/1024 minor units: with spares as a fraction, and
    /// with whole spares.
    var linear: Int64
    var settled: Int64
    /// Linear cost of what is in `counts`.
    var carried: Int64
    /// Lower bound of everything so far by `DualBound`; 0 without.
    var dual: Int64 = 0
    var picks: [Int32]
  }

  init(
    _ table: SlotTable, members: [Int], _ projection: Projection, start: [Int32],
    costs: [PartCost], ports: PortRoom, crowd: Int, budget: SearchBudget
  ) {
    self.crowd = crowd
    self.budget = budget
    let members = SlotOrder.best(members, table, projection)
    self.table = table
    self.members = members
    self.projection = projection
    self.ports = ports
    self.start = projection.counts(start)
    self.costs = projection.parts.map { SettledCost(costs[$0]) }
    var places = [Int](repeating: -1, count: table.slots.count)
    for (place, slot) in members.enumerated() { places[slot] = place }
    positions = table.positions.filter { places[$0.slot] >= 0 }.map {
      SlotTable.Position(
        slot: places[$0.slot], modeSlot: $0.modeSlot.map { places[$0] }, rank: $0.rank)
    }
    let steps = SlotStep.all(members.map { table.slots[$0] }, projection, self.costs)
    self.steps = steps
    linearRest = SlotStep.rests(steps) { steps[$0].options[$1][$2].linear }
    bareRest = SlotStep.rests(steps) { steps[$0].options[$1][$2].bare }
  }

  /// Lower bound of the component's cost in 1/1024 minor units.
  var least: Int64 { initial().linear + linearRest[0][0] }

  /// - Parameters:
  ///   - bound: a closer bound.
  ///   - limit: the search stops, incomplete, when a slot leaves more states.
  /// - Returns: also the most states that a slot left.
  func fill(
    most: Int64, beam: Int?, bound: DualBound?, limit: Int = .max
  ) -> (answer: SlotAnswer?, isComplete: Bool, most: Int) {
    var peak = 1
    var states = [initial()]
    states[0].dual = bound?.start ?? 0
    if members.isEmpty { retireAll(&states[0]) }
    guard states[0].linear + linearRest[0][0] <= most else { return (nil, true, peak) }
    for place in steps.indices {
      if budget.isSpent { return (nil, true, peak) }
      var index = StateIndex()
      var next: [State] = []
      for state in states {
        guard next.count < SearchBudget.states else {
          budget.spend()
          return (nil, true, peak)
        }
        for (choice, option) in steps[place].options[state.mode].enumerated() {
          guard
            let grown = grown(state, by: option, choice, place, most: most, bound: bound)
          else { continue }
          let hash = ComponentSearch.hash(grown)
          let known = index.find(hash) { ComponentSearch.isSame(next[$0], grown) }
          if let known {
            if isBetter(grown, next[known]) { next[known] = grown }
          } else {
            index.insert(hash, next.count)
            next.append(grown)
          }
        }
      }
      states = trimmed(next, beam: beam) { state in
        bound.map { state.dual + $0.rest[place + 1][state.mode] } ?? state.settled
      }
      peak = max(peak, states.count)
      if states.isEmpty { return (nil, true, peak) }
      if states.count > limit { return (nil, false, peak) }
    }
    let answer = states.filter { $0.cost <= most / 1024 }.min(by: precedes).map {
      SlotAnswer(
        goods: $0.cost, now: $0.now, distinct: $0.distinct, draw: $0.draw, picks: $0.picks)
    }
    return (answer, true, peak)
  }

  private func precedes(_ left: State, _ right: State) -> Bool {
    if left.cost != right.cost { return left.cost < right.cost }
    if left.now != right.now { return left.now < right.now }
    if left.distinct != right.distinct { return left.distinct < right.distinct }
    if left.draw != right.draw { return left.draw < right.draw }
    return keyPrecedes(left.picks, right.picks)
  }

  /// Of two ways to the same state.
  private func isBetter(_ left: State, _ right: State) -> Bool {
    if left.cost != right.cost { return left.cost < right.cost }
    if left.distinct != right.distinct { return left.distinct < right.distinct }
    if left.draw != right.draw { return left.draw < right.draw }
    return keyPrecedes(left.picks, right.picks)
  }

  /// The order of the key of M7, as far as both are filled.
  private func keyPrecedes(_ left: [Int32], _ right: [Int32]) -> Bool {
    for position in positions {
      let (x, y) = (rank(left, position), rank(right, position))
      if x != y { return x < y }
    }
    return false
  }

  private func rank(_ picks: [Int32], _ position: SlotTable.Position) -> Int32 {
    let pick = picks[position.slot]
    guard pick >= 0 else { return -1 }
    let mode = position.modeSlot.map { Int(picks[$0]) } ?? 0
    let list = table.slots[members[position.slot]].options[mode]
    return list[Int(pick)].ranks[position.rank]
  }

  private static func isSame(_ left: State, _ right: State) -> Bool {
    left.mode == right.mode && left.counts == right.counts && left.now == right.now
  }

  private static func hash(_ state: State) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: state.mode) &+ 0x9E37_79B9_7F4A_7C15
    for count in state.counts {
      hash = (hash ^ UInt64(UInt32(bitPattern: count))) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 29
    }
    return hash
  }

  private func initial() -> State {
    var linear: Int64 = 0
    var settled: Int64 = 0
    for (at, cost) in costs.enumerated() {
      linear += cost.part.linear * Int64(start[at])
      settled += cost.settled(Int64(start[at]))
    }
    return State(
      counts: start, now: .zero, linear: linear, settled: settled, carried: linear,
      picks: [Int32](repeating: -1, count: members.count))
  }

  /// A state with an option added; `nil` when it costs too much or the ports do not suffice.
  private func grown(
    _ state: State, by option: SlotStep.Option, _ choice: Int, _ place: Int, most: Int64,
    bound: DualBound?
  ) -> State? {
    let step = steps[place]
    let mode = step.pending(after: choice, state.mode)
    let rest = linearRest[place + 1][mode]
    guard state.linear + option.linear + rest <= most else { return nil }
    var settled = state.settled
    for add in option.adds where add.at < costs.count {
      let before = Int64(state.counts[add.at])
      settled += costs[add.at].settled(before + Int64(add.count)) - costs[add.at].settled(before)
    }
    guard settled + bareRest[place + 1][mode] <= most else { return nil }
    var dual: Int64 = 0
    if let bound {
      dual = state.dual + bound.cost(place, state.mode, choice, after: state.counts)
      guard dual + bound.rest[place + 1][mode] <= most else { return nil }
    }
    var grown = state
    grown.dual = dual
    grown.settled = settled
    grown.mode = mode
    var touchesPorts = false
    for add in option.adds {
      if add.at < costs.count || add.at >= projection.firstPort {
        let (sum, overflow) = grown.counts[add.at].addingReportingOverflow(add.count)
        if overflow { return nil }
        grown.counts[add.at] = sum
        if add.at < costs.count {
          grown.carried += costs[add.at].part.linear * Int64(add.count)
        } else {
          touchesPorts = true
        }
      } else {
        grown.counts[add.at] = 1
      }
    }
    if touchesPorts, !ports.fits(use(grown.counts)) { return nil }
    grown.now = max(state.now, option.now)
    grown.linear += option.linear
    grown.picks[place] = Int32(truncatingIfNeeded: choice)
    settle(&grown, step.isLive, step.portsAreLive, bound)
    if let bound, grown.dual + bound.rest[place + 1][mode] > most { return nil }
    // What left the counts at its true cost, the rest as a fraction.
    guard grown.cost * 1024 + grown.carried + rest <= most else { return nil }
    return grown
  }

  /// Limits of the centre's ports in the component's coordinates.
  var portLimits: [LocalPortLimit] {
    guard projection.ports > 0 else { return [] }
    return ports.variant.portLimits.map { limit in
      let taken = zip(limit.weights, start[projection.firstPort...]).reduce(0) {
        $0 + $1.0 * Int($1.1)
      }
      return LocalPortLimit(
        first: projection.firstPort, weights: limit.weights, capacity: limit.most - taken)
    }
  }

  /// Ports of the centre in a state.
  private func use(_ counts: [Int32]) -> PortUse {
    var use = PortUse(groups: projection.ports / 3)
    for group in 0..<projection.ports / 3 {
      let at = projection.firstPort + 3 * group
      use[native: group] = Int(counts[at])
      use[split: group] = Int(counts[at + 1])
      use[hosts: group] = Int(counts[at + 2])
    }
    return use
  }

  /// Takes out of `counts` what no longer matters to the future.
  private func settle(
    _ state: inout State, _ isLive: [Bool], _ portsAreLive: Bool, _ bound: DualBound?
  ) {
    for at in costs.indices where state.counts[at] > 0 {
      let units = Int64(state.counts[at])
      let cost = costs[at].part
      if isLive[at] {
        let reduced = cost.reduced(units)
        guard reduced < units else { continue }
        let settled = (units - reduced) / cost.period * cost.periodCost
        state.cost += settled
        if let bound { state.dual += settled * 1024 - bound.units[at] * (units - reduced) }
        state.draw += (units - reduced) * cost.draw
        state.carried -= (units - reduced) * cost.linear
        state.counts[at] = Int32(truncatingIfNeeded: reduced)
      } else {
        let mark = markIndex(at)
        let settled = cost.cost(units, marked: mark >= 0 && state.counts[mark] > 0)
        state.cost += settled
        if let bound {
          state.dual += settled * 1024 - bound.units[at] * units - bound.firstSpares[at]
        }
        state.draw += units * cost.draw
        state.carried -= units * cost.linear
        state.distinct += 1
        state.counts[at] = 0
        if mark >= 0 { state.counts[mark] = 0 }
      }
    }
    if !portsAreLive {
      for at in projection.firstPort..<projection.count { state.counts[at] = 0 }
    }
  }

  private func retireAll(_ state: inout State) {
    settle(&state, [Bool](repeating: false, count: costs.count), false, nil)
  }

  /// The mark of a part with a test batch; -1 for none.
  private func markIndex(_ at: Int) -> Int {
    costs[at].part.batch > 0 ? projection.markOfPart[at] : -1
  }

  /// Drops states that another one beats whatever follows; with a `beam`, all but the most
  /// promising.
  private func trimmed(_ states: [State], beam: Int?, by promise: (State) -> Int64) -> [State] {
    let judges = cheapest(states)
    var kept = states.indices.filter { index in
      !judges.contains { beats(states[$0], states[index]) }
    }
    guard let beam, kept.count > beam else { return kept.map { states[$0] } }
    let promises = states.map(promise)
    kept.sort {
      promises[$0] != promises[$1]
        ? promises[$0] < promises[$1] : keyPrecedes(states[$0].picks, states[$1].picks)
    }
    return kept.prefix(beam).map { states[$0] }
  }

  /// Indices of the sixteen states that cost least so far.
  private func cheapest(_ states: [State]) -> [Int] {
    var found: [Int] = []
    for index in states.indices {
      let settled = states[index].settled
      if found.count == 16, settled >= states[found[15]].settled { continue }
      let at = found.firstIndex { states[$0].settled > settled } ?? found.count
      found.insert(index, at: at)
      if found.count > 16 { found.removeLast() }
    }
    return found
  }

  private func beats(_ best: State, _ other: State) -> Bool {
    var margin = other.settled - best.settled
    guard margin > 0, best.mode == other.mode else { return false }
    for at in projection.firstPort..<projection.count where best.counts[at] > other.counts[at] {
      return false
    }
    for at in costs.indices {
      let cost = costs[at].part
      let mark = markIndex(at)
      let differs =
        best.counts[at] != other.counts[at]
        || (mark >= 0 && best.counts[mark] != other.counts[mark])
      if differs { margin -= cost.wobble }
      // A started pack is not in `settled`.
      if cost.pack > 1 { margin -= cost.unit * 1024 }
      if margin <= 0 { return false }
    }
    return margin > 0
  }
}
