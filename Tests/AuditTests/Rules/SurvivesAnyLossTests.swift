import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("survives-any-loss: no single thing cuts a host off")
struct SurvivesAnyLossTests {
  @Test("checks each need against each switch and each data cable")
  func coverage() {
    let report = Auditor.audit(TestFabric.spineLeaf()).rules.first {
      $0.rule == "survives-any-loss"
    }
    // Two needs (storage and tenants: all VLANs of a kind share their cables), as things stand and
    // after the loss of each of 6 switches and 32 host, 8 uplink, 4 peer and 2 core cables.
    #expect(report?.checked == 2 * (1 + 6 + 32 + 8 + 4 + 2))
  }

  @Test("names who is cut off by what")
  func who() {
    let found = findings("survives-any-loss") { fabric in
      for port in fabric.links where port.b.node == "hv-r1-01" && port.a.node == "tor-r1-b" {
        fabric.change("tor-r1-b", port.a.port) { $0.enabled = false }
      }
    }
    #expect(
      found.contains(
        "tor-r1-a csv: after its loss hv-r1-01 is cut off from all others "
          + "[all hosts reach each other]"))
  }

  @Test("does not take both sides of two hosts for a way between them")
  func acrossSides() {
    // Host 1 lives on A alone and host 2 on B alone: two islands carry nothing between them.
    let found = findings("survives-any-loss", in: TestFabric.standalonePair()) { fabric in
      for (host, device) in [("hv-r1-01", "pair-b"), ("hv-r1-02", "pair-a")] {
        for link in fabric.links where link.b.node == host && link.a.node == device {
          fabric.change(device, link.a.port) { $0.enabled = false }
        }
      }
    }
    #expect(
      found.first == "csv: hv-r1-02 no longer reaches hv-r1-01 [all hosts reach each other]"
        || found.first == "csv: hv-r1-01 no longer reaches hv-r1-02 [all hosts reach each other]")
  }

  @Test("wants the core too for what may leave")
  func core() {
    let found = findings("survives-any-loss") { fabric in
      fabric.change("spine-b", "TenGigabitEthernet 0/46") { $0.enabled = false }
    }
    #expect(found.contains { $0.hasPrefix("spine-a tenant VLAN 20: after its loss") })
  }

  @Test("takes the host ports of a ToR without uplinks for down, with their own rack too")
  func darkToR() {
    // One rack needs no uplink for its own traffic, but its ToRs go dark without one.
    let found = findings("survives-any-loss") { fabric in
      fabric.site.traffic.tenantVLANs = []
      for port in ["fortyGigE 0/48", "fortyGigE 0/52"] {
        fabric.change("spine-b", port) { $0.enabled = false }
      }
    }
    #expect(found.contains { $0.hasPrefix("spine-a csv: after its loss hv-r1-01 is cut off") })
  }
}
