import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("uplink-tracking: no host sends into a dead end")
struct UplinkTrackingTests {
  @Test("wants every host port in the group")
  func everyPort() {
    let found = findings("uplink-tracking") { fabric in
      fabric.change("tor-r2-b") { $0.uplinkGroups[0].downstream.removeFirst() }
    }
    #expect(
      found == [
        "tor-r2-b Te1/0/1: this host port stays up when all uplinks are lost "
          + "[an uplink group that takes it down]"
      ])
  }

  @Test("wants the group to watch the LAG of the uplinks")
  func upstream() {
    let found = findings("uplink-tracking") { fabric in
      fabric.change("tor-r2-b") { $0.uplinkGroups[0].upstreamLAGs = [9] }
    }
    #expect(found.contains("tor-r2-b uplink group 1: it watches a LAG that is not there []"))
  }
}
