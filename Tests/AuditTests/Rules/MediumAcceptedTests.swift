import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("medium-accepted: both ends take the medium")
struct MediumAcceptedTests {
  @Test("takes the word of a compatibility rule")
  func refused() {
    let found = findings("medium-accepted") { fabric in
      guard let day = CalendarDate(year: 2026) else { return }
      fabric.catalog.compatibility = [
        CompatibilityRule(
          device: "os:os6", medium: "third-party", verdict: .no,
          source: FactSource(id: "s", url: "https://example.com", accessed: day))
      ]
    }
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.contains("dell-n4032f does not accept generic-") })
  }

  @Test("asks about the core, whose maker is another")
  func core() {
    let found = findings("medium-accepted") { $0.confirmations = [] }
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.contains("whether core accepts fs-sfp-10g-sr") })
  }

  @Test("asks nothing of a core of the same maker")
  func sameMaker() {
    let found = findings("medium-accepted") { fabric in
      fabric.confirmations = []
      fabric.site.core?.vendor = "FS"
    }
    #expect(found == [])
  }
}
