import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

/// How hosts move guests and speak SMB, as the scripts of the plan set them.
extension World {
  func migration(of host: HostState) -> Migration? {
    guard host.system == .windows else { return nil }
    let own = assignments(host.name, [.liveMigration])
    guard !own.isEmpty else { return nil }
    // Some groups of hosts are clusters.
    let isClustered = (host.group.utf8.count + fabric.hosts.count) % 2 == 0
    let subnets = own.map { subnet, port in
      // A network that the host is not in is carried by the one that its port kept.
      host.networks.first { $0.prefix == subnet.prefix }?.prefix
        ?? host.networks.first { host.ports[$0.carriers[0]].name == port }?.prefix ?? subnet.prefix
    }
    return Migration(
      clusterLimit: isClustered ? 4 : nil, networks: unique(subnets), smbLimit: limit(host, own))
  }

  private func assignments(
    _ host: String, _ purposes: Set<VLANPurpose>
  ) -> [(subnet: Subnet, port: String)] {
    fabric.subnets.flatMap { subnet -> [(subnet: Subnet, port: String)] in
      guard let vlan = fabric.vlans.first(where: { $0.id == subnet.vlan }),
        purposes.contains(vlan.purpose)
      else { return [] }
      return subnet.assignments.filter { $0.node == host }.map { (subnet, $0.port) }
    }
  }

  /// 60 % of the share of SMB on the ports that storage has too.
  private func limit(_ host: HostState, _ own: [(subnet: Subnet, port: String)]) -> Int64? {
    let ports = Set(own.map(\.port))
    guard assignments(host.name, [.csv, .storage]).contains(where: { ports.contains($0.port) })
    else { return nil }
    let lossless = host.ports.contains { !$0.settings.lossless.isEmpty }
    let qos = fabric.intents.lazy.compactMap(\.qos).first
    let share =
      lossless ? (qos?.groups.filter(\.lossless).reduce(0) { $0 + $1.bandwidth } ?? 100) : 100
    let members = fabric.hosts.filter { $0.group == host.group }.map(\.name)
    let rates = host.ports.filter { ports.contains($0.name) }.map { port in
      fabric.links.filter {
        $0.role == .host && members.contains($0.b.node) && $0.b.port == port.name
      }.map(\.rate.bitsPerSecond).min() ?? 0
    }
    return rates.reduce(0, +) * Int64(share) * 6 / 8000
  }

  /// Sessions of SMB with the first other host: one connection by each network that both are in.
  func sessions(_ host: HostState) -> [SMBConnection] {
    guard let other = hosts.first(where: { $0.name != host.name && $0.system == .windows }) else {
      return []
    }
    return host.networks.filter { network in
      (network.planned.purpose == .csv || network.planned.purpose == .storage)
        && other.networks.contains { $0.planned.id == network.planned.id }
    }.map { network in
      SMBConnection(
        server: other.name, client: network.address, isSelected: true,
        hasFailed: host.brokenSession == network.name, isRSSCapable: true, isRDMACapable: false)
    }
  }

  mutating func migration(
    _ fault: Fault, _ host: Int, _ random: inout SplitMix64
  ) -> Planted? {
    guard var own = hosts[host].migration else { return nil }
    let rules: [String]
    switch fault {
    case .migrationOption:
      own.option = random.chance(50) ? .tcp : .compression
      rules = ["lm.option"]
    case .migrationCount:
      if own.clusterLimit != nil, random.chance(50) {
        own.clusterLimit = 1
      } else {
        own.hostLimit = 2
      }
      rules = ["lm.count"]
    case .migrationNetwork:
      guard own.clusterLimit == nil else { return nil }
      own.networks = random.chance(50) ? [.everything] : []
      rules = ["lm.network"]
    case .migrationSignIn:
      guard os(of: hosts[host]) == "windows-server-2025" else { return nil }
      own.signIn = "CredSSP"
      rules = ["lm.auth"]
    case .smbLimit:
      own.smbLimit = own.smbLimit == nil ? 100_000_000 : nil
      rules = ["smb.limit"]
    default:
      let used = sessions(hosts[host])
      guard let one = used.randomElement(using: &random),
        let network = hosts[host].networks.first(where: { $0.address == one.client })
      else { return nil }
      hosts[host].brokenSession = network.name
      // Findings name both ends, so another one may name this host too.
      return Planted(
        fault: fault, hosts: [hosts[host].name], rules: ["smb.multichannel"],
        words: ["\(hosts[host].name): no connection"])
    }
    hosts[host].migration = own
    return Planted(fault: fault, hosts: [hosts[host].name], rules: rules, words: [hosts[host].name])
  }
}
