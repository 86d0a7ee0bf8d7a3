import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("lag-limits: what a switch can take")
struct LAGLimitsTests {
  @Test("counts the members on one switch")
  func members() {
    let found = findings("lag-limits") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.maxLAGMembers = 3 }
    }
    #expect(
      found == [
        "tor-r2-a lag 1: it has 4 members [at most 3]",
        "tor-r2-b lag 1: it has 4 members [at most 3]",
      ])
  }

  @Test("asks where nobody has said")
  func unknown() {
    let found = findings("lag-limits") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.maxLAGMembers = nil }
    }
    #expect(found.count == 4)
  }
}
