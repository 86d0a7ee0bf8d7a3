import PlanProblem
import Quantities

/// One option of a slot, in numbers.
struct SlotOption {
  /// Coordinates of the state and what is added to them.
  var adds: [(at: Int, count: Int32)]
  var now: Rational = .zero
  /// Lower bound of the cost in 1/1024 minor units.
  var linear: Int64
  /// Places in the order of the key of M7 among all that may stand there: for a mode one for each
  /// of its elements, for a solution one.
  var ranks: [Int32] = []
  /// Index of the mode in its group, or of the solution in its role.
  var origin: Int
}

/// A place where exactly one option must be taken.
struct Slot {
  /// Index of its group.
  var group: Int
  /// The role of the group's modes that it fills; `nil` for the choice of the mode.
  var role: Int?
  /// By mode of the group; one list for the choice of the mode. In ascending order of key.
  var options: [[SlotOption]]
}

/// All slots, and how two ways to fill them compare by key.
struct SlotTable {
  private(set) var slots: [Slot] = []
  /// What decides the key of M7, in its order.
  private(set) var positions: [Position] = []

  /// A part of the key.
  struct Position {
    var slot: Int
    /// The slot of the mode, where the slot's list depends on it.
    var modeSlot: Int?
    /// Index in `SlotOption.ranks`.
    var rank: Int
  }

  /// - Parameters:
  ///   - linear: lower bound of the cost of one unit of each part.
  ///   - key: the key of a solution of M3.
  init(
    _ groups: [SlotGroup], _ coordinates: Coordinates, linear: [Int64],
    key: (CostedSolution) -> String
  ) {
    for (index, group) in groups.enumerated() { add(group, index, coordinates, linear, key) }
  }

  private mutating func add(
    _ group: SlotGroup, _ index: Int, _ coordinates: Coordinates, _ linear: [Int64],
    _ key: (CostedSolution) -> String
  ) {
    let first = slots.count
    let elements = group.modes.first?.elements.map(\.roles) ?? []
    let texts = elements.indices.map { place in
      SlotTable.order(group.modes.map { $0.elements[place].text })
    }
    slots.append(
      Slot(
        group: index, role: nil,
        options: [
          group.modes.indices.map { mode in
            let own = group.modes[mode]
            return SlotOption(
              adds: coordinates.adds(own.demand, own.use), now: own.now,
              linear: own.demand.cost(linear),
              ranks: zip(texts, own.elements).map { $0[$1.text] ?? 0 }, origin: mode)
          }
        ]))
    let separators = group.modes.first?.separators ?? []
    for role in separators.indices {
      let keys = group.modes.map { $0.roles[role].solutions.map { key($0) + separators[role] } }
      add(group, index, role: role, keys, coordinates)
    }
    var next = first + 1
    for (place, roles) in elements.enumerated() {
      positions.append(Position(slot: first, modeSlot: nil, rank: place))
      for _ in 0..<roles {
        positions.append(
          Position(slot: next, modeSlot: group.modes.count > 1 ? first : nil, rank: 0))
        next += 1
      }
    }
  }

  /// - Parameter keys: of each solution of each mode, with what follows it in its element.
  private mutating func add(
    _ group: SlotGroup, _ index: Int, role: Int, _ keys: [[String]], _ coordinates: Coordinates
  ) {
    let ranks = SlotTable.order(keys.flatMap { $0 })
    let options = zip(group.modes, keys).map { mode, keys in
      let entry = mode.roles[role]
      let all = entry.solutions.indices.map { origin in
        var demand = Demand()
        demand.add(
          entry.solutions[origin].solution, links: entry.role.links, times: entry.role.times)
        demand.normalise()
        return SlotOption(
          adds: coordinates.adds(demand, nil), linear: entry.solutions[origin].linear,
          ranks: [ranks[keys[origin]] ?? 0], origin: origin)
      }
      return SlotTable.distinct(all.sorted { ($0.ranks[0], $0.origin) < ($1.ranks[0], $1.origin) })
    }
    slots.append(Slot(group: index, role: role, options: options))
  }

  /// Of options that add the same only the first.
  private static func distinct(_ options: [SlotOption]) -> [SlotOption] {
    struct Adds: Hashable {
      var at: [Int]
      var count: [Int32]
    }
    var seen = Set<Adds>()
    return options.filter {
      seen.insert(Adds(at: $0.adds.map(\.at), count: $0.adds.map(\.count))).inserted
    }
  }

  /// The place of each text in the order of bytes.
  private static func order(_ texts: [String]) -> [String: Int32] {
    let sorted = Set(texts).sorted { $0.precedesInBytes($1) }
    return Dictionary(
      uniqueKeysWithValues: sorted.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
  }
}

/// The coordinates of a state: parts, test-batch marks, ports of the centre.
struct Coordinates {
  /// Part index of each of the first coordinates, ascending.
  var parts: [Int]
  /// Optics that may need a test batch, ascending; one mark each after the parts.
  var marks: [Int]
  /// Port groups of the centre; three coordinates each after the marks.
  var groups: Int

  var count: Int { parts.count + marks.count + 3 * groups }
  /// The first of the ports.
  var firstPort: Int { parts.count + marks.count }

  /// Collects the coordinates that groups of slots touch beside what is fixed.
  init(_ fixed: Demand, _ slots: [SlotGroup], groups: Int) {
    var touched = Set(fixed.parts.map(\.part))
    var marked = Set(fixed.testFirst)
    for mode in slots.flatMap(\.modes) {
      touched.formUnion(mode.demand.parts.map(\.part))
      marked.formUnion(mode.demand.testFirst)
      for solution in mode.roles.lazy.flatMap(\.solutions).map(\.solution) {
        touched.insert(solution.cable)
        if let optic = solution.opticA {
          touched.insert(optic)
          if solution.thirdPartyA { marked.insert(optic) }
        }
        if let optic = solution.opticB {
          touched.insert(optic)
          if solution.thirdPartyB { marked.insert(optic) }
        }
      }
    }
    parts = touched.sorted()
    marks = marked.sorted()
    self.groups = groups
  }

  /// The additions of a demand and its ports.
  func adds(_ demand: Demand, _ use: PortUse?) -> [(at: Int, count: Int32)] {
    var adds: [(at: Int, count: Int32)] = []
    var at = 0
    for entry in demand.parts {
      while at < parts.count, parts[at] < entry.part { at += 1 }
      if at < parts.count { adds.append((at, Int32(clamping: entry.count))) }
    }
    at = 0
    for optic in demand.testFirst {
      while at < marks.count, marks[at] < optic { at += 1 }
      if at < marks.count { adds.append((parts.count + at, 1)) }
    }
    guard let use else { return adds }
    for (offset, value) in use.counts.enumerated() where value > 0 {
      adds.append((firstPort + offset, Int32(clamping: value)))
    }
    return adds
  }
}
