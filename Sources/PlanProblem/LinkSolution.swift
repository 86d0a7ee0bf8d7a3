import CatalogModel
import Quantities

/// One way to build a link: a cable and the transceivers it needs (model, M3).
public struct LinkSolution: Hashable, Sendable {
  /// Index of the cable in `catalog.parts`.
  public var cable: Int
  /// Cords for one link: 1, or 2 over existing cabling.
  public var pieces: Int
  /// Transceiver at end A; `nil` for fixed plugs and RJ45 ports.
  public var opticA: Int?
  /// Transceiver at end B.
  public var opticB: Int?
  /// Links one cable carries: 1, or the lanes of a breakout.
  public var lanes: Int
  /// Whether the transceiver at A sits in a switch of another vendor.
  public var thirdPartyA: Bool
  /// Whether the transceiver at B sits in a switch of another vendor.
  public var thirdPartyB: Bool
  /// Medium of the existing cabling used; `nil` for none.
  public var existing: Medium?

  /// The key of M3, made when it is asked for: thousands of solutions are looked at, few are told
  /// apart by key.
  public func key(in catalog: Catalog) -> String {
    func id(_ part: Int?) -> String { part.map { catalog.parts[$0].id.rawValue } ?? "-" }
    let cord = id(cable) + (existing == nil ? "" : "+existing")
    return opticA == nil && opticB == nil ? cord : "\(cord)|\(id(opticA))|\(id(opticB))"
  }

  /// Cables for a number of links of one role between the same two devices' racks.
  public func cables(links: Int) -> Int { (links + lanes - 1) / lanes * pieces }
}

/// The kind of thing a cable is plugged into.
public enum CageOwner: Hashable, Sendable {
  case planSwitch
  case card
  case core
  /// The existing management network, or one bought with the plan: takes any RJ45 plug.
  case management
}

/// An end of a link as far as media can tell ends apart.
public struct LinkEnd: Hashable, Sendable {
  public var owner: CageOwner
  /// Index of the device's part; -1 for core and management.
  public var part: Int
  /// Acceptance class: parts of one class accept the same media.
  public var mediaClass: Int
  public var connector: Connector
  public var maxOpticPower: Power?
  /// Lanes of a split end; 1 for a whole port.
  public var lanes: Int
  /// Makes an end.
  public init(
    owner: CageOwner, part: Int, mediaClass: Int, connector: Connector, maxOpticPower: Power?,
    lanes: Int = 1
  ) {
    self.owner = owner
    self.part = part
    self.mediaClass = mediaClass
    self.connector = connector
    self.maxOpticPower = maxOpticPower
    self.lanes = lanes
  }
}

/// The run between two ends.
public struct LinkRun: Hashable, Sendable {
  public var routed: Length
  /// Length of each cord over existing cabling.
  public var patched: Length
  /// Existing cabling: medium and installed length.
  public var existing: [Existing]
  /// A fixed run.
  public struct Existing: Hashable, Sendable {
    public var medium: Medium
    public var length: Length
    /// Makes a run.
    public init(medium: Medium, length: Length) {
      self.medium = medium
      self.length = length
    }
  }
  /// Makes a run.
  public init(routed: Length, patched: Length, existing: [Existing]) {
    self.routed = routed
    self.patched = patched
    self.existing = existing
  }
}

extension LinkEnd {
  /// Ends are told apart mostly by what they accept: hashing more costs more than it spares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(part)
    hasher.combine(mediaClass)
    hasher.combine(lanes)
  }
}

extension LinkRun {
  /// Runs of one length are mostly the same run.
  public func hash(into hasher: inout Hasher) { hasher.combine(routed.millimetres) }
}

/// The solutions of one kind of link, cheapest first by linear cost, then in the order found.
public final class LinkList: Sendable {
  /// Number of the list among those of its solver.
  public let id: Int
  public let solutions: [LinkSolution]

  init(id: Int, solutions: [LinkSolution]) {
    self.id = id
    self.solutions = solutions
  }

  /// Whether no link of this kind can be built.
  public var isEmpty: Bool { solutions.isEmpty }
}
