import Quantities
import SiteModel

/// Hosts and their cards.
extension PlannableSite {
  /// Cards of the catalogue by what is plugged into them.
  private static let plugged = ["X520-DA2", "X520-DA2", "X710-DA2", "X710-DA4", "MCX312B-XCCT"]
  private static let pluggedRDMA = [
    "MCX312A-XCBT", "MCX312B-XCCT", "MCX312C-XCCT",
  ]
  private static let twisted = ["X540-T2", "X550-T2", "562FLR-T"]
  private static let fast = ["MCX4121A-ACAT", "MCX512A-ACAT", "XXV710-DA2", "E810-XXVDA2"]
  /// Cards with one port, which go in twos.
  private static let single = ["MCX311A-XCAT", "MCX4111A-ACAT"]
  private static let windows = [
    "windows-server-2012r2", "windows-server-2012r2", "windows-server-2016", "windows-server-2019",
    "windows-server-2022",
  ]
  private static let others = ["debian-12", "linux", "proxmox-8", "rhel-9", "vmware-esxi-8"]

  /// How the hosts of a site are plugged in.
  private enum Family { case plugged, twisted, fast }

  mutating func hosts(_ racks: [Rack], traffic: Traffic) -> [HostGroup] {
    // No card of the catalogue with twisted-pair ports has RDMA.
    let family: Family =
      traffic.rdma == .required
      ? .plugged
      : random.pick(
        [
          .plugged, .plugged, .plugged, .plugged, .plugged, .twisted, .twisted, .fast,
        ] as [Family])
    let groups = random.pick([1, 1, 1, 2, 2, 3])
    // A pair of switches has the ports of one rack for all hosts.
    let most: Int
    switch design {
    case .spineLeaf: most = random.pick([3, 8, 12, 20]) / groups
    default: most = random.pick([3, 8, 14]) / groups / racks.count
    }
    return (0..<groups).map { index in
      var placements = racks.filter { _ in index == 0 || random.chance(60) }.map {
        HostGroup.Placement(rack: $0.name, count: random.int(1...max(1, most)))
      }
      if placements.isEmpty {
        placements = [HostGroup.Placement(rack: random.pick(racks).name, count: 1)]
      }
      let isWindows = design == .standalonePair || random.chance(75)
      let os = random.pick(isWindows ? Self.windows : Self.others)
      let names = ["hv", "sql-cluster", "hypervisors-of-the-old-building-2", "n"]
      return HostGroup(
        name: String("\(index + 1)-\(random.pick(names))".prefix(32)), placements: placements,
        memory: random.chance(60)
          ? ByteCount(bytes: Int64(random.pick([64, 128, 256, 768])) << 30) : nil,
        os: os, nics: nics(traffic, os: os, family: family))
    }
  }

  private mutating func nics(_ traffic: Traffic, os: String, family: Family) -> [HostNIC] {
    var own: [TrafficClass] = []
    if traffic.csv { own.append(.csv) }
    if traffic.liveMigration { own.append(.liveMigration) }
    if traffic.storage { own.append(.storage) }
    if traffic.backup == .eastWest { own.append(.backup) }
    let hasTenants = !traffic.tenantVLANs.isEmpty
    // A card under a virtual switch has no RDMA on Windows Server 2012 R2.
    let mustPart = os == "windows-server-2012r2" && traffic.rdma != .none
    let wantsRDMA = traffic.rdma == .required
    var nics: [HostNIC] = []
    if hasTenants, mustPart || random.chance(35) {
      nics = [
        card(own, family, needsRDMA: wantsRDMA), card([.tenant], family, needsRDMA: false),
      ]
    } else {
      nics = [card(hasTenants ? own + [.tenant] : own, family, needsRDMA: wantsRDMA)]
    }
    if random.chance(40) {
      nics.append(
        HostNIC(model: nil, onboard: "4x1G base-t", attach: .existingLAN, carries: []))
    }
    return nics
  }

  private mutating func card(
    _ carries: [TrafficClass], _ family: Family, needsRDMA: Bool
  ) -> HostNIC {
    let carries = carries.sorted()
    if random.chance(20) { return HostNIC(model: nil, attach: .newFabric, carries: carries) }
    if family == .plugged, random.chance(10) {
      return HostNIC(
        model: random.pick(Self.single), count: 2, attach: .newFabric, carries: carries)
    }
    let models =
      switch family {
      case .plugged: needsRDMA ? Self.pluggedRDMA : Self.plugged + Self.pluggedRDMA
      case .twisted: Self.twisted
      case .fast: Self.fast
      }
    return HostNIC(
      model: random.pick(models), count: random.chance(8) ? 2 : 1, attach: .newFabric,
      carries: carries)
  }
}
