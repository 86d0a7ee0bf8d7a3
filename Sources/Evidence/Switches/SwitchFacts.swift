import Quantities

/// What the tables of one switch say. Places are ports as the plan names them, or `lag 3` for a
/// bundle.
public struct SwitchFacts: Hashable, Sendable {
  /// Switch as the plan names it.
  public var device: String
  /// Addresses that it learned, in the order of its table; empty when nobody printed one.
  public var learned: [LearnedAddress]
  /// LLDP neighbours that the plan knows, in the order of its table; empty when nobody printed one.
  public var neighbours: [SwitchNeighbour]
  /// States of its ports, one entry a row of any table, in the order of the text; empty when nobody
  /// printed one.
  public var states: [SwitchPortState] = []
  /// Its VLANs with their members; empty when nobody printed them.
  public var vlans: [SwitchVLAN] = []
  /// Whether the VLANs come from a list of all: one that is not there is not on the switch.
  public var hasAllVLANs = false
  /// Operational priority flow control, in the order of the text; empty when nobody printed it.
  public var flowControl: [SwitchFlowControl] = []
  /// Places that spanning tree blocks since another way leads to the root, each once; empty when none
  /// is, or nobody printed them.
  public var blocked: [String] = []
  /// Whether a table of spanning tree is there.
  public var hasSpanningTree = false

  /// Makes facts.
  public init(device: String, learned: [LearnedAddress] = [], neighbours: [SwitchNeighbour] = []) {
    self.device = device
    self.learned = learned
    self.neighbours = neighbours
  }
}

/// An LLDP neighbour in a table of a switch.
public struct SwitchNeighbour: Hashable, Sendable {
  /// Own port as the plan names it.
  public var port: String
  /// Device or host as the plan names it.
  public var node: String
  /// Its port as the plan names it; empty where the table does not tell.
  public var remotePort: String
  /// Makes an entry.
  public init(port: String, node: String, remotePort: String) {
    self.port = port
    self.node = node
    self.remotePort = remotePort
  }
}

/// An address that a switch saw on one of its ports.
public struct LearnedAddress: Hashable, Sendable {
  public var mac: MACAddress
  /// Port as the plan names it.
  public var port: String
  /// Makes an entry.
  public init(mac: MACAddress, port: String) {
    self.mac = mac
    self.port = port
  }
}

/// What one table says of a port of a switch; `nil` for what it does not say.
public struct SwitchPortState: Hashable, Sendable {
  /// Port as the plan names it, or `lag 3`.
  public var place: String
  public var hasLink: Bool?
  /// Whether an administrator shut it down; `nil` where the platform has one word for all that is
  /// down.
  public var isShut: Bool?
  /// Rate of its link; never said of a port without one.
  public var rate: DataRate?
  /// Link MTU in bytes as the platform counts it.
  public var mtu: Int?
  /// Damaged frames that it received since its counters were cleared.
  public var errors: UInt64?
  /// Makes a state of which nothing is known yet.
  public init(place: String) { self.place = place }
}

/// A VLAN of a switch.
public struct SwitchVLAN: Hashable, Sendable {
  /// A port or bundle in a VLAN.
  public struct Member: Hashable, Sendable {
    public var place: String
    /// Whether its frames have a tag; `nil` where the table does not tell.
    public var isTagged: Bool?
    /// Makes a member.
    public init(place: String, isTagged: Bool?) {
      self.place = place
      self.isTagged = isTagged
    }
  }
  public var id: VLANID
  /// In the order of the table; those that the plan knows.
  public var members: [Member]
  /// Makes a VLAN.
  public init(id: VLANID, members: [Member] = []) {
    self.id = id
    self.members = members
  }
}

/// Priorities that a port of a switch pauses now.
public struct SwitchFlowControl: Hashable, Sendable {
  public var place: String
  /// Ascending; empty where priority flow control is off.
  public var priorities: [PriorityCodePoint]
  /// Makes an entry.
  public init(place: String, priorities: [PriorityCodePoint]) {
    self.place = place
    self.priorities = priorities
  }
}
