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
    let reading = Reading(fabric)
    hosts = fabric.hosts.compactMap { reading.host($0) }
    qos = fabric.intents.lazy.compactMap(\.qos).first
  }

  /// Works out the hosts of one plan.
  private struct Reading {
    let index: FabricIndex
    private var fabric: Fabric { index.fabric }

    init(_ fabric: Fabric) { index = FabricIndex(fabric) }

    func host(_ host: Host) -> PlannedHost? {
      guard let group = index.group(host.group) else { return nil }
      var ports = zip(host.cards, index.teams(of: host)).flatMap { card, team in
        card.ports.compactMap { port($0, card, team, host, group) }
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

    private func port(
      _ name: String, _ card: HostCard, _ team: Int?, _ host: Host, _ group: HostGroup
    ) -> PlannedPort? {
      guard let link = index.link(ofHostPort: Endpoint(node: host.name, port: name)),
        group.nics.indices.contains(card.slot)
      else { return nil }
      let nic = group.nics[card.slot]
      let intent = index.port(link.a)
      return PlannedPort(
        name: name, side: index.side(of: link.a.node) ?? .a, slot: card.slot, rate: link.rate,
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
      index.addresses(of: host.name).compactMap { address in
        let (subnet, assignment) = (address.subnet, address.assignment)
        guard let vlan = index.vlan(subnet.vlan), let name = index.networkName(address),
          let port = ports.firstIndex(where: { $0.name == assignment.port })
        else { return nil }
        // A team may send by any port that its VLAN is on.
        let carriers = ports.indices.filter {
          ports[$0].team != nil && ports[$0].team == ports[port].team
            && ports[$0].membership.carries(vlan.id)
        }
        return PlannedNetwork(
          name: name, vlan: vlan, prefix: subnet.prefix, address: assignment.address, port: port,
          carriers: carriers.contains(port) ? carriers : [port],
          isTagged: ports[port].membership.untagged != vlan.id)
      }
    }
  }
}
