import BruteForce
import Quantities
import SiteModel

var coverage = Coverage()
let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let first = arguments.first ?? 1
let count = arguments.dropFirst().first ?? 300
let classify = arguments.count < 3
let clock = ContinuousClock()
for seed in first..<(first + count) {
  let start = clock.now
  let (site, catalog) = RandomInstance.make(seed: seed)
  let outcome = BruteForce.solve(
    site: site, catalog: catalog, dialects: RandomInstance.dialects,
    pairDialects: RandomInstance.pairDialects)
  let solved = clock.now
  if classify { coverage.add(Coverage(outcome, site: site, catalog: catalog)) }
  if outcome.plan == nil {
    var names: [String] = []
    func relax(_ name: String, _ change: (inout Site) -> Void) {
      var s = site
      change(&s)
      if BruteForce.solve(site: s, catalog: catalog, dialects: RandomInstance.dialects,
        pairDialects: RandomInstance.pairDialects).plan != nil { names.append(name) }
    }
    relax("unknown") { $0.requirements.allowsUnknown = true }
    relax("third") { $0.requirements.thirdPartyOptics = true }
    relax("ratio") { $0.requirements.oversubscription = Rational(1000); $0.requirements.oversubscriptionAfterFailure = Rational(1000) }
    relax("room") { for i in $0.room.racks.indices { $0.room.racks[i].freeUnits = nil; $0.room.racks[i].freePower = nil } }
    relax("air") { for i in $0.room.racks.indices { $0.room.racks[i].airflow = nil; $0.room.racks[i].outlet = nil } }
    relax("rdma") { $0.traffic.rdma = .none }
    relax("unconf") { $0.requirements.allowsUnconfigured = true }
    relax("psu") { $0.requirements.spinePowerSupplies = 1; $0.requirements.torPowerSupplies = 1 }
    relax("core") { $0.core = nil }
    relax("mgmt") { $0.management.freePorts = nil; $0.management.buySwitch = false }
    relax("freeports") { $0.requirements.freePorts = 0 }
    relax("designs") { $0.requirements.designs = DesignKind.allCases }
    relax("models") { $0.requirements.spineModels = []; $0.requirements.torModels = [] }
    relax("hosts") { s in for i in s.hosts.indices { for j in s.hosts[i].placements.indices { s.hosts[i].placements[j].count = 1 } } }
    relax("closer") { s in s.room.rackWidth = Length(millimetres: 1); s.room.trayHeight = Length(millimetres: 0); for i in s.room.racks.indices { s.room.racks[i].units = 1 } }
    relax("all") { s in
      s.requirements.allowsUnknown = true; s.requirements.thirdPartyOptics = true
      s.requirements.oversubscription = Rational(1000); s.requirements.oversubscriptionAfterFailure = Rational(1000)
      for i in s.room.racks.indices { s.room.racks[i].freeUnits = nil; s.room.racks[i].freePower = nil;s.room.racks[i].airflow = nil; s.room.racks[i].outlet = nil }
      s.traffic.rdma = .none; s.requirements.allowsUnconfigured = true; s.requirements.spinePowerSupplies = 1; s.requirements.torPowerSupplies = 1
      s.core = nil; s.management.freePorts = nil; s.management.buySwitch = false; s.requirements.freePorts = 0; s.requirements.spineModels = []; s.requirements.torModels = []
      for i in s.hosts.indices { for j in s.hosts[i].placements.indices { s.hosts[i].placements[j].count = 1 } } 
      s.room.rackWidth = Length(millimetres: 1); s.room.trayHeight = Length(millimetres: 0); for i in s.room.racks.indices { s.room.racks[i].units = 1 }
    }
    print("INF", seed, names)
  }
  print(seed, solved - start, clock.now - solved, outcome.plan.map { "\($0.goods) \($0.key) \($0.tiedBills)" } ?? "-")
}
print(coverage.table)
