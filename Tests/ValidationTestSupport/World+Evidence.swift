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

  /// The evidence of all hosts, as facts.
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
    facts.release = known(release(host))
    facts.power = power(host, sight)
    var sketch = HostSketch(self, host, sight)
    let interfaces = sketch.interfaces(&random)
    facts.interfaces = known(interfaces)
    facts.routes = known(routes(host, sketch, interfaces))
    if host.system == .windows {
      facts.migration = migration(host)
      facts.smbConnections = known(sessions(host))
    }
    return HostEvidence(
      facts: facts, commands: ["recorded"], plan: host.plan, collected: Timestamp(seconds: 0)!,
      isPrivileged: true,
      probes: sight.hasProbes ? probes(host, count, owners, &random) : [],
      reach: sight.hasProbes ? reach(host) : nil)
  }

  /// What a host reaches over the existing LAN: all others, a domain controller, names.
  private func reach(_ host: HostState) -> [ReachProbe] {
    hosts.filter { $0.name != host.name }.map { other in
      ReachProbe(
        target: other.name, port: other.system == .windows ? 445 : 22,
        isReached: !host.isOffLAN && !other.isOffLAN && !other.isOff)
    } + [ReachProbe(target: "dc1.example.net", port: 389, isReached: !host.isOffLAN)]
  }

  private func probes(
    _ host: HostState, _ count: Int, _ owners: [IPv4Address: (host: Int, network: Int)],
    _ random: inout SplitMix64
  ) -> [ProbeColumn] {
    var probes: [ProbeColumn] = []
    for network in host.networks {
      for size in World.sizes(network.planned.mtu) {
        probes.append(
          column(host, network, size: size, count: count, owners: owners, random: &random))
      }
      let core = IPv4Address("10.255.255.1") ?? network.address
      probes.append(
        ProbeColumn(
          kind: .crossing, from: network.address, interface: "", size: 84, sent: 2, to: [core],
          received: [leaking.contains(network.planned.id) ? 2 : 0]))
    }
    return probes
  }

  /// The operating system of a host's group, as the site has it.
  func os(of host: HostState) -> String {
    fabric.site.hosts.first { $0.name == host.group }?.os ?? ""
  }

  private func release(_ host: HostState) -> String {
    switch os(of: host) {
    case "windows-server-2012r2": "Microsoft Windows Server 2012 R2 Standard (build 9600)"
    case "windows-server-2016": "Microsoft Windows Server 2016 Datacenter (build 14393)"
    case "windows-server-2019": "Microsoft Windows Server 2019 Standard (build 17763)"
    case "windows-server-2022": "Microsoft Windows Server 2022 Datacenter (build 20348)"
    case "windows-server-2025": "Microsoft Windows Server 2025 Datacenter (build 26100)"
    default:
      host.system == .windows
        ? "Microsoft Hyper-V Server 2019 (build 17763)" : "Debian GNU/Linux 12 (bookworm)"
    }
  }

  private func power(_ host: HostState, _ sight: Sight) -> Reading<PowerFacts> {
    guard sight.hasPower else {
      // A hypervisor below owns the clock; of Windows the program is gone.
      return .unknown(
        host.system == .linux
          ? Unknown(.notSupported, "no cpufreq") : Unknown(.toolMissing, "powercfg"))
    }
    guard host.system == .windows else {
      return known(
        .governors(
          [String](repeating: host.isFullClock ? "performance" : "powersave", count: 16)))
    }
    return known(
      .scheme(
        host.isFullClock
          ? "8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c" : "381b4222-f694-41f0-9685-ff5bb260df2e"))
  }

  /// The links that addresses make, and gateways that somebody set.
  private func routes(
    _ host: HostState, _ sketch: HostSketch, _ interfaces: [InterfaceFacts]
  ) -> [RouteFacts] {
    let gateways = host.networks.indices.filter { host.networks[$0].hasGateway }.map { place in
      RouteFacts(
        destination: .everything, gateway: host.networks[place].prefix.address(1),
        interface: sketch.names[place])
    }
    let links = interfaces.filter { $0.kind != .loopback }.flatMap { interface in
      (interface.addresses.value ?? []).compactMap { own in
        IPv4Subnet(around: own.address, prefixLength: own.prefixLength).map {
          RouteFacts(destination: $0, gateway: nil, interface: interface.name)
        }
      }
    }
    return gateways + links
  }

  private func migration(_ host: HostState) -> MigrationFacts {
    var facts = MigrationFacts()
    let own = host.migration ?? Migration(networks: [])
    facts.option = known(own.option)
    facts.hostLimit = known(own.hostLimit)
    facts.clusterLimit =
      own.clusterLimit.map { known($0) } ?? .unknown(Unknown(.notSupported, "no cluster"))
    facts.networks = known(own.networks)
    facts.smbLimit = known(own.smbLimit)
    facts.authentication = known(own.signIn)
    facts.hasCredentialGuard = known(own.hasCredentialGuard)
    return facts
  }
}

/// A value that was read from somewhere.
func known<Value: Hashable & Sendable>(_ value: Value) -> Reading<Value> {
  .known(value, Source(output: 0))
}
