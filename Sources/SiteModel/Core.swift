import Quantities

/// How the existing core is built.
public enum CoreKind: String, Hashable, Sendable, Codable, CaseIterable {
  case chassis
  case stack
  case mlag
  /// Two separate boxes: no single LAG is possible, the hook-up is active/standby.
  case separate
}

/// The core's spanning tree.
public struct CoreSpanningTree: Hashable, Sendable, Codable {
  /// The modes; PVST+ against RSTP is a finding.
  public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
    case rstp
    case mstp
    case pvst
    case rapidPVST = "rapid-pvst"
    case none
  }
  public var mode: Mode
  /// Bridge priority of the root, 0 to 61440 in steps of 4096.
  public var priority: Int
  /// Makes a description.
  public init(mode: Mode, priority: Int) {
    self.mode = mode
    self.priority = priority
  }
}

/// The existing core, left as it is.
public struct Core: Hashable, Sendable, Codable {
  /// A free port of the core.
  public struct Port: Hashable, Sendable, Codable {
    public var name: String
    /// By raw value of the catalogue's connectors, such as `sfp+`.
    public var connector: String
    /// Rate.
    public var rate: DataRate
    /// Box it is on, for `separate` and `mlag`; empty otherwise.
    public var box: String
    /// Makes a port.
    public init(name: String, connector: String, rate: DataRate, box: String = "") {
      self.name = name
      self.connector = connector
      self.rate = rate
      self.box = box
    }
  }
  public var name: String
  public var kind: CoreKind
  public var rack: String
  /// Maker, for transceiver locks; empty when not stated (third party counts as unknown).
  public var vendor: String
  public var spanningTree: CoreSpanningTree
  /// In the order of the file.
  public var ports: [Port]
  /// Links to it, split evenly over the two spine nodes; even, at least 2.
  public var uplinks: Int
  /// VLANs that may leave, ascending.
  public var carries: [VLANID]
  /// Link MTU of the core's ports in bytes; `nil` when not stated.
  public var mtu: Int?
  /// Makes a core.
  public init(
    name: String, kind: CoreKind, rack: String, vendor: String = "",
    spanningTree: CoreSpanningTree, ports: [Port], uplinks: Int, carries: [VLANID],
    mtu: Int? = nil
  ) {
    self.name = name
    self.kind = kind
    self.rack = rack
    self.vendor = vendor
    self.spanningTree = spanningTree
    self.ports = ports
    self.uplinks = uplinks
    self.carries = carries
    self.mtu = mtu
  }
}

extension Core.Port {
  /// What tells it apart from all other ports of the core: `Te1/1`, or `left Te1/1` where the site
  /// names boxes, since two boxes number their ports alike.
  public var label: String { box.isEmpty ? name : "\(box) \(name)" }

  /// Whether it can be in one LAG with another.
  public func isLike(_ other: Core.Port) -> Bool {
    connector == other.connector && rate == other.rate
  }
}

extension Core {
  /// The root of the core's tree must have a priority lower than this: the last three steps are
  /// those of the two central switches and the ToRs.
  public static let worstRootPriority = 53_248

  /// The port with this label.
  public func port(labelled label: String) -> Port? { ports.first { $0.label == label } }

  /// Whether half of the uplinks end on each of two boxes.
  public var hasTwoBoxes: Bool { kind == .separate || kind == .mlag }

  /// The first ports that are like the first one, dealt to the two nodes. Of two boxes each gives
  /// half of the ports: each node reaches both boxes of an MLAG where it has two links or more, and
  /// the two nodes go to different boxes otherwise; of two separate boxes each node keeps to one.
  public func dealtPorts(perNode: Int) -> [[Port]] {
    guard let first = ports.first, perNode > 0 else { return [[], []] }
    let alike = ports.filter { $0.isLike(first) }
    let usable = hasTwoBoxes ? alike : Array(alike.prefix(2 * perNode))
    var boxes: [String] = []
    for port in usable where !boxes.contains(port.box) { boxes.append(port.box) }
    let used = boxes.map { box in
      Array(usable.filter { $0.box == box }.prefix(hasTwoBoxes ? perNode : 2 * perNode))
    }
    if kind == .separate { return [used[0], used.count > 1 ? used[1] : []] }
    let dealt = used.flatMap { $0 }.prefix(2 * perNode).enumerated()
    return [0, 1].map { node in dealt.filter { $0.offset % 2 == node }.map(\.element) }
  }
}
