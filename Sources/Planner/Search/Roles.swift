import PlanProblem

/// A solution with the linear cost of all links of its role, in 1/1024 minor units.
final class CostedSolution: Sendable {
  let solution: LinkSolution
  let linear: Int64

  init(_ solution: LinkSolution, linear: Int64) {
    self.solution = solution
    self.linear = linear
  }
}

/// Links of one kind that are built alike, all with one solution of a list: `times` times `links`
/// of them.
struct RoleLinks {
  var list: LinkList
  var links: Int
  var times = 1

  /// What tells it apart.
  var role: Role { Role(list: list.id, links: links, times: times) }
}

/// What tells roles apart.
struct Role: Hashable {
  /// Number of the list of solutions.
  var list: Int
  var links: Int
  var times: Int
}

extension SearchContext {
  /// Solutions of a role, cheapest first: all that an optimum can hold and that cost at most
  /// `slack` more than the cheapest, perhaps some dearer ones too.
  func solutions(of links: RoleLinks, slack: Int64) -> [CostedSolution] {
    let role = links.role
    let known = memory.worthwhile.withLock { $0[role] }
    if let known, known.slack >= slack { return known.solutions }
    let found = worthwhile(links.list, role, slack: slack)
    memory.worthwhile.withLock { $0[role] = (found, slack) }
    return found
  }

  /// Linear cost of a role's cheapest solution; `nil` when it has none.
  func least(_ links: RoleLinks) -> Int64? {
    let role = links.role
    return memory.cheapest.value(role) {
      ordered(links.list, role).first.map { costed($0, role).linear }
    }
  }

  /// Linear cost of the cheapest solutions of some roles; `nil` when one has none.
  func least(_ roles: [RoleLinks]) -> Int64? {
    var sum: Int64 = 0
    for role in roles {
      guard let least = least(role) else { return nil }
      sum += least
    }
    return sum
  }

  private func costed(_ solution: LinkSolution, _ role: Role) -> CostedSolution {
    CostedSolution(
      solution, linear: Int64(role.times) * solver.cost(solution, links: role.links))
  }

  /// The solutions of a list, those that cost a role least first.
  private func ordered(_ list: LinkList, _ role: Role) -> [LinkSolution] {
    // The list is in the order for one link, and so for any number of links but those of breakout
    // cables: how many lanes stay empty then depends on the number.
    guard list.solutions.contains(where: { $0.lanes > 1 }) else { return list.solutions }
    let costs = list.solutions.map { solver.cost($0, links: role.links) }
    return costs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }.map { list.solutions[$0] }
  }

  /// Leaves out what one of the cheapest beats whatever else is built in: any of them takes the
  /// same ports.
  private func worthwhile(_ list: LinkList, _ role: Role, slack: Int64) -> [CostedSolution] {
    var kept: [CostedSolution] = []
    var judges: [Demand] = []
    for solution in ordered(list, role) {
      let candidate = costed(solution, role)
      if let least = kept.first?.linear, candidate.linear - least > slack { break }
      var demand = Demand()
      demand.add(candidate.solution, links: role.links, times: role.times)
      demand.normalise()
      if judges.contains(where: { leastSaving(of: $0, over: demand) > 0 }) { continue }
      if judges.count < SearchContext.mostJudges { judges.append(demand) }
      kept.append(candidate)
    }
    return kept
  }
}
