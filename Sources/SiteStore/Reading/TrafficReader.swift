import Quantities
import SiteModel

/// Reads `traffic`; several of its defaults depend on what the cards of the hosts carry.
enum TrafficReader {
  static func traffic(_ top: SectionReader, groups: [HostDraft], hasCore: Bool) -> Traffic {
    let reader = top.open("traffic", SiteKeys.traffic)
    let carried = Set(groups.flatMap { $0.cards.flatMap { $0.carries ?? [] } })
    let csv = reader.flag("csv") ?? true
    let liveMigration = reader.flag("live-migration") ?? true
    let tenants = (reader.vlans("tenant-vlans") ?? []).sorted()
    return Traffic(
      rdma: rdma(reader, groups: groups, hasTenants: !tenants.isEmpty), csv: csv,
      liveMigration: liveMigration, storage: storage(reader, carried: carried),
      backup: backup(reader, carried: carried), tenantVLANs: tenants,
      gateways: gateways(reader, hasCore: hasCore),
      northSouth: reader.quantity("north-south").map { DataRate(bitsPerSecond: $0) })
  }

  private static func rdma(
    _ reader: SectionReader, groups: [HostDraft], hasTenants: Bool
  ) -> Demand {
    guard reader.value("rdma") == nil else {
      return reader.choice("rdma").flatMap(Demand.init(rawValue:)) ?? .preferred
    }
    // The default must not contradict the hosts: a 2012 R2 host that has tenants and storage-class
    // traffic on one card cannot use RDMA there.
    if let group = groups.first(where: { $0.mixesTenants(hasTenants: hasTenants) }) {
      reader.took(
        "rdma", "none",
        because: "group \(group.name) runs Windows Server 2012 R2 with guests on the same card")
      return .none
    }
    return reader.choice("rdma").flatMap(Demand.init(rawValue:)) ?? .preferred
  }

  private static func storage(_ reader: SectionReader, carried: Set<TrafficClass>) -> Bool {
    guard reader.value("storage") == nil else { return reader.flag("storage") ?? false }
    let isCarried = carried.contains(.storage)
    reader.took(
      "storage", isCarried ? "yes" : "no", because: isCarried ? "a card carries it" : nil)
    return isCarried
  }

  private static func backup(_ reader: SectionReader, carried: Set<TrafficClass>) -> BackupPath {
    guard reader.value("backup") == nil else {
      return reader.choice("backup").flatMap(BackupPath.init(rawValue:)) ?? .none
    }
    let isCarried = carried.contains(.backup)
    reader.took(
      "backup", isCarried ? "east-west" : "none", because: isCarried ? "a card carries it" : nil)
    return isCarried ? .eastWest : .none
  }

  private static func gateways(_ reader: SectionReader, hasCore: Bool) -> GatewayPlace {
    guard reader.value("gateways") == nil else {
      return reader.choice("gateways").flatMap(GatewayPlace.init(rawValue:)) ?? .none
    }
    reader.took(
      "gateways", hasCore ? "core" : "none", because: hasCore ? nil : "there is no core")
    return hasCore ? .core : .none
  }
}
