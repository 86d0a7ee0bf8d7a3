import CatalogModel
import Fabric
import Quantities
import ReportTestSupport
import SiteModel
import Testing

@testable import Reports

@Suite("What reports say of money")
struct MoneyTextTests {
  func report(_ fabric: Fabric) -> String {
    let input = ReportInput(
      fabric: fabric, planHash: "0", configured: fabric.intents.map(\.hostname))
    let index = PlanIndex(fabric)
    return PlanReport(input, index, ConfirmationList(input, index)).markdown
  }

  @Test("A total without freight and VAT is not said to hold them")
  func net() {
    var fabric = SampleFabric.spineLeaf()
    #expect(report(fabric).contains("** with freight and VAT."))
    fabric.site.prices.freightAndVAT = .zero
    fabric.totals.freightAndVAT = Money(minorUnits: 0, currency: fabric.site.currency)
    fabric.totals.total = fabric.totals.goods
    let open = report(fabric)
    #expect(open.contains("** net; freight and VAT are not given."))
    #expect(!open.contains("with freight and VAT"))
    #expect(!open.contains("0 % of the goods"))
    fabric.site.defaults.removeAll { $0.key == "prices.freight-and-vat" }
    #expect(report(fabric).contains("** net, with no freight and VAT."))
  }

  @Test("An alternative without a cost is not called impossible when it is not")
  func alternatives() {
    var fabric = SampleFabric.spineLeaf()
    fabric.alternatives = [
      Alternative(
        design: .spineLeaf, summary: "2 pieces Dell S4048-ON", total: nil,
        reason: "it is cheaper only far out", couldWin: true),
      Alternative(
        design: .vltPair, summary: "", total: nil, reason: "the site does not allow it",
        couldWin: false),
    ]
    let text = report(fabric)
    #expect(text.contains("not computed"))
    #expect(text.contains("not allowed"))
    #expect(!text.contains("not possible"))
  }
}
