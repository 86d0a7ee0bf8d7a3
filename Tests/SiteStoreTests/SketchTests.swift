import Quantities
import SiteModel
import SiteStore
import Testing

let today = CalendarDate(year: 2026, month: 11, day: 23) ?? CalendarDate(iso: "2026")!

/// Reads a site from text; a failure shows the printed findings.
func site(_ text: String) throws -> Site {
  do {
    return try SiteReader.read(bytes: Array(text.utf8), file: "site.yaml", today: today)
  } catch {
    throw Unreadable(text: FindingPrinter().text(error.all))
  }
}

struct Unreadable: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}

@Suite struct SketchTests {
  static let sketch = """
    tenfold: 1
    name: medium
    currency: EUR
    budget: { total: 45000, starter: 12000 }
    prices: { kinds: [list, street, contract, quote, estimate], discounts: { Dell: 7% }, exchange: { USD: 0.92, on: 2026-11-01 }, stale-after: 24 months }
    room:
      row-pitch: 1.8 m
      rack-width: 600 mm
      tray: { height-above-racks: 0.3 m, slack: 10%, patch-panel-pairs: 0 }
      racks:
        - { name: r1, row: A, position: 1, units: 42, free-units: 8, power: 3.5 kW, free-power: 900 W, feeds: 2 }
        - { name: r2, row: A, position: 2 }
    hosts:
      - name: hv
        racks: { r1: 8, r2: 8 }
        memory: 256 GiB
        os: windows-server-2012r2
        nics:
          - { model: MCX312A-XCBT, attach: new-fabric, carries: [csv, live-migration] }
          - { model: X520-DA2, attach: new-fabric, carries: [tenant] }
          - { onboard: 4x1G base-t, attach: existing-lan }
    traffic: { rdma: required, csv: yes, live-migration: yes, backup: via-core, tenant-vlans: [20, 30], gateways: core }
    requirements: { oversubscription: 4, after-any-failure: 8, designs: [standalone-pair, vlt-pair, spine-leaf], spares: { optics: 5%, cables: 5% }, third-party-optics: true }
    core: { name: core-1, kind: chassis, rack: r1, spanning-tree: { mode: rstp, priority: 24576 }, ports: [ { name: Te1/1, type: sfp+ }, { name: Te1/2, type: sfp+ } ], carries: [20, 30] }
    """

  @Test("The full site file is read to its last value")
  func full() throws {
    let site = try site(SketchTests.sketch)
    #expect(site.name == "medium")
    #expect(site.budget.total == Money(minorUnits: 4_500_000, currency: .eur))
    #expect(site.budget.starter == Money(minorUnits: 1_200_000, currency: .eur))
    #expect(site.prices.kinds == ["contract", "estimate", "list", "quote", "street"])
    #expect(site.prices.discounts == [Discount(vendor: "Dell", rate: .percent(7))])
    #expect(site.prices.exchangeDate?.iso == "2026-11-01")
    #expect(site.prices.staleAfterMonths == 24)
    #expect(site.room.racks.count == 2)
    let rack = try #require(site.room.racks.first)
    #expect(rack.freePower == .watts(900))
    #expect(rack.power == .watts(3500))
    #expect(rack.feeds == 2)
    let group = try #require(site.hosts.first)
    #expect(group.placements.map(\.count) == [8, 8])
    #expect(group.memory == ByteCount(bytes: 256 << 30))
    #expect(group.nics.map(\.model) == ["MCX312A-XCBT", "X520-DA2", nil])
    #expect(group.nics.map(\.carries) == [[.csv, .liveMigration], [.tenant], []])
    #expect(site.traffic.rdma == .required)
    #expect(site.traffic.tenantVLANs.map(\.number) == [20, 30])
    let core = try #require(site.core)
    #expect(core.spanningTree == CoreSpanningTree(mode: .rstp, priority: 24576))
    #expect(core.ports.map(\.name) == ["Te1/1", "Te1/2"])
    #expect(core.ports.map(\.rate) == [.gigabits(10), .gigabits(10)])
    #expect(site.addressing.entries.map { $0.vlanA.number } == [711, 721])
  }

  @Test("A file of a few lines is a whole site, and every default is told")
  func small() throws {
    let site = try site(
      """
      tenfold: 1
      name: small
      budget: 12000
      racks: [r1, r2]
      hosts: { name: hv, racks: { r1: 4, r2: 4 } }
      """)
    #expect(site.room.racks.map(\.position) == [1, 2])
    #expect(site.hosts.first?.nics.map(\.carries) == [[.csv, .liveMigration]])
    for taken in site.defaults { #expect(!taken.reason.isEmpty, "\(taken.key)") }

  }
}
