import Quantities

/// What an agent is asked to collect. Nothing in it names a program, a file or a word of a shell:
/// numbers within ranges, addresses, and plain names of networks.
public struct CollectRequest: Hashable, Sendable {
  /// Most networks of one host.
  public static let mostNetworks = 32
  /// Most addresses that one host probes, all networks together.
  public static let mostAddresses = 8192
  /// Most addresses in one message: at 18 bytes each they stay well under its limit.
  static let mostInMessage = 2048
  /// Most addresses that must not answer.
  static let mostCrossings = 64
  /// Longest run that an agent takes on, in seconds.
  public static let longest = 1800

  /// Whether other hosts are probed.
  public var probes: Bool
  /// Least seconds between both samples of counters, 0 to 60.
  public var interval: Int
  /// Probes at once, 1 to 64.
  public var jobs: Int
  /// Networks of the host, none when nothing is probed.
  public var networks: [ProbeNetwork]
  /// Addresses that must not answer from networks of storage.
  public var crossings: [IPv4Address]
  /// Services that must answer over the LAN that was there before.
  public var services: [ReachTarget]

  /// Makes a request; numbers beyond their ranges become the nearest that is within.
  public init(
    probes: Bool = true, interval: Int = 10, jobs: Int = 16, networks: [ProbeNetwork] = [],
    crossings: [IPv4Address] = [], services: [ReachTarget] = []
  ) {
    self.probes = probes
    self.interval = min(max(interval, 0), 60)
    self.jobs = min(max(jobs, 1), 64)
    self.networks = networks
    self.crossings = crossings
    self.services = Array(services.prefix(ReachTarget.most))
  }

  /// Seconds after which a run has failed: the interval, two minutes for the tools, of which each
  /// ends within 30 s, and 1.5 s a probe where nobody answers, in up to four sizes, `jobs` at once.
  public var deadline: Int {
    var probed = 0
    if probes {
      for network in networks { probed += network.others.count * 4 + crossings.count }
    }
    // A service that does not answer takes 3 s, 16 at once.
    return interval + 120 + services.count * 3 / 16 + probed * 3 / (2 * max(jobs, 1))
  }
}

/// One network of a host, with the addresses that the others have in it.
public struct ProbeNetwork: Hashable, Sendable {
  /// Plain name, as `HostName` has it.
  public var name: String
  /// The host's own address.
  public var own: IPv4Address
  /// 0 to 32.
  public var prefixLength: Int
  /// Bytes of an IP packet, 68 to 65535 (RFC 791).
  public var mtu: Int
  /// 0 for none, to 4094.
  public var vlan: Int
  public var others: [IPv4Address]

  /// Makes a network.
  public init(
    name: String, own: IPv4Address, prefixLength: Int, mtu: Int, vlan: Int, others: [IPv4Address]
  ) {
    self.name = name
    self.own = own
    self.prefixLength = prefixLength
    self.mtu = mtu
    self.vlan = vlan
    self.others = others
  }
}

/// The table that a kit's script holds (`KitTable`), by host.
public struct ProbeTable: Sendable {
  private struct Row {
    var host: HostName
    var network: ProbeNetwork
  }

  private var rows: [Int: [Row]] = [:]
  private var order: [HostName: [ProbeNetwork]] = [:]
  /// Addresses that must not answer.
  public private(set) var crossings: [IPv4Address] = []

  private var targets: [ReachTarget] = []

  /// Reads lines `network HOST NAME ADDRESS PREFIXLENGTH MTU VLAN`, `cross ADDRESS` and `reach NAME
  /// PORT`; others are left out.
  public init(lines: [String]) {
    for line in lines {
      let words = line.split(separator: " ")
      switch words.first {
      case "network" where words.count == 7:
        guard let host = HostName(words[1]), isPlainName(words[2]), let own = IPv4Address(words[3]),
          let length = Int(words[4]), let mtu = Int(words[5]), let vlan = Int(words[6])
        else { continue }
        let network = ProbeNetwork(
          name: String(words[2]), own: own, prefixLength: length, mtu: mtu, vlan: vlan, others: [])
        rows[network.vlan, default: []].append(Row(host: host, network: network))
        order[host, default: []].append(network)
      case "cross" where words.count == 2:
        if let address = IPv4Address(words[1]) { crossings.append(address) }
      case "reach" where words.count == 3:
        if let target = Int(words[2]).flatMap({ ReachTarget(name: words[1], port: $0) }) {
          targets.append(target)
        }
      default: continue
      }
    }
    crossings = Array(crossings.prefix(CollectRequest.mostCrossings))
  }

  /// The services that one host must reach: those of other hosts, and what the owner named.
  public func services(of host: HostName) -> [ReachTarget] {
    targets.filter { $0.name.lowercased() != host.text.lowercased() }
  }

  /// The networks of one host, at most as many and with as many addresses as a request may have.
  public func networks(of host: HostName) -> [ProbeNetwork] {
    var left = CollectRequest.mostAddresses
    return (order[host] ?? []).prefix(CollectRequest.mostNetworks).map { network in
      var network = network
      network.others = (rows[network.vlan] ?? []).lazy.filter { $0.host != host }
        .prefix(left).map(\.network.own)
      left -= network.others.count
      return network
    }
  }
}
