import CatalogModel
import Foundation
import Quantities
import Testing

@testable import CatalogStore

@Suite struct ShippedCatalogTests {
  @Test("The shipped catalogue reads without a finding")
  func reads() throws {
    let catalog = try Shipped.catalog.get()
    #expect(catalog.parts.count > 370)
    #expect(catalog.prices.count > 150)
  }

  @Test("The schema in the program is the one that ships as a file")
  func schema() throws {
    let file = try String(
      contentsOf: Shipped.directory.appendingPathComponent("catalog.rng"), encoding: .utf8)
    #expect(CatalogSchema.relaxNG == file)
  }

  @Test("The schema accepts each shipped file by itself")
  func valid() throws {
    for file in try Shipped.files() {
      let found = try XMLDocument.read(file.bytes, file: file.name) { _ in true }
      #expect(found.isEmpty, "\(found.map(sentence))")
    }
  }

  @Test("Dell OS9 and OS6 ports have the names of the command line")
  func portNames() throws {
    let catalog = try Shipped.catalog.get()
    func names(_ id: String, _ group: String) throws -> [String] {
      let part = try #require(catalog.part(PartID(id)), "\(id)")
      let groups = part.asSwitch?.ports ?? part.asModule?.ports ?? []
      let ports = try #require(groups.first { $0.id == group }, "\(id) \(group)")
      return (0..<ports.count).map(ports.naming.name)
    }
    func lanes(_ id: String, _ group: String, _ index: Int) throws -> [String] {
      let part = try #require(catalog.part(PartID(id)))
      let groups = part.asSwitch?.ports ?? part.asModule?.ports ?? []
      let ports = try #require(groups.first { $0.id == group })
      let split = try #require(ports.split)
      return (0..<split.lanes).map {
        split.laneName(portNumber: ports.naming.number(index), lane: $0)
      }
    }
    #expect(try names("dell-s4810", "sfp").first == "TenGigabitEthernet 0/0")
    #expect(try names("dell-s4810", "sfp").last == "TenGigabitEthernet 0/47")
    let forty = ["fortyGigE 0/48", "fortyGigE 0/52", "fortyGigE 0/56", "fortyGigE 0/60"]
    #expect(try names("dell-s4810", "qsfp") == forty)
    #expect(try names("dell-s4820t", "qsfp") == forty)
    #expect(
      try lanes("dell-s4810", "qsfp", 1) == (52...55).map { "TenGigabitEthernet 0/\($0)" })
    #expect(try names("dell-z9000", "qsfp").last == "fortyGigE 0/124")
    #expect(try names("dell-s4048-on", "sfp").first == "TenGigabitEthernet 1/1")
    #expect(try names("dell-s4048-on", "qsfp") == (49...54).map { "fortyGigE 1/\($0)" })
    #expect(
      try lanes("dell-s4048-on", "qsfp", 0) == (1...4).map { "TenGigabitEthernet 1/49/\($0)" })
    #expect(try names("dell-n4032f", "sfp").first == "Te1/0/1")
    #expect(try names("dell-n4064f", "qsfp") == ["Fo1/0/1", "Fo1/0/2"])
    #expect(try lanes("dell-n4064f", "qsfp", 1) == (53...56).map { "Te1/0/\($0)" })
    #expect(try names("dell-n4000-2x-qsfp+", "module") == ["Fo1/1/1", "Fo1/1/2"])
    #expect(try lanes("dell-n4000-2x-qsfp+", "module", 1) == (5...8).map { "Te1/1/\($0)" })
    #expect(try names("dell-n4000-4x-sfp+", "module").last == "Te1/1/4")
  }

  @Test("Switches that the examples rest on have what they need")
  func keySwitches() throws {
    let catalog = try Shipped.catalog.get()
    let s4810 = try #require(catalog.part(PartID("dell-s4810"))?.asSwitch)
    #expect(s4810.os == .os9 && s4810.multiChassis == .vlt && s4810.maxLAGMembers == 8)
    #expect([s4810.pfc, s4810.ets, s4810.dcbx, s4810.uplinkTracking] == [.yes, .yes, .yes, .yes])
    #expect(s4810.powerSupplies == PowerSupplies(included: 1, bays: 2))
    #expect(s4810.airflow == [.portToPSU, .psuToPort])
    let n4032f = try #require(catalog.part(PartID("dell-n4032f"))?.asSwitch)
    #expect(n4032f.os == .os6 && n4032f.bays == 1 && n4032f.modules.count == 3)
    #expect(n4032f.uplinkTracking == .yes && n4032f.maxLAGMembers == 8)
    let sx1024 = try #require(catalog.part(PartID("mellanox-sx1024"))?.asSwitch)
    #expect(sx1024.ports.last?.count == 12 && sx1024.ports.last?.split == nil)
  }
}
