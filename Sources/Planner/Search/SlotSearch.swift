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
  var counts: [Int32]
}

/// Fills slots at least cost, exactly.
///
/// Slot after slot it keeps every reachable state: units of each part, test marks, ports of the
/// centre, worst oversubscription. What was chosen so far matters to the future only through the
/// state, so of two ways to the same state the one with the smaller key is kept and nothing is
/// lost. A state goes when even the linear lower bound of the rest puts it above a known answer.
struct SlotSearch {
  let context: SearchContext
  let structure: CentreStructure
  let coordinates: Coordinates
  let slots: [Slot]
  /// Counts before the first slot.
  let start: [Int32]
  private let unit: [Int64]
  private let pack: [Int64]
  private let spare: [Rational]
  private let draws: [Int64]

  private struct State {
    var counts: [Int32]
    var now: Rational
    var linear: Int64
    var path: [Int32]
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
    let problem = context.problem
    unit = coordinates.parts.map { problem.prices.chosen[$0]?.unit ?? 0 }
    pack = coordinates.parts.map { Int64(max(1, problem.catalog.parts[$0].packSize)) }
    spare = coordinates.parts.map { problem.prices.spareRate[$0] }
    draws = coordinates.parts.map { index in
      let part = problem.catalog.parts[index]
      return (part.asSwitch?.maxPower ?? part.asModule?.maxPower)?.milliwatts ?? 0
    }
  }

  /// Lower bound of the slots from `index` on.
  private func suffixes() -> [Int64] {
    var sums = [Int64](repeating: 0, count: slots.count + 1)
    for index in slots.indices.reversed() {
      sums[index] = sums[index + 1] + (slots[index].options.map(\.linear).min() ?? 0)
    }
    return sums
  }

  /// The best answer that costs at most `bound` minor units; `nil` when there is none. With a
  /// `beam` only that many states go on, so that the answer may not be the best.
  func best(bound: Int64?, beam: Int?) -> SlotAnswer? {
    let rest = suffixes()
    let limit = bound.map { $0.multipliedReportingOverflow(by: 1024) }
    let most = limit.map { $0.overflow ? Int64.max : $0.partialValue } ?? .max
    let first = linear(of: start)
    var states = [State(counts: start, now: .zero, linear: first, path: [])]
    guard first + rest[0] <= most else { return nil }
    for (index, slot) in slots.enumerated() {
      var next: [State] = []
      var seen: [StateKey: Int] = [:]
      for state in states {
        for (choice, option) in slot.options.enumerated() {
          let linear = state.linear + option.linear
          guard linear + rest[index + 1] <= most else { continue }
          guard let counts = added(option, to: state.counts) else { continue }
          let key = StateKey(counts: counts, now: max(state.now, option.now))
          let path = state.path + [Int32(choice)]
          if let at = seen[key] {
            if path.lexicographicallyPrecedes(next[at].path) { next[at].path = path }
          } else {
            seen[key] = next.count
            next.append(State(counts: counts, now: key.now, linear: linear, path: path))
          }
        }
      }
      if let beam, next.count > beam {
        next.sort {
          $0.linear != $1.linear
            ? $0.linear < $1.linear : $0.path.lexicographicallyPrecedes($1.path)
        }
        next.removeLast(next.count - beam)
      }
      states = next
      if states.isEmpty { return nil }
    }
    var best: SlotAnswer?
    for state in states {
      let answer = answer(state)
      if let bound, answer.goods > bound { continue }
      if let rival = best, !SlotSearch.precedes(answer, rival) { continue }
      best = answer
    }
    return best
  }

  static func precedes(_ left: SlotAnswer, _ right: SlotAnswer) -> Bool {
    if left.goods != right.goods { return left.goods < right.goods }
    if left.now != right.now { return left.now < right.now }
    if left.distinct != right.distinct { return left.distinct < right.distinct }
    if left.draw != right.draw { return left.draw < right.draw }
    return left.path.lexicographicallyPrecedes(right.path)
  }

  private func added(_ option: SlotOption, to counts: [Int32]) -> [Int32]? {
    var sum = counts
    let marks = coordinates.parts.count..<(coordinates.parts.count + coordinates.marks.count)
    var touchesPorts = false
    for add in option.adds {
      let (value, overflow) = sum[add.at].addingReportingOverflow(add.count)
      if overflow { return nil }
      sum[add.at] = marks.contains(add.at) ? 1 : value
      if add.at >= marks.upperBound { touchesPorts = true }
    }
    if touchesPorts {
      let free = context.site.requirements.freePorts
      guard structure.variant.fits(coordinates.use(sum), freePorts: free) else { return nil }
    }
    return sum
  }

  private func linear(of counts: [Int32]) -> Int64 {
    var sum: Int64 = 0
    for (at, part) in coordinates.parts.enumerated() {
      sum += context.linear[part] * Int64(counts[at])
    }
    return sum
  }

  private func answer(_ state: State) -> SlotAnswer {
    var goods: Int64 = 0
    var distinct = 0
    var draw: Int64 = 0
    for (at, part) in coordinates.parts.enumerated() where state.counts[at] > 0 {
      let needed = Int64(state.counts[at])
      let mark = coordinates.marks.firstIndex(of: part).map {
        state.counts[coordinates.parts.count + $0] > 0
      }
      let batch = mark == true ? Int64(context.site.requirements.testFirst) : 0
      goods +=
        unit[at]
        * PriceBook.packs(
          needed: needed, spareRate: spare[at], testFirst: batch, packSize: pack[at])
      distinct += 1
      draw += draws[at] * needed
    }
    return SlotAnswer(
      goods: goods, now: state.now, distinct: distinct, draw: draw, path: state.path,
      counts: state.counts)
  }
}
