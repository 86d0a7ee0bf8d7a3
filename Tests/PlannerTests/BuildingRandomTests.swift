import Audit
import BruteForce
import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite struct BuildingRandomTests {
  @Test("The audit finds nothing in the fabrics of random sites with random catalogues")
  func random() throws {
    var designs: [DesignKind: Int] = [:]
    let options = PlanOptions(
      dialects: RandomInstance.dialects, traits: ShippedTraits.all)
    for seed in UInt64(1)...60 {
      var (site, catalog) = RandomInstance.make(seed: seed)
      for index in catalog.parts.indices { catalog.parts[index].nameApart() }
      site.core?.carries = site.traffic.tenantVLANs
      // The audit counts sockets used through another group as taken, the model does not.
      site.requirements.freePorts = 0
      site.addressing.entries = BuildingRandomTests.entries(site)
      guard let solved = try? Planner.solved(site: site, catalog: catalog, options: options),
        let choice = solved.choice
      else { continue }
      let fabric = FabricBuilder.build(
        problem: solved.problem, choice: choice, reasons: [], date: Built.today)
      designs[fabric.design, default: 0] += 1
      // Random ports are not called as a platform calls them.
      for finding in Auditor.audit(fabric).findings where finding.rule != "fits-dialect" {
        Issue.record("seed \(seed): \(finding.rule) \(finding.subject): \(finding.message)")
      }
      let counts = fabric.bom.map { PartCount(part: $0.part, count: $0.needed) }
      #expect(counts.sorted { $0.part < $1.part } == choice.quantities, "seed \(seed)")
      #expect(fabric.totals.goods.minorUnits == choice.goods, "seed \(seed)")
    }
    #expect(DesignKind.allCases.allSatisfy { designs[$0, default: 0] >= 3 })
  }

  /// VLANs and subnets of the storage classes that cards carry.
  private static func entries(_ site: Site) -> [Addressing.Entry] {
    let carried = Set(site.hosts.flatMap { $0.nics.flatMap(\.carries) })
    let classes: [TrafficClass] = [.csv, .liveMigration, .storage]
    return classes.filter { carried.contains($0) }.sorted().enumerated().compactMap { index, kind in
      guard let a = VLANID(701 + 10 * index), let b = VLANID(702 + 10 * index),
        let subnetA = IPv4Subnet("10.\(71 + index).1.0/24"),
        let subnetB = IPv4Subnet("10.\(71 + index).2.0/24")
      else { return nil }
      return Addressing.Entry(
        traffic: kind, vlanA: a, vlanB: b, subnetA: subnetA, subnetB: subnetB)
    }
  }
}

extension Part {
  /// Gives each port group names of its own: random catalogues do not care.
  fileprivate mutating func nameApart() {
    func named(_ groups: [PortGroup], _ prefix: String) -> [PortGroup] {
      groups.map { group in
        var named = group
        named.naming.prefix = "\(prefix) \(group.id) 1/"
        named.split?.lanePrefix = "\(prefix) \(group.id) lane 1/"
        named.split?.laneNumbering = .slash
        return named
      }
    }
    if var spec = asSwitch {
      spec.ports = named(spec.ports, "fixed")
      self.spec = .networkSwitch(spec)
    } else if var spec = asModule {
      spec.ports = named(spec.ports, id.rawValue)
      self.spec = .module(spec)
    }
  }
}
