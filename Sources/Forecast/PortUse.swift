import Migration
import SiteModel

/// What the plan's scripts and files for hosts make of the ports of live migration.
enum PortUse: Hashable, Sendable {
  /// Each is an interface with an address and receive queues of its own.
  case apart
  /// A virtual switch is on them, with a virtual port of the host for each that is tied to it (Switch
  /// Embedded Teaming with team mapping): queues are those of the virtual switch.
  case underSwitch
  /// One of them receives at a time: an active-backup bond (facts LIN-14, LIN-36, LIN-52, LIN-71), or a
  /// team of Windows Server 2012 R2 whose virtual ports may be on any member.
  case oneAtATime

  /// - Parameters:
  ///   - card: That of the ports; `nil` where it is not known.
  ///   - networks: In which a port has an address.
  init(_ ports: Int, of card: HostNIC?, networks: Int, _ group: HostGroup, _ site: Site) {
    guard group.hasMultichannel else {
      self = site.hasOneAddress(group, .liveMigration) && ports > 1 ? .oneAtATime : .apart
      return
    }
    let isTeam = card.map { site.hasTeam($0, of: group) } ?? false
    switch (isTeam, group.hasNICTeamingAlone) {
    case (true, true): self = ports > 1 ? .oneAtATime : .underSwitch
    case (true, false): self = .underSwitch
    // Several VLANs need a virtual switch, or a team of one port, which leaves its queues as they are.
    case (false, let isOld): self = networks > 1 && !isOld ? .underSwitch : .apart
    }
  }

  /// As arrangements call it: ports with an address each are no team, whatever is over them.
  var joining: Arrangement.Joining { self == .oneAtATime ? .switchIndependent : .none }

  /// Scripts spread the queues of ports alone (fact WIN-23).
  var receiving: Arrangement.Receiving { self == .apart ? .spread : .inbox }
}

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
