import CatalogModel
import Fabric
import Quantities
import SiteModel

/// The VLAN and the addresses over which the switches of a pair talk, on platforms that want them
/// stated. They are seen by the peer link alone, so any that the site does not use will do.
struct Peering {
  let vlan: VLANID
  /// Two addresses.
  let prefix: IPv4Subnet

  /// The platform's own VLAN, or the next below that the plan does not know, and the first subnet
  /// of `candidates` that none of the plan's touches.
  init?(_ wanted: Int, networks: NetworkPlan) {
    let known = Set(networks.vlans.map(\.id.number))
    let number = stride(from: wanted, through: 2, by: -1).first { !known.contains($0) }
    let taken = networks.subnets.map(\.prefix) + [networks.site.management.subnet]
    let prefix = Peering.candidates.first { candidate in
      !taken.contains { $0.overlaps(candidate) }
    }
    guard let vlan = number.flatMap({ VLANID($0) }), let prefix else { return nil }
    (self.vlan, self.prefix) = (vlan, prefix)
  }

  /// The last /30 of each block of private addresses (RFC 1918), where sites seldom have anything.
  private static let candidates = [
    "10.255.255.252/30", "172.31.255.252/30", "192.168.255.252/30",
  ].compactMap { IPv4Subnet($0) }

  /// What one of the two is told: 0 or 1.
  func intent(_ index: Int) -> PairPeering {
    let first = prefix.network.bits &+ 1
    return PairPeering(
      vlan: vlan, address: IPv4Address(bits: first &+ UInt32(index)),
      peer: IPv4Address(bits: first &+ UInt32(1 - index)), prefixLength: prefix.prefixLength)
  }
}
