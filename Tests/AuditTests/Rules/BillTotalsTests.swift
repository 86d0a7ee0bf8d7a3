import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("bill-totals: sums, VAT and budget")
struct BillTotalsTests {
  @Test("accepts a plan that costs just its budget")
  func boundary() {
    #expect(findings("bill-totals") { $0.site.budget.total = $0.totals.total } == [])
    let found = findings("bill-totals") { fabric in
      fabric.site.budget.total = Money(minorUnits: 100, currency: .eur)
    }
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("[at most 1.00 EUR]") == true)
  }

  @Test("rounds freight and VAT half away from zero, once")
  func rounding() {
    let fabric = TestFabric.spineLeaf()
    let goods = fabric.bom.reduce(Int64(0)) { $0 + $1.total.minorUnits }
    #expect(fabric.totals.freightAndVAT.minorUnits == (goods * 19 + 50) / 100)
    #expect(findings("bill-totals") { $0.totals.freightAndVAT.minorUnits += 1 }.count == 1)
  }
}
