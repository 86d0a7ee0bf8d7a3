import Quantities
import SiteModel

/// A virtual port of a host on ports that are one team, for one network of storage-class traffic.
public struct VirtualPort: Hashable, Sendable {
  /// Name of its network, such as `csv-a`; numbered where a host has several in it.
  public var name: String
  public var vlan: VLANID
  /// The physical port on the fabric of its network.
  public var port: String
  /// Whether it must be tied to that port: its VLAN is on no other. It may sit on any port of the
  /// team where its VLAN is on both fabrics, since nobody can tie it.
  public var isTied: Bool
}

extension Fabric {
  /// The virtual ports of storage-class traffic with a network on each fabric that every host of a
  /// group has on a team, in the order of subnets and ports; empty for hosts whose cards carry such
  /// traffic without a team.
  public func virtualPorts(of group: HostGroup) -> [VirtualPort] {
    guard let host = hosts.first(where: { $0.group == group.name }) else { return [] }
    return subnets.flatMap { subnet -> [VirtualPort] in
      guard let vlan = vlans.first(where: { $0.id == subnet.vlan }),
        let traffic = TrafficClass(rawValue: vlan.purpose.rawValue),
        !site.isShared(traffic, by: group)
      else { return [] }
      let own = subnet.assignments.filter { $0.node == host.name }.compactMap { assignment in
        card(of: assignment.port, host, group).map { (port: assignment.port, card: $0) }
      }.filter { site.hasTeam($0.card, of: group) }
      return own.enumerated().map { index, place in
        VirtualPort(
          name: own.count == 1 ? vlan.name : "\(vlan.name)-\(index + 1)", vlan: vlan.id,
          port: place.port, isTied: !site.hasLooseTeam(place.card, of: group))
      }
    }
  }

  private func card(of port: String, _ host: Host, _ group: HostGroup) -> HostNIC? {
    host.cards.first { $0.ports.contains(port) }.flatMap {
      group.nics.indices.contains($0.slot) ? group.nics[$0.slot] : nil
    }
  }
}
