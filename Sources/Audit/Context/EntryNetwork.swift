import Fabric
import Quantities
import SiteModel

/// A VLAN with its subnet that a class of traffic must have.
struct EntryNetwork {
  let vlan: VLANID
  let prefix: IPv4Subnet
  /// `nil` for both fabrics.
  let side: FabricSide?

  /// Whether it is on a fabric.
  func isOn(_ fabric: FabricSide) -> Bool { (side ?? fabric) == fabric }
}

extension AuditContext {
  /// The networks of a class: one on each fabric where all its hosts have SMB Multichannel. Hosts
  /// with a single address need one that spans both; so does what leaves through the core.
  func networks(of entry: Addressing.Entry) -> [EntryNetwork] {
    if site.leavesThroughCore(entry.traffic) || singleAddress.contains(entry.traffic) {
      return [EntryNetwork(vlan: entry.vlanA, prefix: entry.subnetA, side: nil)]
    }
    return [
      EntryNetwork(vlan: entry.vlanA, prefix: entry.subnetA, side: .a),
      EntryNetwork(vlan: entry.vlanB, prefix: entry.subnetB, side: .b),
    ]
  }

  /// Whether the host of a port has a single address for a class of traffic.
  func hasOneAddress(_ port: HostPortView, _ traffic: TrafficClass) -> Bool {
    !hasMultichannel(port) || site.leavesThroughCore(traffic)
  }

  /// Classes of traffic of which some host has a single address.
  func classesWithSingleAddress() -> Set<TrafficClass> {
    var found: Set<TrafficClass> = []
    for port in hostPorts where !hasMultichannel(port) { found.formUnion(port.carries) }
    return found
  }

  private func hasMultichannel(_ port: HostPortView) -> Bool {
    let name = fabric.hosts[port.host].group
    return site.hosts.first { $0.name == name }?.hasMultichannel ?? false
  }
}
