import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("accessories: supplies, cords, kits and licences")
struct AccessoriesTests {
  @Test("wants the further supply and one kind of cord for each")
  func supplies() {
    let found = findings("accessories") { fabric in
      fabric.devices[0].accessories.removeAll { $0.part == TestParts.supply.id }
    }
    #expect(found == ["spine-a dell-s4810-psu: 0 of it are bought with this switch [1]"])
  }

  @Test("wants a licence where the switch is one of a pair")
  func licence() {
    let found = findings("accessories") { fabric in
      fabric.change(switch: TestParts.spine.id) {
        $0.requires.append(RequiredPart(part: PartID("vlt-licence"), when: .multiChassis))
      }
    }
    #expect(
      found
        == ["spine-a", "spine-b"].map {
          "\($0) vlt-licence: 0 of it are bought with this switch [1]"
        })
  }

  @Test("wants cords that fit the outlets of the rack")
  func outlet() {
    let found = findings("accessories") { $0.site.room.racks[0].outlet = "CEE 7/3" }
    #expect(found.count == 3)
    #expect(
      found.first == "spine-a cord-c13: the cord's plug is C13 [CEE 7/3, the outlet of rack r1]")
  }
}
