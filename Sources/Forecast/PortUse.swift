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
