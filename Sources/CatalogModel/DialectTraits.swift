/// A value beside the number of the fact it rests on (`templates/DIALECT/facts.tsv`).
public struct Sourced<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  public var value: Value
  /// Fact id, such as `OS9-18`.
  public var fact: String
  /// Makes a sourced value.
  public init(_ value: Value, _ fact: String) {
    self.value = value
    self.fact = fact
  }
}

/// Where a platform keeps its link MTU.
public enum MTUScope: String, Hashable, Sendable, Codable, CaseIterable {
  /// Each port and LAG has its own.
  case port
  /// Each port has its own, and a LAG that of its members.
  case member
  /// Each port and LAG has its own; a member that says none has that of its LAG.
  case lag
  /// One for the whole switch: intents carry it on every port and LAG.
  case system
}

/// What a platform can be told about traffic classes.
public struct QoSTraits: Hashable, Sendable, Codable {
  /// Ids a traffic group may have; `consecutive` ones must start at the lower bound.
  public var groups: Sourced<ClosedRange<Int>>
  /// Whether the ids used must be without gaps from the lower bound.
  public var consecutive: Bool
  /// Most lossless priorities.
  public var maxLossless: Sourced<Int>
  /// Queue of each priority 0 to 7 where it is fixed: priorities of one queue belong to one group.
  /// `nil` when the text maps priorities to queues itself.
  public var queueOfPriority: Sourced<[Int]>?
  /// Whether a lossless group may hold only one priority.
  public var losslessAlone: Bool
  /// Whether ports say which priorities are lossless, so that without a lossless port nobody does.
  public var losslessOnPorts: Bool
  /// Whether a lossless port must carry a tagged VLAN.
  public var losslessNeedsTagged: Sourced<Bool>
  /// Name of the policy in standard plans; empty when the platform does not name policies.
  public var policyName: String
  /// Ids of the groups of standard plans.
  public var plannedGroups: PlannedGroups
  /// Makes traits.
  public init(
    groups: Sourced<ClosedRange<Int>>, consecutive: Bool, maxLossless: Sourced<Int>,
    queueOfPriority: Sourced<[Int]>?, losslessAlone: Bool, losslessOnPorts: Bool,
    losslessNeedsTagged: Sourced<Bool>, policyName: String,
    plannedGroups: PlannedGroups = PlannedGroups()
  ) {
    self.groups = groups
    self.consecutive = consecutive
    self.maxLossless = maxLossless
    self.queueOfPriority = queueOfPriority
    self.losslessAlone = losslessAlone
    self.losslessOnPorts = losslessOnPorts
    self.losslessNeedsTagged = losslessNeedsTagged
    self.policyName = policyName
    self.plannedGroups = plannedGroups
  }
}

/// Ids of the traffic groups of standard plans.
public struct PlannedGroups: Hashable, Sendable, Codable {
  /// Of all priorities that are in no other.
  public var rest: Int
  /// `nil` where it is the number of the lossless priority.
  public var lossless: Int?
  /// Of the heartbeat.
  public var heartbeat: Int
  /// Makes them; 0, 1 and 2 where nobody says otherwise.
  public init(rest: Int = 0, lossless: Int? = 1, heartbeat: Int = 2) {
    self.rest = rest
    self.lossless = lossless
    self.heartbeat = heartbeat
  }
}

/// Ports that go down when uplinks are lost.
public struct UplinkTrackingTraits: Hashable, Sendable, Codable {
  /// Ids of groups.
  public var groups: Sourced<ClosedRange<Int>>
  /// Whether a group can be kept without acting.
  public var canBeOff: Sourced<Bool>
  /// Makes traits.
  public init(groups: Sourced<ClosedRange<Int>>, canBeOff: Sourced<Bool>) {
    self.groups = groups
    self.canBeOff = canBeOff
  }
}

/// Two switches acting as one.
public struct PairTraits: Hashable, Sendable, Codable {
  public var kind: Sourced<MultiChassis>
  public var domains: Sourced<ClosedRange<Int>>
  /// `nil` where the switches settle among themselves which is primary.
  public var priorities: Sourced<ClosedRange<Int>>?
  /// `nil` where no text says it.
  public var delayRestore: Sourced<ClosedRange<Int>>?
  /// Whether the address that the pair shows is written; the switches make it otherwise.
  public var hasSystemMAC: Sourced<Bool>
  /// Whether each has a number, 0 or 1.
  public var hasUnit: Sourced<Bool>
  /// VLAN over which the two talk where that takes one of its own, with an address on each.
  public var peeringVLAN: Sourced<Int>?
  /// Most members of the peer link.
  public var maxPeerLinkMembers: Sourced<Int>
  /// LAG that the switch makes of the ports of the peer link by itself, where no line names one.
  public var peerLinkLAG: Sourced<Int>?
  /// Its link MTU where the platform sets that by itself.
  public var peerLinkMTU: Sourced<Int>?
  /// Whether the peer link speaks LACP; `nil` where it is static.
  public var peerLinkLACP: Sourced<Bool>?
  /// Whether the VLAN in which the two talk passes the peer link and has no spanning tree without a
  /// word for either; `nil` where a text says both.
  public var plainPeeringVLAN: Sourced<Bool>?
  /// Whether LAGs of the pair have a number of the pair's own, so that it is their only one; `nil`
  /// where they have a number on each switch as well.
  public var ownLAGNumbers: Sourced<Bool>?
  /// Whether both answer at an address of the management network beside their own; `nil` for no.
  public var sharedAddress: Sourced<Bool>?
  /// Whether a text names the other's management address, for a heartbeat beside the peer link;
  /// `nil` for yes.
  public var heartbeat: Sourced<Bool>?
  /// Whether the peer link has a description: a LAG that the switch makes has no line for one.
  public var describesPeerLink: Bool { peerLinkLAG == nil }
  /// Makes traits.
  public init(
    kind: Sourced<MultiChassis>, domains: Sourced<ClosedRange<Int>>,
    priorities: Sourced<ClosedRange<Int>>?, delayRestore: Sourced<ClosedRange<Int>>?,
    hasSystemMAC: Sourced<Bool>, hasUnit: Sourced<Bool>, peeringVLAN: Sourced<Int>?,
    maxPeerLinkMembers: Sourced<Int>, peerLinkMTU: Sourced<Int>?,
    peerLinkLAG: Sourced<Int>? = nil, peerLinkLACP: Sourced<Bool>? = nil,
    plainPeeringVLAN: Sourced<Bool>? = nil, ownLAGNumbers: Sourced<Bool>? = nil,
    sharedAddress: Sourced<Bool>? = nil, heartbeat: Sourced<Bool>? = nil
  ) {
    self.kind = kind
    self.domains = domains
    self.priorities = priorities
    self.delayRestore = delayRestore
    self.hasSystemMAC = hasSystemMAC
    self.hasUnit = hasUnit
    self.peeringVLAN = peeringVLAN
    self.maxPeerLinkMembers = maxPeerLinkMembers
    self.peerLinkLAG = peerLinkLAG
    self.peerLinkMTU = peerLinkMTU
    self.peerLinkLACP = peerLinkLACP
    self.plainPeeringVLAN = plainPeeringVLAN
    self.ownLAGNumbers = ownLAGNumbers
    self.sharedAddress = sharedAddress
    self.heartbeat = heartbeat
  }

  /// Whether the peer link speaks LACP.
  public var speaksLACP: Bool { peerLinkLACP?.value ?? false }
  /// Whether the two have an address in common.
  public var sharesAddress: Bool { sharedAddress?.value ?? false }
  /// Whether a heartbeat goes beside the peer link.
  public var hasHeartbeat: Bool { heartbeat?.value ?? true }
}

/// What the text of a switch operating system can hold: the limits that every intent for it obeys
/// and the defaults that a text leaves out. Read from `templates/DIALECT/traits.txt`; a plan carries
/// those of its switches.
///
/// Where a limit differs between models or releases the narrowest one stands here.
public struct DialectTraits: Hashable, Sendable, Codable {
  public var os: SwitchOS
  /// How people call the system, with its maker.
  public var system: Sourced<String>
  /// What saves a configuration, in the words of a sentence, commands in backticks.
  public var saving: Sourced<String>
  /// Link MTU in bytes as the platform counts it: whole frame with header and FCS.
  public var linkMTU: Sourced<ClosedRange<Int>>
  /// Link MTU of a port that nobody configured.
  public var defaultMTU: Sourced<Int>
  /// Bytes of a tagged frame beside its layer-3 payload: header 14, tag 4, FCS 4.
  public var frameOverhead: Sourced<Int>
  public var mtuScope: Sourced<MTUScope>
  /// Kinds of data ports.
  public var portKinds: [PortKind]
  /// VLANs that a text may define; `nil` for all of IEEE 802.1Q but 1, 2 to 4094.
  public var vlanNumbers: Sourced<ClosedRange<Int>>?
  public var lagNumbers: Sourced<ClosedRange<Int>>
  public var maxLAGMembers: Sourced<Int>
  /// `nil` when no text for a pair is emitted.
  public var pair: PairTraits?
  /// `nil` when the platform has no such thing.
  public var uplinkTracking: UplinkTrackingTraits?
  /// `nil` when the platform has no lossless Ethernet.
  public var qos: QoSTraits?
  /// Names of the out-of-band interface; the first is that of unit 0, or the only one.
  public var managementInterfaces: Sourced<[String]>
  /// Whether BPDU guard is one switch for all edge ports.
  public var bpduGuardIsGlobal: Sourced<Bool>
  /// Whether an enabled port that is in no LAG always belongs to some VLAN.
  public var enabledPortNeedsVLAN: Sourced<Bool>
  /// Whether a trunk can be told to carry no VLAN; `nil` where no text says so.
  public var trunkWithoutVLAN: Sourced<Bool>?
  /// Whether each port in use says its rate; `nil` where only those do that might be split.
  public var portsStateRate: Sourced<Bool>?
  /// How the system calls a LAG, with `<NUMBER>` for its number; `nil` where names are free.
  public var lagInterface: Sourced<String>?
  /// Whether LAGs can be static; `nil` where they can.
  public var staticLAGs: Sourced<Bool>?
  /// Whether no text switches spanning tree off.
  public var spanningTreeIsAlwaysOn: Sourced<Bool>
  /// Bridge priority of a switch that nobody configured.
  public var defaultBridgePriority: Sourced<Int>
  public var hostname: NameRule
  public var description: NameRule
  public var vlanName: NameRule
  public var userName: NameRule
  /// What is typed at the console of a live switch, in the order of tasks.
  public var commands: [OperatorCommand]
  /// What is known of upgrading a switch, sentences.
  public var upgradeRules: [Sourced<String>]

  /// Makes traits.
  public init(
    os: SwitchOS, system: Sourced<String>, saving: Sourced<String>,
    linkMTU: Sourced<ClosedRange<Int>>, defaultMTU: Sourced<Int>,
    frameOverhead: Sourced<Int>, mtuScope: Sourced<MTUScope>, portKinds: [PortKind],
    vlanNumbers: Sourced<ClosedRange<Int>>?, lagNumbers: Sourced<ClosedRange<Int>>,
    maxLAGMembers: Sourced<Int>, pair: PairTraits?,
    uplinkTracking: UplinkTrackingTraits?, qos: QoSTraits?,
    managementInterfaces: Sourced<[String]>, bpduGuardIsGlobal: Sourced<Bool>,
    enabledPortNeedsVLAN: Sourced<Bool>, trunkWithoutVLAN: Sourced<Bool>?,
    spanningTreeIsAlwaysOn: Sourced<Bool>,
    defaultBridgePriority: Sourced<Int>, hostname: NameRule,
    description: NameRule, vlanName: NameRule, userName: NameRule, commands: [OperatorCommand] = [],
    upgradeRules: [Sourced<String>] = [], portsStateRate: Sourced<Bool>? = nil,
    staticLAGs: Sourced<Bool>? = nil, lagInterface: Sourced<String>? = nil
  ) {
    self.os = os
    self.system = system
    self.saving = saving
    self.linkMTU = linkMTU
    self.defaultMTU = defaultMTU
    self.frameOverhead = frameOverhead
    self.mtuScope = mtuScope
    self.portKinds = portKinds
    self.vlanNumbers = vlanNumbers
    self.lagNumbers = lagNumbers
    self.maxLAGMembers = maxLAGMembers
    self.pair = pair
    self.uplinkTracking = uplinkTracking
    self.qos = qos
    self.managementInterfaces = managementInterfaces
    self.bpduGuardIsGlobal = bpduGuardIsGlobal
    self.enabledPortNeedsVLAN = enabledPortNeedsVLAN
    self.trunkWithoutVLAN = trunkWithoutVLAN
    self.spanningTreeIsAlwaysOn = spanningTreeIsAlwaysOn
    self.defaultBridgePriority = defaultBridgePriority
    self.hostname = hostname
    self.description = description
    self.vlanName = vlanName
    self.userName = userName
    self.portsStateRate = portsStateRate
    self.staticLAGs = staticLAGs
    self.lagInterface = lagInterface
    self.commands = commands
    self.upgradeRules = upgradeRules
  }

  /// Whether an enabled port or LAG can be in no VLAN at all.
  public var canCarryNothing: Bool {
    !enabledPortNeedsVLAN.value || trunkWithoutVLAN?.value == true
  }

  /// Whether a VLAN can be defined.
  public func holds(vlan number: Int) -> Bool {
    (vlanNumbers?.value ?? 2...4094).contains(number)
  }

  /// What is typed for a task; `nil` where no source says it.
  public func command(_ task: OperatorTask) -> OperatorCommand? {
    commands.first { $0.task == task }
  }

  /// A LAG in the words of the system; `nil` where its name is somebody's own.
  public func lagName(_ number: Int) -> String? {
    lagInterface?.value.replacing("<NUMBER>", with: String(number))
  }

  /// Largest layer-3 payload of a tagged frame through a port with this link MTU.
  public func payload(linkMTU: Int) -> Int { max(0, linkMTU - frameOverhead.value) }
}
