import Quantities

/// The socket of a port or the plug of a cable.
public enum Connector: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case rj45
  case sfpPlus = "sfp+"
  case sfp28
  case qsfpPlus = "qsfp+"
  case qsfp28
  /// Duplex LC fibre plug.
  case lc
  /// Twelve-fibre MPO plug.
  case mpo12 = "mpo-12"

  public static func < (left: Connector, right: Connector) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }

  /// Whether a plug or transceiver of form `plug` goes into a cage of this form. SFP28 cages take
  /// SFP+ and QSFP28 cages take QSFP+ (SFF-8402, SFF-8665: same mechanics, lower rate).
  public func accepts(_ plug: Connector) -> Bool {
    switch self {
    case .sfp28: plug == .sfp28 || plug == .sfpPlus
    case .qsfp28: plug == .qsfp28 || plug == .qsfpPlus
    default: plug == self
    }
  }
}

/// How the ports of a group are called on the switch: prefix, a number that counts up, suffix.
public struct PortNaming: Hashable, Sendable, Codable {
  /// Such as `TenGigabitEthernet 0/`.
  public var prefix: String
  /// Number of the first port.
  public var first: Int
  /// Distance between neighbours; 4 for the 40G ports of an S4810 (48, 52, 56, 60).
  public var step: Int
  /// What stands behind the number: `/1` where a cage is called by its first lane.
  public var suffix: String
  /// Makes a naming rule.
  public init(prefix: String, first: Int, step: Int = 1, suffix: String = "") {
    self.prefix = prefix
    self.first = first
    self.step = step
    self.suffix = suffix
  }
  /// Name of the port at `index`, counted from 0.
  public func name(_ index: Int) -> String { prefix + String(first + index * step) + suffix }
  /// The number of the port at `index`.
  public func number(_ index: Int) -> Int { first + index * step }
}

/// How a port of a group can be split into lanes (breakout).
public struct SplitSpec: Hashable, Sendable, Codable {
  /// Lanes out of one port, 4 for 4 × 10G.
  public var lanes: Int
  /// Rate of one lane.
  public var laneRate: DataRate
  /// Form of the lane's far end on a breakout cable.
  public var laneConnector: Connector
  /// Ports of the group that may be split; `nil` when all may.
  public var maxPorts: Int?
  /// Ports of the same group that each split port takes out of use (SX1024: 1), beside itself.
  public var disables: Int
  /// Prefix of the lane names.
  public var lanePrefix: String
  /// Number of the lane: `.consecutive` continues from the port's own number (OS9: port 48 gives
  /// 48, 49, 50, 51), `.suffix` appends `/1` to `/4` to the port's number (OS10: 1/1/25:1 is
  /// `.colon`).
  public var laneNumbering: LaneNumbering

  /// Makes a rule.
  public init(
    lanes: Int, laneRate: DataRate, laneConnector: Connector, maxPorts: Int? = nil,
    disables: Int = 0, lanePrefix: String, laneNumbering: LaneNumbering
  ) {
    self.lanes = lanes
    self.laneRate = laneRate
    self.laneConnector = laneConnector
    self.maxPorts = maxPorts
    self.disables = disables
    self.lanePrefix = lanePrefix
    self.laneNumbering = laneNumbering
  }

  /// Name of lane `lane` (from 0) of the port whose number is `portNumber`.
  public func laneName(portNumber: Int, lane: Int) -> String {
    switch laneNumbering {
    case .consecutive: lanePrefix + String(portNumber + lane)
    case .slash: lanePrefix + "\(portNumber)/\(lane + 1)"
    case .colon: lanePrefix + "\(portNumber):\(lane + 1)"
    case .blockOfFour(let base): lanePrefix + String(base + (portNumber - 1) * 4 + lane)
    }
  }
}

/// How lanes of a split port are numbered on the platform.
public enum LaneNumbering: Hashable, Sendable, Codable {
  /// Port number, +1, +2, +3.
  case consecutive
  /// `N/1` to `N/4`.
  case slash
  /// `N:1` to `N:4`.
  case colon
  /// Lanes of port 1 are `base`, `base`+1, ...; port 2 follows (OS6: Fo1/0/1 gives Te1/0/49-52).
  case blockOfFour(base: Int)
}

/// Equal ports of a switch or an expansion module.
public struct PortGroup: Hashable, Sendable, Codable {
  /// Unique in its part, such as `sfp` or `qsfp`.
  public var id: String
  /// Socket.
  public var connector: Connector
  /// Rates the port can run at, unsplit, ascending.
  public var rates: [DataRate]
  /// How many.
  public var count: Int
  /// How they are called.
  public var naming: PortNaming
  /// Breakout; `nil` when it cannot be split or nobody has said.
  public var split: SplitSpec?
  /// Highest power a transceiver may draw; `nil` when unknown.
  public var maxOpticPower: Power?
  /// Id of another group that shares these ports (combo): using a port of one takes one away from
  /// the other. `nil` for ports of their own.
  public var sharedWith: String?

  /// Makes a group.
  public init(
    id: String, connector: Connector, rates: [DataRate], count: Int, naming: PortNaming,
    split: SplitSpec? = nil, maxOpticPower: Power? = nil, sharedWith: String? = nil
  ) {
    self.id = id
    self.connector = connector
    self.rates = rates
    self.count = count
    self.naming = naming
    self.split = split
    self.maxOpticPower = maxOpticPower
    self.sharedWith = sharedWith
  }
}

extension LaneNumbering {
  /// `consecutive`, `slash`, `colon`, or `block-of-four:49` with the base.
  public var text: String {
    switch self {
    case .consecutive: "consecutive"
    case .slash: "slash"
    case .colon: "colon"
    case .blockOfFour(let base): "block-of-four:\(base)"
    }
  }

  /// Reads `text` back; `nil` for anything else.
  public init?(text: String) {
    switch text {
    case "consecutive": self = .consecutive
    case "slash": self = .slash
    case "colon": self = .colon
    default:
      let prefix = "block-of-four:"
      guard text.hasPrefix(prefix), let base = Int(text.dropFirst(prefix.count)),
        (0...1_000_000).contains(base)
      else { return nil }
      self = .blockOfFour(base: base)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = LaneNumbering(text: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no way to number lanes: \(text)")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
