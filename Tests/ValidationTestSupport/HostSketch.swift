import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

/// The interfaces of one host in the way of its system: where its networks have their addresses,
/// how its ports are joined, and every field of it that tools of that system can show.
struct HostSketch {
  let world: World
  let host: World.HostState
  let sight: Sight
  /// Interface of each network of the host; empty before `interfaces` was asked for.
  private(set) var names: [String] = []
  /// Names of the ports, as the system has them.
  private var portNames: [String] = []
  private var teamNames: [Int: String] = [:]

  init(_ world: World, _ host: World.HostState, _ sight: Sight) {
    (self.world, self.host, self.sight) = (world, host, sight)
  }

  private var isWindows: Bool { host.system == .windows }
  /// Windows Server 2012 R2 joins ports by NIC Teaming, later releases in a virtual switch.
  private var isOldWindows: Bool { world.os(of: host) == "windows-server-2012r2" }

  /// All interfaces, in any order.
  mutating func interfaces(_ random: inout SplitMix64) -> [InterfaceFacts] {
    // Windows takes names in any case.
    portNames = host.ports.map {
      isWindows && random.chance(20) ? $0.name.uppercased() : $0.name
    }
    let facts = PortSketch(world, host, sight)
    var ports: [InterfaceFacts] = []
    for place in host.ports.indices {
      ports.append(facts.interface(place, named: portNames[place], &random))
    }
    let teams = joined(&ports, &random)
    var result: [InterfaceFacts] = []
    names = host.networks.map { _ in "" }
    if isWindows {
      result = windows(ports, teams, &random)
    } else {
      result = linux(ports, teams, facts)
    }
    result.shuffle(using: &random)
    return ordered(result)
  }

  /// Teams with two planned ports or more.
  private mutating func joined(
    _ ports: inout [InterfaceFacts], _ random: inout SplitMix64
  ) -> [(team: Int, facts: InterfaceFacts)] {
    var teams: [(team: Int, facts: InterfaceFacts)] = []
    for team in Set(host.ports.compactMap(\.team)).sorted() {
      let members = host.ports.indices.filter {
        host.ports[$0].team == team && host.ports[$0].isMember
      }
      guard host.ports.count(where: { $0.team == team }) > 1, let first = members.first else {
        continue
      }
      // What is left of a bond of two may be no bond any more.
      if !isWindows, members.count == 1, random.chance(50) { continue }
      let name = isWindows ? "team\(teams.count)" : "bond\(teams.count)"
      var facts = InterfaceFacts(name: name, kind: .team)
      facts.lower = members.map { portNames[$0] }
      let linked = members.filter { world.hasLink(host.ports[$0]) }
      let active = linked.map { portNames[$0] }
      if isWindows {
        facts.team = known(
          TeamFacts(
            mode: .switchIndependent, modeText: "SwitchIndependent",
            active: isOldWindows ? active : nil))
      } else {
        facts.team = known(
          TeamFacts(
            mode: .activeBackup, modeText: "active-backup", active: Array(active.prefix(1))))
        // All members take the address of the first.
        for member in members { ports[member].mac = known(host.ports[first].mac) }
      }
      if !isWindows || isOldWindows {
        let rates = linked.map { host.ports[$0].rate }
        adapter(
          &facts, mac: host.ports[first].mac, hasLink: !linked.isEmpty, rate: rates.max(),
          mtu: members.map { host.ports[$0].mtu }.max() ?? 1500)
      }
      teamNames[team] = name
      teams.append((team, facts))
    }
    return teams
  }

  /// What every interface has that the system lists as one.
  private func adapter(
    _ facts: inout InterfaceFacts, mac: MACAddress, hasLink: Bool, rate: DataRate?, mtu: Int
  ) {
    facts.mac = known(mac)
    facts.permanentMAC = isWindows ? known(mac) : .notCollected
    facts.isUp = known(true)
    facts.hasLink = known(hasLink)
    facts.rate = rate.map { known($0) } ?? .unknown(Unknown(.notSupported))
    facts.mtu = known(mtu)
    facts.vlan = known(nil)
    facts.addresses = known([])
    facts.counters = PortSketch.counters(sight, errors: 0, drops: 0, pauses: nil)
  }

  private func address(_ network: World.HostNetwork) -> InterfaceAddress {
    InterfaceAddress(address: network.address, prefixLength: network.prefixLength)
  }

  private func add(_ network: World.HostNetwork, to facts: inout InterfaceFacts) {
    facts.addresses = facts.addresses.map { $0 + [address(network)] }
  }

  // MARK: Linux

  private mutating func linux(
    _ ports: [InterfaceFacts], _ teams: [(team: Int, facts: InterfaceFacts)], _ sketch: PortSketch
  ) -> [InterfaceFacts] {
    var loopback = InterfaceFacts(name: "lo", kind: .loopback)
    adapter(&loopback, mac: host.ports[0].mac, hasLink: true, rate: nil, mtu: 65_536)
    loopback.mac = .notCollected
    loopback.rate = .notCollected
    loopback.addresses = known([
      InterfaceAddress(address: IPv4Address("127.0.0.1")!, prefixLength: 8)
    ])
    var bases = ports + teams.map(\.facts)
    var result = [loopback]
    for (place, network) in host.networks.enumerated() {
      let base = baseName(network)
      guard let tag = network.tag, let index = bases.firstIndex(where: { $0.name == base }) else {
        // Frames without a tag belong to the interface below itself.
        if let index = bases.firstIndex(where: { $0.name == base }) {
          add(network, to: &bases[index])
        }
        names[place] = base
        continue
      }
      // The kernel takes 15 bytes.
      names[place] = free("\(base).\(network.planned.id.number)")
      var own = InterfaceFacts(name: names[place], kind: .vlan)
      adapter(
        &own, mac: bases[index].mac.value ?? host.ports[0].mac, hasLink: true, rate: nil,
        mtu: network.mtu)
      own.rate = .notCollected
      own.lower = [base]
      own.vlan = known(tag)
      own.dcb.marked = known(network.planned.lossless ? sketch.marked : [])
      add(network, to: &own)
      result.append(own)
    }
    return bases + result
  }

  private func baseName(_ network: World.HostNetwork) -> String {
    let port = network.carriers.first { host.ports[$0].isMember } ?? network.carriers[0]
    return host.ports[port].team.flatMap { teamNames[$0] } ?? portNames[port]
  }

  /// The name, or a longer one when another network of the host has it.
  private func free(_ name: String) -> String {
    guard names.contains(name) else { return name }
    // The name that Windows gives an adapter ends with that of its port.
    return name.hasSuffix(")") ? free(name.dropLast() + "x)") : free(name + "x")
  }

  // MARK: Windows

  /// With a virtual switch on each team or port; a port alone with one network has its address
  /// itself, and the VLAN by its driver, as often as not.
  private mutating func windows(
    _ ports: [InterfaceFacts], _ teams: [(team: Int, facts: InterfaceFacts)],
    _ random: inout SplitMix64
  ) -> [InterfaceFacts] {
    var ports = ports
    var teams = teams.map(\.facts)
    let hasTeamPorts = isOldWindows && random.chance(40)
    let isPlain = random.chance(50)
    var result: [InterfaceFacts] = []
    for (place, network) in host.networks.enumerated() {
      let base = baseName(network)
      let isAlone = host.networks.count { baseName($0) == base } == 1
      if isPlain, isAlone, let port = ports.firstIndex(where: { $0.name == base }) {
        ports[port].vlan = known(network.tag)
        ports[port].mtu = known(min(host.ports[port].mtu, network.mtu))
        add(network, to: &ports[port])
        names[place] = base
        continue
      }
      let team = teams.firstIndex { $0.name == base }
      if hasTeamPorts, let team, network.tag == nil {
        add(network, to: &teams[team])
        teams[team].mtu = known(network.mtu)
        names[place] = base
        continue
      }
      names[place] = free(
        hasTeamPorts && team != nil
          ? "\(base) - VLAN \(network.planned.id.number)" : "vEthernet (\(network.name))")
      var own = InterfaceFacts(name: names[place], kind: .virtual)
      adapter(
        &own, mac: MACAddress(bits: 0x0015_5D00_0000 + UInt64(place)) ?? host.ports[0].mac,
        hasLink: true, rate: .gigabits(10), mtu: network.mtu)
      own.lower = [base]
      own.vlan = known(network.tag)
      // Windows lists adapters that can do RDMA alone.
      own.rdma =
        sight.hasRDMA ? .unknown(Unknown(.notSupported)) : .unknown(Unknown(.notPermitted))
      add(network, to: &own)
      result.append(own)
    }
    return ports + teams + result
  }

  /// What the tools list in the order of interfaces; what has no adapter comes last.
  private func ordered(_ interfaces: [InterfaceFacts]) -> [InterfaceFacts] {
    let isLast = { (facts: InterfaceFacts) in
      isWindows && !isOldWindows && facts.kind == .team
    }
    var all = interfaces.filter { !isLast($0) } + interfaces.filter(isLast)
    let order = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })
    for place in all.indices where all[place].kind == .team {
      let old = all[place].lower
      all[place].lower.sort { order[$0] ?? 0 < order[$1] ?? 0 }
      guard old != all[place].lower, host.system == .windows else { continue }
      all[place].team = all[place].team.map { facts in
        var facts = facts
        facts.active?.sort { order[$0] ?? 0 < order[$1] ?? 0 }
        return facts
      }
    }
    return all
  }
}
