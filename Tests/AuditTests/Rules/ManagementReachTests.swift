import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("management-reach: the way to each switch")
struct ManagementReachTests {
  @Test("wants a gateway for servers outside the subnet")
  func gateway() {
    let found = findings("management-reach") { fabric in
      fabric.site.management.gateway = nil
      for index in fabric.intents.indices { fabric.intents[index].management?.gateway = nil }
    }
    // The syslog server of each of six switches; the NTP server is inside.
    #expect(found.count == 6)
    #expect(
      found.first
        == "spine-a 10.1.1.1: the syslog server is outside 192.168.50.0/24 and there is no gateway "
        + "[a server in the management subnet, or a gateway to it]")
  }

  @Test("counts the free ports of the existing switch")
  func freePorts() {
    #expect(findings("management-reach") { $0.site.management.freePorts = 6 } == [])
    #expect(
      findings("management-reach") { $0.site.management.freePorts = 5 }
        == ["management: 6 management cables go there [at most 5 free ports]"])
  }
}
