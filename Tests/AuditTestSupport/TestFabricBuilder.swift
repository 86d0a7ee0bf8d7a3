import CatalogModel
import Fabric
import Quantities
import SiteModel

/// Puts a fabric together by hand: switches, hosts, cables; the rest follows from them.
struct TestFabricBuilder {
  let site: Site
  let design: DesignKind
  var devices: [Device] = []
  var hosts: [Host] = []
  var cables: [Cable] = []
  var links: [Link] = []

  init(_ site: Site, _ design: DesignKind) {
    self.site = site
    self.design = design
  }

  mutating func addSwitch(
    _ name: String, _ role: DeviceRole, _ side: FabricSide, _ part: Part, rack: String,
    modules: [Part] = [], split: Set<String> = [], supplies: Int
  ) {
    guard let spec = part.asSwitch else { return }
    var ports: [DevicePort] = []
    for group in spec.ports { ports += TestFabricBuilder.ports(group, group.id, split) }
    for (bay, module) in modules.enumerated() {
      for group in module.asModule?.ports ?? [] {
        ports += TestFabricBuilder.ports(group, "bay\(bay + 1)/\(group.id)", split)
      }
    }
    var accessories = [PartCount(part: TestParts.cord.id, count: supplies)]
    if let extra = spec.powerSupplies.part, supplies > 1 {
      accessories.append(PartCount(part: extra, count: supplies - 1))
    }
    if spec.requires.contains(where: { $0.part == TestParts.rails.id }) {
      accessories.append(PartCount(part: TestParts.rails.id, count: 1))
    }
    devices.append(
      Device(
        name: name, role: role, side: side, part: part.id, modules: modules.map(\.id), rack: rack,
        powerSupplies: supplies, accessories: accessories, ports: ports,
        managementAddress: site.management.subnet.address(
          site.management.firstAddress + devices.count),
        managementPort: spec.managementPortName))
    let far = Endpoint(node: "management", port: "")
    connect(
      .management, Endpoint(node: name, port: spec.managementPortName), far, .gigabits(1),
      TestParts.cat6a)
  }

  private static func ports(
    _ group: PortGroup, _ id: String, _ split: Set<String>
  ) -> [DevicePort] {
    (0..<group.count).flatMap { index -> [DevicePort] in
      let name = group.naming.name(index)
      guard split.contains(name), let rule = group.split else {
        return [DevicePort(name: name, group: id, connector: group.connector)]
      }
      return (0..<rule.lanes).map { lane in
        DevicePort(
          name: rule.laneName(portNumber: group.naming.number(index), lane: lane), group: id,
          connector: group.connector, splitFrom: name)
      }
    }
  }

  /// All hosts of the site; `switches` names the two that a rack's hosts plug into.
  mutating func addHosts(
    cards: [Part], bought: Bool = false, switches: (String) -> (String, String),
    by medium: (String, String) -> (cable: Part, optic: Part?, existing: String)
  ) {
    var next: [String: Int] = [:]
    for group in site.hosts {
      for placement in group.placements {
        let (a, b) = switches(placement.rack)
        for number in 1...placement.count {
          let name = "\(group.name)-\(placement.rack)-0\(number)"
          var fitted: [HostCard] = []
          for (slot, card) in cards.enumerated() {
            let ports = ["nic\(slot + 1)-p1", "nic\(slot + 1)-p2"]
            fitted.append(HostCard(slot: slot, part: card.id, bought: bought, ports: ports))
          }
          hosts.append(
            Host(name: name, group: group.name, rack: placement.rack, cards: fitted))
          for card in fitted {
            for (port, device) in zip(card.ports, [a, b]) {
              let at = next[device, default: 0]
              next[device] = at + 1
              let own = devices.first { $0.name == device }?.ports[at].name ?? ""
              let media = medium(device, placement.rack)
              connect(
                .host, Endpoint(node: device, port: own), Endpoint(node: name, port: port),
                .gigabits(10), media.cable, optic: media.optic, existing: media.existing)
            }
          }
        }
      }
    }
  }

  mutating func connect(
    _ role: LinkRole, _ a: Endpoint, _ b: Endpoint, _ rate: DataRate, _ cable: Part,
    optic: Part? = nil, existing: String = ""
  ) {
    let id = nextCable
    cables.append(
      Cable(
        id: id, part: cable.id, pieces: existing.isEmpty ? 1 : 2,
        routed: existing.isEmpty ? routed(a.node, b.node) : toPanel(a.node, b.node),
        existing: existing, a: CableEnd(endpoint: a, optic: optic?.id),
        b: [CableEnd(endpoint: b, optic: optic?.id)]))
    links.append(Link(id: nextLink, role: role, a: a, b: b, rate: rate, cable: id))
  }

  /// A breakout: lanes of a spine port to ports of a ToR.
  mutating func breakOut(_ spine: String, _ whole: String, lanes: [String], to ports: [Endpoint]) {
    let id = nextCable
    cables.append(
      Cable(
        id: id, part: TestParts.breakout.id, routed: routed(spine, ports[0].node),
        a: CableEnd(endpoint: Endpoint(node: spine, port: whole)),
        b: ports.map { CableEnd(endpoint: $0) }))
    for (lane, port) in zip(lanes, ports) {
      links.append(
        Link(
          id: nextLink, role: .uplink, a: port, b: Endpoint(node: spine, port: lane),
          rate: .gigabits(10), cable: id))
    }
  }

  private var nextCable: String { "C" + padded(cables.count + 1) }
  private var nextLink: String { "L" + padded(links.count + 1) }
  private func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func rack(_ node: String) -> (rack: Rack, isHost: Bool) {
    let host = hosts.first { $0.name == node }
    let name =
      devices.first { $0.name == node }?.rack ?? host?.rack
      ?? (node == site.core?.name ? site.core?.rack : nil) ?? site.management.rack
    return (TestSite.sure(site.room.racks.first { $0.name == name }), host != nil)
  }

  /// In units of 1/200 mm, since the slack of every test site is 10 %: ⌈11 L₀ / 10⌉.
  private func slacked(_ twentieths: Int64) -> Length {
    Length(millimetres: (twentieths * 11 + 199) / 200)
  }

  private func routed(_ a: String, _ b: String) -> Length {
    let (p, q) = (rack(a), rack(b))
    let up = [p, q].reduce(Int64(0)) { $0 + ($1.isHost ? Int64($1.rack.units) * 889 : 0) }
    guard p.rack.name != q.rack.name else { return slacked(up + 20 * 600) }
    let across = Int64(abs(p.rack.position - q.rack.position)) * 600
    let rows = Int64(abs(p.rack.row - q.rack.row)) * 1800
    return slacked(up + 20 * (2 * 600 + 2 * 300 + across + rows))
  }

  private func toPanel(_ a: String, _ b: String) -> Length {
    let up = [rack(a), rack(b)].map { $0.isHost ? Int64($0.rack.units) * 889 : 0 }.max() ?? 0
    return slacked(up + 20 * 600)
  }
}
