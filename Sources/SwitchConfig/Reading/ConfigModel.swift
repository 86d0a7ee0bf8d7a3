import Quantities

/// What a configuration says, line by line and in no vendor's words, before anybody asks whether it
/// makes sense.
struct ConfigModel {
  /// A data port or LAG.
  struct Interface {
    /// How VLANs are written on the interface itself.
    enum Mode: String { case access, trunk, general }
    /// Which arriving frames are taken.
    enum Frames: String { case all, tagged, untagged }

    var name: InterfaceName
    /// Line of its first block.
    var line: Int
    var description = ""
    var mtu: Int?
    /// Whether it is shut, and whether any line says so or the contrary.
    var isShut = false
    var saysShut = false
    /// Whether it is a switchport, and what lines say of that.
    var isSwitchport = false
    var saidSwitchport: Bool?
    /// Whether it is told to be no switchport.
    var isRouted: Bool { saidSwitchport == false }
    var isHybrid = false
    var frames = Frames.all
    var mode = Mode.access
    /// Whether any line set the mode or a VLAN.
    var hasVLANs = false
    /// `nil` for the default VLAN.
    var access: Int?
    /// The last VLAN of a list of all.
    var lastVLAN = 4094
    /// `nil` when the list is not written: a trunk carries all VLANs then.
    var allowed: [Int]?
    var native = 1
    /// VLANs of a list that only grows.
    var openList: [Int]?
    /// VLAN of the untagged frames of a trunk whatever its list; 0 for none.
    var trunkUntagged = 0
    var pvid = 1
    /// Whether a line about its VLANs is not understood.
    var isUnsure = false
    /// VLANs that a general port is in: VLAN 1 until it is removed.
    var generalMembers: [Int] = [1]
    /// VLANs whose frames it tags where it is in them.
    var generalTags: Set<Int> = []
    /// Whether a general port tags every VLAN.
    var tagsAll = false
    var isEdge = false
    /// Whether a line says that it is an edge port or none.
    var saysEdge = false
    /// An edge port unless it is a trunk.
    var isAccessEdge = false
    var isGuarded = false
    /// Key of the LAG that the port names itself, and those that it named before.
    var lag: Int?
    var otherLAGs: [Int] = []
    /// Whether a line of its own makes it.
    var isMade = false
    var isLACP = false
    /// Whether a LAG speaks LACP, where it says so itself.
    var lacp: Bool?
    /// Static members that the LAG names.
    var members: [InterfaceName] = []
    var pairLAG: Int?
    var isPeerLink = false
    var policy: String?
    /// Whether it takes DCB settings from its neighbour.
    var isWilling = false
    var pfc = false
    var flowControl = false
    /// Ascending.
    var noDrop: [Int] = []
    /// Traffic classes of its own; `nil` where no line says any.
    var classes: TrafficClasses?
    /// Priorities that its lines put in a queue; ascending.
    var queuedPriorities: [Int] = []
    /// Gbps.
    var rate: Int?
    var trunkGroups: [String] = []
    /// Whether its uplink groups lose their ports with it, where a line says so for all of them.
    var isUpstream: Bool?
    /// Names of its uplink groups, and the last line with one.
    var groups: (names: [String], line: Int) = ([], 0)
    /// The policy that puts its arriving frames in queues.
    var inputPolicy: String?
    /// Name of the scheduler of each queue.
    var schedulers: [Int: String] = [:]
    /// What its traffic policy has.
    var policyParts: Set<String> = []
    /// Whether it says that it takes part in spanning tree.
    var hasTree = false
    /// Whether a line takes it back.
    var isGone = false
  }
  struct VLAN {
    var line: Int
    /// Whether a line of its own makes it.
    var isMade = false
    var name = ""
    var description = ""
    var hasAddress = false
    /// The last that is written.
    var address: (address: IPv4Address, length: Int)?
    var trunkGroups: [String] = []
    var members: [Member] = []
  }
  /// A member that a VLAN names.
  struct Member {
    var line: Int
    var isTagged: Bool
    var interface: InterfaceName
  }
  struct Management {
    var name: InterfaceName
    var line: Int
    var address: IPv4Address?
    var length = 0
    var isShut = false
  }
  struct Pair {
    var line: Int
    /// Whether a line makes it; others may stand before that.
    var isMade = false
    var domain: Int?
    var peerLAG: Int?
    var peerMembers: [InterfaceName] = []
    var peeringVLAN: Int?
    var peer: IPv4Address?
    var backup: IPv4Address?
    var peerMTU: Int?
    var priority: Int?
    var systemMAC: String?
    var unit: Int?
    var delayRestore: Int?
    /// The last that is written.
    var shared: (address: IPv4Address, length: Int)?
  }
  /// A traffic policy with a name.
  struct Policy {
    var line: Int
    var name: String
    var groups: [Group] = []
    /// Group of each priority; empty when not written.
    var groupOfPriority: [Int] = []
  }
  struct Group {
    var id: Int
    var bandwidth: Int
    var isLossless: Bool
    /// Served before those that share.
    var isStrict = false
    /// Class of frames that stands for the id, which is then below 0 until classes are known.
    var className = ""
  }
  /// How a queue that names it is served.
  struct Scheduler {
    var share = 1
    var isStrict = false
  }
  /// A policy that puts classes of arriving frames in queues.
  struct InputPolicy {
    var line: Int
    var name: String
    var queues: [(className: String, queue: Int)] = []
  }
  /// A policy that says what queues do.
  struct QueuePolicy {
    var line: Int
    var name: String
    var noDrop: [(line: Int, queue: Int, priorities: [Int])] = []
    var mtu: Int?
  }
  /// The name of a policy, where it is used.
  struct Use {
    var line: Int
    var name: String
  }
  struct UplinkGroup {
    var id: Int
    /// As the text calls it.
    var name: String
    var line: Int
    var isEnabled = true
    /// Its ports go up when the uplinks are lost.
    var isInverse = false
    var upstream: [InterfaceName] = []
    var downstream: [InterfaceName] = []
  }
  struct User {
    var name: String
    var privilege: Int?
  }
  /// A switch of the whole device: on or off, and the line that said so last; 0 for none.
  struct Toggle {
    var isOn = false
    var line = 0
  }

  var hostname: String?
  /// In the order of their first block.
  var interfaces: [Interface] = []
  /// Place of each in `interfaces`.
  var places: [InterfaceName: Int] = [:]
  /// Whole ports that are split, in the order of the text.
  var splits: [InterfaceName] = []
  var vlans: [Int: VLAN] = [:]
  /// In the order of their first block.
  var management: [Management] = []
  var gateway: IPv4Address?
  var users: [User] = []
  var ntp: [IPv4Address] = []
  var ntpClient = Toggle()
  var syslog: [IPv4Address] = []
  /// Line of a block that switches RSTP; 0 when there is none.
  var rstpLine = 0
  var rstp = Toggle()
  var bridgePriority: Int?
  /// Line and name of another spanning-tree protocol.
  var otherSpanningTree: (line: Int, name: String)?
  var guardsAll = Toggle()
  var edgesAll = Toggle()
  /// Whether LAGs and VLANs want a line that makes them.
  var wantsMaking = false
  /// Traffic classes of a port that says none, where each port has its own.
  var classes: TrafficClasses?
  var pair: Pair?
  var dcb = Toggle()
  var trust = Toggle()
  var policies: [Policy] = []
  /// Group of each class by its name.
  var groupOfClass: [String: Int] = [:]
  /// Priorities of each class by its name.
  var prioritiesOfClass: [String: [Int]] = [:]
  var inputPolicies: [InputPolicy] = []
  var queuePolicies: [QueuePolicy] = []
  /// What the switch uses of these, and of the policies with shares.
  var inputUse: Use?
  var queueUse: Use?
  var shareUse: Use?
  /// Lossless priorities of ports that say none of their own; ascending.
  var noDrop: [Int] = []
  /// VLANs without spanning tree.
  var treeless: [Int] = []
  /// Names by kind and name, with their first line: what is defined, and what is meant.
  var definitions: [Name: Int] = [:]
  var references: [Name: Int] = [:]
  var suppositions: [Name: Int] = [:]
  /// Whether all priorities are in one queue at first, so that those of which no line speaks are.
  var startsInOneQueue = false
  /// Priorities that a line puts in a queue, with the last such line.
  var saidPriorities: [Int: Int] = [:]
  /// Queue of each priority.
  var queueOfPriority: [Int] = []
  /// Group of each queue.
  var groupOfQueue: [Int] = []
  var weights: [Int] = []
  /// By name.
  var schedulers: [String: Scheduler] = [:]
  /// Buffer of each class of frames, and queue that the pause of each priority stops, where a text
  /// says them.
  var bufferOfClass: [Int: Int] = [:]
  var pauseQueues: [Int: Int] = [:]
  /// Whether any line of the unnamed traffic policy is written.
  var hasPolicy = false
  /// Ascending by id.
  var uplinkGroups: [UplinkGroup] = []
  var lldp = Toggle()
  var telnet = Toggle()
  var ssh = Toggle()
  var web = Toggle()
  var secureWeb = Toggle()
  /// VLAN of untagged frames of a switchport in no other, where it is in use.
  var defaultVLAN: Int?
  var usesDefaultVLAN = Toggle()
  var systemMTU: Int?
  /// Whether VLANs are kept apart.
  var vlanFilter = Toggle(isOn: true)
  /// Lines that say something.
  var lines = 0
  /// Lines that their block holds already, and those that close a block which is not open or leave
  /// one open: signs of a text that was put together by hand.
  var oddities: [Oddity] = []

  /// Key of a LAG: its number, which has nine digits at most, on top of this where it is one of the
  /// pair's own.
  static let lagsOfPair = 1_000_000_000

  struct Name: Hashable {
    var kind: String
    var name: String
  }

  struct Oddity {
    var line: Int
    var rule: String
    var message: String
    /// Whether it is no mistake, only worth knowing.
    var isNote = false
    /// Whether the text cannot be used as it is.
    var isError = false
  }
  var unknown: [UnknownLine] = []
  var signs = DialectSigns()

  /// Brings unknown lines into the order of the text.
  mutating func sortUnknown() {
    unknown = unknown.enumerated().sorted {
      ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
    }.map(\.element)
  }
}
