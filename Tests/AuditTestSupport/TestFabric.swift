import CatalogModel
import Fabric
import Quantities
import SiteModel

/// Small, complete and sound fabrics, one of each design: no proof finds anything in them.
public enum TestFabric {
  /// Two islands in two racks, six hosts, no core, no RDMA.
  public static func standalonePair() -> Fabric {
    var builder = TestFabricBuilder(
      TestSite.site(
        name: "islands", design: .standalonePair,
        nics: [
          HostNIC(model: nil, attach: .newFabric, carries: [.csv, .liveMigration]),
          HostNIC(model: nil, onboard: "4x1G base-t", attach: .existingLAN, carries: []),
        ], core: nil, rdma: .none, hostsPerRack: 3,
        existing: [
          ExistingCabling(medium: "om3", rackA: "r1", rackB: "r2", length: .metres(10))
        ]), .standalonePair)
    builder.addSwitch("pair-a", .central, .a, TestParts.spine, rack: "r1", supplies: 2)
    builder.addSwitch("pair-b", .central, .b, TestParts.spine, rack: "r2", supplies: 2)
    builder.addHosts(
      cards: [TestParts.rdmaCard], bought: true, switches: { _ in ("pair-a", "pair-b") },
      by: { device, rack in
        (device == "pair-a" ? "r1" : "r2") == rack
          ? (TestParts.dac, nil, "") : (TestParts.om3, TestParts.sr, "r1-r2 om3")
      })
    return builder.finish()
  }

  /// A linked pair that hosts plug into, with tenants and a core.
  public static func vltPair() -> Fabric {
    var builder = TestFabricBuilder(
      TestSite.site(
        name: "pair", design: .vltPair,
        nics: [
          HostNIC(model: "mcx312a-xcbt", attach: .newFabric, carries: [.csv, .liveMigration]),
          HostNIC(model: "X520-DA2", attach: .newFabric, carries: [.tenant]),
        ], core: TestSite.core(), rdma: .required, hostsPerRack: 3,
        existing: [
          ExistingCabling(medium: "om3", rackA: "r1", rackB: "r2", length: .metres(10))
        ]), .vltPair)
    builder.addSwitch("pair-a", .central, .a, TestParts.spine, rack: "r1", supplies: 2)
    builder.addSwitch("pair-b", .central, .b, TestParts.spine, rack: "r1", supplies: 2)
    builder.addHosts(
      cards: [TestParts.rdmaCard, TestParts.plainCard], switches: { _ in ("pair-a", "pair-b") },
      by: { _, rack in
        rack == "r1" ? (TestParts.dac, nil, "") : (TestParts.om3, TestParts.sr, "r1-r2 om3")
      })
    for number in [40, 41] { builder.addPeer("pair-a", "pair-b", number) }
    builder.addCore("pair-a", "pair-b")
    return builder.finish()
  }

  /// A linked pair below a core of two separate boxes, with hosts that have one address over a bond
  /// of both fabrics.
  public static func bondedPair() -> Fabric {
    var site = TestSite.site(
      name: "bonds", design: .vltPair,
      nics: [
        HostNIC(model: "X520-DA2", attach: .newFabric, carries: [.liveMigration, .tenant])
      ], core: TestSite.separateCore(), rdma: .none, hostsPerRack: 3,
      existing: [
        ExistingCabling(medium: "om3", rackA: "r1", rackB: "r2", length: .metres(10))
      ])
    site.hosts[0].os = "linux"
    site.traffic.csv = false
    site.addressing.entries.removeAll { $0.traffic == .csv }
    var builder = TestFabricBuilder(site, .vltPair)
    builder.addSwitch("pair-a", .central, .a, TestParts.spine, rack: "r1", supplies: 2)
    builder.addSwitch("pair-b", .central, .b, TestParts.spine, rack: "r1", supplies: 2)
    builder.addHosts(
      cards: [TestParts.plainCard], switches: { _ in ("pair-a", "pair-b") },
      by: { _, rack in
        rack == "r1" ? (TestParts.dac, nil, "") : (TestParts.om3, TestParts.sr, "r1-r2 om3")
      })
    for number in [40, 41] { builder.addPeer("pair-a", "pair-b", number) }
    builder.addCore("pair-a", "pair-b")
    return builder.finish()
  }

  /// Two spine nodes, two ToRs in each rack: the first with direct 40G uplinks, the second with
  /// breakouts, the others with fibre.
  public static func spineLeaf(racks: Int = 2, hostsPerRack: Int = 4) -> Fabric {
    var builder = TestFabricBuilder(
      TestSite.site(
        name: "leaf", design: .spineLeaf,
        nics: [
          HostNIC(model: "MCX312A-XCBT", attach: .newFabric, carries: [.csv, .liveMigration]),
          HostNIC(model: "X520-DA2", attach: .newFabric, carries: [.tenant]),
        ], core: TestSite.core(), rdma: .required, racks: racks, hostsPerRack: hostsPerRack),
      .spineLeaf)
    for (name, side, rack) in [("spine-a", FabricSide.a, "r1"), ("spine-b", .b, "r2")] {
      builder.addSwitch(
        name, .spine, side, TestParts.spine, rack: rack,
        split: ["fortyGigE 0/56", "fortyGigE 0/60"], supplies: 2)
    }
    for rack in builder.site.room.racks {
      for side in FabricSide.allCases {
        builder.addSwitch(
          "tor-\(rack.name)-\(side.rawValue.lowercased())", .tor, side, TestParts.tor,
          rack: rack.name, modules: [TestParts.module], supplies: 1)
      }
    }
    builder.addHosts(
      cards: [TestParts.rdmaCard, TestParts.plainCard],
      switches: { ("tor-\($0)-a", "tor-\($0)-b") }, by: { _, _ in (TestParts.dac, nil, "") })
    for (node, spine) in ["spine-a", "spine-b"].enumerated() {
      for rack in 1...racks {
        for (index, side) in ["a", "b"].enumerated() {
          builder.addUplinks("tor-r\(rack)-\(side)", spine, rack: rack, side: index, node: node)
        }
      }
    }
    for number in 40..<44 { builder.addPeer("spine-a", "spine-b", number) }
    builder.addCore("spine-a", "spine-b")
    return builder.finish()
  }

  /// One of each design, and a pair of another kind.
  public static let all: [(name: String, fabric: Fabric)] = [
    ("standalone-pair", standalonePair()), ("vlt-pair", vltPair()),
    ("vlt-pair with bonds", bondedPair()), ("spine-leaf", spineLeaf()),
  ]
}

extension TestFabricBuilder {
  fileprivate mutating func addUplinks(
    _ tor: String, _ spine: String, rack: Int, side: Int, node: Int
  ) {
    let torPorts = (0..<2).map { Endpoint(node: tor, port: "Te1/0/\(21 + node * 2 + $0)") }
    switch rack {
    case 1:
      connect(
        .uplink, Endpoint(node: tor, port: "Fo1/1/\(node + 1)"),
        Endpoint(node: spine, port: "fortyGigE 0/\(48 + 4 * side)"), .gigabits(40),
        TestParts.qsfpDAC)
    case 2:
      let number = 56 + 4 * side
      breakOut(
        spine, "fortyGigE 0/\(number)",
        lanes: (0..<2).map { "TenGigabitEthernet 0/\(number + $0)" }, to: torPorts)
    default:
      for (index, port) in torPorts.enumerated() {
        let number = (rack - 3) * 4 + side * 2 + index
        connect(
          .uplink, port, Endpoint(node: spine, port: "TenGigabitEthernet 0/\(number)"),
          .gigabits(10), TestParts.om3Long, optic: TestParts.sr)
      }
    }
  }

  fileprivate mutating func addPeer(_ a: String, _ b: String, _ number: Int) {
    let port = "TenGigabitEthernet 0/\(number)"
    connect(
      .peer, Endpoint(node: a, port: port), Endpoint(node: b, port: port), .gigabits(10),
      TestParts.dac)
  }

  fileprivate mutating func addCore(_ a: String, _ b: String) {
    for (index, node) in [a, b].enumerated() {
      connect(
        .core, Endpoint(node: node, port: "TenGigabitEthernet 0/46"),
        Endpoint(node: "core-1", port: site.core?.ports[index].label ?? ""), .gigabits(10),
        TestParts.om3,
        optic: TestParts.sr)
    }
  }
}
