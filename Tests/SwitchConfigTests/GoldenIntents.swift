import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SwitchConfig

/// Switches with golden texts; these four intents are written out by hand.
enum Golden {
  static func vlan(_ number: Int) -> VLANID { VLANID(number)! }
  static func ip(_ text: String) -> IPv4Address { IPv4Address(text)! }
  static func ids(_ numbers: [Int]) -> [VLANID] { numbers.map(vlan) }

  static func management(_ interface: String, _ last: Int) -> ManagementIntent {
    ManagementIntent(
      interface: interface, address: ip("192.0.2.\(last)"), prefixLength: 24,
      gateway: ip("192.0.2.1"))
  }

  /// An S4810 of a VLT pair: four ToR LAGs, the core on two lanes of a split port, VLTi on 40G.
  static var spine: SwitchIntent {
    let data = [20, 30]
    var ports: [PortIntent] = []
    for number in 0..<48 {
      let name = "TenGigabitEthernet 0/\(number)"
      switch number {
      case 0..<8:
        ports.append(
          PortIntent(
            name: name, description: "tor-r\(number / 2 + 1)-a Te1/0/\(23 + number % 2)",
            enabled: true, mtu: 9216, lag: 11 + number / 2, lossless: true))
      default: ports.append(PortIntent(name: name, enabled: false, mtu: 1554))
      }
    }
    for lane in 0..<4 {
      let name = "TenGigabitEthernet 0/\(48 + lane)"
      ports.append(
        lane < 2
          ? PortIntent(
            name: name, description: "core-1 Te1/\(lane + 1)", enabled: true, mtu: 9216, lag: 10)
          : PortIntent(name: name, enabled: false, mtu: 1554))
    }
    ports.append(PortIntent(name: "fortyGigE 0/52", enabled: false, mtu: 1554))
    for number in [56, 60] {
      ports.append(
        PortIntent(
          name: "fortyGigE 0/\(number)", description: "spine-2 fortyGigE 0/\(number)",
          enabled: true, mtu: 9216, lag: 128, lossless: true))
    }
    var lags = [
      LAGIntent(
        number: 10, description: "core-1", lacp: true, isPeerLink: false, pairLAG: 10,
        membership: Membership(untagged: vlan(999), tagged: ids(data)), mtu: 9216)
    ]
    for rack in 1...4 {
      lags.append(
        LAGIntent(
          number: 10 + rack, description: "tor-r\(rack)-a", lacp: true, isPeerLink: false,
          pairLAG: 10 + rack,
          membership: Membership(untagged: vlan(999), tagged: ids([20, 30, 711])), mtu: 9216))
    }
    lags.append(
      LAGIntent(
        number: 128, description: "spine-2 VLTi", lacp: false, isPeerLink: true, pairLAG: nil,
        membership: .none, mtu: 9216))
    return SwitchIntent(
      hostname: "spine-1", os: .os9, management: management("ManagementEthernet 0/0", 11),
      users: [UserIntent(name: "admin", isAdministrator: true)],
      ntp: [ip("192.0.2.5")], syslog: [ip("192.0.2.6")],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 40960),
      splits: [SplitIntent(port: "fortyGigE 0/48", lanes: 4, laneRate: .gigabits(10))],
      pair: PairIntent(
        domain: 1, peerLAG: 128, backupDestination: ip("192.0.2.12"), priority: 4096,
        systemMAC: "02:01:e8:00:00:01", unit: 0, delayRestore: 90),
      vlans: [
        VLANIntent(id: vlan(20), name: "tenant-20"), VLANIntent(id: vlan(30), name: "tenant-30"),
        VLANIntent(id: vlan(711), name: "SMB-A"), VLANIntent(id: vlan(999), name: "unused"),
      ],
      lags: lags, ports: ports, qos: ShippedTraits.os9.qos?.standard(lossless: .storage),
      uplinkGroups: [])
  }

  /// An S4810 as top of a rack: hosts with tagged SMB and an untagged tenant VLAN, two 40G uplinks.
  static var tor: SwitchIntent {
    var ports: [PortIntent] = []
    for number in 0..<48 {
      let name = "TenGigabitEthernet 0/\(number)"
      switch number {
      case 0..<6:
        ports.append(
          PortIntent(
            name: name, description: "hv-r1-0\(number + 1) nic1-p1", enabled: true, mtu: 9216,
            membership: Membership(tagged: ids([711])), edge: true, bpduGuard: true,
            lossless: true))
      case 6..<8:
        ports.append(
          PortIntent(
            name: name, description: "hv-r1-0\(number - 5) nic2-p1", enabled: true, mtu: 9216,
            membership: Membership(untagged: vlan(20), tagged: ids([30])), edge: true,
            bpduGuard: true))
      default: ports.append(PortIntent(name: name, enabled: false, mtu: 1554))
      }
    }
    for number in [48, 52, 56, 60] {
      let name = "fortyGigE 0/\(number)"
      ports.append(
        number < 56
          ? PortIntent(
            name: name, description: "spine-\(number / 4 - 11) fortyGigE 0/0", enabled: true,
            mtu: 9216, lag: 1, lossless: true)
          : PortIntent(name: name, enabled: false, mtu: 1554))
    }
    return SwitchIntent(
      hostname: "tor-r1-a", os: .os9, management: management("ManagementEthernet 0/0", 21),
      users: [
        UserIntent(name: "admin", isAdministrator: true),
        UserIntent(name: "viewer", isAdministrator: false),
      ],
      ntp: [ip("192.0.2.5"), ip("192.0.2.7")], syslog: [],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 61440), splits: [], pair: nil,
      vlans: [
        VLANIntent(id: vlan(20), name: "tenant-20"), VLANIntent(id: vlan(30), name: "tenant-30"),
        VLANIntent(id: vlan(711), name: "SMB-A"), VLANIntent(id: vlan(999), name: "unused"),
      ],
      lags: [
        LAGIntent(
          number: 1, description: "spine", lacp: true, isPeerLink: false, pairLAG: nil,
          membership: Membership(untagged: vlan(999), tagged: ids([20, 30, 711])), mtu: 9216)
      ],
      ports: ports, qos: ShippedTraits.os9.qos?.standard(lossless: .storage),
      uplinkGroups: [
        UplinkGroupIntent(
          id: 1, upstreamLAGs: [1],
          downstream: (0..<8).map { "TenGigabitEthernet 0/\($0)" })
      ])
  }

  /// One of an unlinked S4820T pair: hosts untagged in the one VLAN of the island, no uplink.
  static var standalone: SwitchIntent {
    var ports = (0..<48).map { number in
      number < 4
        ? PortIntent(
          name: "TenGigabitEthernet 0/\(number)", description: "hv-r1-0\(number + 1) nic1-p1",
          enabled: true, mtu: 9216, membership: Membership(untagged: vlan(711)), edge: true,
          bpduGuard: true)
        : PortIntent(name: "TenGigabitEthernet 0/\(number)", enabled: false, mtu: 1554)
    }
    ports += [48, 52, 56, 60].map {
      PortIntent(name: "fortyGigE 0/\($0)", enabled: false, mtu: 1554)
    }
    var management = management("ManagementEthernet 0/0", 31)
    management.gateway = nil
    return SwitchIntent(
      hostname: "sw-a", os: .os9, management: management,
      users: [UserIntent(name: "admin", isAdministrator: true)], ntp: [], syslog: [],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 32768), splits: [], pair: nil,
      vlans: [VLANIntent(id: vlan(711), name: "SMB-A")], lags: [], ports: ports, qos: nil,
      uplinkGroups: [])
  }

  /// An N4032F as top of a rack: hosts with tagged SMB, a tenant host port, an access port, and a
  /// LAG of two front ports and two lanes of the expansion card.
  static var n4032: SwitchIntent {
    let mtu = 9216
    var ports: [PortIntent] = []
    for number in 1...24 {
      let name = "Te1/0/\(number)"
      switch number {
      case 1...6:
        ports.append(
          PortIntent(
            name: name, description: "hv-r2-0\(number) nic1-p1", enabled: true, mtu: mtu,
            membership: Membership(tagged: ids([711])), edge: true, bpduGuard: true,
            lossless: true))
      case 7:
        ports.append(
          PortIntent(
            name: name, description: "hv-r2-01 nic2-p1", enabled: true, mtu: mtu,
            membership: Membership(untagged: vlan(20), tagged: ids([30])), edge: true,
            bpduGuard: true))
      case 8:
        ports.append(
          PortIntent(
            name: name, description: "hv-r2-02 nic2-p1", enabled: true, mtu: mtu,
            membership: Membership(untagged: vlan(20)), edge: true, bpduGuard: true))
      case 23, 24:
        ports.append(
          PortIntent(
            name: name, description: "spine-\(number - 22) TenGigabitEthernet 0/2", enabled: true,
            mtu: mtu, lag: 1, lossless: true))
      default: ports.append(PortIntent(name: name, enabled: false, mtu: mtu))
      }
    }
    for number in 1...4 {
      let name = "Te1/1/\(number)"
      ports.append(
        number < 3
          ? PortIntent(
            name: name, description: "spine-\(number) TenGigabitEthernet 0/3", enabled: true,
            mtu: mtu, lag: 1, lossless: true)
          : PortIntent(name: name, enabled: false, mtu: mtu))
    }
    ports.append(PortIntent(name: "Fo1/1/2", enabled: false, mtu: mtu))
    return SwitchIntent(
      hostname: "tor-r2-a", os: .os6, management: management("out-of-band", 22),
      users: [UserIntent(name: "admin", isAdministrator: true)],
      ntp: [ip("192.0.2.5")], syslog: [ip("192.0.2.6")],
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: 61440),
      splits: [SplitIntent(port: "Fo1/1/1", lanes: 4, laneRate: .gigabits(10))], pair: nil,
      vlans: [
        VLANIntent(id: vlan(20), name: "tenant-20"), VLANIntent(id: vlan(30), name: "tenant-30"),
        VLANIntent(id: vlan(711), name: "SMB-A"), VLANIntent(id: vlan(999), name: "unused"),
      ],
      lags: [
        LAGIntent(
          number: 1, description: "spine", lacp: true, isPeerLink: false, pairLAG: nil,
          membership: Membership(untagged: vlan(999), tagged: ids([20, 30, 711])), mtu: mtu)
      ],
      ports: ports, qos: ShippedTraits.os6.qos?.standard(lossless: .storage),
      uplinkGroups: [
        UplinkGroupIntent(
          id: 1, upstreamLAGs: [1], downstream: (1...8).map { "Te1/0/\($0)" })
      ])
  }

  /// The switches above.
  static let byHand = [
    GoldenSwitch("os9-spine-s4810", "S4810", spine), GoldenSwitch("os9-tor-s4810", "S4810", tor),
    GoldenSwitch("os9-standalone-s4820t", "S4820T", standalone),
    GoldenSwitch("os6-tor-n4032f", "N4032F", n4032),
    GoldenSwitch("eos-lanes-7050sx", "7050SX-64", lanes(.eos, eosNames)),
    GoldenSwitch("os10-tor-s5248f", "S5248F-ON", lanes(.os10, os10Names)),
    GoldenSwitch("onyx-lanes-sn2410", "SN2410", lanes(.onyx, onyxNames)),
    GoldenSwitch("sonic-lanes-as5835", "AS5835-54X", lanes(.sonic, sonicNames)),
    GoldenSwitch("nxos-lanes-93180yc", "Nexus 93180YC-EX", lanes(.nxos, nxosNames)),
    GoldenSwitch("routeros-memberships-crs317", "CRS317-1G-16S+RM", memberships),
  ]

  /// Every switch that has a golden text.
  static func all() throws -> [GoldenSwitch] { byHand + (try planned.get()) }
}

/// A switch whose text stands in `Golden/NAME.txt`.
struct GoldenSwitch: Sendable {
  var name: String
  var model: String
  var intent: SwitchIntent
  /// Name of the plan, as the head of the text says it.
  var plan: String

  init(_ name: String, _ model: String, _ intent: SwitchIntent, plan: String = "medium") {
    self.name = name
    self.model = model
    self.intent = intent
    self.plan = plan
  }

  func render() throws -> RenderedConfig {
    try Shipped.render(intent, model: model, plan: plan)
  }
}
