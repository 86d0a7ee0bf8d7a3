import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// Fills all slots of one structure at least cost, exactly.
///
/// Slots that share no part and no port do not touch each other: cost, parts and draw add up, and
/// each component's best way is part of the whole's best way, at every step of the tie-breaks. So
/// each component is searched alone.
struct SlotSearch {
  let table: SlotTable
  /// Counts before the first slot.
  let start: [Int32]
  private let components: [ComponentSearch]

  /// - Parameters:
  ///   - costs: of each of the coordinates' parts.
  ///   - ports: of the centre.
  ///   - crowd: states of one slot from which on a closer bound is made.
  ///   - budget: what the search may take.
  init(
    _ table: SlotTable, _ coordinates: Coordinates, start: [Int32], costs: [PartCost],
    ports: PortRoom, crowd: Int, budget: SearchBudget
  ) {
    self.table = table
    self.start = start
    let owners = SlotSearch.owners(table.slots, coordinates)
    components = (Set(owners.slots).sorted() + [-1]).map { owner in
      ComponentSearch(
        table, members: table.slots.indices.filter { owners.slots[$0] == owner },
        Projection(coordinates, own: owners.coordinates.map { $0 == owner }), start: start,
        costs: costs, ports: ports, crowd: crowd, budget: budget)
    }
  }

  /// The component of each slot and of each coordinate, by the first slot in it; -1 for
  /// coordinates that no slot adds to.
  private static func owners(
    _ slots: [Slot], _ coordinates: Coordinates
  ) -> (slots: [Int], coordinates: [Int]) {
    var parent = Array(slots.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parent[index] != index { index = parent[index] }
      return index
    }
    func join(_ a: Int, _ b: Int) {
      let (a, b) = (root(a), root(b))
      parent[max(a, b)] = min(a, b)
    }
    let firstMark = coordinates.parts.count
    let firstPort = coordinates.firstPort
    var first = [Int](repeating: -1, count: coordinates.count)
    var modeSlot = 0
    for (index, slot) in slots.enumerated() {
      if slot.role == nil { modeSlot = index }
      // What a role can be filled with depends on the mode.
      if slot.options.count > 1 { join(modeSlot, index) }
      for option in slot.options.joined() {
        for add in option.adds {
          // All ports of the centre hang together; a mark hangs on its part.
          let at = add.at >= firstPort ? firstPort : add.at
          if first[at] < 0 { first[at] = index } else { join(first[at], index) }
        }
      }
    }
    var owner = first.map { $0 < 0 ? -1 : root($0) }
    for at in firstPort..<max(firstPort, coordinates.count) { owner[at] = owner[firstPort] }
    for (offset, mark) in coordinates.marks.enumerated() {
      if let at = coordinates.parts.firstIndex(of: mark) { owner[firstMark + offset] = owner[at] }
    }
    return (slots.indices.map(root), owner)
  }

  /// The best answer that costs at most `bound` minor units; `nil` when there is none. With a
  /// `beam` only that many states go on, so that the answer may not be the best.
  func best(bound: Int64?, beam: Int?) -> SlotAnswer? {
    let limit = bound.map { $0.multipliedReportingOverflow(by: 1024) }
    let total = limit.map { $0.overflow ? Int64.max / 4 : $0.partialValue } ?? Int64.max / 4
    var least = components.map(\.least)
    var spare = total - least.reduce(0, +)
    guard spare >= 0 else { return nil }
    var answers = [SlotAnswer?](repeating: nil, count: components.count)
    /// What an answer costs beyond the least is no longer there for others; `false` when it was not
    /// there at all.
    func take(_ answer: SlotAnswer, at place: Int) -> Bool {
      answers[place] = answer
      spare -= max(0, answer.goods * 1024 - least[place])
      // Bounds are rounded down.
      guard spare >= -1024 else { return false }
      spare = max(0, spare)
      return true
    }
    var crowds: [(place: Int, bound: DualBound)] = []
    for (place, component) in components.enumerated() {
      if let beam {
        guard let answer = component.glance(most: least[place] + spare, beam: beam),
          take(answer, at: place)
        else { return nil }
        continue
      }
      switch component.look(most: least[place] + spare) {
      case .answer(let answer):
        guard let answer, take(answer, at: place) else { return nil }
      case .crowd:
        let bound = component.closeBound(most: least[place] + spare)
        crowds.append((place, bound))
        spare -= max(0, bound.least - least[place])
        least[place] = max(least[place], bound.least)
        guard spare >= 0 else { return nil }
      }
    }
    for (place, bound) in crowds {
      guard let answer = components[place].best(most: least[place] + spare, bound),
        take(answer, at: place)
      else { return nil }
    }
    let whole = sum(answers.compactMap { $0 })
    if let bound, whole.goods > bound { return nil }
    return whole
  }

  /// One answer of one for each component.
  private func sum(_ answers: [SlotAnswer]) -> SlotAnswer {
    var whole = SlotAnswer(
      goods: 0, now: .zero, distinct: 0, draw: 0,
      picks: [Int32](repeating: -1, count: table.slots.count))
    for (component, answer) in zip(components, answers) {
      whole.goods += answer.goods
      whole.now = max(whole.now, answer.now)
      whole.distinct += answer.distinct
      whole.draw += answer.draw
      for (slot, pick) in zip(component.members, answer.picks) { whole.picks[slot] = pick }
    }
    return whole
  }
}

/// What the centre can hold.
struct PortRoom {
  let variant: SwitchVariant
  /// Ports that stay free in every group with host links.
  let free: Int

  func fits(_ use: PortUse) -> Bool { variant.fits(use, freePorts: free) }
}
