import Quantities
import SiteModel

/// Reads `traffic`; several of its defaults depend on what the cards of the hosts carry.
enum TrafficReader {
  static func traffic(_ top: SectionReader, groups: [HostDraft], hasCore: Bool) -> Traffic {
    let reader = top.open("traffic", SiteKeys.traffic)
    let carried = Set(groups.flatMap { $0.cards.flatMap { $0.carries ?? [] } })
    let csv = usual(.csv, reader, groups: groups, carried: carried)
    let liveMigration = usual(.liveMigration, reader, groups: groups, carried: carried)
    let tenants = (reader.vlans("tenant-vlans") ?? []).sorted()
    return Traffic(
      rdma: rdma(reader, groups: groups, hasTenants: !tenants.isEmpty), csv: csv,
      liveMigration: liveMigration, storage: storage(reader, carried: carried),
      backup: backup(reader, carried: carried), tenantVLANs: tenants,
      gateways: gateways(reader, hasCore: hasCore),
      northSouth: reader.quantity("north-south").map { DataRate(bitsPerSecond: $0) })
  }

  /// Traffic that is wanted unless every card lists what it carries and none lists this.
  private static func usual(
    _ traffic: TrafficClass, _ reader: SectionReader, groups: [HostDraft],
    carried: Set<TrafficClass>
  ) -> Bool {
    let key = traffic.rawValue
    let isSettled =
      !groups.isEmpty
      && groups.allSatisfy { group in
        let new = group.cards.filter { $0.nic.attach == .newFabric }
        return !new.isEmpty && new.allSatisfy { $0.carries != nil }
      }
    if reader.value(key) == nil, isSettled, !carried.contains(traffic) {
      reader.took(key, "no", because: "no card carries it")
      return false
    }
    return reader.flag(key) ?? true
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
