import PlanProblem
import Quantities

/// One option of a slot, in numbers.
struct SlotOption {
  /// Coordinates of the state and what is added to them.
  var adds: [(at: Int, count: Int32)]
  var now: Rational
  /// Lower bound of the cost in 1/1024 minor units.
  var linear: Int64
  /// Elements of the key of M7.
  var key: [String]
  /// Index in the caller's list.
  var origin: Int
}

/// A place where exactly one option must be taken.
struct Slot {
  /// In ascending order of key.
  var options: [SlotOption]
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

  /// Collects the coordinates that a set of demands touches.
  init(_ demands: [Demand], groups: Int) {
    parts = Set(demands.flatMap { $0.parts.map(\.part) }).sorted()
    marks = Set(demands.flatMap(\.testFirst)).sorted()
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
    let base = parts.count + marks.count
    for (offset, value) in use.counts.enumerated() where value > 0 {
      adds.append((base + offset, Int32(clamping: value)))
    }
    return adds
  }

  /// Ports of the centre in a state.
  func use(_ counts: [Int32]) -> PortUse {
    var use = PortUse(groups: groups)
    let base = parts.count + marks.count
    for group in 0..<groups {
      use[native: group] = Int(counts[base + 3 * group])
      use[split: group] = Int(counts[base + 3 * group + 1])
      use[hosts: group] = Int(counts[base + 3 * group + 2])
    }
    return use
  }
}
