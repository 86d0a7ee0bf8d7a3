import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite struct BuildingFabricTests {
  @Test("Hosts of two groups and racks whose names run together have names of their own")
  func hostNames() throws {
    let site = try Built.site(
      """
      tenfold: 1
      prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
      room: { racks: [{ name: c, row: A, position: 1 }, { name: b-c, row: A, position: 2 }] }
      hosts:
        - { name: a, racks: { b-c: 2 }, nics: [{ model: X520-DA2, carries: [csv, live-migration] }] }
        - { name: a-b, racks: { c: 2 }, nics: [{ model: X520-DA2, carries: [csv, live-migration] }] }
      traffic: { rdma: none }
      """)
    let outcome = try Planner.plan(
      site: site, catalog: try Built.catalog.get(),
      options: PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all), date: Built.today)
    guard case .planned(let draft) = outcome else {
      Issue.record("no plan")
      return
    }
    #expect(draft.fabric.hosts.map(\.name) == ["a-b-c-01", "a-b-c-02", "a-b-c-03", "a-b-c-04"])
  }

  @Test("Every port has one plug, every cable its links", arguments: Built.names)
  func invariants(_ name: String) throws {
    let fabric = try Built.plan(named: name).fabric
    let ends = fabric.links.flatMap { [$0.a, $0.b] }.filter { !$0.port.isEmpty }
    #expect(Set(ends).count == ends.count)
    #expect(
      fabric.cables.map { Int($0.id.dropFirst()) } == Array(1...fabric.cables.count))
    #expect(fabric.links.map { Int($0.id.dropFirst()) } == Array(1...fabric.links.count))
    #expect(fabric.links.map(\.cable) == fabric.links.map(\.cable).sorted())
    for cable in fabric.cables {
      let links = fabric.links.filter { $0.cable == cable.id }
      #expect(links.count == cable.b.count)
      let lanes = fabric.catalog.part(cable.part)?.asCable?.lanes ?? 0
      #expect((1...max(1, lanes)).contains(cable.b.count))
    }
  }

  @Test("A host has one port number on both sides", arguments: Built.names)
  func equalNumbers(_ name: String) throws {
    let fabric = try Built.plan(named: name).fabric
    for host in fabric.hosts {
      let links = fabric.links.filter { $0.b.node == host.name }
      let sides = FabricSide.allCases.map { side in
        links.filter { fabric.device($0.a.node)?.side == side }.map(\.a.port)
      }
      #expect(sides[0] == sides[1])
      #expect(!sides[0].isEmpty)
    }
  }

  @Test("Equal choices give equal fabrics", arguments: Built.names)
  func repeats(_ name: String) throws {
    let plan = try Built.plan(named: name)
    let again = FabricBuilder.build(
      problem: plan.problem, choice: plan.choice, reasons: [], date: Built.today)
    let bytes = try [again, plan.fabric].map { try FabricJSON.bytes($0) }
    #expect(bytes[0] == bytes[1])
  }

  @Test("The list to confirm is sorted and asks nothing twice", arguments: Built.names)
  func confirmations(_ name: String) throws {
    let list = try Built.plan(named: name).fabric.confirmations
    #expect(Set(list).count == list.count)
    let kinds = list.compactMap { Confirmation.Kind.allCases.firstIndex(of: $0.kind) }
    #expect(kinds == kinds.sorted())
    #expect(list.allSatisfy { !$0.subject.isEmpty && !$0.question.hasSuffix(".") })
  }

  @Test("Every switch, cable part, bill line and VLAN has a reason", arguments: Built.names)
  func reasons(_ name: String) throws {
    let fabric = try Built.plan(named: name).fabric
    let subjects = Set(fabric.reasons.map(\.subject))
    let wanted =
      fabric.devices.map(\.name) + fabric.bom.map(\.part.rawValue)
      + fabric.vlans.map { "vlan \($0.id.number)" }
    #expect(wanted.allSatisfy { subjects.contains($0) })
  }

  @Test("The copy of the site has no places in its file and the rates that were used")
  func siteCopy() throws {
    let site = try Built.plan(named: "medium").fabric.site
    #expect(
      site.hosts.allSatisfy { $0.position == nil && $0.nics.allSatisfy { $0.position == nil } })
    #expect(site.prices.exchange.map(\.from) == [.usd])
  }

  @Test("A rate of the catalogue keeps its day and source; an old one is to be confirmed")
  func reference() throws {
    let text = "tenfold: 1\nracks: 1\nhosts: 4\n"
    let fabric = try Built.plan(Built.site(text)).fabric
    let rate = try #require(fabric.site.prices.exchange.first { $0.from == .usd })
    let reference = try #require(rate.reference)
    #expect(reference.on.iso == "2026-09-09")
    #expect(!reference.source.isEmpty)
    func asked(_ fabric: Fabric) -> [String] {
      fabric.confirmations.filter { $0.subject == "prices.exchange" }.map(\.question)
    }
    #expect(asked(fabric) == [])
    let old = try Built.plan(Built.site(text + "prices: { stale-after: 1 months }\n")).fabric
    #expect(
      asked(old) == ["the rate of exchange from USD to EUR is of 2026-09-09: give today's"])
  }

  @Test("Tenant VLANs that reach no core are to be confirmed")
  func insideVLANs() throws {
    let fabric = try Built.plan(
      Built.site(
        """
        tenfold: 1
        prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
        racks: 1
        hosts: { count: 4, nics: [{ model: X520-DA2, carries: [csv, live-migration, tenant] }] }
        traffic: { rdma: none, tenant-vlans: [20, 21] }
        core: { carries: [20], ports: [Te1/1, Te1/2] }
        """)
    ).fabric
    let asked = fabric.confirmations.filter { $0.subject == "traffic.tenant-vlans" }
    #expect(asked.map(\.question.description).count == 1)
    #expect(
      asked.first?.question.contains("VLAN 21 stays inside: core.carries does not name it") == true)
    // Every link carries VLANs: the one for untagged frames is said not to be used.
    let native = fabric.site.defaults.first { $0.key == "addressing.native-vlan" }
    #expect(native?.reason.hasPrefix("not used: ") == true)
  }

  @Test("The steps from an amount to a unit price are those that were taken")
  func priceSteps() throws {
    let fabric = try Built.plan(named: "medium").fabric
    let texts = fabric.reasons.map(\.text)
    #expect(texts.contains { $0.contains(", after exchange ") })
    #expect(!texts.contains { $0.contains("exchange and discount") })
  }

  @Test("A rack's breakout cables hold its links in order and leave out unused legs")
  func splitHosts() throws {
    let fabric = try Built.plan(named: "split-hosts").fabric
    let legs = fabric.cables.filter { $0.b.count > 1 || $0.a.endpoint.port.hasPrefix("forty") }
      .map { cable in
        "\(cable.a.endpoint.node) " + cable.b.map(\.endpoint.node).joined(separator: " ")
      }
    #expect(
      Array(legs.prefix(6)) == [
        "fabric-a hv-r1-01 hv-r1-02 hv-r1-03", "fabric-b hv-r1-01 hv-r1-02 hv-r1-03",
        "fabric-a hv-r2-01 hv-r2-02 hv-r2-03 hv-r2-04",
        "fabric-b hv-r2-01 hv-r2-02 hv-r2-03 hv-r2-04", "fabric-a hv-r2-05", "fabric-b hv-r2-05",
      ])
  }

  @Test("Uplinks out of split spine ports have a breakout cable for each ToR and node")
  func splitSpine() throws {
    let fabric = try Built.plan(named: "split-spine").fabric
    let trunks = fabric.cables.filter { cable in
      fabric.links.contains { $0.cable == cable.id && $0.role == .uplink }
    }
    #expect(trunks.count == 8)
    for cable in trunks {
      #expect(cable.a.endpoint.node.hasPrefix("spine-"))
      #expect(Set(cable.b.map(\.endpoint.node)).count == 1)
    }
    #expect(fabric.intents[0].splits.count == 4)
    #expect(fabric.intents[0].splits == fabric.intents[1].splits)
  }

  @Test("A bought management switch has a port for each switch and no intent")
  func managementSwitch() throws {
    let fabric = try Built.plan(named: "split-spine").fabric
    #expect(fabric.devices.last?.name == "oob-1")
    #expect(fabric.intents.map(\.hostname) == fabric.devices.dropLast().map(\.name))
    let ends = fabric.links.filter { $0.role == .management }.map(\.b)
    #expect(ends.count == 6)
    #expect(ends.allSatisfy { $0.node == "oob-1" && !$0.port.isEmpty })
    #expect(Set(ends).count == 6)
  }

  @Test("Cards that are bought are on the bill, others are not")
  func boughtCards() throws {
    let bought = try Built.plan(named: "split-spine").fabric
    #expect(bought.hosts.allSatisfy { $0.cards.map(\.bought) == [true] })
    #expect(bought.bom.contains { bought.catalog.part($0.part)?.asNIC != nil && $0.needed == 8 })
    let given = try Built.plan(named: "medium").fabric
    #expect(given.hosts.allSatisfy { $0.cards.map(\.bought) == [false, false, false] })
    #expect(given.hosts[0].cards.map(\.ports.count) == [2, 2, 0])
  }

  @Test("The first phase is a part of the whole; with one rack it is the whole")
  func starter() throws {
    let fabric = try Built.plan(named: "split-spine").fabric
    let starter = try #require(fabric.totals.starter)
    #expect((1..<fabric.totals.total.minorUnits).contains(starter.minorUnits))

    var site = try Built.site(try #require(Built.sites["modules"]))
    site.budget.starter = Money(minorUnits: 9_000_000, currency: .eur)
    let single = try Built.plan(site).fabric
    #expect(single.totals.starter == single.totals.total)
  }

  @Test("Management addresses go up from the first and leave out gateway and servers")
  func addresses() throws {
    var site = try Built.site(try #require(Built.sites["linked-pair"]))
    site.management.firstAddress = 4
    site.management.gateway = site.management.subnet.address(4)
    site.management.ntp = [5, 7].compactMap { site.management.subnet.address($0) }
    let fabric = try Built.plan(site).fabric
    let expected = [6, 8].map { site.management.subnet.address($0) }
    #expect(fabric.devices.map(\.managementAddress) == expected)
    #expect(fabric.intents.map(\.pair?.backupDestination) == expected.reversed())
  }
}
