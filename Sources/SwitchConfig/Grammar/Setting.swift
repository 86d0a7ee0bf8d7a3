/// What a line of a configuration does, in no vendor's words. A grammar names these beside the forms
/// of lines; `ConfigRecorder` carries them out.
///
/// Arguments are values of the line (`$1`) or words of the grammar. `yes` and `no` switch.
enum Setting: String, Hashable, Sendable, CaseIterable {
  // MARK: What the lines after it are about
  /// Ports or LAGs: names.
  case interface
  /// The out-of-band port: name.
  case management
  /// VLANs: numbers, or names of their interfaces.
  case vlan
  /// The pair: domain.
  case pair
  /// A traffic policy: name.
  case policy
  /// A group of ports that go down with their uplinks: id.
  case uplinkGroup = "uplink-group"
  /// The block that switches RSTP.
  case rstpBlock = "rstp-block"

  // MARK: The switch
  case hostname
  /// Name, and level of privilege where it is written.
  case user
  /// Level of an account of which no line says one, where it has several lines: `start` only.
  case newUserLevel = "new-user-level"
  case syslog
  case ntp
  case ntpClient = "ntp-client"
  case gateway
  case telnet
  case ssh
  case web
  case secureWeb = "secure-web"
  case lldp
  case rstp
  case bridgePriority = "bridge-priority"
  /// Another spanning tree: name.
  case otherSpanningTree = "other-spanning-tree"
  /// No other spanning tree.
  case onlyRSTP = "only-rstp"
  /// Whether all ports outside LAGs are edge ports that say nothing of it.
  case edgeAll = "edge-all"
  /// BPDU guard of all edge ports.
  case guardAll = "guard-all"
  /// VLAN of untagged frames of a switchport that is in no other.
  case defaultVLAN = "default-vlan"
  /// Whether there is such a VLAN.
  case defaultVLANUse = "default-vlan-use"
  /// MTU of all ports.
  case systemMTU = "system-mtu"
  case dcb
  /// Whether priorities of arriving frames count.
  case trust
  /// Whether the switch keeps VLANs apart at all.
  case vlanFilter = "vlan-filter"
  /// VLANs without spanning tree: numbers.
  case treeless
  /// A split port by the kind of its name and its numbers, of which the last may be a list.
  case split
  /// VLANs that are no longer defined: numbers, or names of their interfaces.
  case noVLAN = "no-vlan"
  /// Interfaces that are no longer there, and those that are as nobody had configured them: names.
  case noInterface = "no-interface"
  case reset

  // MARK: Interfaces
  case description
  case noDescription = "no-description"
  case mtu
  case shutdown
  /// Whether ports are shut that no line says anything of; of those that are switchports a line of
  /// its own may say otherwise.
  case portsShut = "ports-shut"
  case switchportsShut = "switchports-shut"
  /// Whether ports and LAGs are switchports that no line says anything of.
  case portsSwitched = "ports-switched"
  /// Whether ports and LAGs are routed that no line makes switchports.
  case portsRouted = "ports-routed"
  /// Whether it is one; one that is none any more has lost its VLANs.
  case switchport
  /// Tagged and untagged at once.
  case hybrid
  /// Which arriving frames it takes: `all`, `tagged` or `untagged`. One that takes tagged ones alone
  /// sends no others.
  case frames
  /// `access`, `trunk` or `general`; in `start` that of a port of which no line says it.
  case mode
  case accessVLAN = "access-vlan"
  /// Number, or `none`.
  case nativeVLAN = "native-vlan"
  case allowed
  case allowedAdd = "allowed-add"
  case allowedRemove = "allowed-remove"
  case allowedAll = "allowed-all"
  case allowedNone = "allowed-none"
  /// A trunk without a list carries nothing tagged; VLANs that are named are added to those before.
  case openList = "open-list"
  case openListRemove = "open-list-remove"
  /// VLAN of the untagged frames of a trunk, whatever its list says: number, or `none`.
  case trunkUntagged = "trunk-untagged"
  case pvid
  /// VLANs that the interface is a member of, where others name it themselves.
  case taggedIn = "tagged-in"
  case untaggedIn = "untagged-in"
  /// A line about its VLANs says what no intent can hold.
  case unsure
  case generalTagged = "general-tagged"
  case generalUntagged = "general-untagged"
  case generalRemove = "general-remove"
  /// VLANs that a general port is in, tagged or not.
  case generalMember = "general-member"
  /// VLANs whose frames a general port tags, or leaves untagged, where it is in them.
  case generalTag = "general-tag"
  case generalUntag = "general-untag"
  /// The interface takes part in spanning tree, as each with a VLAN does where any says it.
  case treePort = "tree-port"
  /// A general port tags no VLAN, or all of them.
  case generalNone = "general-none"
  case generalAll = "general-all"
  /// Whether it is an edge port; `default` for what `edge-all` says.
  case edge
  /// An edge port as long as it is no trunk.
  case accessEdge = "access-edge"
  case bpduGuard = "guard"
  /// Membership of a LAG: number, and `lacp` or `static`; `none` for no LAG.
  case lag
  /// The same of a LAG that has a number of its own on both switches of the pair.
  case lagOfPair = "lag-of-pair"
  /// Whether a LAG speaks LACP, whatever its members say.
  case lacp
  /// Static members of a LAG: names.
  case members
  /// Whether a line of its own makes the LAG or VLAN, beside those that name it; `no` in `start`
  /// where the platform wants one.
  case made
  /// Something of a kind is defined under a name: kind, name.
  case defines
  /// Something of a kind is meant by its name: kind, name.
  case refers
  /// The same, of what works without a line of its own as well.
  case supposes

  /// The LAG is the peer link of the pair.
  case peerLink = "peer-link"
  /// The LAG's number on both switches of the pair.
  case pairLAG = "pair-lag"
  /// The traffic policy of a port: name.
  case usesPolicy = "uses-policy"
  case noPolicy = "no-policy"
  /// Whether the neighbour's DCB settings are taken.
  case willing
  case pfc
  /// Pause frames for the whole link.
  case flowControl = "flow-control"
  case noDrop = "no-drop"
  case drop
  /// Lossless priorities of all ports that have PFC and say none of their own.
  case switchNoDrop = "switch-no-drop"
  /// The port is split into four lanes.
  case splitThis = "split-this"
  /// The rate that a port is set to: Gbps.
  case rate
  /// The uplinks of a group of ports are these: the group's name.
  case upstreamOf = "upstream-of"
  /// These ports are of a group that goes down with its uplinks: the group's name.
  case downstreamOf = "downstream-of"
  /// What they are in their group, where another line says which: `upstream` or `downstream`.
  case linkType = "link-type"
  case inGroup = "in-group"

  // Traffic classes that each port has for itself; in `start` those of a port that says nothing.
  /// Priorities, and their queue.
  case portQueue = "port-queue"
  /// Queue, and its share.
  case portShare = "port-share"
  /// A queue that is served first.
  case portStrict = "port-strict"

  // MARK: The out-of-band port
  /// Address and length, or a prefix; also that of the switch in a VLAN.
  case address
  case noAddress = "no-address"

  // MARK: VLANs
  case name
  /// The number of the VLAN, which its name says too.
  case vlanNumber = "vlan-number"
  /// Members: names.
  case tagged
  case untagged
  /// Members that are none any more: names.
  case untaggedNoMore = "no-untagged"
  case taggedNoMore = "no-tagged"
  /// The switch has an address in it.
  case hasAddress = "has-address"
  /// It passes the trunks of a group alone, or the trunk is of that group: name.
  case trunkGroup = "trunk-group"

  // MARK: The pair
  /// Number, or a name that ends in it.
  case pairDomain = "pair-domain"
  /// An address of the management network that both answer at: address and length, or a prefix.
  case sharedAddress = "shared-address"
  case peerLAG = "peer-lag"
  /// Ports of the peer link, of which the switch makes the LAG by itself: names.
  case peerMembers = "peer-members"
  /// The VLAN in which the two have addresses: its number, or the name of its interface; nothing
  /// where the line is about it.
  case peeringVLAN = "peering-vlan"
  case peerAddress = "peer-address"
  case backup
  /// MTU of the peer link and its ports where no line says one.
  case peerMTU = "peer-mtu"
  case pairPriority = "pair-priority"
  case systemMAC = "system-mac"
  case unit
  case delayRestore = "delay-restore"

  // MARK: Traffic policies
  /// A class of frames that policies name: name.
  case className = "class"
  /// The group that the class is of: id.
  case classGroup = "class-group"
  /// Priorities of the frames of the class.
  case classPriorities = "class-priorities"
  /// A policy that puts classes of arriving frames in queues: name; in it the queue of a class.
  case inputPolicy = "input-policy"
  case classQueue = "class-queue"
  /// A policy that says what queues of the whole switch do: name; in it a queue, its lossless
  /// priorities, and the MTU that all ports have by it.
  case queuePolicy = "queue-policy"
  case ofQueue = "of-queue"
  case queueNoDrop = "queue-no-drop"
  case policyMTU = "policy-mtu"
  /// The policies of these kinds that the switch uses, and the policy of shares of all ports with
  /// PFC: names.
  case usesInput = "uses-input"
  case usesQueues = "uses-queues"
  case usesShares = "uses-shares"
  /// A group: id, share, and `lossless` yes or no.
  case group
  /// Groups of priorities 0 to 7.
  case groupOfPriority = "group-of-priority"
  /// The group that the lines of a block are about: id, or name of its class.
  case ofGroup = "of-group"
  case share
  /// Whether the group is served before those that share.
  case strict
  /// Priority, or several of them, and their queue.
  case queueOfPriority = "queue-of-priority"
  /// Queue and its group.
  case groupOfQueue = "group-of-queue"
  /// Shares of groups 0 and up.
  case weights
  /// A scheduler that queues of ports name: name. Its share, and whether it is strict, follow.
  case scheduler
  /// Queues of a port, and the name of their scheduler.
  case queueScheduler = "queue-scheduler"
  /// A class of frames and the buffer that they arrive in.
  case bufferOfClass = "buffer-of-class"
  /// A priority whose pause stops a queue: both.
  case pauseQueue = "pause-queue"
  /// A part that the traffic policy of a port has: name. Ports with a policy have the same parts.
  case policyPart = "policy-part"

  // MARK: Uplink groups
  case upstream
  case downstream
  case groupEnabled = "group-enabled"
  /// The ports go up instead.
  case groupInverse = "group-inverse"

  /// Whether it is one of the pair.
  var isOfPair: Bool {
    switch self {
    case .pairDomain, .peerLAG, .peerMembers, .peeringVLAN, .peerAddress, .backup, .pairPriority,
      .systemMAC, .unit, .delayRestore, .sharedAddress:
      true
    default: false
    }
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .rstpBlock, .hasAddress, .splitThis, .peerLink, .allowedAll, .allowedNone, .onlyRSTP,
      .noPolicy, .generalNone, .generalAll, .noDescription, .noAddress, .treePort, .unsure:
      0...0
    case .pair, .peeringVLAN: 0...1
    case .openList: 0...1
    case .user, .address, .lag, .lagOfPair, .sharedAddress: 1...2
    case .queueOfPriority, .groupOfQueue, .defines, .refers, .supposes, .portQueue, .portShare,
      .queueScheduler, .bufferOfClass, .pauseQueue:
      2...2
    case .split: 2...3
    case .group: 3...3
    case .groupOfPriority: 8...8
    case .weights: 1...8
    default: 1...1
    }
  }
}
