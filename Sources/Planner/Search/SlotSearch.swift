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
  let slots: [Slot]
  /// Counts before the first slot.
  let start: [Int32]
  private let components: [ComponentSearch]

  init(
    context: SearchContext, structure: CentreStructure, coordinates: Coordinates, slots: [Slot],
    start: [Int32], costs: [PartCost]
  ) {
    self.slots = slots
    self.start = start
    let owners = SlotSearch.owners(slots, coordinates)
    components = (Set(owners.slots).sorted() + [-1]).map { owner in
      var own = start
      for at in start.indices where owners.coordinates[at] != owner { own[at] = 0 }
      return ComponentSearch(
        context: context, structure: structure, coordinates: coordinates, slots: slots,
        members: slots.indices.filter { owners.slots[$0] == owner }, start: own, costs: costs)
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
    let firstMark = coordinates.parts.count
    let firstPort = firstMark + coordinates.marks.count
    var first = [Int](repeating: -1, count: coordinates.count)
    for (index, slot) in slots.enumerated() {
      for option in slot.options {
        for add in option.adds {
          // All ports of the centre hang together; a mark hangs on its part.
          let at = add.at >= firstPort ? firstPort : add.at
          if first[at] < 0 {
            first[at] = index
          } else {
            let (a, b) = (root(first[at]), root(index))
            parent[max(a, b)] = min(a, b)
          }
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
    let least = components.map(\.least)
    var spare = total - least.reduce(0, +)
    guard spare >= 0 else { return nil }
    var whole = SlotAnswer(
      goods: 0, now: .zero, distinct: 0, draw: 0,
      path: [Int32](repeating: -1, count: slots.count))
    for (component, own) in zip(components, least) {
      guard let answer = component.best(most: own + spare, beam: beam) else { return nil }
      spare -= max(0, answer.goods * 1024 - own)
      guard spare >= -1024 else { return nil }
      spare = max(0, spare)
      whole.goods += answer.goods
      whole.now = max(whole.now, answer.now)
      whole.distinct += answer.distinct
      whole.draw += answer.draw
      for index in component.members { whole.path[index] = answer.path[index] }
    }
    if let bound, whole.goods > bound { return nil }
    return whole
  }
}
