import Fabric
import Quantities

/// `vlans.csv` and `addresses.csv`.
enum NetworkFiles {
  static func vlans(_ fabric: Fabric) -> String {
    var csv = CSV([
      "vlan", "name", "purpose", "fabric", "may_leave_to_core", "lossless", "payload_mtu_bytes",
      "subnet", "gateway", "host_addresses",
    ])
    for vlan in fabric.vlans {
      let subnets = fabric.subnets.filter { $0.vlan == vlan.id }
      csv.row([
        .count(vlan.id.number), .text(vlan.name), .text(vlan.purpose.rawValue),
        .text(vlan.side?.rawValue ?? "both"), .flag(vlan.mayLeave), .flag(vlan.lossless),
        .count(vlan.mtu), .text(subnets.map(\.prefix.description).joined(separator: " ")),
        .text(subnets.compactMap { $0.gateway?.description }.joined(separator: " ")),
        .count(subnets.reduce(0) { $0 + $1.assignments.count }),
      ])
    }
    return csv.text
  }

  /// Management addresses of the switches and of their pair, then the hosts' addresses subnet by
  /// subnet. An address of a bond stands once, at the active port; the other ports of the bond stand
  /// beside it. An address of a virtual port stands at the port that it is tied to, or at one of its
  /// team.
  static func addresses(_ fabric: Fabric) -> String {
    var csv = CSV([
      "node", "kind", "port", "vlan", "network", "address", "prefix_length", "netmask", "gateway",
      "bond_standby_ports", "virtual_port", "tied_to_port",
    ])
    let management = fabric.site.management
    for device in fabric.devices {
      guard let address = device.managementAddress else { continue }
      let vlan = fabric.intent(device.name)?.management?.vlan
      csv.row([
        .text(device.name), .text("switch"), .text(device.managementPort),
        vlan.map { .count($0.number) } ?? .empty, .text("management"),
        .text(address.description), .count(management.subnet.prefixLength),
        .text(management.subnet.netmask.description),
        .text(management.gateway?.description ?? ""),
      ])
    }
    if let shared = SharedAddress(fabric) {
      csv.row([
        .text(shared.names.joined(separator: " ")), .text("pair"), .text(shared.port), .empty,
        .text("management"), .text(shared.address.description),
        .count(management.subnet.prefixLength), .text(management.subnet.netmask.description),
        .text(management.gateway?.description ?? ""),
      ])
    }
    let names = Dictionary(fabric.vlans.map { ($0.id, $0.name) }) { first, _ in first }
    let bonds = Bonds(fabric)
    let virtual = virtualPorts(fabric)
    for subnet in fabric.subnets {
      for assignment in subnet.assignments {
        let own = virtual[assignment.node]?.first {
          $0.vlan == subnet.vlan && $0.port == assignment.port
        }
        csv.row([
          .text(assignment.node), .text("host"), .text(assignment.port),
          .count(subnet.vlan.number), .text(names[subnet.vlan] ?? ""),
          .text(assignment.address.description), .count(subnet.prefix.prefixLength),
          .text(subnet.prefix.netmask.description), .text(subnet.gateway?.description ?? ""),
          .text(bonds.standbyPorts(of: assignment, in: subnet).joined(separator: " ")),
          .text(own?.name ?? ""), own.map { .flag($0.isTied) } ?? .empty,
        ])
      }
    }
    return csv.text
  }

  /// Virtual ports on teams, by host.
  private static func virtualPorts(_ fabric: Fabric) -> [String: [VirtualPort]] {
    var byGroup: [String: [VirtualPort]] = [:]
    for group in fabric.site.hosts { byGroup[group.name] = fabric.virtualPorts(of: group) }
    var byHost: [String: [VirtualPort]] = [:]
    for host in fabric.hosts { byHost[host.name] = byGroup[host.group] }
    return byHost
  }
}
