import Fabric
import Migration
import SiteModel

/// Advice for the hosts of a group.
public struct GroupAdvice: Hashable, Sendable {
  public var group: String
  /// One of them, for which all is said.
  public var host: String
  /// How many hosts have the same.
  public var hosts: Int
  public var advised: AdvisedHost
  public var advice: Advice
  /// What the plan's scripts and files for hosts make of it.
  public var planned: PlannedArrangement?

  /// For each group of a plan whose hosts have a network of live migration.
  public static func all(
    _ fabric: Fabric, cores: Int?, atOnce: Int = LiveMigration.count,
    compressedPart: Double? = nil, gbpsCompressedPerCore: Double? = nil
  ) -> [GroupAdvice] {
    let index = FabricIndex(fabric)
    var found: [GroupAdvice] = []
    for group in fabric.site.hosts {
      guard let hypervisor = AdvisedHost.Hypervisor(of: group) else { continue }
      for host in fabric.hosts where host.group == group.name {
        guard let ports = MigrationPorts(host, of: group, index) else { continue }
        var advised = AdvisedHost(
          ports, of: hypervisor, fabric.design, cores: cores, atOnce: atOnce)
        advised.compressedPart = compressedPart
        advised.gbpsCompressedPerCore = gbpsCompressedPerCore
        if let known = found.firstIndex(where: { $0.group == group.name && $0.advised == advised })
        {
          found[known].hosts += 1
        } else {
          let advice = Advice(for: advised)
          let planned = PlannedArrangement(ports, of: group, fabric.site, advised, advice)
          found.append(
            GroupAdvice(
              group: group.name, host: host.name, hosts: 1, advised: advised,
              advice: advice, planned: planned))
        }
      }
    }
    return found
  }

  /// Why nothing is said of hosts of a group that have such a network; group by group.
  public static func missing(_ fabric: Fabric) -> [(group: String, why: String)] {
    let index = FabricIndex(fabric)
    return fabric.site.hosts.filter { group in
      AdvisedHost.Hypervisor(of: group) == nil
        && fabric.hosts.contains {
          $0.group == group.name && MigrationPorts($0, of: group, index) != nil
        }
    }.map { ($0.name, AdvisedHost.Hypervisor.unknown) }
  }
}
