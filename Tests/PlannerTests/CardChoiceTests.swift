import CatalogModel
import DialectTestSupport
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite("Choices of network cards")
struct CardChoiceTests {
  /// Two groups of hosts, each with two cards that the plan chooses.
  private func site(
    ratio: String, tor: String, hosts: Int
  ) throws -> Site {
    try Built.site(
      """
      tenfold: 1
      prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
      racks: 2
      hosts:
        - { name: a, count: \(hosts), nics: [{ model: any, carries: [csv, storage] }, { model: any, carries: [tenant] }] }
        - { name: b, count: 2, nics: [{ model: any, carries: [csv, storage] }, { model: any, carries: [tenant] }] }
      traffic: { rdma: required, storage: yes, tenant-vlans: [20] }
      requirements: { designs: [spine-leaf], oversubscription: \(ratio), tor-models: [\(tor)] }
      """)
  }

  /// Many choices are looked at by several threads; whether there is a plan and which is best do
  /// not depend on that.
  @Test(
    "Whether any will do is answered as by the search for the best",
    arguments: [
      ("4:1", "dell-n4032f", 6), ("4:1", "dell-s4810", 6), ("1:4", "dell-n4032f", 6),
      ("2:1", "dell-s4810", 20), ("1:1", "dell-n4032f", 24),
    ])
  func feasible(_ ratio: String, _ tor: String, _ hosts: Int) throws {
    let options = PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all)
    let catalog = try Built.catalog.get()
    let site = try site(ratio: ratio, tor: tor, hosts: hosts)
    let best = try Planner.solve(site: site, catalog: catalog, options: options)
    let isFeasible = try Planner.isFeasible(site: site, catalog: catalog, options: options)
    #expect(isFeasible == (best != nil))
    #expect(try Planner.solve(site: site, catalog: catalog, options: options)?.key == best?.key)
  }
}
