import Quantities

/// What carries the signal between two sockets.
public enum Medium: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case om1, om2, om3, om4, os2
  case cat5e, cat6, cat6a
  public static func < (left: Medium, right: Medium) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }
  /// Twisted pair with RJ45 plugs.
  public var isTwistedPair: Bool { self == .cat5e || self == .cat6 || self == .cat6a }
}

/// How far a transceiver reaches over one medium.
public struct Reach: Hashable, Sendable, Codable {
  public var medium: Medium
  public var length: Length
  /// Makes a reach.
  public init(medium: Medium, length: Length) {
    self.medium = medium
    self.length = length
  }
}

/// A pluggable transceiver.
public struct OpticSpec: Hashable, Sendable, Codable {
  /// Form factor.
  public var form: Connector
  /// IEEE name in lower case, such as `10gbase-sr`; two optics of one link share it.
  public var standard: String
  /// Rates it runs at, ascending.
  public var rates: [DataRate]
  /// Socket for the cable: LC, MPO-12 or RJ45; `nil` when unknown.
  public var socket: Connector?
  /// Reach by medium; a medium that is not listed is not supported.
  public var reach: [Reach]
  /// Draw; `nil` when unknown.
  public var power: Power?
  /// Makes a specification.
  public init(
    form: Connector, standard: String, rates: [DataRate], socket: Connector?, reach: [Reach],
    power: Power? = nil
  ) {
    self.form = form
    self.standard = standard
    self.rates = rates
    self.socket = socket
    self.reach = reach
    self.power = power
  }
}

/// The kinds of cable.
public enum CableFamily: String, Hashable, Sendable, Codable, CaseIterable {
  /// Passive twinax with fixed plugs.
  case passiveDAC = "dac-passive"
  /// Active twinax with fixed plugs.
  case activeDAC = "dac-active"
  /// Fibre with fixed plugs.
  case activeOptical = "aoc"
  /// Fibre patch cord between two transceivers.
  case fibre
  /// Twisted pair patch cord.
  case twistedPair = "twisted-pair"

  /// Whether the plugs are part of the cable, so that no transceiver is bought.
  public var isAttached: Bool {
    switch self {
    case .passiveDAC, .activeDAC, .activeOptical: true
    case .fibre, .twistedPair: false
    }
  }
}

/// A cable of one stock length.
public struct CableSpec: Hashable, Sendable, Codable {
  public var family: CableFamily
  /// Fibre or copper class; `nil` for cables with fixed plugs.
  public var medium: Medium?
  /// End towards the switch that is split, or either end.
  public var endA: Connector
  /// Other end, one plug a lane on a breakout.
  public var endB: Connector
  /// Plugs at end B: 1, or 4 for a breakout.
  public var lanes: Int
  /// Rate of one lane for a breakout, of the cable for others; `nil` for patch cords, where the
  /// transceivers or the medium decide.
  public var rate: DataRate?
  /// Stock length.
  public var length: Length
  /// Outer diameter; `nil` when unknown.
  public var diameter: Length?
  /// Smallest bend radius when installed; `nil` when unknown.
  public var bendRadius: Length?
  /// Draw at each end; `nil` when unknown.
  public var powerPerEnd: Power?
  /// Makes a specification.
  public init(
    family: CableFamily, medium: Medium? = nil, endA: Connector, endB: Connector, lanes: Int = 1,
    rate: DataRate? = nil, length: Length, diameter: Length? = nil, bendRadius: Length? = nil,
    powerPerEnd: Power? = nil
  ) {
    self.family = family
    self.medium = medium
    self.endA = endA
    self.endB = endB
    self.lanes = lanes
    self.rate = rate
    self.length = length
    self.diameter = diameter
    self.bendRadius = bendRadius
    self.powerPerEnd = powerPerEnd
  }
}

/// Remote direct memory access as a card offers it.
public enum RDMA: String, Hashable, Sendable, Codable, CaseIterable {
  case none
  /// RoCE version 1: needs lossless Ethernet.
  case roceV1 = "roce-v1"
  /// RoCE version 2: needs lossless Ethernet.
  case roceV2 = "roce-v2"
  /// iWARP: DCB advised, not needed.
  case iwarp
  /// RoCE v2 and iWARP.
  case both
  case unknown

  /// Whether the switch must offer PFC for it.
  public var needsLossless: Bool { self == .roceV1 || self == .roceV2 }
  /// Whether SMB Direct can run on it.
  public var isCapable: Bool { self != .none && self != .unknown }
}

/// A network card.
public struct NICSpec: Hashable, Sendable, Codable {
  /// Data ports; `nil` when unknown.
  public var ports: Int?
  /// Rate of each port.
  public var rate: DataRate
  /// Socket; `nil` when unknown.
  public var connector: Connector?
  public var rdma: RDMA
  /// PFC and ETS on the card.
  public var dcb: Capability
  public var sriov: Capability
  /// Largest MTU in bytes; `nil` when unknown.
  public var maxMTU: Int?
  /// Draw; `nil` when unknown.
  public var maxPower: Power?
  /// Whether transceivers and cables of other makers work without a switch of its own.
  public var thirdPartyMedia: Capability
  /// Makes a specification.
  public init(
    ports: Int?, rate: DataRate, connector: Connector?, rdma: RDMA = .unknown,
    dcb: Capability = .unknown, sriov: Capability = .unknown, maxMTU: Int? = nil,
    maxPower: Power? = nil, thirdPartyMedia: Capability = .unknown
  ) {
    self.ports = ports
    self.rate = rate
    self.connector = connector
    self.rdma = rdma
    self.dcb = dcb
    self.sriov = sriov
    self.maxMTU = maxMTU
    self.maxPower = maxPower
    self.thirdPartyMedia = thirdPartyMedia
  }
}

/// Anything else that is bought with a switch.
public struct AccessorySpec: Hashable, Sendable, Codable {
  /// The kinds that spare rates and reports tell apart.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case powerSupply = "power-supply"
    case powerCord = "power-cord"
    case rackKit = "rack-kit"
    case licence
    case fan
    case other
  }
  public var kind: Kind
  /// Plug at the wall or PDU side, such as `C13`; empty when it does not apply.
  public var plug: String
  /// Makes a specification.
  public init(kind: Kind, plug: String = "") {
    self.kind = kind
    self.plug = plug
  }
}
