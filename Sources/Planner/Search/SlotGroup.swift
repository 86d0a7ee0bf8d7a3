import PlanProblem
import Quantities

/// One way to fill a group of slots: what it adds itself, and its link roles with their solutions.
struct GroupMode {
  var demand: Demand
  /// Ports of the centre that it takes.
  var use: PortUse?
  var now: Rational
  /// Solutions of each role, cheapest first.
  var roles: [(role: RoleLinks, solutions: [CostedSolution])]
  /// Elements of the key of M7: a text, then the solutions of as many of the next roles.
  var elements: [(text: String, roles: Int)]
  /// Index in the caller's list; set by `SlotGroup`.
  fileprivate(set) var origin = 0

  init(
    demand: Demand = Demand(), use: PortUse? = nil, now: Rational = .zero,
    roles: [(role: RoleLinks, solutions: [CostedSolution])] = [],
    elements: [(text: String, roles: Int)]
  ) {
    self.demand = demand
    self.use = use
    self.now = now
    self.roles = roles
    self.elements = elements
  }

  /// For each role what follows its solution in the key.
  var separators: [String] {
    elements.flatMap { element in
      (0..<element.roles).map { $0 + 1 < element.roles ? ":" : "" }
    }
  }
}

/// Slots that hang together: the choice of a mode, then a solution for each of its roles.
///
/// Roles are slots of their own since ways that agree in what they add are one state after each of
/// them: all combinations of solutions in one slot would be their product.
struct SlotGroup {
  /// In ascending order of key; all have the same numbers of elements and of roles.
  var modes: [GroupMode]

  /// - Parameter modes: in any order; of two that are alike in all but the key, the first in order
  ///   of key is kept.
  init(_ modes: [GroupMode]) {
    let ordered = modes.enumerated().sorted { left, right in
      for (a, b) in zip(left.element.elements, right.element.elements) where a.text != b.text {
        return a.text.precedesInBytes(b.text)
      }
      return left.offset < right.offset
    }.map { entry in
      var mode = entry.element
      mode.origin = entry.offset
      return mode
    }
    var seen = Set<Effect>()
    self.modes = ordered.filter { seen.insert(Effect($0)).inserted }
  }

  init(_ mode: GroupMode) { modes = [mode] }

  /// All that a mode does to a state.
  private struct Effect: Hashable {
    var parts: [Int]
    var testFirst: [Int]
    var use: PortUse?
    var now: Rational
    var roles: [Role]

    init(_ mode: GroupMode) {
      parts = mode.demand.parts.flatMap { [$0.part, $0.count] }
      testFirst = mode.demand.testFirst
      use = mode.use
      now = mode.now
      roles = mode.roles.map(\.role.role)
    }
  }
}
