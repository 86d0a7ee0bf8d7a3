import CatalogModel
import DialectTestSupport
import Fabric
import Quantities

extension Golden {
  /// A ToR of Arista with what plans seldom have: a 40G cage as a whole and one in lanes, a port
  /// that is tagged and untagged at once, one in a single VLAN, an account that may only look.
  static let eosLanes: SwitchIntent = {
    let uplinks = Membership(tagged: [vlan(20), vlan(711)])
    var ports = (1...48).map { PortIntent(name: "Ethernet\($0)", enabled: false, mtu: 9214) }
    ports[0] = PortIntent(
      name: "Ethernet1", description: "hv-r1-01 nic1-p1", enabled: true, mtu: 9214,
      membership: Membership(untagged: vlan(30), tagged: [vlan(20), vlan(711)]), edge: true,
      bpduGuard: true, lossless: true)
    ports[1] = PortIntent(
      name: "Ethernet2", description: "console server", enabled: true, mtu: 1500,
      membership: Membership(untagged: vlan(30)), edge: true)
    for place in [49, 50] {
      ports.append(
        PortIntent(
          name: "Ethernet\(place)/1", description: "spine-\(place - 48) Ethernet5/1", enabled: true,
          mtu: 9214, lag: 1, rate: .gigabits(40), lossless: true))
    }
    ports += (1...4).map {
      PortIntent(
        name: "Ethernet51/\($0)", description: "hv-r1-0\($0 + 1) nic1-p1", enabled: true, mtu: 9214,
        membership: Membership(tagged: [vlan(711)]), edge: true, bpduGuard: true, lossless: true)
    }
    ports.append(PortIntent(name: "Ethernet52/1", enabled: false, mtu: 9214))
    return SwitchIntent(
      hostname: "r1-tor-a", os: .eos,
      management: management("Management1", 13),
      users: [
        UserIntent(name: "admin", isAdministrator: true),
        UserIntent(name: "viewer", isAdministrator: false),
      ],
      ntp: [ip("192.0.2.5")], syslog: [ip("192.0.2.6")],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 61440),
      splits: [SplitIntent(port: "Ethernet51/1", lanes: 4, laneRate: .gigabits(10))], pair: nil,
      vlans: [
        VLANIntent(id: vlan(20), name: "tenant-20"), VLANIntent(id: vlan(30), name: "consoles"),
        VLANIntent(id: vlan(711), name: "csv-a"),
      ],
      lags: [
        LAGIntent(
          number: 1, description: "uplinks to spine-1 and spine-2", lacp: true, isPeerLink: false,
          pairLAG: nil, membership: uplinks, mtu: 9214)
      ],
      ports: ports, qos: ShippedTraits.eos.qos?.standard(lossless: .storage),
      uplinkGroups: [
        UplinkGroupIntent(
          id: 1, upstreamLAGs: [1],
          downstream: ["Ethernet1"] + (1...4).map { "Ethernet51/\($0)" })
      ])
  }()
}
