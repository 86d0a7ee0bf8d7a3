import CatalogModel
import DialectTestSupport
import Fabric
import Quantities

/// Random intents that obey their dialect, repeatable by seed.
enum RandomIntent {
  static func make(_ os: SwitchOS, seed: UInt64) -> SwitchIntent {
    var generator = Generator(os: os, random: SeededGenerator(seed: seed))
    return generator.make()
  }
}

private struct Generator {
  let os: SwitchOS
  var random: SeededGenerator

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func address() -> IPv4Address {
    IPv4Address(bits: UInt32.random(in: 0...(.max), using: &random))
  }

  mutating func text() -> String {
    let words = [
      "spine-1", "hv-r1-01", "nic1-p1", "Te1/0/2", "(spare)", "a=b", "exit", "no",
      "core,", "+1", "@x", "description", "shutdown", "10.0.0.1", "vlan",
    ]
    return (0..<int(0...3)).map { _ in words[int(0...(words.count - 1))] }.joined(separator: " ")
  }

  /// Names of ports in the order of the device, and splits.
  mutating func portNames() -> ([String], [SplitIntent]) {
    var names: [String] = []
    var splits: [SplitIntent] = []
    func lanes(_ port: String) -> SplitIntent {
      SplitIntent(port: port, lanes: 4, laneRate: .gigabits(10))
    }
    switch os {
    case .eos:
      // 7050SX-64: SFP+ cages, then QSFP+ cages that are called by their first lane.
      names = (1...48).map { "Ethernet\($0)" }
      for port in 49...52 {
        if chance(30) {
          splits.append(lanes("Ethernet\(port)/1"))
          names += (1...4).map { "Ethernet\(port)/\($0)" }
        } else {
          names.append("Ethernet\(port)/1")
        }
      }
    case .os10:
      // S4148F-ON; which words split its cages stands in no dialect yet.
      names = (1...54).map { "ethernet1/1/\($0)" }
    case .netgear:
      // M4300-24X24F, or eight ports in each slot of an M4300-96X.
      names =
        chance(70)
        ? (1...48).map { "1/0/\($0)" }
        : (1...12).flatMap { slot in (1...8).map { "1/\(slot)/\($0)" } }
    case .onyx:
      // SN2410.
      names = (1...48).map { "ethernet 1/\($0)" }
      for port in 49...56 {
        if chance(30) {
          splits.append(lanes("ethernet 1/\(port)"))
          names += (1...4).map { "ethernet 1/\(port)/\($0)" }
        } else {
          names.append("ethernet 1/\(port)")
        }
      }
    case .routeros:
      // CRS317.
      names = (1...16).map { "sfp-sfpplus\($0)" }
    case .sonic:
      // AS5835-54X.
      names =
        (0..<48).map { "Ethernet\($0)" } + stride(from: 48, to: 72, by: 4).map { "Ethernet\($0)" }
    case .nxos:
      // Nexus 93180YC.
      names = (1...48).map { "Ethernet1/\($0)" }
      for port in 49...54 {
        if chance(30) {
          splits.append(lanes("Ethernet1/\(port)"))
          names += (1...4).map { "Ethernet1/\(port)/\($0)" }
        } else {
          names.append("Ethernet1/\(port)")
        }
      }
    case .os9:
      switch int(0...2) {
      case 0:  // S4810, S4820T
        names = (0..<48).map { "TenGigabitEthernet 0/\($0)" }
        for port in [48, 52, 56, 60] {
          if chance(30) {
            splits.append(lanes("fortyGigE 0/\(port)"))
            names += (0..<4).map { "TenGigabitEthernet 0/\(port + $0)" }
          } else {
            names.append("fortyGigE 0/\(port)")
          }
        }
      case 1:  // S4048-ON
        names = (1...48).map { "TenGigabitEthernet 1/\($0)" }
        for port in 49...54 {
          if chance(30) {
            splits.append(lanes("fortyGigE 1/\(port)"))
            names += (1...4).map { "TenGigabitEthernet 1/\(port)/\($0)" }
          } else {
            names.append("fortyGigE 1/\(port)")
          }
        }
      default:  // Z9000
        for port in stride(from: 0, to: 128, by: 4) {
          if chance(20) {
            splits.append(lanes("fortyGigE 0/\(port)"))
            names += (0..<4).map { "TenGigabitEthernet 0/\(port + $0)" }
          } else {
            names.append("fortyGigE 0/\(port)")
          }
        }
      }
    default:
      let large = chance(40)
      names = (1...(large ? 48 : 24)).map { "Te1/0/\($0)" }
      if large {
        for port in 1...2 {
          if chance(30) {
            splits.append(lanes("Fo1/0/\(port)"))
            names += (0..<4).map { "Te1/0/\(45 + port * 4 + $0)" }
          } else {
            names.append("Fo1/0/\(port)")
          }
        }
      }
      if chance(50) {
        for port in 1...2 {
          if chance(50) {
            splits.append(lanes("Fo1/1/\(port)"))
            names += (0..<4).map { "Te1/1/\(port * 4 - 3 + $0)" }
          } else {
            names.append("Fo1/1/\(port)")
          }
        }
      } else if chance(50) {
        names += (1...4).map { "Te1/1/\($0)" }
      }
    }
    return (names, splits)
  }

  mutating func membership(_ vlans: [VLANIntent], canBeEmpty: Bool) -> Membership {
    while true {
      var membership = Membership.none
      for vlan in vlans where chance(40) { membership.tagged.append(vlan.id) }
      if chance(50), let vlan = vlans.randomElement(using: &random),
        !membership.tagged.contains(vlan.id)
      {
        membership.untagged = vlan.id
      }
      if canBeEmpty || membership != .none { return membership }
    }
  }

  mutating func make() -> SwitchIntent {
    let traits = ShippedTraits.of(os)!
    let canBeEmpty = traits.canCarryNothing
    let (names, splits) = portNames()
    let (defaultMTU, jumbo) = (traits.defaultMTU.value, traits.linkMTU.value.upperBound)
    let systemMTU = chance(50) ? jumbo : chance(50) ? defaultMTU : int(traits.linkMTU.value)
    func drawMTU(_ own: Int) -> Int { traits.mtuScope.value == .system ? systemMTU : own }

    var vlanNumbers: Set<Int> = []
    for _ in 0..<int(1...8) { vlanNumbers.insert(int(traits.vlanNumbers?.value ?? 2...4094)) }
    let vlans = vlanNumbers.sorted().map { number in
      VLANIntent(id: VLANID(number)!, name: chance(50) ? "VLAN\(number)" : "net-\(number)_x")
    }

    // Whole ports that can be split may be set to their rate.
    let whole = Set(
      os == .eos
        ? names.filter { name in name.hasSuffix("/1") && !splits.contains { $0.port == name } }
        : traits.portsStateRate?.value == true ? names : [])
    let hasQoS = traits.qos != nil && chance(60)
    let isPair = traits.pair != nil && chance(50)
    let peerLAG = traits.pair?.peerLinkLAG?.value ?? 128
    let hasOwnNumbers = traits.pair?.ownLAGNumbers?.value == true
    var lags: [LAGIntent] = []
    var numbers: Set<Int> = []
    for _ in 0..<int(0...min(6, names.count / 4)) {
      numbers.insert(int(1...min(127, traits.lagNumbers.value.upperBound)))
    }
    for number in numbers.sorted() {
      lags.append(
        LAGIntent(
          number: number, description: text(),
          lacp: chance(80) || traits.staticLAGs?.value == false, isPeerLink: false,
          pairLAG: isPair && chance(60) ? hasOwnNumbers ? number : int(1...128) : nil,
          membership: membership(vlans, canBeEmpty: canBeEmpty),
          mtu: drawMTU(chance(60) ? jumbo : defaultMTU)))
    }
    if isPair {
      lags.append(
        LAGIntent(
          number: peerLAG, description: traits.pair?.peerLinkLAG == nil ? text() : "",
          lacp: traits.pair?.speaksLACP ?? false,
          isPeerLink: true, pairLAG: nil,
          membership: .none,
          mtu: traits.pair?.peerLinkMTU?.value ?? (chance(50) ? jumbo : defaultMTU)))
    }
    var free = names.indices.shuffled(using: &random)
    var lagOfPort: [Int: LAGIntent] = [:]
    var losslessLAG: [Int: Bool] = [:]
    for lag in lags {
      for _ in 0..<int(1...4) { if let place = free.popLast() { lagOfPort[place] = lag } }
      losslessLAG[lag.number] = hasQoS && chance(60)
    }
    let guarded = chance(70)
    let needsTagged = traits.qos?.losslessNeedsTagged.value ?? false
    var ports: [PortIntent] = []
    for (place, name) in names.enumerated() {
      if let lag = lagOfPort[place] {
        ports.append(
          PortIntent(
            name: name, description: text(), enabled: chance(95), mtu: lag.mtu, lag: lag.number,
            rate: whole.contains(name) && chance(70) ? .gigabits(40) : nil,
            lossless: losslessLAG[lag.number] ?? false))
      } else if chance(50) {
        let membership = membership(vlans, canBeEmpty: canBeEmpty)
        let edge = chance(70)
        ports.append(
          PortIntent(
            name: name, description: text(), enabled: true,
            mtu: drawMTU(chance(60) ? jumbo : int(traits.linkMTU.value)), membership: membership,
            edge: edge, bpduGuard: edge && (traits.bpduGuardIsGlobal.value ? guarded : chance(70)),
            lossless: hasQoS && chance(60)
              && (!needsTagged || !membership.tagged.isEmpty)))
      } else {
        ports.append(
          PortIntent(
            name: name, description: chance(20) ? text() : "", enabled: false,
            mtu: drawMTU(defaultMTU)))
      }
    }
    var qos = hasQoS ? traits.qos?.standard(lossless: PriorityCodePoint(int(3...4))!) : nil
    if traits.qos?.losslessOnPorts == true, !ports.contains(where: \.lossless) { qos = nil }
    if os == .os9, hasQoS, chance(40) {
      // Every priority group that the queues allow, in any share.
      let cut = int(1...97)
      qos = QoSIntent(
        policy: "map_\(cut)",
        groups: [
          TrafficGroup(id: 0, bandwidth: cut, lossless: chance(10), priorities: pcp([3])),
          TrafficGroup(id: 3, bandwidth: 1, lossless: false, priorities: pcp([5, 6, 7])),
          TrafficGroup(id: 5, bandwidth: 1, lossless: true, priorities: pcp([4])),
          TrafficGroup(
            id: 7, bandwidth: 98 - cut, lossless: false, priorities: pcp([0, 1, 2])),
        ])
    }
    var downstream = ports.filter { $0.lag == nil && $0.enabled }.map(\.name)
    var groups: [UplinkGroupIntent] = []
    let upstream = lags.filter { !$0.isPeerLink }.map(\.number)
    if traits.uplinkTracking != nil, !upstream.isEmpty, chance(70) {
      for id in 1...int(1...3) {
        let taken = downstream.prefix(int(1...20))
        if taken.isEmpty { break }
        downstream.removeFirst(taken.count)
        groups.append(
          UplinkGroupIntent(
            id: id * int(1...2) + (id - 1) * 3, upstreamLAGs: chance(50) ? upstream : [upstream[0]],
            downstream: Array(taken),
            enabled: !(traits.uplinkTracking?.canBeOff.value ?? false) || chance(70)))
      }
    }
    return SwitchIntent(
      hostname: "sw-\(int(1...999))x", os: os,
      management: ManagementIntent(
        interface: os == .os9 && names[0].contains(" 1/")
          ? "ManagementEthernet 1/1" : traits.managementInterfaces.value[0],
        address: address(), prefixLength: int(1...32), gateway: chance(70) ? address() : nil),
      users: ["admin", "viewer", "x1"].filter { _ in chance(60) }.map {
        UserIntent(name: $0, isAdministrator: chance(70))
      },
      ntp: servers(), syslog: servers(),
      spanningTree: traits.spanningTreeIsAlwaysOn.value || chance(90)
        ? SpanningTreeIntent(mode: .rstp, priority: int(0...15) * 4096)
        : SpanningTreeIntent(mode: .off, priority: 32768),
      splits: splits,
      pair: isPair ? traits.pair.map { pair($0, besides: vlanNumbers) } : nil,
      vlans: vlans, lags: lags, ports: ports, qos: qos, uplinkGroups: groups)
  }

  mutating func pair(_ traits: PairTraits, besides taken: Set<Int>) -> PairIntent {
    var peering: PairPeering?
    if let wanted = traits.peeringVLAN {
      let number = stride(from: wanted.value, to: 1, by: -1).first { !taken.contains($0) }!
      let first = address().bits & ~3
      peering = PairPeering(
        vlan: VLANID(number)!, address: IPv4Address(bits: first + 1),
        peer: IPv4Address(bits: first + 2), prefixLength: 30)
    }
    return PairIntent(
      domain: int(traits.domains.value), peerLAG: traits.peerLinkLAG?.value ?? 128,
      backupDestination: traits.hasHeartbeat ? address() : nil,
      sharedAddress: traits.sharesAddress ? address() : nil,
      priority: traits.priorities.map { int($0.value) },
      systemMAC: traits.hasSystemMAC.value ? "02:01:e8:00:0\(int(0...9)):0a" : nil,
      unit: traits.hasUnit.value ? int(0...1) : nil,
      delayRestore: traits.delayRestore.map { int($0.value) }, peering: peering)
  }

  func pcp(_ numbers: [Int]) -> [PriorityCodePoint] { numbers.compactMap { PriorityCodePoint($0) } }

  mutating func servers() -> [IPv4Address] {
    var all: Set<IPv4Address> = []
    for _ in 0..<int(0...3) { all.insert(address()) }
    return all.sorted()
  }
}
