import Fabric
import Quantities
import TenfoldTestSupport
import Testing

@testable import Lab

/// Labs of the plans of examples, without building any.
@Suite struct LabPlanTests {
  static let examples = ["starter-pair", "medium", "copper", "fibre-rows"]

  static func fabric(_ name: String) throws -> Fabric {
    let path = "examples/\(name)/expected/plan.json"
    return try FabricJSON.fabric(from: Repository.bytes(path), file: path)
  }

  private func lab(_ example: String, _ cut: LabCut = LabCut()) throws -> LabPlan {
    LabPlan(cut.applied(to: try Self.fabric(example)), name: LabName(site: example))
  }

  @Test("Names are unique, and short enough for the kernel", arguments: examples)
  func names(_ example: String) throws {
    let plan = try lab(example)
    #expect(plan.unusableNames == [])
    let namespaces = plan.nodes.compactMap { plan.name.namespace(of: $0) }
    #expect(Set(namespaces).count == plan.nodes.count)
    #expect(Set(plan.nodes.map(\.folder)).count == plan.nodes.count)
  }

  @Test("Names of two labs never meet")
  func labs() throws {
    let (short, long) = (try #require(LabName("a")), try #require(LabName("a-b")))
    #expect(short.namespace(of: .host("b-c")) != long.namespace(of: .host("c")))
    #expect(LabName("") == nil)
    #expect(LabName("a/b") == nil)
    #expect(LabName("..") == nil)
    #expect(LabName("-a") == nil)
    #expect(LabName(site: "Werk Süd 1").description == "werk-s--d-1")
    #expect(LabName(site: "///").description == "lab")
  }

  @Test("Every host port is plugged in, every network is on one base", arguments: examples)
  func hosts(_ example: String) throws {
    let plan = try lab(example)
    #expect(plan.hosts.count == plan.fabric.hosts.count)
    let ends = plan.hosts.flatMap { $0.ports.map(\.link.a) }
    #expect(Set(ends).count == ends.count)
    for end in ends { #expect(plan.switchPort(end) != nil) }
    for host in plan.hosts {
      let own = plan.fabric.subnets.flatMap(\.assignments).filter { $0.node == host.name }
      #expect(host.networks.count == own.count)
      #expect(host.bases.flatMap(\.ports).sorted() == Array(host.ports.indices))
    }
    let addresses = plan.hosts.flatMap { $0.ports.map(\.mac) }
    #expect(Set(addresses).count == addresses.count)
  }

  @Test("Hosts of starter-pair have a virtual switch a port, those of medium a bond for guests")
  func forms() throws {
    let starter = try lab("starter-pair").hosts[0]
    #expect(starter.bases.map(\.form) == [.port, .port])
    #expect(starter.bases[0].networks.map(\.interface) == ["v711", "v721"])
    #expect(starter.ports.map(\.mtu) == [9000, 9000])
    let medium = try lab("medium").hosts[0]
    #expect(medium.bases.map(\.form) == [.port, .port, .bond])
    #expect(medium.ports.map(\.mtu) == [9000, 9000, 1500, 1500])
    #expect(try lab("copper").hosts[0].bases.map(\.form) == [.tied])
    #expect(try !lab("copper").showsTeams)
  }

  @Test("Links of a ToR to a pair of spines are one LAG, and those to the core another")
  func trunks() throws {
    let plan = try lab("medium")
    #expect(plan.trunks.count == 13)
    #expect(plan.trunks.allSatisfy { $0.members.count == 4 && !$0.bondA.isEmpty })
    #expect(Set(plan.trunks.flatMap { [$0.bondA, $0.bondB] }).count == 26)
    #expect(plan.trunks.count { $0.membershipB == nil } == 1)
    #expect(plan.bridges.first?.switches == ["spine-1", "spine-2"])
    #expect(plan.bridges.count == 14)
    #expect(try lab("starter-pair").core == nil)
  }

  @Test("A cut plan keeps the first hosts of each rack, and nothing that belongs to others")
  func cut() throws {
    let whole = try Self.fabric("medium")
    let fabric = LabCut(hostsPerRack: 2).applied(to: whole)
    #expect(fabric.hosts.count == 12)
    #expect(Set(fabric.hosts.map(\.rack)).count == 6)
    #expect(fabric.devices == whole.devices)
    let names = Set(fabric.hosts.map(\.name))
    let known = names.union(fabric.devices.map(\.name)).union(["management", "core-1"])
    #expect(fabric.links.allSatisfy { known.contains($0.b.node) && known.contains($0.a.node) })
    let cables = Set(fabric.cables.map(\.id))
    #expect(Set(fabric.links.map(\.cable)) == cables)
    #expect(fabric.subnets.flatMap(\.assignments).allSatisfy { names.contains($0.node) })
    #expect(fabric.site.hosts.flatMap(\.placements).map(\.count) == [2, 2, 2, 2, 2, 2])
    let used = Set(fabric.links.flatMap { [$0.a, $0.b] })
    for intent in fabric.intents {
      for port in intent.ports where port.enabled {
        #expect(used.contains(Endpoint(node: intent.hostname, port: port.name)))
      }
    }
    // It is a plan like any other.
    let bytes = try FabricJSON.bytes(fabric)
    #expect(try FabricJSON.fabric(from: bytes, file: "plan.json") == fabric)
  }

  @Test("Addresses that no host has are gone from the plan, and nothing else is")
  func kept() throws {
    let whole = try Self.fabric("medium")
    let all = whole.subnets.flatMap(\.assignments)
    let kept = Set(all.enumerated().filter { $0.offset % 3 > 0 }.map(\.element.address))
    var cut = LabCut.keeping(kept, of: whole)
    #expect(cut.subnets.flatMap(\.assignments) == all.filter { kept.contains($0.address) })
    cut.subnets = whole.subnets
    #expect(cut == whole)
  }

  @Test("A cut to a number of hosts takes them from all racks")
  func most() throws {
    let whole = try Self.fabric("medium")
    let fabric = LabCut(maxHosts: 7).applied(to: whole)
    #expect(fabric.hosts.count == 7)
    #expect(Set(fabric.hosts.map(\.rack)).count == 6)
    #expect(LabCut(hostsPerRack: 99).applied(to: whole) == whole)
  }
}
