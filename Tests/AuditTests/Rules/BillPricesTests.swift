import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("bill-prices: one rounding, the right factors")
struct BillPricesTests {
  @Test("converts dollars at the rate of the site, rounded once")
  func exchange() {
    // 18.99 USD x 0.92 = 17.4708 EUR.
    let line = TestFabric.spineLeaf().bom.first { $0.part == TestParts.sr.id }
    #expect(line?.unitPrice == Money(minorUnits: 1747, currency: .eur))
  }

  @Test("takes the discount off list prices of that vendor alone")
  func discount() {
    // 99.99 EUR x 0.93 = 92.9907 EUR; a cable of another maker at its list price stays.
    let fabric = TestFabric.spineLeaf()
    #expect(
      fabric.bom.first { $0.part == TestParts.supply.id }?.unitPrice
        == Money(minorUnits: 9299, currency: .eur))
    #expect(
      fabric.bom.first { $0.part == TestParts.breakout.id }?.unitPrice
        == Money(minorUnits: 6101, currency: .eur))
  }

  @Test("needs a rate for a foreign price")
  func noRate() {
    let found = findings("bill-prices") { $0.site.prices.exchange = [] }
    #expect(found.contains { $0.hasSuffix("[a rate of exchange for USD]") })
  }

  @Test("lets either answer stand at just the stale age")
  func age() {
    // 2026-04 to 2026-11-01 are seven months.
    for stale in [true, false] {
      let found = findings("bill-prices") { fabric in
        fabric.site.prices.staleAfterMonths = 7
        fabric.change(line: TestParts.spine.id) { $0.isStale = stale }
      }
      #expect(!found.contains { $0.contains("dell-s4810:") })
    }
    let found = findings("bill-prices") { $0.site.prices.staleAfterMonths = 6 }
    #expect(
      found.contains(
        "bill dell-s4810: its price is not marked as old [it is 7 months old, the limit is 6]"))
  }
}
