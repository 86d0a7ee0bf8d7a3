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

  @Test("A rate of exchange has its day and source, and is marked when it is old")
  func exchange() throws {
    var fabric = SampleFabric.spineLeaf()
    let line = try #require(fabric.bom.indices.first)
    fabric.bom[line].price.amount = Money(minorUnits: 100, currency: .usd)
    #expect(report(fabric).contains("1 USD is 0.92 EUR (2026-11-01, as the site file says)."))
    let rate = try #require(Rational(85, over: 100))
    let day = try #require(CalendarDate(iso: "2020-01-02"))
    fabric.site.prices.exchange = [
      ExchangeRate(
        from: .usd, rate: rate, reference: ExchangeRate.Reference(on: day, source: "a table"))
    ]
    #expect(
      report(fabric).contains(
        "1 USD is 0.85 EUR (2020-01-02, old, a reference rate of the catalogue: `a table`)."))
  }

  @Test("A discount says on how many lines it counts")
  func discounts() throws {
    var fabric = SampleFabric.spineLeaf()
    fabric.site.prices.discounts = [
      Discount(vendor: "Dell", rate: .percent(7)), Discount(vendor: "Nobody", rate: .percent(9)),
    ]
    for line in fabric.bom.indices { fabric.bom[line].price.kind = .street }
    let index = try #require(fabric.bom.firstIndex { $0.part.rawValue == "dell-n4032f" })
    fabric.bom[index].price.kind = .list
    let text = report(fabric)
    #expect(text.contains("`Dell` gives 7 % of list and contract prices, on 1 line of this order."))
    #expect(text.contains("`Nobody` gives 9 % of list and contract prices, on no line"))
  }

  @Test("Every cable says its length; what has no order number is to be asked for")
  func cables() throws {
    var fabric = SampleFabric.spineLeaf()
    let line = try #require(
      fabric.bom.first { fabric.catalog.part($0.part)?.asCable != nil })
    let place = try #require(fabric.catalog.parts.firstIndex { $0.id == line.part })
    fabric.catalog.parts[place].vendor = "Avago"
    fabric.catalog.parts[place].model = "AFBR-2CARxxZ"
    fabric.catalog.parts[place].sku = ""
    let length = Format.length(try #require(fabric.catalog.parts[place].asCable).length)
    let text = report(fabric)
    #expect(text.contains("| Avago AFBR-2CARxxZ, \(length) "))
    #expect(
      text.contains(
        "- [ ] Avago AFBR-2CARxxZ, \(length): no order number known: ask the seller which one the"
          + " cable of \(length) has."))
    fabric.catalog.parts[place].sku = "AFBR-2CARxxZ"
    #expect(report(fabric).contains("its order number has placeholders"))
    let rows = BillFiles.csv(fabric, PlanIndex(fabric)).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(BillFiles.header.firstIndex(of: "length_m"))
    #expect(rows.contains { String($0[column]) + " m" == length })
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
