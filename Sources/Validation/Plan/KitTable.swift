import Fabric
import Quantities

/// What a collector must know of a plan: who has which address where, and what must not answer.
public enum KitTable {
  /// Ports by which hosts manage each other: SMB and WinRM on Windows, SSH elsewhere (IANA service
  /// names: microsoft-ds, wsman, ssh).
  private static func ports(_ isWindows: Bool) -> [Int] { isWindows ? [445, 5985] : [22] }

  /// The lines of the table, in the order of the plan: `plan SHA256`, then `network HOST NAME ADDRESS
  /// PREFIXLENGTH MTU VLAN` for each address of a host, then `cross ADDRESS`, then
  /// `reach NAME PORT`.
  /// - Parameters:
  ///   - hash: SHA-256 of the plan's file.
  ///   - services: What every host must reach over the existing LAN beside the other hosts: name and
  ///     TCP port.
  ///   - core: Addresses beyond the core that the owner named, beside the gateways of the plan.
  public static func lines(
    _ fabric: Fabric, hash: String, core: [IPv4Address], services: [(name: String, port: Int)] = []
  ) -> [String] {
    var lines = ["plan \(hash)"]
    for host in PlannedHosts(fabric).hosts {
      lines += host.networks.filter { $0.foldedInto == nil }.map { network in
        "network \(host.name) \(network.name) \(network.address) \(network.prefix.prefixLength)"
          + " \(network.vlan.mtu) \(network.vlan.id.number)"
      }
    }
    let gateways =
      [fabric.site.management.gateway].compactMap { $0 } + fabric.subnets.compactMap(\.gateway)
    lines += unique(core + gateways).map { "cross \($0)" }
    for host in fabric.hosts {
      let group = fabric.site.hosts.first { $0.name == host.group }
      lines += ports(group?.hasMultichannel ?? false).map { "reach \(host.name) \($0)" }
    }
    return lines + services.map { "reach \($0.name) \($0.port)" }
  }
}
