import CatalogModel
import DialectTestSupport
import PlanProblem
import Quantities
import SiteModel
import Testing

@Suite("Cards as the site describes them")
struct SiteCardTests {
  @Test("Words of onboard ports")
  func words() {
    let copper = OnboardPorts("2x10G base-t")
    #expect(copper?.ports == 2)
    #expect(copper?.rate == .gigabits(10))
    #expect(copper?.connector == "rj45")
    #expect(OnboardPorts("4x10G SFP+")?.connector == "sfp+")
    #expect(OnboardPorts("2x25G sfp28")?.rate == .gigabits(25))
    for words in ["", "2x10G", "2x10G lc", "x10G sfp+", "0x10G sfp+", "2x99999999999G sfp+", "two"]
    {
      #expect(OnboardPorts(words) == nil, "\(words)")
    }
  }

  private func problem(_ nic: HostNIC, card: NICSpec) throws -> PlanProblem {
    var site = try Built.plan(named: Built.names[0]).fabric.site
    for group in site.hosts.indices { site.hosts[group].nics = [nic] }
    let part = Part(id: PartID("test-card"), vendor: "Test", model: "Card", spec: .nic(card))
    return try PlanProblem(
      site: site, catalog: Catalog(parts: [part], prices: []),
      options: PlanOptions(dialects: [.os9, .os6], traits: ShippedTraits.all), wantsRDMA: false)
  }

  @Test("Onboard ports are a card that nobody buys, without RDMA")
  func onboard() throws {
    let nic = HostNIC(
      model: nil, onboard: "2x10G base-t", attach: .newFabric, carries: [.liveMigration])
    let problem = try problem(
      nic, card: NICSpec(ports: 2, rate: .gigabits(10), connector: .sfpPlus))
    let given = try #require(problem.cards.first?.given)
    let card = try #require(problem.catalog.parts[given].asNIC)
    #expect(card.ports == 2)
    #expect(card.connector == .rj45)
    #expect(card.rdma == .none)
  }

  @Test("The site gives ports and connector that the catalogue lacks, and the hint says so")
  func missingFacts() throws {
    let unknown = NICSpec(ports: nil, rate: .gigabits(10), connector: nil)
    var nic = HostNIC(model: "Card", attach: .newFabric, carries: [.liveMigration])
    let error = try #require(throws: Findings.self) { try problem(nic, card: unknown) }
    #expect(error.all.first?.hint.contains("`ports: 2, connector: sfp+`") == true)
    nic.ports = 2
    nic.connector = "sfp+"
    let filled = try problem(nic, card: unknown)
    #expect(filled.catalog.parts.first?.asNIC?.ports == 2)
    #expect(filled.catalog.parts.first?.asNIC?.connector == .sfpPlus)
    let other = NICSpec(ports: 4, rate: .gigabits(10), connector: .sfpPlus)
    let conflict = try #require(throws: Findings.self) { try problem(nic, card: other) }
    #expect(conflict.all.map(\.rule) == ["nic-facts-differ"])
  }
}
