import Fabric
import Quantities
import SiteModel

/// Ports of hosts that hold one address together: a bond or team over both fabrics.
struct Bonds {
  private let site: Site
  private let hosts: [String: Host]
  /// Class of traffic of each VLAN that is on both fabrics.
  private let shared: [VLANID: TrafficClass]

  init(_ fabric: Fabric) {
    site = fabric.site
    hosts = Dictionary(fabric.hosts.map { ($0.name, $0) }) { first, _ in first }
    let spanning = fabric.vlans.filter { $0.side == nil }.compactMap { vlan in
      TrafficClass(rawValue: vlan.purpose.rawValue).map { (vlan.id, $0) }
    }
    shared = Dictionary(spanning) { first, _ in first }
  }

  /// The other ports of the bond that holds an address, in the order of the host; none for an
  /// address of a single port.
  func standbyPorts(of assignment: AddressAssignment, in subnet: Subnet) -> [String] {
    guard let traffic = shared[subnet.vlan], let host = hosts[assignment.node],
      let group = site.hosts.first(where: { $0.name == host.group }),
      site.hasOneAddress(group, traffic)
    else { return [] }
    return host.cards.filter { card in
      group.nics.indices.contains(card.slot) && group.nics[card.slot].carries.contains(traffic)
    }.flatMap(\.ports).filter { $0 != assignment.port }
  }
}
