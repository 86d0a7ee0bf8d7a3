import Quantities

/// What an interface is.
public enum InterfaceKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// A port of a card.
  case physical
  /// A VLAN on another interface.
  case vlan
  /// Several ports as one: bond, team, or the uplink of a virtual switch.
  case team
  case bridge
  /// A virtual port of the host's own on a virtual switch or team.
  case virtual
  case loopback
  case other
}

/// One interface of a host. A value that does not apply to its kind is `notCollected`.
public struct InterfaceFacts: Hashable, Sendable {
  /// As the system calls it.
  public var name: String
  public var kind: InterfaceKind
  /// Address in use.
  public var mac: Reading<MACAddress> = .notCollected
  /// Address that the maker gave the port; differs from `mac` on members of a bond.
  public var permanentMAC: Reading<MACAddress> = .notCollected
  public var isUp: Reading<Bool> = .notCollected
  /// Whether there is a link.
  public var hasLink: Reading<Bool> = .notCollected
  public var rate: Reading<DataRate> = .notCollected
  /// Payload (layer 3) MTU in bytes.
  public var mtu: Reading<Int> = .notCollected
  /// VLAN that the interface adds to what it sends; `nil` when it adds none.
  public var vlan: Reading<VLANID?> = .notCollected
  /// VLANs that a bridge with VLANs passes at this port of it.
  public var bridgeVLANs: Reading<BridgeVLANFacts> = .notCollected
  /// Interfaces that it stands on: the base of a VLAN, the members of a team or bridge, the team
  /// below a virtual port; by name, in the order of the host.
  public var lower: [String] = []
  public var addresses: Reading<[InterfaceAddress]> = .notCollected
  public var team: Reading<TeamFacts> = .notCollected
  public var hardware = HardwareFacts()
  public var receive = ReceiveFacts()
  /// Offloads by the neutral names of `Offload`, ascending.
  public var offloads: Reading<[OffloadState]> = .notCollected
  /// 802.3x flow control in either direction.
  public var flowControl: Reading<Bool> = .notCollected
  public var counters: Reading<CounterFacts> = .notCollected
  public var dcb = DCBFacts()
  public var rdma: Reading<RDMAFacts> = .notCollected
  /// LLDP neighbours; none is something else than unknown.
  public var neighbours: Reading<[Neighbour]> = .notCollected

  /// Makes an interface of which nothing else is known yet.
  public init(name: String, kind: InterfaceKind) {
    self.name = name
    self.kind = kind
  }
}

/// An IPv4 address with the length of its prefix.
public struct InterfaceAddress: Hashable, Sendable, Codable {
  public var address: IPv4Address
  /// 0 to 32.
  public var prefixLength: Int
  /// Makes an address.
  public init(address: IPv4Address, prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }
}

/// VLANs of a port of a bridge.
public struct BridgeVLANFacts: Hashable, Sendable {
  /// VLAN that frames without a tag come into; `nil` when they are dropped.
  public var incoming: VLANID?
  /// VLANs that leave with their tag, ascending.
  public var tagged: [VLANID] = []
  /// VLANs that leave without a tag, ascending.
  public var untagged: [VLANID] = []
  /// Makes a port without VLANs.
  public init() {}
}

/// How ports are joined.
public struct TeamFacts: Hashable, Sendable {
  /// The ways that systems know.
  public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
    case lacp
    case activeBackup = "active-backup"
    case switchIndependent = "switch-independent"
    case fixed = "static"
    case other
  }
  public var mode: Mode
  /// The mode in the system's own word.
  public var modeText: String
  /// Members that carry traffic now; `nil` where the system does not say it.
  public var active: [String]?
  /// LACP: aggregator of each member, in the order of `InterfaceFacts.lower`; empty when not said.
  public var aggregators: [Int]
  /// LACP: system of the partner, zeros when none has answered; `nil` when not said.
  public var partner: MACAddress?
  /// Makes facts.
  public init(
    mode: Mode, modeText: String, active: [String]? = nil, aggregators: [Int] = [],
    partner: MACAddress? = nil
  ) {
    self.mode = mode
    self.modeText = modeText
    self.active = active
    self.aggregators = aggregators
    self.partner = partner
  }
}

/// The card behind a port.
public struct HardwareFacts: Hashable, Sendable {
  /// Model, in the words of the system.
  public var model: Reading<String> = .notCollected
  public var driver: Reading<String> = .notCollected
  public var driverVersion: Reading<String> = .notCollected
  /// Who made the driver; only Windows says it.
  public var driverProvider: Reading<String> = .notCollected
  public var firmware: Reading<String> = .notCollected
  /// PCI address or slot.
  public var bus: Reading<String> = .notCollected
  /// `nil` for a host with one node, or none that the system tells.
  public var numaNode: Reading<Int?> = .notCollected
  /// Megatransfers a second of one PCI Express lane.
  public var pcieMegatransfers: Reading<Int> = .notCollected
  /// Lanes of PCI Express.
  public var pcieLanes: Reading<Int> = .notCollected
  public var receiveRing: Reading<RingFacts> = .notCollected
  public var sendRing: Reading<RingFacts> = .notCollected
  /// Makes facts of which nothing is known yet.
  public init() {}
}

/// Entries of a ring, and the most that the driver allows.
public struct RingFacts: Hashable, Sendable {
  public var current: Int
  public var maximum: Int?
  /// Makes facts.
  public init(current: Int, maximum: Int?) {
    self.current = current
    self.maximum = maximum
  }
}

/// How receive work is spread over processors.
public struct ReceiveFacts: Hashable, Sendable {
  public var isSpread: Reading<Bool> = .notCollected
  public var queues: Reading<Int> = .notCollected
  public var maximumQueues: Reading<Int> = .notCollected
  /// Name of the profile; only Windows has one.
  public var profile: Reading<String> = .notCollected
  /// Processors that take receive work, as `group:number` or number, in the order of the system.
  public var processors: Reading<[String]> = .notCollected
  /// Whether all those processors are near the card.
  public var isNear: Reading<Bool> = .notCollected
  /// Makes facts of which nothing is known yet.
  public init() {}
}

/// Work that the card takes off the processor.
public enum Offload: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case receiveChecksum = "receive-checksum"
  case sendChecksum = "send-checksum"
  /// TSO, LSO.
  case segmentation
  /// GRO, RSC.
  case coalescing
  /// LRO.
  case hardwareCoalescing = "hardware-coalescing"
  public static func < (left: Offload, right: Offload) -> Bool { left.rawValue < right.rawValue }
}

/// Whether an offload is on.
public struct OffloadState: Hashable, Sendable {
  public var offload: Offload
  public var isOn: Bool
  /// Makes a state.
  public init(_ offload: Offload, isOn: Bool) {
    self.offload = offload
    self.isOn = isOn
  }
}

/// Counters, and by how much they grew while somebody watched.
public struct CounterFacts: Hashable, Sendable {
  /// Milliseconds between both samples.
  public var interval: Int
  public var packets: UInt64
  public var errors: UInt64
  public var drops: UInt64
  /// Frames that told a neighbour to pause, sent and received; `nil` where the driver does not say it.
  public var pauses: UInt64?
  /// Percent of the received packets that the busiest queue took, rounded down; `nil` where the
  /// driver does not count them by queue, or there were none.
  public var busiestQueue: Int?
  /// Makes counters.
  public init(
    interval: Int, packets: UInt64, errors: UInt64, drops: UInt64, pauses: UInt64?,
    busiestQueue: Int? = nil
  ) {
    self.interval = interval
    self.packets = packets
    self.errors = errors
    self.drops = drops
    self.pauses = pauses
    self.busiestQueue = busiestQueue
  }
}

/// Data Center Bridging on a port (IEEE 802.1Q, clauses 36 to 38).
public struct DCBFacts: Hashable, Sendable {
  /// Whether it takes settings from its neighbour.
  public var isWilling: Reading<Bool> = .notCollected
  /// Priorities with flow control, ascending.
  public var lossless: Reading<[PriorityCodePoint]> = .notCollected
  /// Traffic classes with their shares, ascending by their lowest priority.
  public var classes: Reading<[TrafficClassFacts]> = .notCollected
  /// Priorities that RDMA or SMB Direct is marked with, ascending.
  public var marked: Reading<[PriorityCodePoint]> = .notCollected
  /// Makes facts of which nothing is known yet.
  public init() {}
}

/// A traffic class of a port.
public struct TrafficClassFacts: Hashable, Sendable {
  /// Ascending.
  public var priorities: [PriorityCodePoint]
  /// Share in percent; `nil` for strict priority.
  public var share: Int?
  /// Makes a class.
  public init(priorities: [PriorityCodePoint], share: Int?) {
    self.priorities = priorities
    self.share = share
  }
}

/// RDMA of a port.
public struct RDMAFacts: Hashable, Sendable {
  /// The protocols.
  public enum Technology: String, Hashable, Sendable, Codable, CaseIterable {
    case roce1 = "RoCE v1"
    case roce2 = "RoCE v2"
    case iwarp = "iWARP"
    case infiniband = "InfiniBand"
  }
  public var isOn: Bool
  /// `nil` where nobody says it.
  public var technology: Technology?
  /// Makes facts.
  public init(isOn: Bool, technology: Technology?) {
    self.isOn = isOn
    self.technology = technology
  }
}
