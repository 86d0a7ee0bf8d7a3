import CatalogModel
import Fabric
import Migration
import Quantities
import SiteModel

/// The ports of a host over which guests move, and what the plan makes of them.
struct MigrationPorts: Hashable, Sendable {
  /// A port, and what passes it on the way to other hosts.
  struct Port: Hashable, Sendable {
    var name: String
    /// Of the port, or of all uplinks of its switch where these carry less and guests pass them.
    var rate: DataRate
    var rdma: RDMA
  }

  var ports: [Port]
  /// Bytes of an IP packet in the network of migrations.
  var mtu: Int
  /// Whether nothing is lost in it.
  var isLossless: Bool
  /// What the plan's files make of them.
  var use: PortUse

  /// `nil` for a host without a network of migrations on the new fabric.
  init?(_ host: Host, of group: HostGroup, _ index: FabricIndex) {
    let own = index.addresses(of: host.name).compactMap { address -> (VLAN, String)? in
      guard let vlan = index.vlan(address.subnet.vlan), vlan.purpose == .liveMigration else {
        return nil
      }
      return (vlan, address.assignment.port)
    }
    guard let first = own.first else { return nil }
    mtu = own.map(\.0.mtu).min() ?? first.0.mtu
    isLossless = own.allSatisfy(\.0.lossless)
    let hasOneAddress = index.fabric.site.hasOneAddress(group, .liveMigration)
    var names = own.map(\.1)
    if hasOneAddress {
      // One address stands on one port, and is carried by all that are joined with it.
      let bundles = index.bundles(of: host)
      let bundle = zip(host.cards, bundles).first { $0.0.ports.contains(first.1) }?.1
      names = zip(host.cards, bundles).filter { $0.1 != nil && $0.1 == bundle }.flatMap(\.0.ports)
    }
    let passed = Self.uplinks(passedIn: Set(own.map(\.0.id)), index)
    ports = unique(names).compactMap { name in
      guard let link = index.link(ofHostPort: Endpoint(node: host.name, port: name)) else {
        return nil
      }
      let part = host.cards.first { $0.ports.contains(name) }?.part
      let card = part.flatMap { index.fabric.catalog.part($0)?.asNIC }
      return Port(
        name: name, rate: min(link.rate, passed[link.a.node] ?? link.rate),
        rdma: card?.rdma ?? .unknown)
    }
    guard !ports.isEmpty else { return nil }
    let slot = host.cards.first { $0.ports.contains(first.1) }?.slot
    let card = slot.flatMap { group.nics.indices.contains($0) ? group.nics[$0] : nil }
    use = PortUse(
      ports.count, of: card,
      networks: index.addresses(of: host.name).count { $0.assignment.port == first.1 }, group,
      index.fabric.site)
  }

  /// What all uplinks of each switch carry together, of switches that are not the only ones of their
  /// fabric that hosts of these networks are plugged into.
  private static func uplinks(
    passedIn vlans: Set<VLANID>, _ index: FabricIndex
  ) -> [String: DataRate] {
    let ends = index.fabric.subnets.filter { vlans.contains($0.vlan) }.flatMap(\.assignments)
    let devices = Set(
      ends.compactMap {
        index.link(ofHostPort: Endpoint(node: $0.node, port: $0.port))?.a.node
      })
    var rates: [String: DataRate] = [:]
    for device in devices {
      let side = index.side(of: device)
      guard devices.contains(where: { $0 != device && index.side(of: $0) == side }) else {
        continue
      }
      let links = index.fabric.links.filter { $0.role == .uplink && $0.a.node == device }
      guard !links.isEmpty else { continue }
      rates[device] = DataRate(bitsPerSecond: links.reduce(0) { $0 &+ $1.rate.bitsPerSecond })
    }
    return rates
  }
}
