import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("lossless-path: one hop without PFC breaks it")
struct LosslessPathTests {
  @Test("names the one hop")
  func oneHop() {
    let found = findings("lossless-path") { fabric in
      fabric.change("spine-b", "TenGigabitEthernet 0/41") { $0.lossless = false }
    }
    #expect(
      found == [
        "spine-b TenGigabitEthernet 0/41: it carries RDMA traffic of VLAN 711 without PFC "
          + "[the QoS policy on every hop of the path]"
      ])
  }

  @Test("does not want it on ports of tenants alone or towards the core")
  func notEverywhere() {
    let fabric = TestFabric.spineLeaf()
    let plain = fabric.intents.flatMap(\.ports).filter { $0.enabled && !$0.lossless }
    #expect(!plain.isEmpty)
    #expect(findings("lossless-path") { _ in } == [])
  }

  @Test("tells a switch that has no PFC from one of which nobody knows")
  func capability() {
    let none = findings("lossless-path") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.pfc = .no }
    }
    #expect(none.allSatisfy { $0.contains("dell-n4032f has no PFC") } && none.count == 4)
    let unknown = findings("lossless-path") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.pfc = .unknown }
    }
    #expect(unknown.count == 4)
    let asked = findings("lossless-path") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.pfc = .unknown }
      fabric.confirmations.append(
        Confirmation(kind: .unknown, subject: "dell-n4032f", question: "has it PFC"))
    }
    #expect(asked == [])
    let refused = findings("lossless-path") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.pfc = .unknown }
      fabric.site.requirements.allowsUnknown = false
      fabric.confirmations.append(
        Confirmation(kind: .unknown, subject: "dell-n4032f", question: "has it PFC"))
    }
    #expect(refused.count == 4)
  }
}
