import CatalogModel
import Fabric
import Quantities
import SiteModel

extension HostShape {
  /// The shapes of all groups with a card on the new fabric, in the order of the site.
  static func all(of fabric: Fabric) -> [HostShape] {
    let links = HostLinks(fabric)
    return fabric.site.hosts.compactMap { HostShape($0, fabric, links) }
  }

  /// `nil` for a group without hosts or without a port on the new fabric.
  private init?(_ group: HostGroup, _ fabric: Fabric, _ links: HostLinks) {
    let hosts = fabric.hosts.filter { $0.group == group.name }
    guard let first = hosts.first else { return nil }
    self.group = group
    ports = first.cards.flatMap { card in
      let spec = card.part.flatMap(fabric.catalog.part)?.asNIC
      return card.ports.map { name in
        let end = links.end(of: first.name, port: name)
        return HostPort(
          name: name, side: end?.side ?? .a, slot: card.slot, rdma: spec?.rdma ?? .unknown,
          isLossless: end?.isLossless ?? false)
      }
    }
    guard !ports.isEmpty else { return nil }
    bundles = HostShape.bundles(ports, first, group, fabric.site)
    networks = []
    tenants =
      group.carries(.tenant) ? fabric.vlans.filter { $0.purpose == .tenant } : []
    qos = links.qos(of: first.name)
    wantsRDMA = fabric.site.traffic.rdma != .none
    self.hosts = []
    networks = HostShape.networks(of: first, ports, bundles, group, fabric, links)
    self.hosts = hosts.map { host in
      let own = links.addresses(of: host.name)
      return HostPlan(
        name: host.name, rack: host.rack,
        addresses: networks.map { network in
          own.first {
            $0.vlan == network.vlan.id && $0.port == ports[network.port].name
          }?.address ?? network.prefix.network
        },
        rates: ports.map { links.end(of: host.name, port: $0.name)?.rate ?? .gigabits(0) })
    }
  }

  /// Ports by what their cards carry. Cards of Windows teams must be alike, so parts count there.
  private static func bundles(
    _ ports: [HostPort], _ host: Host, _ group: HostGroup, _ site: Site
  ) -> [PortBundle] {
    var keys: [(carries: [TrafficClass], part: PartID?)] = []
    var bundles: [PortBundle] = []
    for (place, port) in ports.enumerated() {
      let card = group.nics[port.slot]
      let part =
        group.hasMultichannel
        ? host.cards.first { $0.ports.contains(port.name) }?.part : nil
      if let known = keys.firstIndex(where: { $0.carries == card.carries && $0.part == part }) {
        bundles[known].ports.append(place)
        continue
      }
      keys.append((card.carries, part))
      bundles.append(
        PortBundle(
          ports: [place], carriesTenants: card.carries.contains(.tenant),
          isTeam: site.hasTeam(card, of: group), canTie: !site.hasLooseTeam(card, of: group)))
    }
    return bundles
  }

  private static func networks(
    of host: Host, _ ports: [HostPort], _ bundles: [PortBundle], _ group: HostGroup,
    _ fabric: Fabric, _ links: HostLinks
  ) -> [HostNetwork] {
    let own = links.addresses(of: host.name)
    var networks: [HostNetwork] = []
    for address in own {
      guard let port = ports.firstIndex(where: { $0.name == address.port }),
        let bundle = bundles.firstIndex(where: { $0.ports.contains(port) }),
        let vlan = fabric.vlans.first(where: { $0.id == address.vlan }),
        let traffic = TrafficClass(rawValue: vlan.purpose.rawValue)
      else { continue }
      let alike = own.filter { $0.vlan == address.vlan }
      let number = alike.firstIndex { $0.port == address.port } ?? 0
      networks.append(
        HostNetwork(
          name: alike.count == 1 ? vlan.name : "\(vlan.name)-\(number + 1)", vlan: vlan,
          prefix: address.prefix, port: port, bundle: bundle,
          isShared: fabric.site.isShared(traffic, by: group)
            && fabric.site.hasOneAddress(group, traffic)))
    }
    return networks
  }
}
