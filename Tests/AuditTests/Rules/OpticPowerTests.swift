import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("optic-power: what a cage gives")
struct OpticPowerTests {
  @Test("needs no word on a cage for what every cage gives, 1.0 W")
  func sure() {
    func found(_ milliwatts: Int64) -> [String] {
      findings("optic-power") { fabric in
        fabric.change(switch: TestParts.spine.id) { $0.ports[0].maxOpticPower = nil }
        fabric.change(optic: TestParts.sr.id) { $0.power = Power(milliwatts: milliwatts) }
      }
    }
    #expect(found(1000) == [])
    #expect(found(1001).count == 2)
  }

  @Test("holds a stated limit")
  func limit() {
    let found = findings("optic-power") { fabric in
      fabric.change(optic: TestParts.sr.id) { $0.power = Power(milliwatts: 1501) }
    }
    #expect(found.count == 2)
    #expect(found.first?.hasSuffix("fs-sfp-10g-sr draws 1.501 W [at most 1.5 W]") == true)
  }
}
