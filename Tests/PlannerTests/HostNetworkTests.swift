import Audit
import Fabric
import Quantities
import SiteModel
import Testing

@testable import Planner

/// Which VLANs reach which host ports, and what their owners are told.
@Suite("Networks of hosts")
struct HostNetworkTests {
  private func fabric(_ changes: (String, String)...) throws -> Fabric {
    var text = try #require(Built.sites["linked-pair"])
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return try Built.plan(Built.site(text)).fabric
  }

  /// VLANs on the edge ports of each switch.
  private func edges(_ fabric: Fabric, to group: String = "hv") -> [Set<[Int]>] {
    fabric.intents.map { intent in
      let near = Set(
        fabric.links.filter { $0.role == .host && $0.b.node.hasPrefix(group + "-") }
          .filter { $0.a.node == intent.hostname }.map(\.a.port))
      return Set(
        intent.ports.filter { near.contains($0.name) }.map { $0.membership.tagged.map(\.number) })
    }
  }

  private func vlans(_ fabric: Fabric, _ purpose: VLANPurpose) -> [VLAN] {
    fabric.vlans.filter { $0.purpose == purpose }
  }

  @Test("Virtual ports beside guests are tied to the port of their fabric")
  func tied() throws {
    let fabric = try fabric()
    let ports = fabric.virtualPorts(of: fabric.site.hosts[0])
    #expect(!ports.contains { !$0.isTied })
    #expect(
      ports.map { "\($0.name) \($0.port)" } == [
        "csv-a-1 nic1-p1", "csv-a-2 nic2-p1", "csv-b-1 nic1-p2", "csv-b-2 nic2-p2",
        "live-migration-a-1 nic1-p1", "live-migration-a-2 nic2-p1", "live-migration-b-1 nic1-p2",
        "live-migration-b-2 nic2-p2",
      ])
    let point = try #require(
      fabric.confirmations.first { $0.question.contains("Set-VMNetworkAdapterTeamMapping") })
    #expect(point.kind == .owner && point.subject == "hv")
    #expect(point.question.contains("csv-b-2 to nic2-p2"))
    #expect(vlans(fabric, .csv).map(\.side) == [.a, .b])
  }

  @Test("Cards without guests have no virtual ports")
  func plain() throws {
    let fabric = try fabric(
      (
        "count: 2, attach: new-fabric, carries: [csv, live-migration, tenant] }",
        "attach: new-fabric, carries: [csv, live-migration] }\n"
          + "      - { model: X520-DA2, attach: new-fabric, carries: [tenant] }"
      ))
    #expect(fabric.virtualPorts(of: fabric.site.hosts[0]).isEmpty)
    #expect(!fabric.confirmations.contains { $0.question.contains("virtual port") })
  }

  @Test("Where nobody can tie a virtual port, its VLAN is on both fabrics and still stays inside")
  func loose() throws {
    var fabric = try fabric(("windows-server-2019", "windows-server-2012r2"))
    #expect(Auditor.audit(fabric).findings == [])
    for purpose in [VLANPurpose.csv, .liveMigration] {
      let own = vlans(fabric, purpose)
      #expect(own.count == 2 && own.allSatisfy { $0.side == nil && !$0.mayLeave })
      #expect(own.map(\.name) == ["\(purpose.rawValue)-a", "\(purpose.rawValue)-b"])
      // One address for each port, as with a network on each fabric.
      for vlan in own {
        let subnet = try #require(fabric.subnets.first { $0.vlan == vlan.id })
        #expect(subnet.assignments.count == 2 * fabric.hosts.count)
      }
    }
    let storage = (vlans(fabric, .csv) + vlans(fabric, .liveMigration)).map(\.id.number)
    for sets in edges(fabric) { #expect(sets == [[20, 30] + storage]) }
    for intent in fabric.intents {
      let core = try #require(intent.lags.first { $0.number == 100 })
      #expect(core.membership.tagged.map(\.number) == [20, 30])
    }
    let point = try #require(
      fabric.confirmations.first { $0.question.contains("ties no virtual port") })
    #expect(point.kind == .owner && point.subject == "hv")
    #expect(!fabric.confirmations.contains { $0.question.contains("TeamMapping") })

    // A VLAN that misses the port of one side is found.
    let port = try #require(fabric.intents[1].ports.firstIndex { $0.edge })
    fabric.intents[1].ports[port].membership.tagged.removeAll { $0.number == storage[0] }
    #expect(Auditor.audit(fabric).findings.contains { $0.rule == "host-vlans" })
  }

  @Test("A VLAN on one fabric is no way for virtual ports that nobody can tie")
  func looseAudited() throws {
    var fabric = try fabric()
    #expect(Auditor.audit(fabric).findings == [])
    fabric.site.hosts[0].os = "windows-server-2012r2"
    let rules = Set(Auditor.audit(fabric).findings.map(\.rule))
    #expect(rules.isSuperset(of: ["vlan-plan", "host-vlans"]))
  }

  private func mixed(_ traffic: String) throws -> Fabric {
    let text = try #require(Built.sites["linked-pair"])
      .replacing("count: 2, attach", with: "attach")
      .replacing(
        "traffic: {",
        with: """
            - name: kvm
              racks: { r2: 2 }
              os: proxmox-8
              nics: [ { model: X520-DA2, attach: new-fabric, carries: [\(traffic), tenant] } ]
          traffic: {
          """
      )
      .replacing(
        "carries: [csv, live-migration, tenant]", with: "carries: [csv, \(traffic), tenant]")
    return try Built.plan(Built.site(text)).fabric
  }

  @Test("Linux hosts take nothing from the two live-migration networks of Windows hosts")
  func kinds() throws {
    let fabric = try mixed("live-migration")
    #expect(Auditor.audit(fabric).findings == [])
    let own = vlans(fabric, .liveMigration)
    #expect(own.map(\.side) == [nil, .b])
    #expect(own.map(\.name) == ["live-migration-a", "live-migration-b"])
    let (a, b) = (own[0].id.number, own[1].id.number)
    let csv = vlans(fabric, .csv).map(\.id.number)
    #expect(edges(fabric) == [[[20, 30, csv[0], a]], [[20, 30, csv[1], b]]])
    #expect(edges(fabric, to: "kvm") == [[[20, 30, a]], [[20, 30, a]]])
    // Five Windows hosts have an address in each, two Linux hosts one in the first.
    #expect(
      fabric.subnets.filter { own.map(\.id).contains($0.vlan) }.map(\.assignments.count) == [7, 5])
    #expect(
      fabric.confirmations.contains {
        $0.subject == "live-migration" && $0.question.contains("hosts of one kind alone")
      })
    let bond = try #require(fabric.confirmations.first { $0.question.contains("active-backup") })
    #expect(bond.subject == "kvm" && bond.question.contains("live-migration-a"))
    #expect(!bond.question.contains("live-migration-b"))
  }

  @Test("A Linux host that is cut off from its one network is found")
  func kindsAudited() throws {
    var fabric = try mixed("live-migration")
    let vlan = try #require(vlans(fabric, .liveMigration).first).id
    // The peer link still passes the VLAN; the second switch no longer gives it to Linux hosts.
    for port in fabric.intents[1].ports.indices where fabric.intents[1].ports[port].edge {
      fabric.intents[1].ports[port].membership.tagged.removeAll { $0 == vlan }
    }
    let rules = Set(Auditor.audit(fabric).findings.map(\.rule))
    #expect(rules.isSuperset(of: ["host-vlans", "survives-any-loss"]))
  }

  @Test("Storage joins hosts of all kinds in one network, and its owner is told")
  func storage() throws {
    let fabric = try mixed("storage")
    #expect(Auditor.audit(fabric).findings == [])
    #expect(vlans(fabric, .storage).map(\.side) == [nil])
    #expect(
      fabric.confirmations.contains {
        $0.subject == "storage" && $0.question.contains("have no SMB Multichannel")
      })
  }
}
