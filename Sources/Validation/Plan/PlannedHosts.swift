import CatalogModel
import Fabric
import Quantities
import SiteModel

/// All hosts of a plan with a port on the new fabric, in the order of the plan.
struct PlannedHosts: Sendable {
  let hosts: [PlannedHost]
  /// Policy of the lossless switches; `nil` when nothing is lossless.
  let qos: QoSIntent?

  init(_ fabric: Fabric) {
    var lookup = Lookup(fabric)
    hosts = fabric.hosts.compactMap { lookup.host($0) }
    qos = fabric.intents.lazy.compactMap(\.qos).first
  }

  /// Indices of a plan that every host is looked up in.
  private struct Lookup {
    let fabric: Fabric
    var links: [Endpoint: Link] = [:]
    var intents: [Endpoint: PortIntent] = [:]
    var sides: [String: FabricSide] = [:]
    var addresses: [String: [(subnet: Subnet, assignment: AddressAssignment)]] = [:]
    var vlans: [VLANID: VLAN] = [:]
    var groups: [String: HostGroup] = [:]

    init(_ fabric: Fabric) {
      self.fabric = fabric
      for link in fabric.links where link.role == .host { links[link.b] = link }
      for intent in fabric.intents {
        for port in intent.ports {
          intents[Endpoint(node: intent.hostname, port: port.name)] = port
        }
      }
      for device in fabric.devices { sides[device.name] = device.side }
      for subnet in fabric.subnets {
        for assignment in subnet.assignments {
          addresses[assignment.node, default: []].append((subnet, assignment))
        }
      }
      for vlan in fabric.vlans { vlans[vlan.id] = vlan }
      for group in fabric.site.hosts { groups[group.name] = group }
    }

    mutating func host(_ host: Host) -> PlannedHost? {
      guard let group = groups[host.group] else { return nil }
      var teams: [(carries: [TrafficClass], part: PartID?)] = []
      var ports = host.cards.flatMap { card in
        let team = team(of: card, group, &teams)
        return card.ports.compactMap { port($0, card, team, host, group) }
      }
      guard !ports.isEmpty else { return nil }
      var networks = networks(of: host, ports)
      fold(&networks, ports, group)
      for place in ports.indices {
        ports[place].mtu =
          networks.filter { $0.foldedInto == nil && $0.carriers.contains(place) }.map(\.vlan.mtu)
          .max() ?? 1500
      }
      return PlannedHost(name: host.name, group: group, ports: ports, networks: networks)
    }

    /// Cards that carry the same are joined; those of Windows teams must be alike, so parts count.
    private func team(
      of card: HostCard, _ group: HostGroup,
      _ teams: inout [(carries: [TrafficClass], part: PartID?)]
    ) -> Int? {
      guard group.nics.indices.contains(card.slot) else { return nil }
      let nic = group.nics[card.slot]
      guard fabric.site.hasTeam(nic, of: group) else { return nil }
      let part = group.hasMultichannel ? card.part : nil
      if let known = teams.firstIndex(where: { $0.carries == nic.carries && $0.part == part }) {
        return known
      }
      teams.append((nic.carries, part))
      return teams.count - 1
    }

    private func port(
      _ name: String, _ card: HostCard, _ team: Int?, _ host: Host, _ group: HostGroup
    ) -> PlannedPort? {
      guard let link = links[Endpoint(node: host.name, port: name)],
        group.nics.indices.contains(card.slot)
      else { return nil }
      let nic = group.nics[card.slot]
      let intent = intents[link.a]
      return PlannedPort(
        name: name, side: sides[link.a.node] ?? .a, slot: card.slot, rate: link.rate,
        switchPort: link.a, cable: link.cable, membership: intent?.membership ?? .none,
        isLossless: intent?.lossless ?? false, team: team,
        carriesTenants: nic.carries.contains(.tenant),
        rdma: card.part.flatMap(fabric.catalog.part)?.asNIC?.rdma ?? .unknown, mtu: 1500)
    }

    /// Hosts set up by the plan's script leave networks out where a port has one VLAN alone.
    private func fold(
      _ networks: inout [PlannedNetwork], _ ports: [PlannedPort], _ group: HostGroup
    ) {
      guard group.os == "windows-server-2012r2", fabric.site.traffic.rdma != .none else { return }
      for (place, port) in ports.enumerated() {
        guard port.team == nil, port.rdma.isCapable,
          port.isLossless || !port.rdma.needsLossless
        else { continue }
        let own = networks.indices.filter { networks[$0].port == place }
        guard own.count > 1,
          let kept = VLANPurpose.kept(own.map { networks[$0].vlan.purpose })
        else { continue }
        for network in own where network != own[kept] {
          networks[network].foldedInto = networks[own[kept]].name
        }
      }
    }

    private func networks(of host: Host, _ ports: [PlannedPort]) -> [PlannedNetwork] {
      let own = addresses[host.name] ?? []
      return own.compactMap { subnet, assignment in
        guard let vlan = vlans[subnet.vlan],
          let port = ports.firstIndex(where: { $0.name == assignment.port })
        else { return nil }
        let alike = own.filter { $0.subnet.vlan == subnet.vlan }
        let number = alike.firstIndex { $0.assignment.port == assignment.port } ?? 0
        // A team may send by any port that its VLAN is on.
        let carriers = ports.indices.filter {
          ports[$0].team != nil && ports[$0].team == ports[port].team
            && ports[$0].membership.carries(vlan.id)
        }
        return PlannedNetwork(
          name: alike.count == 1 ? vlan.name : "\(vlan.name)-\(number + 1)", vlan: vlan,
          prefix: subnet.prefix, address: assignment.address, port: port,
          carriers: carriers.contains(port) ? carriers : [port],
          isTagged: ports[port].membership.untagged != vlan.id)
      }
    }
  }
}
