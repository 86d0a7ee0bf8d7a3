import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("connector-fits: plugs, cages and sockets")
struct ConnectorFitsTests {
  @Test("names plug and cage")
  func plug() {
    let found = findings("connector-fits", in: TestFabric.standalonePair()) { fabric in
      fabric.change(cable: TestParts.dac.id) {
        $0.endA = .qsfpPlus
        $0.endB = .qsfpPlus
      }
    }
    #expect(found.count == 12)
    #expect(
      found.first?.hasSuffix("the plug is qsfp+ and the port is sfp+ [a plug that fits the port]")
        == true)
  }

  @Test("lets an SFP+ plug into an SFP28 cage and not the reverse")
  func cages() {
    #expect(
      findings("connector-fits", in: TestFabric.standalonePair()) { fabric in
        for device in fabric.devices.indices {
          for port in fabric.devices[device].ports.indices
          where fabric.devices[device].ports[port].connector == .sfpPlus {
            fabric.devices[device].ports[port].connector = .sfp28
          }
        }
      } == [])
    #expect(
      !findings("connector-fits", in: TestFabric.standalonePair()) { fabric in
        fabric.change(cable: TestParts.dac.id) {
          $0.endA = .sfp28
          $0.endB = .sfp28
        }
      }.isEmpty)
  }
}
