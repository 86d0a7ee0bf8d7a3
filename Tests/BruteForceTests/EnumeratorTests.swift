import BruteForce
import CatalogModel
import SiteModel
import Testing

@Suite struct EnumeratorTests {
  /// Without the counts of ties, which merging may count differently.
  private func answer(_ outcome: BruteOutcome) -> BruteOutcome {
    guard var plan = outcome.plan else { return outcome }
    (plan.tiedBills, plan.tiedChoices) = (0, 0)
    return .feasible(plan)
  }

  @Test("Dropping and merging partial choices changes no answer")
  func exactness() {
    var compared = 0
    for seed in UInt64(10_000)..<10_060 {
      let (site, catalog) = RandomInstance.make(seed: seed)
      guard
        let all = BruteForce.solve(
          site: site, catalog: catalog, dialects: RandomInstance.dialects,
          pairDialects: RandomInstance.pairDialects, steps: 30_000, visitsAll: true)
      else { continue }
      let fast = BruteForce.solve(
        site: site, catalog: catalog, dialects: RandomInstance.dialects,
        pairDialects: RandomInstance.pairDialects)
      #expect(answer(all) == answer(fast), "seed \(seed)")
      #expect(all.plan?.tiedChoices == fast.plan?.tiedChoices, "seed \(seed)")
      if all.plan != nil { compared += 1 }
    }
    #expect(compared >= 15)
  }

  @Test("A seed always gives the same instance, within the limits of size")
  func instances() {
    for seed in UInt64(1)...24 {
      let (site, catalog) = RandomInstance.make(seed: seed)
      #expect(RandomInstance.make(seed: seed) == (site, catalog))
      #expect((1...4).contains(site.room.racks.count))
      #expect(Set(catalog.parts.map(\.id)).count == catalog.parts.count)
      #expect(catalog.parts.count { $0.asSwitch != nil } <= 6)
      #expect(catalog.parts.count { $0.asOptic != nil || $0.asCable != nil } <= 12)
    }
  }
}
