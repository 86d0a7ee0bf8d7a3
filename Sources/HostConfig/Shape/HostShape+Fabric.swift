import CatalogModel
import Fabric
import Quantities
import SiteModel

extension HostShape {
  /// The shapes of all groups with a card on the new fabric, in the order of the site.
  static func all(of fabric: Fabric) -> [HostShape] {
    let index = FabricIndex(fabric)
    return fabric.site.hosts.compactMap { HostShape($0, index) }
  }

  /// `nil` for a group without hosts or without a port on the new fabric.
  private init?(_ group: HostGroup, _ index: FabricIndex) {
    let fabric = index.fabric
    let hosts = fabric.hosts.filter { $0.group == group.name }
    guard let first = hosts.first else { return nil }
    self.group = group
    ports = first.cards.flatMap { card in
      let spec = card.part.flatMap(fabric.catalog.part)?.asNIC
      return card.ports.map { name in
        let end = index.link(ofHostPort: Endpoint(node: first.name, port: name))?.a
        return HostPort(
          name: name, side: end.flatMap { index.side(of: $0.node) } ?? .a, slot: card.slot,
          rdma: spec?.rdma ?? .unknown, isLossless: end.flatMap(index.port)?.lossless ?? false)
      }
    }
    guard !ports.isEmpty else { return nil }
    bundles = HostShape.bundles(of: first, group, index)
    networks = []
    tenants =
      group.carries(.tenant) ? fabric.vlans.filter { $0.purpose == .tenant } : []
    qos = index.qos(of: first.name)
    wantsRDMA = fabric.site.traffic.rdma != .none
    self.hosts = []
    networks = HostShape.networks(of: first, ports, bundles, group, index)
    self.hosts = hosts.map { host in
      let own = index.addresses(of: host.name)
      return HostPlan(
        name: host.name, rack: host.rack,
        addresses: networks.map { network in
          own.first {
            $0.subnet.vlan == network.vlan.id && $0.assignment.port == ports[network.port].name
          }?.assignment.address ?? network.prefix.network
        },
        rates: ports.map {
          index.link(ofHostPort: Endpoint(node: host.name, port: $0.name))?.rate ?? .gigabits(0)
        })
    }
  }

  /// Ports by what their cards carry.
  private static func bundles(
    of host: Host, _ group: HostGroup, _ index: FabricIndex
  ) -> [PortBundle] {
    let site = index.fabric.site
    var bundles: [PortBundle] = []
    var port = 0
    for (card, bundle) in zip(host.cards, index.bundles(of: host)) {
      let own = Array(port..<port + card.ports.count)
      port += own.count
      guard let bundle else { continue }
      if bundles.indices.contains(bundle) {
        bundles[bundle].ports += own
        continue
      }
      let nic = group.nics[card.slot]
      bundles.append(
        PortBundle(
          ports: own, carriesTenants: nic.carries.contains(.tenant),
          isTeam: site.hasTeam(nic, of: group), canTie: !site.hasLooseTeam(nic, of: group)))
    }
    return bundles
  }

  private static func networks(
    of host: Host, _ ports: [HostPort], _ bundles: [PortBundle], _ group: HostGroup,
    _ index: FabricIndex
  ) -> [HostNetwork] {
    let site = index.fabric.site
    var networks: [HostNetwork] = []
    for address in index.addresses(of: host.name) {
      let (subnet, assignment) = (address.subnet, address.assignment)
      guard let port = ports.firstIndex(where: { $0.name == assignment.port }),
        let bundle = bundles.firstIndex(where: { $0.ports.contains(port) }),
        let vlan = index.vlan(subnet.vlan), let name = index.networkName(address),
        let traffic = TrafficClass(rawValue: vlan.purpose.rawValue)
      else { continue }
      networks.append(
        HostNetwork(
          name: name, vlan: vlan, prefix: subnet.prefix, port: port, bundle: bundle,
          isShared: site.isShared(traffic, by: group)
            && site.hasOneAddress(group, traffic)))
    }
    return networks
  }
}
