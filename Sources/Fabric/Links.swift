import CatalogModel
import Quantities

/// A port of a named switch, host, core or management switch.
public struct Endpoint: Hashable, Sendable, Codable, Comparable {
  /// Device, host or core name; `management` for the existing out-of-band network.
  public var node: String
  /// Port name on that node; empty when any free port will do.
  public var port: String
  /// Makes an endpoint.
  public init(node: String, port: String) {
    self.node = node
    self.port = port
  }
  public static func < (left: Endpoint, right: Endpoint) -> Bool {
    left.node != right.node
      ? left.node.precedesInBytes(right.node)
      : left.port.precedesInBytes(right.port)
  }
}

/// One plug of a cable.
public struct CableEnd: Hashable, Sendable, Codable {
  /// Where it goes; for the trunk end of a breakout, the whole port.
  public var endpoint: Endpoint
  /// Transceiver between plug and port; `nil` for fixed plugs and RJ45 ports.
  public var optic: PartID?
  /// Makes an end.
  public init(endpoint: Endpoint, optic: PartID? = nil) {
    self.endpoint = endpoint
    self.optic = optic
  }
}

/// A physical cable: one row of the cabling sheet, one failure unit.
public struct Cable: Hashable, Sendable, Codable {
  /// Label on both ends, such as `C0012`.
  public var id: String
  public var part: PartID
  /// Pieces of `part` used: 1, or 2 when fixed cabling lies between two patch cords.
  public var pieces: Int
  /// Routed length with slack that it must cover (each piece, when there are two).
  public var routed: Length
  /// Fixed cabling used between the pieces, such as `r1-r2 cat6a`; empty for none.
  public var existing: String
  public var a: CableEnd
  /// One for a plain cable, up to four for a breakout; unused legs are not listed.
  public var b: [CableEnd]
  /// Makes a cable.
  public init(
    id: String, part: PartID, pieces: Int = 1, routed: Length, existing: String = "", a: CableEnd,
    b: [CableEnd]
  ) {
    self.id = id
    self.part = part
    self.pieces = pieces
    self.routed = routed
    self.existing = existing
    self.a = a
    self.b = b
  }
}

/// What a link is for.
public enum LinkRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// Host to ToR, or to a central switch.
  case host
  /// ToR to spine.
  case uplink
  /// Between the two switches of a pair (VLTi).
  case peer
  /// Spine, or central switch, to the existing core.
  case core
  /// Management port to the out-of-band network.
  case management

  /// Whether both its ends are switches of the plan.
  public var joinsSwitches: Bool { self == .uplink || self == .peer }
}

extension Fabric {
  /// The links of a switch to other switches of the plan.
  public func switchLinks(of device: String) -> [Link] {
    links.filter { $0.role.joinsSwitches && ($0.a.node == device || $0.b.node == device) }
  }
}

/// A logical link between two ports.
public struct Link: Hashable, Sendable, Codable {
  /// Such as `L0012`.
  public var id: String
  public var role: LinkRole
  /// Switch end; on uplinks the ToR, on core links the spine, on management links the switch.
  public var a: Endpoint
  /// Host, spine, second peer, core or management network.
  public var b: Endpoint
  /// Rate at which both ends run.
  public var rate: DataRate
  /// Id of the cable that carries it.
  public var cable: String
  /// Makes a link.
  public init(
    id: String, role: LinkRole, a: Endpoint, b: Endpoint, rate: DataRate, cable: String
  ) {
    self.id = id
    self.role = role
    self.a = a
    self.b = b
    self.rate = rate
    self.cable = cable
  }
}
