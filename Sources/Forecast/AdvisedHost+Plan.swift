import CatalogModel
import Fabric
import Migration
import Quantities
import SiteModel

extension AdvisedHost.Hypervisor {
  /// What hosts of a group move guests with; `nil` for VMware ESXi, whose vMotion nobody here models.
  public init?(of group: HostGroup) {
    if group.os.hasPrefix("vmware") { return nil }
    self = group.hasMultichannel ? .hyperV : .qemu
  }

  /// Why nothing is said of hosts without one.
  static let unknown = "how VMware ESXi moves guests (vMotion) is not modelled"
}

extension AdvisedHost {
  /// A host as its plan has it.
  /// - Parameters:
  ///   - cores: Of one host; `nil` where nobody said it.
  init(
    _ own: MigrationPorts, of hypervisor: Hypervisor, _ design: DesignKind, cores: Int?,
    atOnce: Int
  ) {
    let slowest = own.ports.map(\.rate).min() ?? .gigabits(0)
    self.init(
      hypervisor, ports: own.ports.count,
      gbpsPerPort: Double(slowest.bitsPerSecond) / 1e9, cores: cores)
    guestsAtOnce = atOnce
    hasJumbo = own.mtu >= 4000
    switch design {
    case .standalonePair:
      noTeam =
        "the two switches are islands: a team has one member active on one host and the other on"
        + " another"
    case .spineLeaf: noLACP = "the two ToR switches of a rack are no pair for LACP"
    case .vltPair: break
    }
    rdma = Self.rdma(own)
  }

  private static func rdma(_ own: MigrationPorts) -> RDMA {
    guard own.ports.allSatisfy({ $0.rdma != .none }) else { return .none }
    guard own.ports.allSatisfy({ $0.rdma != .unknown }) else { return .unknown }
    let needsLossless = own.ports.contains { $0.rdma.needsLossless }
    return needsLossless && !own.isLossless ? .needsLossless : .works
  }

  /// The ports of the LAN that stands already, for guests that moved before the new network was there;
  /// `nil` where the site names none.
  init?(before group: HostGroup, cores: Int?, atOnce: Int) {
    let onboard = group.nics.filter { $0.attach == .existingLAN }.flatMap { nic in
      Array(repeating: OnboardPorts(nic.onboard), count: max(1, nic.count)).compactMap { $0 }
    }
    guard let slowest = onboard.map(\.rate).min(), let hypervisor = Hypervisor(of: group) else {
      return nil
    }
    self.init(
      hypervisor,
      ports: onboard.reduce(0) { $0 + $1.ports },
      gbpsPerPort: Double(slowest.bitsPerSecond) / 1e9, cores: cores)
    guestsAtOnce = atOnce
    hasJumbo = false
    noTeam = "nothing is known of the switches of the existing LAN"
  }
}
