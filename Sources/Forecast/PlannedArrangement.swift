import Migration
import SiteModel

/// How guests go with what the plan's scripts and files for hosts set.
public struct PlannedArrangement: Hashable, Sendable {
  public var arrangement: Arrangement
  /// Whether these set all of it; else it is what goes with the ports as they are planned, and people set
  /// the rest.
  public var isSet: Bool
  /// Whether virtual ports, each tied to a port, have the addresses.
  public var hasVirtualPorts: Bool

  /// - Parameter advice: For the host.
  /// - Returns: `nil` where nothing can be predicted of what the hypervisor may do.
  init?(
    _ own: MigrationPorts, of group: HostGroup, _ site: Site, _ host: AdvisedHost, _ advice: Advice
  ) {
    hasVirtualPorts = own.use == .underSwitch
    guard host.hypervisor == .hyperV else {
      // What QEMU uses is set where guests are, and not by the plan: no queues are spread for it.
      let fitting = advice.rows.first {
        $0.prediction != nil && $0.arrangement.joining == own.use.joining
          && $0.arrangement.receiving == .inbox
      }
      guard let fitting else { return nil }
      (arrangement, isSet) = (fitting.arrangement, false)
      return
    }
    // Scripts let live migration go by SMB (fact WIN-70), and leave RDMA on where the site wants it, the
    // network serves it and no team of 2012 R2 is in its way.
    let isDirect =
      own.use != .oneAtATime && host.rdma == .works && site.traffic.rdma != .none
      && !(own.use == .underSwitch && group.hasNICTeamingAlone)
    arrangement =
      isDirect
      ? Arrangement(.none, .rdma, .inbox)
      : Arrangement(own.use.joining, .severalConnections, own.use.receiving)
    isSet = group.os.hasPrefix("windows")
  }
}
