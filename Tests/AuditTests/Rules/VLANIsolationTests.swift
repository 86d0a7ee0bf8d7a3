import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("vlan-isolation: what must stay inside stays inside")
struct VLANIsolationTests {
  @Test("names the VLAN, the way out and who gets there")
  func wayOut() {
    let found = findings("vlan-isolation") { fabric in
      fabric.change("spine-a", lag: 100) { lag in
        lag.membership.tagged += [VLANID(711)].compactMap { $0 }
      }
    }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("vlan 711 L") == true)
    #expect(found.first?.contains("spine-a, spine-b, tor-r1-a, tor-r2-a") == true)
  }

  @Test("counts the shut way to the second of two separate core boxes")
  func standby() throws {
    let fabric = TestFabric.bondedPair()
    let inside = try #require(fabric.vlans.first { !$0.mayLeave && $0.purpose != .native }?.id)
    let found = findings("vlan-isolation", in: fabric) { fabric in
      fabric.change("pair-b", lag: 100) { $0.membership.tagged.append(inside) }
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("the core is reached from pair-a, pair-b") == true)
  }

  @Test("finds frames that change their VLAN on an untagged side")
  func untagged() {
    let found = findings("vlan-isolation") { fabric in
      fabric.change("tor-r1-a", lag: 1) { $0.membership.untagged = VLANID(711) }
      fabric.change("spine-a", lag: 10) { $0.membership.untagged = VLANID(20) }
    }
    #expect(found.contains { $0.contains("its untagged frames arrive in another VLAN") })
  }
}
