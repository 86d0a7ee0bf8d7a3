import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("no-loop: circles that no LAG closes")
struct NoLoopTests {
  @Test("takes a LAG over a pair as one link and half of it as two")
  func halfLAG() {
    let found = findings("no-loop") { $0.change("spine-b", lag: 10) { $0.pairLAG = nil } }
    // Every VLAN of the ToR runs in a circle: two storage ones and two of tenants.
    #expect(found.count == 4)
    #expect(found.allSatisfy { $0.contains("this uplink link closes a circle") })
  }

  @Test("finds two uplinks outside their LAG")
  func noLAG() {
    let found = findings("no-loop") { fabric in
      for port in ["Fo1/1/1", "Fo1/1/2"] {
        fabric.change("tor-r1-a", port) {
          $0.lag = nil
          $0.membership.tagged = [VLANID(20), VLANID(711)].compactMap { $0 }
        }
      }
    }
    #expect(found.count == 2)
  }

  @Test("leaves a VLAN alone that has one way")
  func oneWay() {
    let found = findings("no-loop") { fabric in
      fabric.change("spine-b", lag: 10) {
        $0.pairLAG = nil
        $0.membership.tagged = []
      }
    }
    #expect(found == [])
  }
}
