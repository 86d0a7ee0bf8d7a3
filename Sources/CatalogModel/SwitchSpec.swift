import Quantities

/// A switch operating system, such as `os9`; also the name of its folder under `templates/`.
public struct SwitchOS: Hashable, Sendable, Comparable, Codable, RawRepresentable {
  /// Lower-case name.
  public let rawValue: String
  /// Wraps a name; unknown ones survive.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Dell OS9 (FTOS 9).
  public static let os9 = SwitchOS(rawValue: "os9")
  /// Dell OS6.
  public static let os6 = SwitchOS(rawValue: "os6")
  public static func < (left: SwitchOS, right: SwitchOS) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }
  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// The way two switches act as one towards a LAG.
public enum MultiChassis: String, Hashable, Sendable, Codable, CaseIterable {
  /// Dell Virtual Link Trunking.
  case vlt
  /// MLAG by that or another name (Arista, Onyx, OS6 VPC words, ...).
  case mlag
  /// Cisco virtual port-channel.
  case vpc
  /// Stacking only: one failure and upgrade domain, never used by a plan.
  case stacking
  /// A source says that there is none.
  case none
  /// Nobody has said.
  case unknown

  /// Whether a pair can be built: stacking is not an answer (domain rule: no stacking anywhere).
  public var canPair: Bool { self == .vlt || self == .mlag || self == .vpc }
}

/// What a switch may be used for, as the catalogue's author judged it.
public enum SwitchRole: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case spine
  case tor
  case standalone
  /// A small switch for the out-of-band management network.
  case outOfBand = "out-of-band"
  public static func < (left: SwitchRole, right: SwitchRole) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }
}

/// Direction of the air through a device.
public enum Airflow: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// In at the port side, out at the power-supply side.
  case portToPSU = "port-to-psu"
  /// In at the power-supply side, out at the port side.
  case psuToPort = "psu-to-port"
  /// Across the device; mixes with neither of the above without care.
  case sideToSide = "side-to-side"
  /// No fan.
  case fanless
  public static func < (left: Airflow, right: Airflow) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }

  /// Where the air goes, for people.
  public var words: String {
    switch self {
    case .portToPSU: "in at the ports, out at the supplies"
    case .psuToPort: "in at the supplies, out at the ports"
    case .sideToSide: "from side to side"
    case .fanless: "no fan"
    }
  }
}

/// When a required sub-part must be bought.
public enum RequirementTrigger: String, Hashable, Sendable, Codable, CaseIterable {
  /// With every unit of the part.
  case always
  /// Once for each power supply fitted (cords).
  case perPowerSupply = "per-power-supply"
  /// When the switch is one of an MLAG/VLT pair (a licence).
  case multiChassis = "multi-chassis"
  /// When lossless Ethernet is configured (a licence).
  case dataCenterBridging = "data-center-bridging"
  /// When at least one port is split (a licence).
  case split
}

/// A sub-part that must be bought with a part: rail kit, cord, licence, fan tray.
public struct RequiredPart: Hashable, Sendable, Codable {
  /// What to buy.
  public var part: PartID
  /// How many for each occasion of `when`.
  public var quantity: Int
  /// The occasion.
  public var when: RequirementTrigger
  /// Makes a requirement.
  public init(part: PartID, quantity: Int = 1, when: RequirementTrigger = .always) {
    self.part = part
    self.quantity = quantity
    self.when = when
  }
}

/// Power supplies of a switch.
public struct PowerSupplies: Hashable, Sendable, Codable {
  /// Supplies in the box; `nil` when unknown (a plan counts 1 and says so).
  public var included: Int?
  /// Bays; `nil` when unknown.
  public var bays: Int?
  /// Part number of a further supply; `nil` when unknown.
  public var part: PartID?
  /// Inlet, such as `C14`; empty when unknown.
  public var inlet: String
  /// Makes a description.
  public init(included: Int? = nil, bays: Int? = nil, part: PartID? = nil, inlet: String = "") {
    self.included = included
    self.bays = bays
    self.part = part
    self.inlet = inlet
  }
}

/// The data of a switch. `nil` and `.unknown` mean that no source was found, never zero or no.
public struct SwitchSpec: Hashable, Sendable, Codable {
  /// Uses the author judged it fit for; never empty.
  public var roles: [SwitchRole]
  /// Operating system; `nil` when unknown.
  public var os: SwitchOS?
  /// Fixed data ports.
  public var ports: [PortGroup]
  /// Bays for expansion modules.
  public var bays: Int
  /// Modules that fit a bay.
  public var modules: [PartID]
  /// How two of them pair up.
  public var multiChassis: MultiChassis
  /// Most members of one port-channel on one switch; `nil` when unknown.
  public var maxLAGMembers: Int?
  /// Priority flow control, IEEE 802.1Qbb.
  public var pfc: Capability
  /// Enhanced transmission selection, IEEE 802.1Qaz.
  public var ets: Capability
  /// DCB exchange, IEEE 802.1Qaz.
  public var dcbx: Capability
  /// Takes host ports down when all uplinks are lost (uplink-state group, link dependency).
  public var uplinkTracking: Capability
  /// Largest configurable link MTU in bytes as the platform counts it; `nil` when unknown.
  public var maxMTU: Int?
  /// Height in half units (a 1U switch has 2); `nil` when unknown.
  public var halfRackUnits: Int?
  /// Largest draw of the whole switch; `nil` when unknown.
  public var maxPower: Power?
  /// Usual draw; `nil` when unknown.
  public var typicalPower: Power?
  /// Supplies and cords.
  public var powerSupplies: PowerSupplies
  /// Directions that can be ordered; empty when unknown.
  public var airflow: [Airflow]
  /// Out-of-band Ethernet port.
  public var managementPort: Capability
  /// Name of that port in configurations; empty when unknown.
  public var managementPortName: String
  /// Whether transceivers and cables of other makers work.
  public var thirdPartyMedia: Capability
  /// What must be bought beside it.
  public var requires: [RequiredPart]

  /// Makes a specification in which everything not given is unknown.
  public init(
    roles: [SwitchRole], os: SwitchOS? = nil, ports: [PortGroup], bays: Int = 0,
    modules: [PartID] = [], multiChassis: MultiChassis = .unknown, maxLAGMembers: Int? = nil,
    pfc: Capability = .unknown, ets: Capability = .unknown, dcbx: Capability = .unknown,
    uplinkTracking: Capability = .unknown, maxMTU: Int? = nil, halfRackUnits: Int? = nil,
    maxPower: Power? = nil, typicalPower: Power? = nil,
    powerSupplies: PowerSupplies = PowerSupplies(), airflow: [Airflow] = [],
    managementPort: Capability = .unknown, managementPortName: String = "",
    thirdPartyMedia: Capability = .unknown, requires: [RequiredPart] = []
  ) {
    self.roles = roles
    self.os = os
    self.ports = ports
    self.bays = bays
    self.modules = modules
    self.multiChassis = multiChassis
    self.maxLAGMembers = maxLAGMembers
    self.pfc = pfc
    self.ets = ets
    self.dcbx = dcbx
    self.uplinkTracking = uplinkTracking
    self.maxMTU = maxMTU
    self.halfRackUnits = halfRackUnits
    self.maxPower = maxPower
    self.typicalPower = typicalPower
    self.powerSupplies = powerSupplies
    self.airflow = airflow
    self.managementPort = managementPort
    self.managementPortName = managementPortName
    self.thirdPartyMedia = thirdPartyMedia
    self.requires = requires
  }
}

/// An expansion module: ports that appear in a bay.
public struct ModuleSpec: Hashable, Sendable, Codable {
  /// Ports it adds; their names are those of the bay.
  public var ports: [PortGroup]
  /// Extra draw; `nil` when unknown.
  public var maxPower: Power?
  /// What must be bought beside it.
  public var requires: [RequiredPart]
  /// Makes a specification.
  public init(ports: [PortGroup], maxPower: Power? = nil, requires: [RequiredPart] = []) {
    self.ports = ports
    self.maxPower = maxPower
    self.requires = requires
  }
}
