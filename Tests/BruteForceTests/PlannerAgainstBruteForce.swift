import BruteForce
import OptimumComparison
import Testing

/// A sample of what `scripts/full-check optimum` does over three hundred instances.
@Suite struct PlannerAgainstBruteForce {
  /// Picked from the first three hundred so that each class of the coverage is among them.
  static let seeds: [UInt64] = Array(1...40)

  @Test("The planner's cost and winner equal the enumerator's", arguments: seeds)
  func agrees(seed: UInt64) {
    let comparison = OptimumComparison(seed: seed)
    #expect(comparison.difference == nil, "\(comparison.difference ?? "")")
  }

  @Test("The sample holds every class of instance")
  func covers() {
    var coverage = Coverage()
    for seed in Self.seeds {
      let (site, catalog) = RandomInstance.make(seed: seed)
      let outcome = BruteForce.solve(
        site: site, catalog: catalog, dialects: RandomInstance.dialects,
        pairDialects: RandomInstance.pairDialects)
      coverage.add(Coverage(outcome, site: site, catalog: catalog))
    }
    for (path, name) in Coverage.rows {
      #expect(coverage[keyPath: path] > 0, "\(name)")
    }
  }
}
