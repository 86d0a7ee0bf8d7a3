import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("length-covers: cables and ways")
struct LengthCoversTests {
  @Test("recomputes a way inside a rack: (42 x 44.45 + 600) mm and 10 %, rounded up")
  func insideARack() {
    let fabric = TestFabric.spineLeaf()
    let host = fabric.links.first { $0.role == .host }
    // 1866.9 + 600 = 2466.9 mm; x 1.1 = 2713.59 mm.
    #expect(host.flatMap { fabric.cable($0.cable) }?.routed == Length(millimetres: 2714))
    let found = findings("length-covers") { $0.cables[0].routed.millimetres += 1 }
    #expect(found.count == 1)
  }

  @Test("recomputes a way between racks over the tray")
  func betweenRacks() {
    let fabric = TestFabric.spineLeaf()
    let uplink = fabric.links.first { $0.a.node == "tor-r1-a" && $0.b.node == "spine-b" }
    // 2 x (600 + 300) + 600 = 2400 mm; x 1.1 = 2640 mm.
    #expect(uplink.flatMap { fabric.cable($0.cable) }?.routed == Length(millimetres: 2640))
  }

  @Test("recomputes both patch cords of existing cabling to the panel")
  func patchCords() {
    let fabric = TestFabric.vltPair()
    let cord = fabric.cables.first { !$0.existing.isEmpty }
    #expect(cord?.routed == Length(millimetres: 2714))
    #expect(cord?.pieces == 2)
  }

  @Test("accepts a cable just as long as its way, not one a millimetre shorter")
  func boundary() {
    let exact = findings("length-covers") { fabric in
      fabric.change(cable: TestParts.dac.id) { $0.length = Length(millimetres: 2714) }
    }
    #expect(exact == [])
    let short = findings("length-covers") { fabric in
      fabric.change(cable: TestParts.dac.id) { $0.length = Length(millimetres: 2713) }
    }
    #expect(short.first?.hasSuffix("generic-dac-3m is 2.713 m long [at least 2.714 m]") == true)
  }

  @Test("follows rows: the distance of two rows is counted in row pitches")
  func rows() {
    let found = findings("length-covers") { $0.site.room.racks[1].row = 1 }
    // 2400 + 1800 = 4200 mm; x 1.1 = 4620 mm.
    #expect(found.contains { $0.contains("2.64 m [4.62 m") })
  }
}
