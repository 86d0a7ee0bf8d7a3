import Fabric
import Quantities
import SiteModel

extension ConfirmationDrafting {
  /// How hosts must set up their ports, so that each address is where its VLAN is.
  func hostPorts() -> [Confirmation] {
    site.hosts.flatMap { group in
      [bond(group), tied(group), loose(group)].compactMap { $0 }.map { question in
        Confirmation(kind: .owner, subject: group.name, question: question)
      }
    } + kinds()
  }

  /// Hosts with one address on both fabrics.
  private func bond(_ group: HostGroup) -> String? {
    guard let host = fabric.hosts.first(where: { $0.group == group.name }) else { return nil }
    let vlans = fabric.vlans.filter { vlan in
      guard let traffic = TrafficClass(rawValue: vlan.purpose.rawValue), traffic != .tenant,
        vlan.side == nil, site.hasOneAddress(group, traffic)
      else { return false }
      return fabric.subnets.contains { subnet in
        subnet.vlan == vlan.id && subnet.assignments.contains { $0.node == host.name }
      }
    }
    guard !vlans.isEmpty else { return nil }
    let names = vlans.map { "\($0.name) (VLAN \($0.id.number))" }.joined(separator: ", ")
    return "each host of \(group.name) joins its ports on the two fabrics to one bond or team,"
      + " active/standby (`active-backup`) and without LACP, for \(names); its one address in each"
      + " is on the bond, and the active port is that of fabric A"
  }

  /// Virtual ports that work on one port of a team only.
  private func tied(_ group: HostGroup) -> String? {
    let ports = fabric.virtualPorts(of: group).filter(\.isTied)
    guard !ports.isEmpty else { return nil }
    return "on each host of \(group.name) a virtual port of storage traffic is tied to the port of"
      + " its fabric (`Set-VMNetworkAdapterTeamMapping`, see install.md): its VLAN is on no other, so"
      + " that it would reach nobody from there: "
      + ports.map { "\($0.name) to \($0.port)" }.joined(separator: ", ")
  }

  /// Virtual ports that nobody can tie to a port of their team.
  private func loose(_ group: HostGroup) -> String? {
    let ports = fabric.virtualPorts(of: group).filter { !$0.isTied }
    guard !ports.isEmpty else { return nil }
    return "each host of \(group.name) joins its ports on the two fabrics to one team that does not"
      + " depend on the switches (no LACP), with a virtual port for each of "
      + ports.map { "\($0.name) (VLAN \($0.vlan.number))" }.joined(separator: ", ")
      + ": Windows Server 2012 R2 ties no virtual port to a port of the team, so these VLANs are on"
      + " both fabrics, and two virtual ports may share one port"
  }

  /// Hosts with SMB Multichannel and others in one class of traffic.
  private func kinds() -> [Confirmation] {
    site.addressing.entries.flatMap { entry -> [Confirmation] in
      let traffic = entry.traffic
      let users = site.hosts.filter { $0.carries(traffic) }
      let others = users.filter { !$0.hasMultichannel }
      let own = users.filter(\.hasMultichannel)
      guard !site.leavesThroughCore(traffic), !others.isEmpty, !own.isEmpty else { return [] }
      let (these, those) = (names(own), names(others))
      let (a, b) = (entry.vlanA.number, entry.vlanB.number)
      return [
        Confirmation(
          kind: .assumption, subject: traffic.rawValue,
          question: traffic.staysAmongAlike
            ? "\(traffic.rawValue) joins hosts of one kind alone: \(these) have an address in VLAN"
              + " \(a) on fabric A and one in VLAN \(b) on fabric B, \(those) have one address in"
              + " VLAN \(a) on both"
            : "\(these) and \(those) meet in one VLAN, \(a), on both fabrics, since \(those) have no"
              + " SMB Multichannel: each host of \(these) has the addresses of its ports in one"
              + " subnet, so a cluster before Windows Server 2016 uses only one of them")
      ]
    }
  }

  private func names(_ groups: [HostGroup]) -> String {
    "hosts of " + groups.map(\.name).joined(separator: ", ")
  }
}
