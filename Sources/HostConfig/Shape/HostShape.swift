import CatalogModel
import Fabric
import Quantities
import SiteModel

/// What all hosts of a group have alike: everything but names, addresses and rates of ports.
struct HostShape {
  var group: HostGroup
  /// In the order of the plan; never empty.
  var hosts: [HostPlan]
  /// Ports on the new fabric, in the order of cards.
  var ports: [HostPort]
  /// Cards that carry the same, each with ports of its own; in the order of their first card.
  var bundles: [PortBundle]
  /// Networks in which the hosts have an address, in the order of VLANs and ports.
  var networks: [HostNetwork]
  /// VLANs of guests; empty when no card of the group carries any.
  var tenants: [VLAN]
  /// Traffic classes of the switches that the hosts plug into; `nil` when nothing is lossless.
  var qos: QoSIntent?
  /// Whether SMB Direct may be used at all.
  var wantsRDMA: Bool
}

/// What is a host's own.
struct HostPlan {
  var name: String
  var rack: String
  /// In the order of `HostShape.networks`.
  var addresses: [IPv4Address]
  /// Of each of `HostShape.ports`.
  var rates: [DataRate]
}

/// A port of a host on the new fabric.
struct HostPort {
  /// Such as `nic1-p1`.
  var name: String
  var side: FabricSide
  /// Index in the group's card list.
  var slot: Int
  var rdma: RDMA
  /// Whether its switch port is lossless for a priority.
  var isLossless: Bool
}

/// Ports of a host that carry the same classes of traffic, and so are in the same VLANs of their
/// fabric.
struct PortBundle {
  /// Places in `HostShape.ports`.
  var ports: [Int]
  var carriesTenants: Bool
  /// Whether they are joined to one team or bond.
  var isTeam: Bool
  /// Whether a virtual port on them can be tied to one.
  var canTie: Bool
}

/// A network in which every host of a group has an address.
struct HostNetwork {
  /// That of its VLAN, numbered where a host has several addresses in it.
  var name: String
  var vlan: VLAN
  var prefix: IPv4Subnet
  /// Place in `HostShape.ports` of the port that the address belongs to.
  var port: Int
  /// Place in `HostShape.bundles` of that port.
  var bundle: Int
  /// Whether the address is that of all ports of the bundle, and not of one.
  var isShared: Bool
}

extension HostShape {
  /// Whether the hosts run guests: the cards say so.
  var isHypervisor: Bool {
    group.carries(.tenant) || group.carries(.liveMigration) || group.carries(.csv)
  }

  /// Payload MTU in bytes that a port must take: the largest of the networks on it.
  func mtu(ofPort port: Int) -> Int {
    networks.filter { bundles[$0.bundle].ports.contains(port) }.map(\.vlan.mtu).max() ?? 1500
  }
}
