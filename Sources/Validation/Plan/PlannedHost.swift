import CatalogModel
import Fabric
import Quantities
import SiteModel

/// What the plan says of one host, looked up once.
struct PlannedHost: Sendable {
  var name: String
  var group: HostGroup
  /// Ports on the new fabric, in the order of cards.
  var ports: [PlannedPort]
  /// Networks in which it has an address, in the order of VLANs and ports.
  var networks: [PlannedNetwork]
}

/// A port of a host on the new fabric.
struct PlannedPort: Sendable {
  /// Such as `nic1-p1`.
  var name: String
  var side: FabricSide
  /// Index in the group's card list.
  var slot: Int
  var rate: DataRate
  /// Port of the switch that it is plugged into.
  var switchPort: Endpoint
  /// Label of its cable.
  var cable: String
  /// VLANs on the switch port.
  var membership: Membership
  var isLossless: Bool
  /// Ports with the same number are joined to one team or bond; `nil` for a port alone.
  var team: Int?
  /// Whether guests are on it.
  var carriesTenants: Bool
  var rdma: RDMA
  /// Payload MTU in bytes: the largest of the networks on it, 1500 without any.
  var mtu: Int
}

/// A network of a host.
struct PlannedNetwork: Sendable {
  /// That of its VLAN, such as `csv-a`; numbered where a host has several addresses in it.
  var name: String
  var vlan: VLAN
  var prefix: IPv4Subnet
  var address: IPv4Address
  /// Place in `PlannedHost.ports`.
  var port: Int
  /// Places of all ports that may carry it: one, or all of its team.
  var carriers: [Int]
  /// Network of the same port that takes its traffic, since the system gives the port one VLAN
  /// alone; `nil` for a network of its own.
  var foldedInto: String?
  /// Whether frames leave the host with a tag.
  var isTagged: Bool
}
