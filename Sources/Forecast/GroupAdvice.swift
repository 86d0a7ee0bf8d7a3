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
  /// The best of those that the plan's scripts and files for hosts make possible.
  public var planned: Arrangement?

  /// For each group of a plan whose hosts have a network of live migration.
  public static func all(
    _ fabric: Fabric, cores: Int?, atOnce: Int = LiveMigration.count,
    compressedPart: Double? = nil, gbpsCompressedPerCore: Double? = nil
  ) -> [GroupAdvice] {
    let index = FabricIndex(fabric)
    var found: [GroupAdvice] = []
    for group in fabric.site.hosts {
      for host in fabric.hosts where host.group == group.name {
        guard let ports = MigrationPorts(host, of: group, index) else { continue }
        var advised = AdvisedHost(
          ports, of: group, fabric.design, cores: cores, atOnce: atOnce)
        advised.compressedPart = compressedPart
        advised.gbpsCompressedPerCore = gbpsCompressedPerCore
        if let known = found.firstIndex(where: { $0.group == group.name && $0.advised == advised })
        {
          found[known].hosts += 1
        } else {
          let advice = Advice(for: advised)
          let planned = advice.rows.first {
            $0.prediction != nil && $0.arrangement.joining == ports.joining
          }?.arrangement
          found.append(
            GroupAdvice(
              group: group.name, host: host.name, hosts: 1, advised: advised,
              advice: advice, planned: planned))
        }
      }
    }
    return found
  }
}
