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
      found == [
        "spine-a core-1: its bridge priority is 24576 "
          + "[more than 32768, of the core's root or any other old switch]"
      ])
  }

  @Test("wants the new switches after any old one that may follow the core's root")
  func nextInLine() {
    let found = findings("spanning-tree") { fabric in
      fabric.change("spine-a") { $0.spanningTree.priority = 28672 }
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("its bridge priority is 28672 [more than 32768") == true)
    let alone = findings("spanning-tree") { fabric in
      fabric.site.core?.spanningTree.mode = .none
      fabric.change("spine-a") { $0.spanningTree.priority = 28672 }
    }
    #expect(alone == [])
  }

  @Test("wants a priority of its own for each switch of a pair")
  func twins() {
    let found = findings("spanning-tree") { fabric in
      fabric.change("spine-a") { $0.spanningTree.priority = 57344 }
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("two switches of a pair have one bridge priority") == true)
  }

  @Test("keeps ToRs below both spine nodes")
  func tor() {
    let found = findings("spanning-tree") { fabric in
      fabric.change("tor-r1-a") { $0.spanningTree.priority = 57344 }
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("more than 57344, the spine's") == true)
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
