import Quantities

/// Where a network card is plugged in.
public enum Attachment: String, Hashable, Sendable, Codable, CaseIterable {
  case newFabric = "new-fabric"
  /// Stays where it is.
  case existingLAN = "existing-lan"
}

/// The kinds of traffic a card carries.
public enum TrafficClass: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case csv
  case liveMigration = "live-migration"
  case storage
  case backup
  case tenant
  public static func < (left: TrafficClass, right: TrafficClass) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }
}

/// A network card in every host of a group.
public struct HostNIC: Hashable, Sendable, Codable {
  /// A part of the catalogue (by model, SKU or id as written), `nil` to let the planner choose and
  /// buy one.
  public var model: String?
  /// Place in the file where the model is named, for errors.
  public var position: SourcePosition?
  /// An onboard card in words, such as `4x1G base-t`; empty for others. On the new fabric the words
  /// are those of `OnboardPorts`.
  public var onboard: String
  /// How many of this card in each host.
  public var count: Int
  public var attach: Attachment
  /// Sorted.
  public var carries: [TrafficClass]
  /// Data ports of a card of which the catalogue does not say it; else `nil`.
  public var ports: Int?
  /// Socket, as catalogues write it, of a card of which the catalogue does not say it; else `nil`.
  public var connector: String?
  /// Makes a card.
  public init(
    model: String?, position: SourcePosition? = nil, onboard: String = "", count: Int = 1,
    attach: Attachment, carries: [TrafficClass], ports: Int? = nil, connector: String? = nil
  ) {
    self.model = model
    self.position = position
    self.onboard = onboard
    self.count = count
    self.attach = attach
    self.carries = carries
    self.ports = ports
    self.connector = connector
  }
}

/// Equal hosts.
public struct HostGroup: Hashable, Sendable, Codable {
  /// Hosts of one rack.
  public struct Placement: Hashable, Sendable, Codable {
    public var rack: String
    public var count: Int
    /// Makes a placement.
    public init(rack: String, count: Int) {
      self.rack = rack
      self.count = count
    }
  }
  public var name: String
  /// In the order of the file; a rack stands once.
  public var placements: [Placement]
  /// Memory of one host; `nil` when not stated.
  public var memory: ByteCount?
  /// Such as `windows-server-2012r2`.
  public var os: String
  /// In slot order.
  public var nics: [HostNIC]
  public var position: SourcePosition?
  /// Makes a group.
  public init(
    name: String, placements: [Placement], memory: ByteCount? = nil, os: String, nics: [HostNIC],
    position: SourcePosition? = nil
  ) {
    self.name = name
    self.placements = placements
    self.memory = memory
    self.os = os
    self.nics = nics
    self.position = position
  }
}

extension HostGroup {
  /// Whether the hosts spread traffic over two subnets and survive the loss of one by themselves
  /// (SMB Multichannel): Windows Server and Azure Stack HCI. Others have one address, which must be
  /// reachable over both fabrics.
  public var hasMultichannel: Bool { os.hasPrefix("windows") || os == "azure-stack-hci" }

  /// Whether NIC Teaming (LBFO) is all that joins ports of the hosts: Windows Server 2012 R2. Later
  /// releases tie virtual ports to ports (Switch Embedded Teaming with team mapping).
  public var hasNICTeamingAlone: Bool { os == "windows-server-2012r2" }

  /// All hosts of the group.
  public var hostCount: Int { placements.reduce(0) { $0 + $1.count } }

  /// Whether the hosts have a card on the new fabric.
  public var joinsNewFabric: Bool { nics.contains { $0.attach == .newFabric } }

  /// Whether a card on the new fabric carries a class of traffic.
  public func carries(_ traffic: TrafficClass) -> Bool {
    nics.contains { $0.attach == .newFabric && $0.carries.contains(traffic) }
  }
}

extension TrafficClass {
  /// Whether only hosts of one kind speak with one another in it: live migration and cluster shared
  /// volumes.
  public var staysAmongAlike: Bool { self == .csv || self == .liveMigration }
}

extension Site {
  /// Whether a class of traffic leaves the new fabric through the core in a VLAN of its own.
  public func leavesThroughCore(_ traffic: TrafficClass) -> Bool {
    traffic == .backup && self.traffic.backup == .viaCore
  }

  /// Whether the hosts of a group have one VLAN and one subnet on both fabrics for a class of
  /// traffic instead of one on each: they have no SMB Multichannel, or it leaves through the core, or
  /// hosts without SMB Multichannel are in it with which they must speak. Guests move, and cluster
  /// volumes are shared, only between hosts of one kind; storage and backup join all.
  public func isShared(_ traffic: TrafficClass, by group: HostGroup) -> Bool {
    if leavesThroughCore(traffic) || !group.hasMultichannel { return true }
    guard !traffic.staysAmongAlike else { return false }
    return hosts.contains { !$0.hasMultichannel && $0.carries(traffic) }
  }

  /// Whether a host of a group has one address for a shared class, over a bond or team of all its
  /// ports, and not one for each port.
  public func hasOneAddress(_ group: HostGroup, _ traffic: TrafficClass) -> Bool {
    !group.hasMultichannel || leavesThroughCore(traffic)
  }

  /// Whether the ports of a card are joined to one team, under a virtual switch or alone: guests are
  /// on it, or traffic for which the host has one address.
  public func hasTeam(_ card: HostNIC, of group: HostGroup) -> Bool {
    card.carries.contains { $0 == .tenant || hasOneAddress(group, $0) }
  }

  /// Whether a virtual port on the card may sit on any of its ports, and nobody can tie it to one:
  /// a team of Windows Server 2012 R2 (LBFO).
  public func hasLooseTeam(_ card: HostNIC, of group: HostGroup) -> Bool {
    group.hasNICTeamingAlone && hasTeam(card, of: group)
  }
}
