import CatalogModel
import Evidence
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

/// The racks as somebody built them: what is plugged where, what is set to what. It shares nothing
/// with the checks, and answers probes by carrying frames from port to port.
public struct World {
  /// A port of a switch, as it is set.
  public struct SwitchPort: Equatable {
    public var isEnabled = true
    public var membership: Membership
    /// Largest payload in bytes that passes.
    public var mtu = 9216
    public var sendsLLDP = true
    /// Frames lost of a thousand.
    public var loss = 0
    /// Rate that it fell back to; `nil` for the planned one.
    public var rate: DataRate?
    /// Damaged frames that it receives while somebody watches.
    public var errors: UInt64 = 0
    /// Priorities that it pauses.
    public var lossless: [Int] = []
    /// Whether spanning tree found another way.
    public var isBlocked = false
  }

  /// A port of a host.
  public struct HostPort: Equatable {
    public var name: String
    public var planned: Endpoint
    public var cable: String
    /// Where its cable ends; `nil` when nothing is plugged in.
    public var plugged: Endpoint?
    public var mac: MACAddress
    public var rate: DataRate
    public var mtu: Int
    public var settings: Settings
    /// Team that it is planned in.
    public var team: Int?
    /// Whether it is a member of that team.
    public var isMember = true
  }

  /// What a port is set to besides.
  public struct Settings: Equatable {
    public var driver = "mlx5_core"
    public var driverVersion = "5.15.0"
    /// Windows alone says it.
    public var driverProvider = "Mellanox Technologies Ltd."
    public var firmware = "14.32.1010"
    public var pcieLanes = 8
    public var receiveRing = 4096
    public var queues = 8
    public var isSpread = true
    /// Percent of the packets that its busiest queue takes; Linux alone counts them.
    public var busiestQueue = 20
    public var isNear = true
    public var offloads = Offload.allCases.sorted().map {
      OffloadState($0, isOn: $0 != .hardwareCoalescing)
    }
    public var flowControl = false
    public var isWilling = false
    public var lossless: [Int] = []
    public var classes: [TrafficClassFacts] = []
    public var marked: [Int] = []
    public var rdma: RDMAFacts?
    public var errors: UInt64 = 0
    public var drops: UInt64 = 0
    public var pauses: UInt64 = 0
  }

  /// A network of a host.
  public struct HostNetwork: Equatable {
    public var name: String
    public var planned: VLAN
    public var address: IPv4Address
    public var prefixLength: Int
    public var prefix: IPv4Subnet
    /// Tag of its frames; `nil` for none.
    public var tag: VLANID?
    public var mtu: Int
    /// Places of ports that may carry it; the first that has a link does.
    public var carriers: [Int]
    public var hasGateway = false
  }

  /// How a host moves guests.
  public struct Migration: Equatable {
    public var option = MigrationFacts.Option.smb
    public var hostLimit = 4
    /// `nil` without a cluster.
    public var clusterLimit: Int?
    public var networks: [IPv4Subnet]
    public var smbLimit: Int64?
    public var signIn = "Kerberos"
    public var hasCredentialGuard = true
  }

  public struct HostState {
    public var name: String
    public var system: HostSystem
    public var group: String
    public var isOff = false
    public var ports: [HostPort]
    public var networks: [HostNetwork]
    public var isFullClock = true
    /// Whether its port on the existing LAN, or its team there, is dead.
    public var isOffLAN = false
    /// How it moves guests; `nil` where its system has no such settings, or nobody planned any.
    public var migration: Migration?
    /// Network in which its sessions of SMB failed.
    public var brokenSession: String?
    public var plan: String
  }

  /// A cable that nobody planned.
  public struct Cable: Equatable {
    public var a: Endpoint
    public var b: Endpoint
  }

  /// A link between switches.
  struct Trunk {
    var a: Endpoint
    var b: Endpoint
  }

  public let fabric: Fabric
  public var hosts: [HostState]
  public var switchPorts: [Endpoint: SwitchPort]
  public var offSwitches: Set<String> = []
  /// VLANs that reach the core.
  public var leaking: Set<VLANID> = []
  /// Where the cables between switches end, by the end that the plan names first.
  public var cabled: [Endpoint: Endpoint]
  /// Cables between switches that nobody planned.
  public var extra: [Cable] = []
  /// Uplinks by ToR, and links between the two of a pair under the name of the first.
  let uplinks: [String: [Trunk]]
  let peers: [Trunk]
  /// Of each host's networks, as planned, in their order.
  private(set) var plannedAddresses: [String: [IPv4Address]] = [:]
  public static let planHash = String(repeating: "ab", count: 32)

  /// Builds a plan exactly.
  public init(_ fabric: Fabric) {
    self.fabric = fabric
    var ports: [Endpoint: SwitchPort] = [:]
    for intent in fabric.intents {
      for port in intent.ports {
        let lag = port.lag.flatMap { number in intent.lags.first { $0.number == number } }
        // A peer link carries every VLAN that its switch knows.
        let all = Membership(tagged: intent.vlans.map(\.id))
        ports[Endpoint(node: intent.hostname, port: port.name)] = SwitchPort(
          isEnabled: port.enabled,
          membership: lag.map { $0.isPeerLink ? all : $0.membership } ?? port.membership,
          lossless: port.lossless
            ? (intent.qos?.groups.filter(\.lossless).flatMap(\.priorities).map(\.number).sorted()
              ?? [])
            : [])
      }
    }
    switchPorts = ports
    uplinks = Dictionary(grouping: fabric.links.filter { $0.role == .uplink }, by: \.a.node)
      .mapValues { $0.map { Trunk(a: $0.a, b: $0.b) } }
    cabled = Dictionary(
      fabric.links.filter { $0.role == .uplink || $0.role == .peer }.map { ($0.a, $0.b) },
      uniquingKeysWith: { first, _ in first })
    peers = fabric.links.filter { $0.role == .peer }.map { Trunk(a: $0.a, b: $0.b) }
    var number: UInt64 = 0x02_00_00_00_00_00
    hosts = []
    for host in fabric.hosts {
      guard let group = fabric.site.hosts.first(where: { $0.name == host.group }) else { continue }
      var own: [HostPort] = []
      for card in host.cards {
        for name in card.ports {
          guard
            let link = fabric.links.first(where: {
              $0.role == .host && $0.b == Endpoint(node: host.name, port: name)
            })
          else { continue }
          number += 1
          let nic = group.nics[card.slot]
          let isTeam = nic.carries.contains {
            $0 == .tenant || fabric.site.hasOneAddress(group, $0)
          }
          let key =
            nic.carries.map(\.rawValue).joined()
            + (group.hasMultichannel ? card.part?.description ?? "" : "")
          own.append(
            HostPort(
              name: name, planned: link.a, cable: link.cable, plugged: link.a,
              mac: MACAddress(bits: number) ?? MACAddress("02:00:00:00:00:00")!, rate: link.rate,
              mtu: 1500, settings: Settings(), team: isTeam ? World.teamNumber(key) : nil))
          own[own.count - 1].settings = World.settings(
            fabric, group, card, ports[link.a], link.a, isTeam)
        }
      }
      guard !own.isEmpty else { continue }
      hosts.append(
        HostState(
          name: host.name, system: group.hasMultichannel ? .windows : .linux, group: group.name,
          ports: own, networks: World.networks(fabric, host.name, own, ports), plan: World.planHash)
      )
      let last = hosts.count - 1
      hosts[last].migration = migration(of: hosts[last])
      for place in own.indices {
        hosts[last].ports[place].mtu =
          hosts[last].networks.filter { $0.carriers.contains(place) }.map(\.mtu).max() ?? 1500
      }
    }
    plannedAddresses = Dictionary(
      hosts.map { ($0.name, $0.networks.map(\.address)) }, uniquingKeysWith: { first, _ in first })
  }

  private static func teamNumber(_ key: String) -> Int {
    key.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  }

  private static func settings(
    _ fabric: Fabric, _ group: HostGroup, _ card: HostCard, _ port: SwitchPort?, _ end: Endpoint,
    _ isTeam: Bool
  ) -> Settings {
    var settings = Settings()
    let intent = fabric.intents.first { $0.hostname == end.node }
    if intent?.ports.first(where: { $0.name == end.port })?.lossless == true, let qos = intent?.qos
    {
      settings.lossless = qos.groups.filter(\.lossless).flatMap(\.priorities).map(\.number).sorted()
      settings.classes = qos.groups.map {
        TrafficClassFacts(priorities: $0.priorities.sorted(), share: $0.bandwidth)
      }.sorted { ($0.priorities.first?.number ?? 8) < ($1.priorities.first?.number ?? 8) }
      settings.marked = settings.lossless
    }
    let rdma = card.part.flatMap(fabric.catalog.part)?.asNIC?.rdma ?? .unknown
    switch rdma {
    case .roceV1: settings.rdma = RDMAFacts(isOn: true, technology: .roce1)
    case .roceV2, .both: settings.rdma = RDMAFacts(isOn: true, technology: .roce2)
    case .iwarp: settings.rdma = RDMAFacts(isOn: true, technology: .iwarp)
    case .none, .unknown: settings.rdma = nil
    }
    return settings
  }

  private static func networks(
    _ fabric: Fabric, _ host: String, _ ports: [HostPort], _ switchPorts: [Endpoint: SwitchPort]
  ) -> [HostNetwork] {
    var result: [HostNetwork] = []
    for subnet in fabric.subnets {
      let own = subnet.assignments.filter { $0.node == host }
      guard let vlan = fabric.vlans.first(where: { $0.id == subnet.vlan }) else { continue }
      for (place, assignment) in own.enumerated() {
        guard let port = ports.firstIndex(where: { $0.name == assignment.port }) else { continue }
        let team = ports[port].team
        var carriers = [port]
        if team != nil {
          carriers += ports.indices.filter { other in
            other != port && ports[other].team == team
              && switchPorts[ports[other].planned]?.membership.passes(vlan.id) == true
          }
        }
        let isUntagged = switchPorts[ports[port].planned]?.membership.untagged == vlan.id
        result.append(
          HostNetwork(
            name: own.count == 1 ? vlan.name : "\(vlan.name)-\(place + 1)", planned: vlan,
            address: assignment.address, prefixLength: subnet.prefix.prefixLength,
            prefix: subnet.prefix, tag: isUntagged ? nil : vlan.id, mtu: vlan.mtu,
            carriers: carriers))
      }
    }
    return result.filter { !isFolded($0, among: result, ports, fabric, host) }
  }

  /// A port of Windows Server 2012 R2 that does RDMA is in one VLAN; the first of these takes the
  /// traffic of all.
  private static func isFolded(
    _ network: HostNetwork, among all: [HostNetwork], _ ports: [HostPort], _ fabric: Fabric,
    _ host: String
  ) -> Bool {
    let group = fabric.hosts.first { $0.name == host }?.group
    let port = ports[network.carriers[0]]
    guard fabric.site.hosts.first(where: { $0.name == group })?.os == "windows-server-2012r2",
      fabric.site.traffic.rdma != .none, port.team == nil, let rdma = port.settings.rdma,
      rdma.technology == .iwarp || !port.settings.lossless.isEmpty
    else { return false }
    let order: [VLANPurpose] = [.storage, .csv, .liveMigration, .backup]
    let own = all.filter { $0.carriers == network.carriers }
    let first = order.lazy.compactMap { purpose in own.first { $0.planned.purpose == purpose } }
      .first
    return own.count > 1 && first?.name != network.name
  }
}
