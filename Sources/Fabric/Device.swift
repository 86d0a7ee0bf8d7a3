import CatalogModel
import Quantities

/// What a switch is for.
public enum DeviceRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// One of the VLT pair of a spine-leaf design.
  case spine
  /// One of the two independent switches of a rack.
  case tor
  /// One of the pair that hosts plug into directly (`standalone-pair`, `vlt-pair`).
  case central
  /// The small switch of the management network.
  case outOfBand = "out-of-band"
}

/// The two fabrics: every host has as many ports on A as on B.
public enum FabricSide: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case a = "A"
  case b = "B"
  public static func < (left: FabricSide, right: FabricSide) -> Bool { left == .a && right == .b }

  /// The other fabric.
  public var other: FabricSide { self == .a ? .b : .a }
}

/// A data port of a switch, after splitting.
public struct DevicePort: Hashable, Sendable, Codable {
  /// As the platform writes it in full, such as `TenGigabitEthernet 0/0`.
  public var name: String
  /// Port group of the part, or `bay1/` and so on with that of the module in the bay.
  public var group: String
  /// Form of the plug that goes in; for a lane of a split port, the form of the whole port.
  public var connector: Connector
  /// The port this is a lane of; `nil` for a whole port.
  public var splitFrom: String?
  /// `false` for a port that splitting a neighbour took out of use.
  public var usable: Bool
  /// Makes a port.
  public init(
    name: String, group: String, connector: Connector, splitFrom: String? = nil,
    usable: Bool = true
  ) {
    self.name = name
    self.group = group
    self.connector = connector
    self.splitFrom = splitFrom
    self.usable = usable
  }
}

/// A number of one part that belongs to a device.
public struct PartCount: Hashable, Sendable, Codable {
  public var part: PartID
  public var count: Int
  /// Makes a count.
  public init(part: PartID, count: Int) {
    self.part = part
    self.count = count
  }
}

/// A switch of the plan.
public struct Device: Hashable, Sendable, Codable {
  /// Host name: unique, letters, digits and hyphens.
  public var name: String
  public var role: DeviceRole
  public var side: FabricSide
  public var part: PartID
  /// Expansion modules by bay, from bay 1.
  public var modules: [PartID]
  public var rack: String
  /// Fitted supplies, those in the box included.
  public var powerSupplies: Int
  /// What is bought beside it: supplies, cords, kits, licences.
  public var accessories: [PartCount]
  /// All data ports in the order of the part, lanes in place of split ports.
  public var ports: [DevicePort]
  public var managementAddress: IPv4Address?
  /// Name of the management interface; empty when the switch has none and uses a data port.
  public var managementPort: String
  /// Makes a device.
  public init(
    name: String, role: DeviceRole, side: FabricSide, part: PartID, modules: [PartID] = [],
    rack: String, powerSupplies: Int, accessories: [PartCount], ports: [DevicePort],
    managementAddress: IPv4Address?, managementPort: String
  ) {
    self.name = name
    self.role = role
    self.side = side
    self.part = part
    self.modules = modules
    self.rack = rack
    self.powerSupplies = powerSupplies
    self.accessories = accessories
    self.ports = ports
    self.managementAddress = managementAddress
    self.managementPort = managementPort
  }
}

/// A network card of one host.
public struct HostCard: Hashable, Sendable, Codable {
  /// Index in the host group's card list, from 0.
  public var slot: Int
  /// The card; `nil` for an onboard card that no catalogue lists.
  public var part: PartID?
  /// Whether the plan buys it.
  public var bought: Bool
  /// Names of its ports on the new fabric, such as `nic1-p1`; empty when it stays on the old LAN.
  public var ports: [String]
  /// Makes a card.
  public init(slot: Int, part: PartID?, bought: Bool, ports: [String]) {
    self.slot = slot
    self.part = part
    self.bought = bought
    self.ports = ports
  }
}

/// One host.
public struct Host: Hashable, Sendable, Codable {
  /// Unique, such as `hv-r1-01`.
  public var name: String
  /// Host group of the site.
  public var group: String
  public var rack: String
  public var cards: [HostCard]
  /// Makes a host.
  public init(name: String, group: String, rack: String, cards: [HostCard]) {
    self.name = name
    self.group = group
    self.rack = rack
    self.cards = cards
  }
}
