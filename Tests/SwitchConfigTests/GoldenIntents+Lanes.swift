import CatalogModel
import DialectTestSupport
import Fabric
import Quantities

extension Golden {
  /// How a dialect calls 48 ports of 10 Gbps and four cages of 40 Gbps after them.
  struct PortNames {
    var port: @Sendable (Int) -> String
    var cage: @Sendable (Int) -> String
    /// `nil` where no cage is split.
    var lane: (@Sendable (Int, Int) -> String)?
    /// Whether a whole cage is told its rate.
    var statesRate: Bool
    /// The port of another switch that an uplink goes to.
    var far: String
  }

  static let eosNames = PortNames(
    port: { "Ethernet\($0)" }, cage: { "Ethernet\($0)/1" }, lane: { "Ethernet\($0)/\($1)" },
    statesRate: true, far: "Ethernet5/1")
  static let nxosNames = PortNames(
    port: { "Ethernet1/\($0)" }, cage: { "Ethernet1/\($0)" }, lane: { "Ethernet1/\($0)/\($1)" },
    statesRate: false, far: "Ethernet1/5")
  static let os10Names = PortNames(
    port: { "ethernet1/1/\($0)" }, cage: { "ethernet1/1/\($0)" }, lane: nil, statesRate: false,
    far: "ethernet1/1/5")
  static let onyxNames = PortNames(
    port: { "ethernet 1/\($0)" }, cage: { "ethernet 1/\($0)" },
    lane: { "ethernet 1/\($0)/\($1)" }, statesRate: false, far: "ethernet 1/5")
  static let sonicNames = PortNames(
    port: { "Ethernet\($0 - 1)" }, cage: { "Ethernet\(48 + ($0 - 49) * 4)" }, lane: nil,
    statesRate: true, far: "Ethernet16")

  /// A ToR with what plans seldom have: a 40G cage as a whole and one in lanes, a port that is tagged
  /// and untagged at once, one in a single VLAN, an account that may only look.
  static func lanes(_ os: SwitchOS, _ names: PortNames) -> SwitchIntent {
    guard let traits = ShippedTraits.of(os) else { preconditionFailure(os.rawValue) }
    let (jumbo, usual) = (traits.linkMTU.value.upperBound, traits.defaultMTU.value)
    let isLossless = traits.qos != nil
    func host(_ name: String, _ host: Int, _ membership: Membership) -> PortIntent {
      PortIntent(
        name: name, description: "hv-r1-0\(host) nic1-p1", enabled: true, mtu: jumbo,
        membership: membership, edge: true, bpduGuard: true, lossless: isLossless)
    }
    var ports = (1...48).map { PortIntent(name: names.port($0), enabled: false, mtu: usual) }
    ports[0] = host(
      names.port(1), 1, Membership(untagged: vlan(30), tagged: [vlan(20), vlan(711)]))
    ports[1] = PortIntent(
      name: names.port(2), description: "console server", enabled: true, mtu: 1500,
      membership: Membership(untagged: vlan(30)), edge: true,
      bpduGuard: traits.bpduGuardIsGlobal.value)
    for place in [49, 50] {
      ports.append(
        PortIntent(
          name: names.cage(place), description: "spine-\(place - 48) \(names.far)", enabled: true,
          mtu: jumbo, lag: 1, rate: names.statesRate ? .gigabits(40) : nil,
          lossless: isLossless))
    }
    let lanes = names.lane.map { lane in (1...4).map { lane(51, $0) } } ?? []
    ports += lanes.enumerated().map { host($1, $0 + 2, Membership(tagged: [vlan(711)])) }
    if lanes.isEmpty { ports.append(PortIntent(name: names.cage(51), enabled: false, mtu: usual)) }
    ports.append(PortIntent(name: names.cage(52), enabled: false, mtu: usual))
    let downstream = [names.port(1)] + lanes
    return SwitchIntent(
      hostname: "r1-tor-a", os: os,
      management: management(traits.managementInterfaces.value[0], 13),
      users: [
        UserIntent(name: "admin", isAdministrator: true),
        UserIntent(name: "viewer", isAdministrator: false),
      ],
      ntp: [ip("192.0.2.5")], syslog: [ip("192.0.2.6")],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 61440),
      splits: lanes.isEmpty
        ? [] : [SplitIntent(port: names.cage(51), lanes: 4, laneRate: .gigabits(10))],
      pair: nil,
      vlans: [
        VLANIntent(id: vlan(20), name: "tenant-20"), VLANIntent(id: vlan(30), name: "consoles"),
        VLANIntent(id: vlan(711), name: "csv-a"),
      ],
      lags: [
        LAGIntent(
          number: 1, description: "uplinks to spine-1 and spine-2", lacp: true, isPeerLink: false,
          pairLAG: nil, membership: Membership(tagged: [vlan(20), vlan(711)]), mtu: jumbo)
      ],
      ports: ports, qos: traits.qos?.standard(lossless: .storage),
      uplinkGroups: traits.uplinkTracking == nil
        ? [] : [UplinkGroupIntent(id: 1, upstreamLAGs: [1], downstream: downstream)])
  }
}
