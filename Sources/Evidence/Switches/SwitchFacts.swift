import Quantities

/// What the tables of one switch say.
public struct SwitchFacts: Hashable, Sendable {
  /// Switch as the plan names it.
  public var device: String
  /// Addresses that it learned, in the order of its table; empty when nobody printed one.
  public var learned: [LearnedAddress]

  /// Makes facts.
  public init(device: String, learned: [LearnedAddress]) {
    self.device = device
    self.learned = learned
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
