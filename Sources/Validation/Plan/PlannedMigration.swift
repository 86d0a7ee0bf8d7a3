import Fabric
import Quantities
import SiteModel

/// How the hosts of a group are to move guests, as the scripts of the plan set it.
struct PlannedMigration: Hashable, Sendable {
  /// Subnets that live migration takes, each once, in the order of networks.
  var subnets: [IPv4Subnet]
  /// Bytes a second that live migration may take where it shares its ports with storage; `nil` where
  /// it has ports of its own, and no limit.
  var limit: Int64?

  /// `nil` for hosts without a network of live migration, and for those whose system has no such
  /// settings.
  init?(_ host: PlannedHost, of group: [PlannedHost], _ qos: QoSIntent?) {
    guard host.group.hasMultichannel else { return nil }
    let own = host.networks.filter { $0.vlan.purpose == .liveMigration }
    guard !own.isEmpty else { return nil }
    subnets = unique(
      own.map { network in
        network.foldedInto.flatMap { name in host.networks.first { $0.name == name } }?.prefix
          ?? network.prefix
      })
    limit = Self.limit(host, own, group, host.ports.contains(where: \.isLossless) ? qos : nil)
  }

  private static func limit(
    _ host: PlannedHost, _ own: [PlannedNetwork], _ group: [PlannedHost], _ qos: QoSIntent?
  ) -> Int64? {
    let ports = Set(own.map(\.port))
    let isShared = host.networks.contains {
      ports.contains($0.port) && LiveMigration.sharesSMB(with: $0.vlan.purpose)
    }
    guard isShared else { return nil }
    let rates = ports.sorted().map { port in
      group.compactMap { $0.ports.indices.contains(port) ? $0.ports[port].rate : nil }
    }
    return LiveMigration.limit(rates, qos)
  }
}
