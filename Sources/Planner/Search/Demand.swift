import PlanProblem

/// Built-in units of parts, and what else a choice adds to the whole.
struct Demand {
  /// Part index and units; a part stands once, ascending, after `normalise`.
  var parts: [(part: Int, count: Int)] = []
  /// Optics that sit in a switch of another vendor; ascending, once each, after `normalise`.
  var testFirst: [Int] = []

  mutating func add(_ part: Int, _ count: Int) {
    if count > 0 { parts.append((part, count)) }
  }

  /// Adds `times` roles of `links` links each.
  mutating func add(_ solution: LinkSolution, links: Int, times: Int = 1) {
    add(solution.cable, solution.cables(links: links) * times)
    if let optic = solution.opticA {
      add(optic, links * times)
      if solution.thirdPartyA { testFirst.append(optic) }
    }
    if let optic = solution.opticB {
      add(optic, links * times)
      if solution.thirdPartyB { testFirst.append(optic) }
    }
  }

  mutating func add(_ bought: [(part: Int, count: Int)], times: Int = 1) {
    for entry in bought { add(entry.part, entry.count * times) }
  }

  mutating func add(_ other: Demand) {
    parts += other.parts
    testFirst += other.testFirst
  }

  /// What it costs at a price of each part.
  func cost(_ prices: [Int64]) -> Int64 {
    parts.reduce(0) { $0 + prices[$1.part] * Int64($1.count) }
  }

  mutating func normalise() {
    parts.sort { $0.part < $1.part }
    var kept = 0
    for index in parts.indices.dropFirst() {
      if parts[index].part == parts[kept].part {
        parts[kept].count += parts[index].count
      } else {
        kept += 1
        parts[kept] = parts[index]
      }
    }
    parts.removeSubrange(min(kept + 1, parts.count)...)
    if testFirst.count > 1 { testFirst = Set(testFirst).sorted() }
  }
}
