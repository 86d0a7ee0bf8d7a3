import Fabric
import Quantities

/// What a collector must know of a plan: who has which address where, and what must not answer.
public enum KitTable {
  /// The lines of the table, in the order of the plan: `plan SHA256`, then `network HOST NAME ADDRESS
  /// PREFIXLENGTH MTU VLAN` for each address of a host, then `cross ADDRESS`.
  /// - Parameters:
  ///   - hash: SHA-256 of the plan's file.
  ///   - core: Addresses beyond the core that the owner named, beside the gateways of the plan.
  public static func lines(_ fabric: Fabric, hash: String, core: [IPv4Address]) -> [String] {
    var lines = ["plan \(hash)"]
    for host in PlannedHosts(fabric).hosts {
      lines += host.networks.map { network in
        "network \(host.name) \(network.name) \(network.address) \(network.prefix.prefixLength)"
          + " \(network.vlan.mtu) \(network.vlan.id.number)"
      }
    }
    let gateways =
      [fabric.site.management.gateway].compactMap { $0 } + fabric.subnets.compactMap(\.gateway)
    return lines + unique(core + gateways).map { "cross \($0)" }
  }
}
