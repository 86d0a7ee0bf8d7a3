import Quantities

/// What the tables of one switch say.
public struct SwitchFacts: Hashable, Sendable {
  /// Switch as the plan names it.
  public var device: String
  /// Addresses that it learned, in the order of its table; empty when nobody printed one.
  public var learned: [LearnedAddress]
  /// LLDP neighbours that the plan knows, in the order of its table; empty when nobody printed one.
  public var neighbours: [SwitchNeighbour]

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
