import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("port-usable: lanes, lost ports and shared sockets")
struct PortUsableTests {
  @Test("names lanes as the platform does")
  func lanes() {
    let found = findings("port-usable") { fabric in
      fabric.change(switch: TestParts.spine.id) { $0.ports[1].split?.laneNumbering = .slash }
    }
    #expect(found.count == 4)
    #expect(found.first?.hasPrefix("spine-a fortyGigE 0/56: its lanes are called") == true)
  }

  @Test("wants the neighbours of a split port marked as lost")
  func lost() {
    let found = findings("port-usable") { fabric in
      fabric.change(switch: TestParts.spine.id) { $0.ports[1].split?.disables = 1 }
    }
    #expect(found.first == "spine-a qsfp: 0 ports are marked as lost by splitting [2]")
  }

  @Test("counts a shared socket once")
  func shared() {
    let found = findings("port-usable", in: TestFabric.standalonePair()) { fabric in
      fabric.change(switch: TestParts.spine.id) {
        $0.ports[1].count = 5
        $0.ports[0].sharedWith = "qsfp"
      }
    }
    #expect(
      found.first
        == "pair-a sfp qsfp: 6 ports of two groups that share sockets are used [at most 5]")
  }
}
