import CatalogModel
import Quantities

/// What one switch is meant to do, in no vendor's words: rendered by `SwitchConfig` and read back
/// by it. Lists are sorted as stated, so that equal meaning is equal value.
public struct SwitchIntent: Hashable, Sendable, Codable {
  /// Empty only where a configuration that was read does not say it.
  public var hostname: String
  public var os: SwitchOS
  /// `nil` only where a configuration that was read does not say it.
  public var management: ManagementIntent?
  /// Accounts; ascending by name. Secrets are never part of a plan.
  public var users: [UserIntent]
  /// Ascending.
  public var ntp: [IPv4Address]
  /// Ascending.
  public var syslog: [IPv4Address]
  public var spanningTree: SpanningTreeIntent
  /// Ports to split; in port order of the device.
  public var splits: [SplitIntent]
  /// `nil` unless the switch is one of a pair.
  public var pair: PairIntent?
  /// Ascending by id.
  public var vlans: [VLANIntent]
  /// Ascending by number.
  public var lags: [LAGIntent]
  /// Every data port, lanes in place of split ports, in port order of the device.
  public var ports: [PortIntent]
  /// `nil` when no traffic is lossless.
  public var qos: QoSIntent?
  /// Ascending by id.
  public var uplinkGroups: [UplinkGroupIntent]

  /// Makes an intent.
  public init(
    hostname: String, os: SwitchOS, management: ManagementIntent?, users: [UserIntent],
    ntp: [IPv4Address], syslog: [IPv4Address], spanningTree: SpanningTreeIntent,
    splits: [SplitIntent], pair: PairIntent?, vlans: [VLANIntent], lags: [LAGIntent],
    ports: [PortIntent], qos: QoSIntent?, uplinkGroups: [UplinkGroupIntent]
  ) {
    self.hostname = hostname
    self.os = os
    self.management = management
    self.users = users
    self.ntp = ntp
    self.syslog = syslog
    self.spanningTree = spanningTree
    self.splits = splits
    self.pair = pair
    self.vlans = vlans
    self.lags = lags
    self.ports = ports
    self.qos = qos
    self.uplinkGroups = uplinkGroups
  }
}

/// The way in for administrators: SSH only.
public struct ManagementIntent: Hashable, Sendable, Codable {
  /// Out-of-band interface as the platform writes it; empty when a data port serves.
  public var interface: String
  public var address: IPv4Address
  public var prefixLength: Int
  /// `nil` when management is not routed.
  public var gateway: IPv4Address?
  /// VLAN of the address on a switch without an out-of-band port; `nil` otherwise.
  public var vlan: VLANID?
  /// Makes an intent.
  public init(
    interface: String, address: IPv4Address, prefixLength: Int, gateway: IPv4Address?,
    vlan: VLANID? = nil
  ) {
    self.interface = interface
    self.address = address
    self.prefixLength = prefixLength
    self.gateway = gateway
    self.vlan = vlan
  }
}

/// An account whose secret the owner must fill in.
public struct UserIntent: Hashable, Sendable, Codable {
  public var name: String
  /// Highest level of the platform when `true`.
  public var isAdministrator: Bool
  /// Makes an account.
  public init(name: String, isAdministrator: Bool) {
    self.name = name
    self.isAdministrator = isAdministrator
  }
}

/// Spanning tree of a switch.
public struct SpanningTreeIntent: Hashable, Sendable, Codable {
  /// The protocols that plans use.
  public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
    /// IEEE 802.1w.
    case rstp
    /// Off: nothing but parallel loop-free links (never emitted by a plan, but readable).
    case off
  }
  public var mode: Mode
  /// Bridge priority, 0 to 61440 in steps of 4096; lower wins.
  public var priority: Int
  /// Makes an intent.
  public init(mode: Mode, priority: Int) {
    self.mode = mode
    self.priority = priority
  }
}

/// A port run as several lanes.
public struct SplitIntent: Hashable, Sendable, Codable {
  /// The whole port.
  public var port: String
  public var lanes: Int
  public var laneRate: DataRate
  /// Makes an intent.
  public init(port: String, lanes: Int, laneRate: DataRate) {
    self.port = port
    self.lanes = lanes
    self.laneRate = laneRate
  }
}

/// Membership of a pair that acts as one towards a LAG (VLT, MLAG).
public struct PairIntent: Hashable, Sendable, Codable {
  /// 1 to 1000; equal on both.
  public var domain: Int
  /// LAG number of the peer link.
  public var peerLAG: Int
  /// Management address of the other one, for the heartbeat; `nil` where the platform has none.
  public var backupDestination: IPv4Address?
  /// Address of the management network that both answer at; `nil` where the platform has none.
  public var sharedAddress: IPv4Address?
  /// Lower is primary; `nil` where the platform settles it.
  public var priority: Int?
  /// `aa:bb:cc:dd:ee:ff`, lower case; equal on both; `nil` where the platform makes it.
  public var systemMAC: String?
  /// 0 on one, 1 on the other; `nil` where the platform has no such number.
  public var unit: Int?
  /// Seconds before the pair's ports come up after a reload; `nil` where the platform settles it.
  public var delayRestore: Int?
  /// How the two talk over the peer link; `nil` where the platform sees to that.
  public var peering: PairPeering?
  /// Makes an intent.
  public init(
    domain: Int, peerLAG: Int, backupDestination: IPv4Address?, sharedAddress: IPv4Address? = nil,
    priority: Int?, systemMAC: String?, unit: Int?, delayRestore: Int?, peering: PairPeering? = nil
  ) {
    self.domain = domain
    self.peerLAG = peerLAG
    self.backupDestination = backupDestination
    self.sharedAddress = sharedAddress
    self.priority = priority
    self.systemMAC = systemMAC
    self.unit = unit
    self.delayRestore = delayRestore
    self.peering = peering
  }
}

/// A VLAN of the peer link alone, in which each switch of a pair has an address.
public struct PairPeering: Hashable, Sendable, Codable {
  /// In no list of `SwitchIntent.vlans`.
  public var vlan: VLANID
  /// Own address.
  public var address: IPv4Address
  /// Address of the other.
  public var peer: IPv4Address
  public var prefixLength: Int
  /// Makes a peering.
  public init(vlan: VLANID, address: IPv4Address, peer: IPv4Address, prefixLength: Int) {
    self.vlan = vlan
    self.address = address
    self.peer = peer
    self.prefixLength = prefixLength
  }
}

/// A VLAN that the switch knows.
public struct VLANIntent: Hashable, Sendable, Codable {
  public var id: VLANID
  public var name: String
  /// Makes an intent.
  public init(id: VLANID, name: String) {
    self.id = id
    self.name = name
  }
}

/// Which VLANs pass a port or LAG.
public struct Membership: Hashable, Sendable, Codable {
  /// VLAN of untagged frames; `nil` when they are dropped.
  public var untagged: VLANID?
  /// Ascending.
  public var tagged: [VLANID]
  /// Makes a membership.
  public init(untagged: VLANID? = nil, tagged: [VLANID] = []) {
    self.untagged = untagged
    self.tagged = tagged
  }
  /// No VLAN at all.
  public static let none = Membership()
}

/// A link aggregation group on one switch.
public struct LAGIntent: Hashable, Sendable, Codable {
  /// Number of the port-channel, from 1.
  public var number: Int
  public var description: String
  /// LACP (IEEE 802.1AX) when `true`, static otherwise.
  public var lacp: Bool
  /// Peer link of the pair: the system adds its VLANs.
  public var isPeerLink: Bool
  /// Number that both switches of the pair share for it; `nil` when it ends on this switch alone.
  public var pairLAG: Int?
  public var membership: Membership
  /// Link MTU in bytes as the platform counts it.
  public var mtu: Int
  /// Makes an intent.
  public init(
    number: Int, description: String, lacp: Bool, isPeerLink: Bool, pairLAG: Int?,
    membership: Membership, mtu: Int
  ) {
    self.number = number
    self.description = description
    self.lacp = lacp
    self.isPeerLink = isPeerLink
    self.pairLAG = pairLAG
    self.membership = membership
    self.mtu = mtu
  }
}

/// A data port.
public struct PortIntent: Hashable, Sendable, Codable {
  /// As the platform writes it in full.
  public var name: String
  /// Where it goes; empty on unused ports.
  public var description: String
  /// `false` is shut down.
  public var enabled: Bool
  /// Link MTU in bytes as the platform counts it; the platform's default is written out on unused
  /// ports too.
  public var mtu: Int
  /// Number of the LAG it is a member of.
  public var lag: Int?
  /// Rate that it is set to; `nil` where it runs at that of its cage or transceiver.
  public var rate: DataRate?
  /// Empty for members of a LAG, whose VLANs are the LAG's.
  public var membership: Membership
  /// Host port: no spanning-tree delay.
  public var edge: Bool
  /// Shut down when a BPDU arrives, so that the host sees the link go down.
  public var bpduGuard: Bool
  /// Whether the QoS policy is on it; 802.3x flow control is off then.
  public var lossless: Bool
  /// Makes an intent.
  public init(
    name: String, description: String = "", enabled: Bool, mtu: Int, lag: Int? = nil,
    rate: DataRate? = nil, membership: Membership = .none, edge: Bool = false,
    bpduGuard: Bool = false, lossless: Bool = false
  ) {
    self.name = name
    self.description = description
    self.enabled = enabled
    self.mtu = mtu
    self.lag = lag
    self.rate = rate
    self.membership = membership
    self.edge = edge
    self.bpduGuard = bpduGuard
    self.lossless = lossless
  }
}

/// A traffic class of the QoS policy.
public struct TrafficGroup: Hashable, Sendable, Codable {
  /// 0 to 7.
  public var id: Int
  /// ETS share in percent.
  public var bandwidth: Int
  /// Priority flow control.
  public var lossless: Bool
  /// Ascending.
  public var priorities: [PriorityCodePoint]
  /// Makes a group.
  public init(id: Int, bandwidth: Int, lossless: Bool, priorities: [PriorityCodePoint]) {
    self.id = id
    self.bandwidth = bandwidth
    self.lossless = lossless
    self.priorities = priorities
  }
}

/// Lossless Ethernet on a switch.
public struct QoSIntent: Hashable, Sendable, Codable {
  /// Name of the policy where the platform names it.
  public var policy: String
  /// Ascending by id; shares add up to 100, priorities to 0...7 once each.
  public var groups: [TrafficGroup]
  /// Makes an intent.
  public init(policy: String, groups: [TrafficGroup]) {
    self.policy = policy
    self.groups = groups
  }
}

/// Ports that go down when others are lost.
public struct UplinkGroupIntent: Hashable, Sendable, Codable {
  /// From 1.
  public var id: Int
  /// LAG numbers whose loss counts; ascending.
  public var upstreamLAGs: [Int]
  /// Port names that go down, in port order.
  public var downstream: [String]
  /// Whether it acts as soon as the switch is configured; one that does not is switched on by hand
  /// when what it watches is hooked up.
  public var enabled: Bool
  /// Makes an intent.
  public init(id: Int, upstreamLAGs: [Int], downstream: [String], enabled: Bool = true) {
    self.id = id
    self.upstreamLAGs = upstreamLAGs
    self.downstream = downstream
    self.enabled = enabled
  }
}

extension Membership {
  /// Whether frames of a VLAN pass, tagged or not.
  public func carries(_ vlan: VLANID) -> Bool { untagged == vlan || tagged.contains(vlan) }

  /// `untagged 4, tagged 711, 712`, or `no VLAN`.
  public var shown: String {
    var parts: [String] = []
    if let untagged { parts.append("untagged \(untagged.number)") }
    if !tagged.isEmpty {
      parts.append("tagged " + tagged.map { String($0.number) }.joined(separator: ", "))
    }
    return parts.isEmpty ? "no VLAN" : parts.joined(separator: ", ")
  }
}
