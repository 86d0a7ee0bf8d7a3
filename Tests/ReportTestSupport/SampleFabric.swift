import CatalogModel
import Fabric
import Quantities
import SiteModel

/// Hand-made networks for tests of reports and files: consistent in ports, cables and sums, but
/// designed by rule of thumb.
public struct SampleFabric {
  var fabricDevices: [Device] = []
  var hosts: [Host] = []
  var cables: [Cable] = []
  var links: [Link] = []
  var nextPort: [String: Int] = [:]
  let racks: Int
  let hostsPerRack: Int

  init(racks: Int, hostsPerRack: Int) {
    self.racks = racks
    self.hostsPerRack = hostsPerRack
  }

  /// Two spine nodes and two ToRs a rack, with an uplink to a core.
  public static func spineLeaf(
    racks: Int = 2, hostsPerRack: Int = 4, core: CoreKind = .chassis,
    coreMode: CoreSpanningTree.Mode = .rstp
  ) -> Fabric {
    var sample = SampleFabric(racks: racks, hostsPerRack: hostsPerRack)
    sample.addSpines()
    for rack in 1...max(racks, 1) { sample.addRack(rack) }
    sample.addPeerAndCore(core)
    sample.addManagement()
    return sample.fabric(
      design: .spineLeaf, core: sample.core(core, mode: coreMode), budget: 4_500_000)
  }

  /// Two switches without a link between them and without a core.
  public static func standalonePair(hosts: Int = 6) -> Fabric {
    var sample = SampleFabric(racks: 1, hostsPerRack: hosts)
    sample.fabricDevices = FabricSide.allCases.map {
      sample.spineDevice("pair-\($0.rawValue.lowercased())", .central, $0, split: 0)
    }
    for number in 1...max(hosts, 1) {
      sample.addHost(rack: 1, number: number, switches: ["pair-a", "pair-b"])
    }
    sample.addManagement()
    return sample.fabric(design: .standalonePair, core: nil, budget: nil)
  }

  private mutating func addSpines() {
    for side in FabricSide.allCases {
      fabricDevices.append(
        spineDevice("spine-\(side.rawValue.lowercased())", .spine, side, split: min(racks, 2)))
    }
  }

  private func spineDevice(
    _ name: String, _ role: DeviceRole, _ side: FabricSide, split: Int
  ) -> Device {
    var ports = (0..<48).map {
      DevicePort(name: "TenGigabitEthernet 0/\($0)", group: "sfp", connector: .sfpPlus)
    }
    for index in 0..<4 {
      let number = 48 + index * 4
      let whole = "fortyGigE 0/\(number)"
      if index < split {
        ports += (0..<4).map {
          DevicePort(
            name: "TenGigabitEthernet 0/\(number + $0)", group: "qsfp", connector: .qsfpPlus,
            splitFrom: whole)
        }
      } else {
        ports.append(DevicePort(name: whole, group: "qsfp", connector: .qsfpPlus))
      }
    }
    return Device(
      name: name, role: role, side: side, part: PartID("dell-s4810"), rack: "r1",
      powerSupplies: 2, accessories: [PartCount(part: SampleParts.cord.id, count: 2)],
      ports: ports, managementAddress: address(10, side == .a ? 0 : 1),
      managementPort: "ManagementEthernet 0/0")
  }

  private func address(_ first: Int, _ index: Int) -> IPv4Address? {
    IPv4Address("192.168.50.\(first + index)")
  }

  private mutating func addRack(_ rack: Int) {
    for side in FabricSide.allCases {
      let name = "tor-r\(rack)-\(side.rawValue.lowercased())"
      var ports = (1...24).map {
        DevicePort(name: "Te1/0/\($0)", group: "sfp", connector: .sfpPlus)
      }
      ports += (1...2).map {
        DevicePort(name: "Fo1/1/\($0)", group: "qsfp", connector: .qsfpPlus)
      }
      fabricDevices.append(
        Device(
          name: name, role: .tor, side: side, part: SampleParts.tor.id,
          modules: [SampleParts.module.id], rack: "r\(rack)", powerSupplies: 1,
          accessories: [PartCount(part: SampleParts.cord.id, count: 1)], ports: ports,
          managementAddress: address(10, fabricDevices.count), managementPort: "out-of-band"))
      for spine in ["spine-a", "spine-b"] { addUplink(rack, side, name, spine) }
    }
    for number in 1...max(hostsPerRack, 1) {
      let switches = ["tor-r\(rack)-a", "tor-r\(rack)-b"]
      addHost(rack: rack, number: number, switches: switches)
    }
  }

  /// Racks 1 and 2 hang on breakout cables, the others on fibre.
  private mutating func addUplink(
    _ rack: Int, _ side: FabricSide, _ tor: String, _ spine: String
  ) {
    if rack <= 2, side == .a {
      let number = 48 + (rack - 1) * 4
      let torNames = ["tor-r\(rack)-a", "tor-r\(rack)-b"]
      let ends = torNames.flatMap { name in
        (0..<2).map { Endpoint(node: name, port: take(name, prefix: "Te1/0/", first: 1 + $0 * 0)) }
      }
      let id = cableID
      cables.append(
        Cable(
          id: id, part: SampleParts.breakout.id,
          routed: Length(millimetres: 3400 + Int64(rack) * 600),
          a: CableEnd(endpoint: Endpoint(node: spine, port: "fortyGigE 0/\(number)")),
          b: ends.map { CableEnd(endpoint: $0) }))
      for (lane, end) in ends.enumerated() {
        addLink(
          .uplink, end,
          Endpoint(node: spine, port: "TenGigabitEthernet 0/\(number + lane)"), id)
      }
    } else if rack > 2 {
      for _ in 0..<2 {
        addCable(
          .uplink, Endpoint(node: tor, port: take(tor, prefix: "Te1/0/", first: 1)),
          Endpoint(node: spine, port: take(spine, prefix: "TenGigabitEthernet 0/", first: 0)),
          part: SampleParts.om3.id, routed: 6200 + Int64(rack) * 600, optics: true)
      }
    }
  }

  private mutating func take(_ node: String, prefix: String, first: Int) -> String {
    let used = nextPort[node + prefix, default: 0]
    nextPort[node + prefix] = used + 1
    return prefix + String(first + used)
  }

  private var cableID: String {
    let number = String(cables.count + 1)
    return "C" + String(repeating: "0", count: max(0, 4 - number.count)) + number
  }

  private mutating func addLink(
    _ role: LinkRole, _ a: Endpoint, _ b: Endpoint, _ cable: String,
    rate: DataRate = SampleParts.gig10
  ) {
    let number = String(links.count + 1)
    links.append(
      Link(
        id: "L" + String(repeating: "0", count: max(0, 4 - number.count)) + number, role: role,
        a: a, b: b, rate: rate, cable: cable))
  }

  private mutating func addCable(
    _ role: LinkRole, _ a: Endpoint, _ b: Endpoint, part: PartID, routed: Int64,
    optics: Bool = false, rate: DataRate = SampleParts.gig10
  ) {
    let id = cableID
    let optic = optics ? SampleParts.sr.id : nil
    cables.append(
      Cable(
        id: id, part: part, routed: Length(millimetres: routed),
        a: CableEnd(endpoint: a, optic: optic),
        b: [CableEnd(endpoint: b, optic: role == .core ? nil : optic)]))
    addLink(role, a, b, id, rate: rate)
  }

  private mutating func addHost(rack: Int, number: Int, switches: [String]) {
    let name = "hv-r\(rack)-\(number < 10 ? "0" : "")\(number)"
    hosts.append(
      Host(
        name: name, group: "hv", rack: "r\(rack)",
        cards: [
          HostCard(
            slot: 0, part: SampleParts.nic.id, bought: false, ports: ["nic1-p1", "nic1-p2"]),
          HostCard(slot: 1, part: nil, bought: false, ports: []),
        ]))
    for (index, node) in switches.enumerated() {
      let prefix = node.hasPrefix("tor") ? "Te1/0/" : "TenGigabitEthernet 0/"
      let port = take(node, prefix: prefix, first: node.hasPrefix("tor") ? 1 : 0)
      addCable(
        .host, Endpoint(node: node, port: port),
        Endpoint(node: name, port: "nic1-p\(index + 1)"), part: SampleParts.dac(3).id,
        routed: 1500 + Int64(number) * 45)
    }
  }

  private mutating func addPeerAndCore(_ kind: CoreKind) {
    for number in [56, 60] {
      addCable(
        .peer, Endpoint(node: "spine-a", port: "fortyGigE 0/\(number)"),
        Endpoint(node: "spine-b", port: "fortyGigE 0/\(number)"), part: SampleParts.qsfpDAC.id,
        routed: 900, rate: SampleParts.gig40)
    }
    for (index, spine) in ["spine-a", "spine-b"].enumerated() {
      addCable(
        .core, Endpoint(node: spine, port: "TenGigabitEthernet 0/\(46)"),
        Endpoint(node: "core-1", port: "Te1/\(index + 1)"), part: SampleParts.om3.id,
        routed: 6400, optics: true)
    }
  }

  private mutating func addManagement() {
    for device in fabricDevices {
      addCable(
        .management, Endpoint(node: device.name, port: device.managementPort),
        Endpoint(node: "management", port: ""), part: SampleParts.cat6.id, routed: 3100,
        rate: .gigabits(1))
    }
  }

  private func core(_ kind: CoreKind, mode: CoreSpanningTree.Mode) -> Core {
    let boxes = kind == .separate || kind == .mlag ? ["core-1a", "core-1b"] : ["", ""]
    return Core(
      name: "core-1", kind: kind, rack: "r1", vendor: "",
      spanningTree: CoreSpanningTree(mode: mode, priority: 24576),
      ports: (1...2).map {
        Core.Port(
          name: "Te1/\($0)", connector: "sfp+", rate: SampleParts.gig10, box: boxes[$0 - 1])
      },
      uplinks: 2, carries: [20, 30].compactMap { VLANID($0) })
  }
}
