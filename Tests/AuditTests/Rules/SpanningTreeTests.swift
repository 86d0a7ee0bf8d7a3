import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("spanning-tree: the root stays in the core")
struct SpanningTreeTests {
  @Test("does not accept a priority equal to the core's")
  func equal() {
    let found = findings("spanning-tree") { fabric in
      fabric.change("spine-a") { $0.spanningTree.priority = 24576 }
    }
    #expect(
      found == ["spine-a core-1: its bridge priority is 24576 [more than 24576, the core's]"])
  }

  @Test("keeps ToRs below both spine nodes")
  func tor() {
    let found = findings("spanning-tree") { fabric in
      fabric.change("tor-r1-a") { $0.spanningTree.priority = 32768 }
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("more than 32768, the spine's") == true)
  }

  @Test("asks about PVST+ against RSTP")
  func pvst() {
    #expect(findings("spanning-tree") { $0.site.core?.spanningTree.mode = .pvst }.count == 1)
    let asked = findings("spanning-tree") { fabric in
      fabric.site.core?.spanningTree.mode = .pvst
      fabric.confirmations.append(
        Confirmation(
          kind: .owner, subject: "core-1",
          question: "PVST+ of the core meets RSTP: which VLAN is native"))
    }
    #expect(asked == [])
  }
}
