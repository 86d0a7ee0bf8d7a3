import BruteForce
import OptimumComparison
import Testing

/// A sample of what `scripts/full-check optimum` does over three hundred instances.
@Suite struct PlannerAgainstBruteForce {
  @Test("The planner's cost and winner equal the enumerator's, in every class of instance")
  func agrees() {
    var coverage = Coverage()
    for seed in UInt64(1)...40 {
      let (site, catalog) = RandomInstance.make(seed: seed)
      let comparison = OptimumComparison(seed: seed, site: site, catalog: catalog)
      #expect(comparison.difference == nil, "\(comparison.difference ?? "")")
      coverage.add(Coverage(comparison.outcome, site: site, catalog: catalog))
    }
    for (path, name) in Coverage.rows {
      #expect(coverage[keyPath: path] > 0, "\(name)")
    }
  }
}
