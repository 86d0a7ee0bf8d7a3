import Audit
import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite struct BuildingIntentTests {
  @Test(
    "No new switch becomes root while the core's is away: all take the last priorities, ToRs the very last",
    arguments: [
      (24576, [53248, 57344], 61440), (0, [53248, 57344], 61440), (49152, [53248, 57344], 61440),
    ])
  func bridgePriorities(_ root: Int, _ central: [Int], _ tor: Int) throws {
    let plan = try Built.plan(named: "medium")
    var site = plan.problem.site
    site.core?.spanningTree.priority = root
    let problem = try PlanProblem(
      site: site, catalog: plan.problem.catalog, options: plan.problem.options, wantsRDMA: true)
    let fabric = FabricBuilder.build(
      problem: problem, choice: plan.choice, reasons: [], date: Built.today)
    let priorities = fabric.intents.map(\.spanningTree.priority)
    #expect(Array(priorities.prefix(2)) == central)
    #expect(Set(priorities.dropFirst(2)) == [tor])
  }

  @Test("Ports come in the order of the switch, however the catalogue lists their groups")
  func portOrder() throws {
    // The S3048-ON's four SFP+ ports are numbered after its 48 copper ports and listed before.
    let fabric = try Built.plan(
      Built.site(
        """
        tenfold: 1
        prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
        racks: 1
        hosts: { count: 1, nics: [{ model: X520-DA2, carries: [csv, live-migration] }] }
        traffic: { rdma: none }
        requirements: { designs: [spine-leaf], tor-models: [S3048-ON] }
        """)
    ).fabric
    let tor = try #require(fabric.intents.last)
    #expect(tor.ports.count == 52)
    #expect(tor.ports.first?.name == "GigabitEthernet 1/1")
    #expect(tor.ports.last?.name == "TenGigabitEthernet 1/52")
    let traits = try #require(ShippedTraits.of(tor.os))
    #expect(traits.check(tor) == [])
    #expect(fabric.devices.last?.ports.map(\.name) == tor.ports.map(\.name))
    #expect(Auditor.audit(fabric).findings == [])
  }

  @Test("Nothing but what may leave is on the way to the core")
  func leaving() throws {
    let fabric = try Built.plan(named: "medium").fabric
    for intent in fabric.intents.prefix(2) {
      let core = try #require(intent.lags.first { $0.number == 100 })
      #expect(core.membership.tagged.map(\.number) == [20, 30, 40])
      #expect(core.pairLAG == 100)
      #expect(intent.ports.filter { $0.lag == 100 }.allSatisfy { !$0.lossless })
    }
  }

  @Test("Of two separate core boxes one is the standby: two LAGs, the second with its ports shut")
  func separateBoxes() throws {
    let fabric = try Built.plan(named: "copper-pair").fabric
    #expect(
      fabric.intents.flatMap { $0.lags.filter { $0.number == 100 }.map(\.pairLAG) } == [nil, nil])
    #expect(
      fabric.intents.map { $0.ports.filter { $0.lag == 100 }.map(\.enabled) } == [[true], [false]])
    #expect(
      fabric.links.filter { $0.role == .core }.map(\.b.port) == ["left Te1", "right Te1"])
    #expect(
      fabric.confirmations.contains {
        $0.subject == "core-1" && $0.question.contains("standby and shut")
      })
    #expect(Auditor.audit(fabric).findings == [])
  }

  @Test(
    "Each box of an MLAG has half of the links, and each switch reaches both where it can",
    arguments: [(2, [["left"], ["right"]]), (4, [["left", "right"], ["left", "right"]])])
  func boxes(_ uplinks: Int, _ boxes: [[String]]) throws {
    var site = try Built.site(try #require(Built.sites["linked-pair"]))
    site.core?.uplinks = uplinks
    let fabric = try Built.plan(site).fabric
    let links = fabric.links.filter { $0.role == .core }
    let found = fabric.devices.prefix(2).map { device in
      links.filter { $0.a.node == device.name }
        .compactMap { site.core?.port(labelled: $0.b.port)?.box }.sorted()
    }
    #expect(found == boxes)
    #expect(Auditor.audit(fabric).findings == [])
  }

  @Test("Both switches of a pair agree on domain, MAC and VLANs")
  func pairs() throws {
    for name in ["medium", "linked-pair", "split-hosts"] {
      let intents = try Built.plan(named: name).fabric.intents
      let pair = intents.prefix(2).compactMap(\.pair)
      #expect(pair.map(\.unit) == [0, 1])
      #expect(pair.map(\.priority) == [4096, 8192])
      #expect(Set(pair.map(\.systemMAC)).count == 1)
      let mac = try #require(pair[0].systemMAC)
      #expect(mac.hasPrefix("02:") && mac.utf8.count == 17)
      #expect(intents[0].vlans == intents[1].vlans)
    }
  }

  @Test("A pair without a heartbeat has an address that both answer at and nobody has")
  func sharedAddress() throws {
    let plan = try Built.plan(named: "linked-pair")
    var options = plan.problem.options
    for index in options.traits.indices {
      options.traits[index].pair?.sharedAddress = Sourced(true, "X")
      options.traits[index].pair?.heartbeat = Sourced(false, "X")
      options.traits[index].pair?.peerLinkLACP = Sourced(true, "X")
    }
    let problem = try PlanProblem(
      site: plan.problem.site, catalog: plan.problem.catalog, options: options, wantsRDMA: false)
    let fabric = FabricBuilder.build(
      problem: problem, choice: plan.choice, reasons: [], date: Built.today)
    let pair = fabric.intents.compactMap(\.pair)
    let last = try #require(fabric.devices.compactMap(\.managementAddress).max())
    let shared = try #require(pair.first?.sharedAddress)
    #expect(pair.map(\.sharedAddress) == [shared, shared])
    #expect(shared > last && plan.problem.site.management.subnet.contains(shared))
    #expect(pair.map(\.backupDestination) == [nil, nil])
    #expect(fabric.intents.flatMap(\.lags).filter(\.isPeerLink).map(\.lacp) == [true, true])
    #expect(Auditor.audit(fabric).findings == [])

    func rules(_ change: (inout PairIntent) -> Void) -> [String] {
      var changed = fabric
      if var pair = changed.intents[0].pair {
        change(&pair)
        changed.intents[0].pair = pair
      }
      return Set(Auditor.audit(changed).findings.map(\.rule)).sorted()
    }
    let next = IPv4Address(bits: shared.bits + 1)
    #expect(rules { $0.sharedAddress = next } == ["pair-agrees"])
    #expect(rules { $0.sharedAddress = nil } == ["fits-dialect", "pair-agrees"])
    #expect(rules { $0.sharedAddress = last } == ["management-reach", "pair-agrees"])
    #expect(rules { $0.backupDestination = last } == ["fits-dialect", "pair-agrees"])
  }

  @Test("Sites have system MACs of their own")
  func distinctMACs() throws {
    let names = ["medium", "linked-pair", "copper-pair", "split-spine", "modules", "split-hosts"]
    let all = try names.map { try Built.plan(named: $0).fabric.intents[0].pair?.systemMAC }
    #expect(Set(all).count == names.count)
    // Two rooms of one name on one core.
    let text = try #require(Built.sites["linked-pair"])
    let other = try Built.plan(
      Built.site(text + "\nmanagement: { subnet: 192.168.77.0/24 }\n")
    ).fabric
    let own = try Built.plan(named: "linked-pair").fabric
    #expect(other.intents[0].pair?.systemMAC != own.intents[0].pair?.systemMAC)
    #expect(other.intents[0].pair?.systemMAC == other.intents[1].pair?.systemMAC)
  }

  @Test("Islands have neither pair nor LAG, and only the VLANs of their side")
  func islands() throws {
    let fabric = try Built.plan(named: "starter-pair").fabric
    for (intent, side) in zip(fabric.intents, FabricSide.allCases) {
      #expect(intent.pair == nil && intent.lags.isEmpty && intent.uplinkGroups.isEmpty)
      #expect(intent.spanningTree.priority == 32768)
      let own = fabric.vlans.filter { $0.side == side }.map(\.id)
      #expect(intent.vlans.map(\.id) == own)
    }
  }

  @Test("Every hop of RDMA traffic is lossless, guests on cards of their own are not")
  func lossless() throws {
    let fabric = try Built.plan(named: "medium").fabric
    let tor = try #require(fabric.intent("r1-tor-a"))
    #expect(tor.qos != nil)
    #expect(tor.ports.filter { $0.lag == 1 }.allSatisfy { $0.lossless })
    let hosts = tor.ports.filter(\.edge)
    #expect(hosts.allSatisfy { $0.bpduGuard })
    for port in hosts {
      #expect(port.lossless == port.description.contains("nic1"))
    }
    let spine = try #require(fabric.intent("spine-1"))
    #expect(spine.ports.filter { $0.lag == 128 }.allSatisfy { $0.lossless })
  }

  @Test("A ToR takes all its host ports down with its uplinks")
  func uplinkGroups() throws {
    let fabric = try Built.plan(named: "modules").fabric
    let tor = try #require(fabric.intent("r1-tor-a"))
    #expect(tor.uplinkGroups.map(\.upstreamLAGs) == [[1]])
    #expect(tor.uplinkGroups[0].downstream == tor.ports.filter(\.edge).map(\.name))
    #expect(fabric.intents.prefix(2).allSatisfy { $0.uplinkGroups.isEmpty })
  }

  @Test("A switch of a linked pair takes its host ports down with core and peer, not with one")
  func pairUplinkGroups() throws {
    let fabric = try Built.plan(named: "linked-pair").fabric
    for intent in fabric.intents {
      #expect(intent.uplinkGroups.map(\.upstreamLAGs) == [[100, 128]])
      #expect(intent.uplinkGroups[0].downstream == intent.ports.filter(\.edge).map(\.name))
      // Until the core is hooked up, and again without it, the loss of one switch would take the
      // host ports of the other.
      #expect(!intent.uplinkGroups[0].enabled)
    }
    #expect(Auditor.audit(fabric).findings == [])
    var eager = fabric
    for index in eager.intents.indices { eager.intents[index].uplinkGroups[0].enabled = true }
    #expect(Set(Auditor.audit(eager).findings.map(\.rule)) == ["core-away"])
    // The second of two separate boxes is behind a shut port: the loss of the first switch would
    // take the host ports of both.
    let separate = try Built.plan(named: "copper-pair").fabric
    #expect(separate.intents.allSatisfy { $0.uplinkGroups.isEmpty })
    var broken = separate
    for index in broken.intents.indices {
      broken.intents[index].uplinkGroups = [
        UplinkGroupIntent(
          id: 1, upstreamLAGs: [100, 128],
          downstream: broken.intents[index].ports.filter(\.edge).map(\.name))
      ]
    }
    #expect(Auditor.audit(broken).findings.contains { $0.rule == "survives-any-loss" })
    // No core: nothing to lose sight of.
    let alone = try Built.plan(named: "split-hosts").fabric
    #expect(alone.intents.allSatisfy { $0.uplinkGroups.isEmpty })
  }

  @Test("A switch that cannot follow its uplinks has no group, and that is asked about")
  func pairWithoutTracking() throws {
    let plan = try Built.plan(named: "linked-pair")
    let problem = try Built.problem(of: plan, withPart: "dell-s4810") { part in
      var spec = try #require(part.asSwitch)
      spec.uplinkTracking = .no
      return .networkSwitch(spec)
    }
    var choice = plan.choice
    choice.centre.variant.spec.uplinkTracking = .no
    var fabric = FabricBuilder.build(
      problem: problem, choice: choice, reasons: [], date: Built.today)
    #expect(fabric.intents.allSatisfy { $0.uplinkGroups.isEmpty })
    #expect(Auditor.audit(fabric).findings == [])
    fabric.confirmations.removeAll { $0.question.contains("peer links") }
    #expect(Auditor.audit(fabric).findings.contains { $0.rule == "uplink-tracking" })
  }

  @Test("Unused ports are shut, in no VLAN, and have the MTU that the platform gives them")
  func unused() throws {
    let fabric = try Built.plan(named: "medium").fabric
    for intent in fabric.intents {
      for port in intent.ports where !port.enabled {
        #expect(port.membership == .none && port.lag == nil && !port.edge)
        #expect(port.mtu == (intent.os == .os6 ? 9216 : 1554))
      }
      #expect(intent.ports.filter(\.enabled).allSatisfy { $0.mtu == 9216 })
    }
  }

  @Test("A switch or card that takes less lowers the payload of storage everywhere, and says so")
  func smallerMTU() throws {
    let plan = try Built.plan(named: "linked-pair")
    let problem = try Built.problem(of: plan, withPart: "intel-x520-da2") { part in
      var card = try #require(part.asNIC)
      card.maxMTU = 4096
      return .nic(card)
    }
    let fabric = FabricBuilder.build(
      problem: problem, choice: plan.choice, reasons: [], date: Built.today)
    #expect(Set(fabric.vlans.filter { $0.side != nil }.map(\.mtu)) == [4096])
    #expect(fabric.site.addressing.mtu == 4096)
    #expect(
      fabric.confirmations.contains {
        $0.subject == "addressing.mtu" && $0.kind == .assumption
          && $0.question.contains("4096")
      })
  }

  @Test("A switch without an out-of-band port is managed through its highest free port")
  func dataPortManagement() throws {
    let plan = try Built.plan(named: "copper-pair")
    var choice = plan.choice
    choice.centre.management.group = 0
    let fabric = FabricBuilder.build(
      problem: plan.problem, choice: choice, reasons: [], date: Built.today)
    #expect(fabric.devices.map(\.managementPort) == ["", ""])
    for intent in fabric.intents {
      #expect(intent.management?.vlan == plan.problem.site.management.vlan)
      let port = try #require(intent.ports.first { $0.name == "TenGigabitEthernet 0/44" })
      #expect(port.membership == Membership(untagged: plan.problem.site.management.vlan))
      #expect(!port.bpduGuard)
      #expect(intent.vlans.contains { $0.name == "management" })
    }
  }

  @Test("Backup through the core has a VLAN of its own on both fabrics, and each host one address")
  func backupThroughCore() throws {
    let text = try #require(Built.sites["linked-pair"])
      .replacing("carries: [csv, live-migration, tenant]", with: "carries: [backup, csv, tenant]")
      .replacing("rdma: none,", with: "rdma: none, live-migration: no, backup: via-core,")
    let fabric = try Built.plan(
      Built.site(
        text + """

          addressing: { backup: { vlans: [50, 51], subnets: [10.9.0.0/24, 10.9.1.0/24] } }

          """)
    ).fabric
    let vlan = try #require(fabric.vlans.first { $0.id.number == 50 })
    #expect(vlan.purpose == .backup && vlan.mayLeave && vlan.side == nil && vlan.mtu == 1500)
    #expect(!fabric.vlans.contains { $0.id.number == 51 })
    for intent in fabric.intents {
      let port = try #require(intent.ports.first { $0.edge })
      #expect(port.membership.tagged.map(\.number).prefix(3) == [20, 30, 50])
      let core = try #require(intent.lags.first { $0.number == 100 })
      #expect(core.membership.tagged.map(\.number) == [20, 30, 50])
    }
    let subnet = try #require(fabric.subnets.first { $0.vlan.number == 50 })
    #expect(subnet.assignments.map(\.node) == fabric.hosts.map(\.name))
    #expect(Auditor.audit(fabric).findings == [])
  }

  @Test("Hosts without SMB Multichannel have one VLAN and one address over both fabrics")
  func singleAddress() throws {
    let fabric = try Built.plan(named: "copper-pair").fabric
    let vlan = try #require(fabric.vlans.first { $0.purpose == .liveMigration })
    #expect(vlan.side == nil && vlan.name == "live-migration" && !vlan.mayLeave)
    let subnet = try #require(fabric.subnets.first { $0.vlan == vlan.id })
    #expect(subnet.assignments.map(\.node) == fabric.hosts.map(\.name))
    for intent in fabric.intents {
      #expect(intent.ports.filter(\.edge).allSatisfy { $0.membership.tagged.contains(vlan.id) })
    }
    #expect(fabric.confirmations.contains { $0.question.contains("active-backup") })
    #expect(Auditor.audit(fabric).findings == [])
  }

  @Test("A VLAN on each fabric is no way out for hosts with one address")
  func singleAddressAudited() throws {
    var fabric = try Built.plan(
      Built.site(
        try #require(Built.sites["copper-pair"]).replacing("os: linux", with: "os: azure-stack-hci")
      )
    ).fabric
    #expect(Auditor.audit(fabric).findings == [])
    fabric.site.hosts[0].os = "linux"
    let rules = Set(Auditor.audit(fabric).findings.map(\.rule))
    #expect(rules.isSuperset(of: ["survives-any-loss", "vlan-plan", "host-vlans"]))
  }
}
