import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import TenfoldTestSupport
import Testing

@testable import Planner

@Suite("Remedies")
struct RemedyTests {
  static let head = "tenfold: 1\nprices: { exchange: { USD: 0.92, on: 2026-11-01 } }\n"

  /// Sites without a plan, each with words of a remedy and the edit of the file that they ask for.
  static let cases: [(site: String, edits: [(remedy: String, old: String, new: String)])] = [
    (
      """
      racks: 2
      hosts: 40
      requirements: { designs: [spine-leaf], spine-models: [S4810], tor-models: [N4032F], oversubscription: 1, after-any-failure: 1.5 }
      """,
      [
        ("allow the design vlt-pair", "[spine-leaf]", "[spine-leaf, vlt-pair]"),
        (
          "allow an oversubscription of 2.5:1", "oversubscription: 1, after-any-failure: 1.5",
          "oversubscription: 2.5, after-any-failure: 5"
        ),
        ("put at most 6 hosts into a rack", "hosts: 40", "hosts: 12"),
      ]
    ),
    (
      """
      room: { racks: [{ name: r1, free-power: 50 W }, { name: r2, free-power: 60 W }, { name: r3, free-power: 2 kW }] }
      hosts: 8
      requirements: { unknowns: refuse, designs: [vlt-pair], spine-racks: [r1, r2] }
      """, []
    ),
    (
      """
      racks: 2
      hosts: { count: 8, nics: [{ model: X520-DA2, carries: [csv, live-migration, tenant] }] }
      traffic: { rdma: none, tenant-vlans: [20], north-south: 40 Gbps }
      core: { uplinks: 4, ports: [Te1/1, Te1/2, Te1/3, Te1/4] }
      requirements: { designs: [spine-leaf] }
      """,
      [("lower traffic.north-south to 20 Gbps", "40 Gbps", "20 Gbps")]
    ),
    (
      """
      racks: 2
      hosts: 8
      requirements: { designs: [spine-leaf] }
      management: { free-ports: 3 }
      """,
      [("provide 6 free ports", "free-ports: 3", "free-ports: 6")]
    ),
    (
      """
      racks: 2
      hosts: 8
      requirements: { designs: [spine-leaf], power-supplies: { spine: 2 } }
      """,
      [("(requirements.power-supplies.spine: 1)", "{ spine: 2 }", "{ spine: 1 }")]
    ),
  ]

  private let options = PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all)

  @Test("Every remedy, done, makes a plan possible", arguments: cases.indices)
  func works(number: Int) throws {
    let (text, edits) = Self.cases[number]
    let catalog = try Built.catalog.get()
    func isFeasible(_ site: Site) throws -> Bool {
      try Planner.isFeasible(site: site, catalog: catalog, options: options)
    }
    let site = try Built.site(Self.head + text)
    #expect(try !isFeasible(site))
    let conflict = try Diagnosis(site: site, catalog: catalog, options: options).conflict()
    for item in conflict.items {
      let remedy = try #require(item.remedy, "\(item.requirement) has no remedy")
      let changed = try #require(remedy.site)
      #expect(try isFeasible(changed), "\(remedy.change)")
    }
    let said = conflict.items.compactMap(\.remedy?.change)
    for edit in edits {
      #expect(said.contains { $0.contains(edit.remedy) }, "\(edit.remedy) is not among \(said)")
      let edited = text.replacing(edit.old, with: edit.new)
      #expect(edited != text)
      #expect(try isFeasible(Built.site(Self.head + edited)), "\(edit.remedy)")
    }
  }

  @Test("A ratio or a number in a remedy is the mildest that helps")
  func mildest() throws {
    let catalog = try Built.catalog.get()
    let text = Self.head + Self.cases[0].site
    for (old, new) in [
      ("oversubscription: 1, after-any-failure: 1.5", "oversubscription: 2, after-any-failure: 4"),
      ("hosts: 40", "hosts: 14"),
    ] {
      let site = try Built.site(text.replacing(old, with: new))
      #expect(try !Planner.isFeasible(site: site, catalog: catalog, options: options), "\(new)")
    }
  }

  @Test("Power that is missing is named by rack and watts")
  func power() throws {
    let site = try Built.site(Self.head + Self.cases[1].site)
    let conflict = try Diagnosis(
      site: site, catalog: try Built.catalog.get(), options: options
    ).conflict()
    let change = try #require(
      conflict.items.first { $0.id == "rack-power" }?.remedy?.change)
    #expect(change.hasPrefix("provide "))
    #expect(change.hasSuffix(" W on each feed in r1 and r2 (free-power)"), "\(change)")
  }

  @Test("Supplies that nobody sells are named")
  func supplies() throws {
    let site = try Built.site(Self.head + Self.cases[4].site)
    let conflict = try Diagnosis(
      site: site, catalog: try Built.catalog.get(), options: options
    ).conflict()
    let item = try #require(conflict.items.first { $0.id == "power-supplies-spine" })
    #expect(item.requirement.contains("(no further supply of Dell "), "\(item.requirement)")
    #expect(item.remedy?.change.contains("--catalog FILE") == true)
  }

  @Test("Kinds of price are let in without estimates, which have a line of their own")
  func kinds() throws {
    var site = try Built.site(Self.head + "racks: 1\nhosts: 4\n")
    site.prices.kinds = ["street"]
    let relaxation = try #require(Relaxation.all(site).first { $0.id == "price-kinds" })
    #expect(relaxation.drop(&site))
    #expect(!site.prices.kinds.contains("estimate"))
  }

  @Test("Doing without preferred RDMA is among what closes a budget gap")
  func withoutRDMA() throws {
    var site = try Built.site(Self.head + "racks: 1\nhosts: 4\n")
    #expect(site.traffic.rdma == .preferred)
    let relaxation = try #require(Relaxation.all(site).first { $0.id == "rdma" })
    #expect(relaxation.helpsBudget && relaxation.drop(&site))
    #expect(site.traffic.rdma == .none)
  }

  @Test("Preferred RDMA that is given up is a reason of the plan, with the card that cannot do it")
  func givenUp() throws {
    let site = try Built.site(
      Self.head + """
        racks: 1
        hosts: { count: 4, nics: [{ model: X540-T2, carries: [csv, live-migration] }] }
        """)
    let outcome = try Planner.plan(
      site: site, catalog: try Built.catalog.get(), options: options, date: Built.today)
    guard case .planned(let draft) = outcome else {
      Issue.record("no plan")
      return
    }
    let reason = try #require(draft.fabric.reasons.first { $0.subject == "rdma" })
    #expect(reason.text.contains("Intel X540-T2 cannot do it"))
  }

  @Test("Parts of which only an estimate is known are named")
  func estimates() throws {
    var site = try Built.site(Self.head + "racks: 1\nhosts: 4\n")
    site.prices.kinds = ["street", "list", "refurbished"]
    let conflict = try Diagnosis(
      site: site, catalog: try Built.catalog.get(), options: options
    ).conflict()
    let item = try #require(conflict.items.first { $0.id == "estimates" })
    let change = try #require(item.remedy?.change)
    #expect(change.contains("a plan is possible that has estimates of "), "\(change)")
    #expect(change.contains("generic-cat6a-"), "\(change)")
  }

  @Test("A management switch that no cord reaches is named with the longest run")
  func managementReach() throws {
    let site = try Built.site(
      Self.head + """
        room:
          row-pitch: 1.8 m
          racks:
            - { name: a1, row: A, position: 1 }
            - { name: a2, row: A, position: 2 }
            - { name: m, row: K, position: 30 }
        hosts: [{ name: hv, racks: { a1: 4, a2: 4 } }]
        traffic: { rdma: none }
        management: { rack: m }
        """)
    let conflict = try Diagnosis(
      site: site, catalog: try Built.catalog.get(), options: options
    ).conflict()
    let item = try #require(conflict.items.first { $0.id == "management-rack" })
    #expect(item.requirement.contains(", from a1 40.92 m; "), "\(item.requirement)")
    #expect(item.requirement.hasSuffix("the longest cord on sale has 30 m"), "\(item.requirement)")
    #expect(item.remedy?.site?.management.rack == "a1")
  }

  @Test("Required RDMA names the card of which no source says that it can")
  func unknownRDMA() throws {
    let site = try Built.site(
      Self.head + """
        racks: 1
        hosts:
          count: 4
          nics: [{ model: mellanox-mcx312a-xcbt, carries: [csv, live-migration] }]
        traffic: { rdma: required }
        """)
    var catalog = try Built.catalog.get()
    let index = try #require(
      catalog.parts.firstIndex { $0.id.rawValue == "mellanox-mcx312a-xcbt" })
    guard case .nic(var card) = catalog.parts[index].spec else { return }
    card.rdma = .unknown
    catalog.parts[index].spec = .nic(card)
    let conflict = try Diagnosis(site: site, catalog: catalog, options: options).conflict()
    let item = try #require(conflict.items.first { $0.id == "rdma" })
    #expect(
      item.requirement.hasSuffix("(of Mellanox ConnectX-3 EN no source says that it can)"),
      "\(item.requirement)")
  }
}
