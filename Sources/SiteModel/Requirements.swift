import Quantities

/// The designs, smallest first.
public enum DesignKind: String, Hashable, Sendable, Codable, CaseIterable {
  case standalonePair = "standalone-pair"
  case vltPair = "vlt-pair"
  case spineLeaf = "spine-leaf"
}

/// Spare rates: bought = needed + ceil(rate × needed), by SKU over the whole site.
public struct SpareRates: Hashable, Sendable, Codable {
  public var optics: Rational
  public var cables: Rational
  public var switches: Rational
  public var nics: Rational
  /// Makes rates.
  public init(optics: Rational, cables: Rational, switches: Rational, nics: Rational) {
    self.optics = optics
    self.cables = cables
    self.switches = switches
    self.nics = nics
  }
}

/// What a plan must meet.
public struct Requirements: Hashable, Sendable, Codable {
  /// Host Gbps over uplink Gbps of each ToR with everything working.
  public var oversubscription: Rational
  /// The same after the loss of any one link, optic, breakout cable or spine node.
  public var oversubscriptionAfterFailure: Rational
  /// Designs that may be chosen, in the order of `DesignKind`.
  public var designs: [DesignKind]
  public var spares: SpareRates
  /// Whether transceivers and cables of makers other than the switch's may be bought.
  public var thirdPartyOptics: Bool
  /// At least this many units of each third-party optic SKU are bought, and that many come first
  /// to be tested.
  public var testFirst: Int
  /// Power supplies in each spine, or central, switch.
  public var spinePowerSupplies: Int
  /// Power supplies in each ToR.
  public var torPowerSupplies: Int
  /// Switch models (part ids, models or SKUs as written) that may be spine or central switches;
  /// empty for all.
  public var spineModels: [String]
  /// Switch models that may be ToRs; empty for all.
  public var torModels: [String]
  /// Racks of the two spine, or central, switches; empty to place them by rule.
  public var spineRacks: [String]
  /// Whether a switch without a configuration dialect may be chosen.
  public var allowsUnconfigured: Bool
  /// Whether a plan may rest on facts that nobody has confirmed.
  public var allowsUnknown: Bool
  /// Switch ports to keep free on each switch for growth.
  public var freePorts: Int

  /// Makes requirements.
  public init(
    oversubscription: Rational, oversubscriptionAfterFailure: Rational, designs: [DesignKind],
    spares: SpareRates, thirdPartyOptics: Bool, testFirst: Int, spinePowerSupplies: Int,
    torPowerSupplies: Int, spineModels: [String] = [], torModels: [String] = [],
    spineRacks: [String] = [], allowsUnconfigured: Bool, allowsUnknown: Bool, freePorts: Int = 0
  ) {
    self.oversubscription = oversubscription
    self.oversubscriptionAfterFailure = oversubscriptionAfterFailure
    self.designs = designs
    self.spares = spares
    self.thirdPartyOptics = thirdPartyOptics
    self.testFirst = testFirst
    self.spinePowerSupplies = spinePowerSupplies
    self.torPowerSupplies = torPowerSupplies
    self.spineModels = spineModels
    self.torModels = torModels
    self.spineRacks = spineRacks
    self.allowsUnconfigured = allowsUnconfigured
    self.allowsUnknown = allowsUnknown
    self.freePorts = freePorts
  }
}
