import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("bill-counts: what is built in is what is ordered")
struct BillCountsTests {
  @Test("rounds spares up by SKU")
  func spares() {
    let fabric = TestFabric.spineLeaf()
    let line = fabric.bom.first { $0.part == TestParts.dac.id }
    // 32 host cables, 4 peer cables: 5 % of 36 is 1.8.
    #expect(line?.needed == 36)
    #expect(line?.spares == 2)
    let found = findings("bill-counts") { $0.change(line: TestParts.dac.id) { $0.spares = 1 } }
    #expect(
      found.first == "bill generic-dac-3m: 1 spares are bought "
        + "[2: the spare rate, and the test batch where it asks for more]")
  }

  @Test("raises spares of a third-party optic to the test batch")
  func testBatch() {
    let line = TestFabric.spineLeaf().bom.first { $0.part == TestParts.sr.id }
    // Four are built in and six are to be tested: two more than the four, and 5 % of four is one.
    #expect(line?.needed == 4)
    #expect(line?.spares == 2)
    #expect(line?.testFirst == 6)
  }

  @Test("orders whole packs")
  func packs() {
    // Six management cables and one spare in packs of ten.
    let line = TestFabric.spineLeaf().bom.first { $0.part == TestParts.cat6a.id }
    #expect(line?.packs == 1)
    let found = findings("bill-counts") { $0.change(line: TestParts.cat6a.id) { $0.packs = 7 } }
    #expect(found == ["bill generic-cat6a-10m: 7 packs are ordered [1]"])
  }

  @Test("counts both pieces of a cable over existing cabling")
  func pieces() {
    let fabric = TestFabric.vltPair()
    let line = fabric.bom.first { $0.part == TestParts.om3.id }
    // Twelve host links of rack r2 in two pieces each, two core links in one.
    #expect(line?.needed == 26)
  }
}
