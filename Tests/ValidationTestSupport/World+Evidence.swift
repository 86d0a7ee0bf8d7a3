import CatalogModel
import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport
import Validation

/// What a collector on a host was able to see.
public struct Sight: Hashable, Sendable {
  public var hasLLDP = true
  public var hasDCB = true
  public var hasProbes = true
  public var hasCounters = true
  public var hasRDMA = true
  public var hasPower = true
  /// Nobody collected anything on this host.
  public var isMissing = false

  /// Everything that its system can show.
  public init() {}

  /// Something is left out now and then.
  public static func random(_ random: inout SplitMix64) -> Sight {
    var sight = Sight()
    guard random.chance(25) else { return sight }
    sight.hasLLDP = !random.chance(30)
    sight.hasDCB = !random.chance(20)
    sight.hasProbes = !random.chance(15)
    sight.hasCounters = !random.chance(15)
    sight.hasRDMA = !random.chance(15)
    sight.hasPower = !random.chance(15)
    sight.isMissing = random.chance(10)
    return sight
  }
}

extension World {
  /// Sizes of packets that collectors try.
  static func sizes(_ mtu: Int) -> [Int] {
    ([576, 1500, 4200].filter { $0 < mtu } + [mtu])
  }

  /// The evidence of all hosts.
  public func evidence(
    _ sights: [Sight], seed: UInt64, probesEach count: Int = 3
  ) -> [HostEvidence] {
    var random = SplitMix64(seed: seed)
    let owners = owners
    return zip(hosts, sights).compactMap { host, sight in
      sight.isMissing || host.isOff ? nil : evidence(host, sight, count, owners, &random)
    }
  }

  private func evidence(
    _ host: HostState, _ sight: Sight, _ count: Int,
    _ owners: [IPv4Address: (host: Int, network: Int)], _ random: inout SplitMix64
  ) -> HostEvidence {
    var facts = HostFacts(host: host.name, system: host.system)
    let source = Source(output: 0)
    facts.release = .known("release of \(host.group)", source)
    facts.power =
      sight.hasPower
      ? .known(
        host.system == .windows
          ? .scheme(
            host.isFullClock
              ? "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c" : "381b4222-f694-41f0-9685-ff5bb260df2e")
          : .governors(
            [String](repeating: host.isFullClock ? "performance" : "powersave", count: 16)), source)
      : .unknown(Unknown(.notSupported, "no cpufreq"))
    facts.routes = .known(
      host.networks.filter(\.hasGateway).compactMap { network in
        RouteFacts(
          destination: .everything, gateway: network.prefix.address(1),
          interface: interfaceName(network, host))
      }, source)
    facts.interfaces = .known(interfaces(host, sight, source, &random), source)
    var probes: [ProbeColumn] = []
    if sight.hasProbes {
      for network in host.networks {
        for size in World.sizes(network.planned.mtu) {
          probes.append(column(
              host, network, size: size, count: count, owners: owners, random: &random))
        }
        let core = IPv4Address("10.255.255.1") ?? network.address
        probes.append(
          ProbeColumn(
            kind: .crossing, from: network.address, interface: "", size: 84, sent: 2, to: [core],
            received: [leaking.contains(network.planned.id) ? 2 : 0]))
      }
    }
    return HostEvidence(
      facts: facts, commands: ["recorded"], plan: host.plan, collected: Timestamp(seconds: 0)!,
      isPrivileged: true, probes: probes)
  }

  /// What the switches learned.
  public var tables: [SwitchFacts] {
    fabric.devices.map { device in
      SwitchFacts(
        device: device.name,
        learned: hosts.filter { !$0.isOff }.flatMap { host in
          host.ports.filter { hasLink($0) }.compactMap { port in
            port.plugged.flatMap { end in
              end.node == device.name ? LearnedAddress(mac: port.mac, port: end.port) : nil
            }
          }
        })
    }
  }

  private func interfaceName(_ network: HostNetwork, _ host: HostState) -> String {
    "\(host.ports[network.carriers[0]].name).\(network.name)"
  }

  private func interfaces(
    _ host: HostState, _ sight: Sight, _ source: Source, _ random: inout SplitMix64
  ) -> [InterfaceFacts] {
    var result: [InterfaceFacts] = []
    for port in host.ports { result.append(interface(port, host, sight, source, &random)) }
    var teams: [Int: String] = [:]
    for team in Set(host.ports.compactMap(\.team)).sorted() {
      let members = host.ports.filter { $0.team == team && $0.isMember }
      guard host.ports.count(where: { $0.team == team }) > 1, !members.isEmpty else { continue }
      var bond = InterfaceFacts(name: "bond\(teams.count)", kind: .team)
      bond.lower = members.map(\.name)
      bond.isUp = .known(true, source)
      bond.hasLink = .known(members.contains(where: hasLink), source)
      bond.mtu = .known(members.map(\.mtu).max() ?? 1500, source)
      bond.vlan = .known(nil, source)
      bond.addresses = .known([], source)
      let active = members.filter(hasLink).map(\.name)
      bond.team = .known(
        host.system == .windows
          ? TeamFacts(mode: .switchIndependent, modeText: "SwitchIndependent", active: active)
          : TeamFacts(
            mode: .activeBackup, modeText: "active-backup", active: Array(active.prefix(1))), source)
      teams[team] = bond.name
      result.append(bond)
    }
    for network in host.networks {
      let port = host.ports[network.carriers[0]]
      let base = port.team.flatMap { teams[$0] } ?? port.name
      var own = InterfaceFacts(
        name: interfaceName(network, host), kind: host.system == .windows ? .virtual : .vlan)
      own.lower = [base]
      own.isUp = .known(true, source)
      own.hasLink = .known(true, source)
      own.mtu = .known(network.mtu, source)
      own.vlan = .known(network.tag, source)
      own.addresses = .known(
        [InterfaceAddress(address: network.address, prefixLength: network.prefixLength)], source)
      result.append(own)
    }
    return result.shuffled(using: &random)
  }

  private func interface(
    _ port: HostPort, _ host: HostState, _ sight: Sight, _ source: Source,
    _ random: inout SplitMix64
  ) -> InterfaceFacts {
    var own = InterfaceFacts(
      name: random.chance(20) ? port.name.uppercased() : port.name, kind: .physical)
    let isLinked = hasLink(port)
    let settings = port.settings
    own.mac = .known(port.mac, source)
    own.isUp = .known(true, source)
    own.hasLink = .known(isLinked, source)
    own.rate =
      isLinked ? .known(port.rate, source) : .unknown(Unknown(.notSupported, "Unknown!"))
    own.mtu = .known(port.mtu, source)
    own.vlan = .known(nil, source)
    own.addresses = .known([], source)
    own.hardware.model = .known("card", source)
    own.hardware.driver = .known(settings.driver, source)
    own.hardware.driverVersion = .known(settings.driverVersion, source)
    own.hardware.firmware =
      host.system == .windows
      ? .unknown(Unknown(.notSupported)) : .known(settings.firmware, source)
    own.hardware.pcieLanes = .known(settings.pcieLanes, source)
    own.hardware.pcieMegatransfers = .known(8000, source)
    own.hardware.receiveRing = .known(
      RingFacts(current: settings.receiveRing, maximum: 8192), source)
    own.receive.isSpread = .known(settings.isSpread, source)
    own.receive.queues = .known(settings.queues, source)
    own.receive.maximumQueues = .known(16, source)
    own.receive.isNear = .known(settings.isNear, source)
    own.offloads = .known(settings.offloads, source)
    own.flowControl = .known(settings.flowControl, source)
    own.counters =
      sight.hasCounters
      ? .known(
        CounterFacts(
          interval: 5000, packets: 100_000, errors: settings.errors, drops: settings.drops,
          pauses: nil), source)
      : .unknown(Unknown(.notCollected, "one sample"))
    if sight.hasDCB {
      own.dcb.isWilling = .known(settings.isWilling, source)
      own.dcb.lossless = .known(settings.lossless.compactMap { PriorityCodePoint($0) }, source)
      own.dcb.classes = .known(settings.classes, source)
      own.dcb.marked = .known(settings.marked.compactMap { PriorityCodePoint($0) }, source)
    } else {
      let why = Unknown(.notSupported, "Operation not supported")
      own.dcb.isWilling = .unknown(why)
      own.dcb.lossless = .unknown(why)
      own.dcb.classes = .unknown(why)
      own.dcb.marked = .unknown(why)
    }
    own.rdma =
      sight.hasRDMA
      ? .known(settings.rdma ?? RDMAFacts(isOn: false, technology: nil), source)
      : .unknown(Unknown(.notPermitted, "rdma"))
    own.neighbours = neighbours(port, host, sight, source, &random)
    return own
  }

  private func neighbours(
    _ port: HostPort, _ host: HostState, _ sight: Sight, _ source: Source,
    _ random: inout SplitMix64
  ) -> Reading<[Neighbour]> {
    guard host.system == .linux else { return .unknown(Unknown(.notSupported, "Windows")) }
    guard sight.hasLLDP else { return .unknown(Unknown(.toolMissing, "lldpcli")) }
    guard let end = port.plugged, hasLink(port), switchPorts[end]?.sendsLLDP == true else {
      return .known([], source)
    }
    let device = fabric.devices.first { $0.name == end.node }
    let intent = fabric.intents.first { $0.hostname == end.node }
    let description = intent?.ports.first { $0.name == end.port }?.description ?? ""
    let mac = Neighbour.Identifier(.mac, "e4:f0:04:00:00:32")
    var neighbour = Neighbour(
      chassis: mac, systemName: end.node, addresses: [],
      port: Neighbour.Identifier(.interfaceName, end.port), portDescription: "")
    switch random.int(0...5) {
    case 0: neighbour.systemName = end.node.uppercased() + ".example.net"
    case 1: neighbour.port.text = World.short(end.port)
    case 2:
      if let address = device?.managementAddress {
        neighbour.systemName = ""
        neighbour.addresses = [address]
      }
    case 3:
      neighbour.port = Neighbour.Identifier(.local, "512")
      neighbour.portDescription = end.port
    case 4:
      if !description.isEmpty,
        intent?.ports.count(where: { $0.description == description }) == 1
      {
        neighbour.port = Neighbour.Identifier(.mac, "e4:f0:04:00:00:44")
        neighbour.portDescription = description
      }
    default: neighbour.portDescription = description
    }
    return .known([neighbour], source)
  }

  /// A port as short forms have it: `Te 0/1` for `TenGigabitEthernet 0/1`.
  private static func short(_ name: String) -> String {
    guard let digit = name.firstIndex(where: \.isNumber) else { return name }
    let word = name[..<digit].filter { $0 != " " }
    return word.count > 4 ? String(word.prefix(2)) + name[digit...] : name
  }
}
