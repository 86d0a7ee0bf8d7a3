import Quantities

/// Where a price comes from, and so how far it can be trusted.
public enum PriceKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Agreed with a supplier for a period.
  case contract
  /// Offered by a supplier for this purchase.
  case quote
  /// Seen in a shop.
  case street
  /// The maker's list.
  case list
  /// Used or refurbished goods as offered.
  case refurbished
  /// Second-hand knowledge: quoted by somebody who did not say where from.
  case secondary
  /// Once true; kept for reference.
  case historical
  /// Computed from the sourced prices of like parts.
  case estimate

  /// Order of trust, 0 first: where one part has several usable prices, the most trusted kind
  /// counts, then the latest date, then the lowest amount.
  public var trust: Int {
    switch self {
    case .contract: 0
    case .quote: 1
    case .street: 2
    case .list: 3
    case .refurbished: 4
    case .secondary: 5
    case .historical: 6
    case .estimate: 7
    }
  }
}

/// Whether a unit was used before.
public enum Condition: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case new
  case used
  public static func < (left: Condition, right: Condition) -> Bool {
    left == .new && right == .used
  }
}

/// One price of one part: net of VAT, for one order unit (a pack where the part has a pack size).
public struct Price: Hashable, Sendable, Codable {
  public var part: PartID
  /// Net amount for one order unit.
  public var amount: Money
  public var kind: PriceKind
  public var condition: Condition
  /// As of; `nil` when the source gives none (counts as stale).
  public var asOf: CalendarDate?
  /// Address or description of the source; for an estimate, the method and its inputs.
  public var source: String
  /// Lowest plausible amount; equal to `amount` for a sourced price.
  public var low: Money
  /// Highest plausible amount; equal to `amount` for a sourced price.
  public var high: Money
  /// What the source said that the number does not, such as `VAT of 23 % taken off`.
  public var note: String

  /// Makes a price; without an interval, low and high are the amount itself.
  public init(
    part: PartID, amount: Money, kind: PriceKind, condition: Condition, asOf: CalendarDate?,
    source: String, low: Money? = nil, high: Money? = nil, note: String = ""
  ) {
    self.part = part
    self.amount = amount
    self.kind = kind
    self.condition = condition
    self.asOf = asOf
    self.source = source
    self.low = low ?? amount
    self.high = high ?? amount
    self.note = note
  }
}

/// What is known of a medium (optic or cable with fixed plugs) in the cage of a device.
public struct CompatibilityRule: Hashable, Sendable, Codable {
  /// The verdicts.
  public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    case yes
    case no
    /// Works after `command` was typed on the device.
    case withCommand = "with-command"
    case unknown

    /// Whether a plan may use the medium there.
    /// - Parameter allowsUnknown: whether it may where nobody has said.
    public func isAccepted(allowsUnknown: Bool) -> Bool {
      switch self {
      case .yes, .withCommand: true
      case .no: false
      case .unknown: allowsUnknown
      }
    }
  }
  /// The device: a part id, `os:NAME`, or `vendor:NAME`; the most exact rule wins.
  public var device: String
  /// The medium: a part id, `vendor:NAME`, `third-party-dac` (cables with fixed plugs of another
  /// maker), or `third-party`.
  public var medium: String
  public var verdict: Verdict
  /// What to type on the device; empty unless `withCommand`.
  public var command: String
  public var note: String
  public var source: FactSource
  /// Makes a rule.
  public init(
    device: String, medium: String, verdict: Verdict, command: String = "", note: String = "",
    source: FactSource
  ) {
    self.device = device
    self.medium = medium
    self.verdict = verdict
    self.command = command
    self.note = note
    self.source = source
  }
}

/// Parts, prices and what is known of their fit, as plain values.
public struct Catalog: Hashable, Sendable, Codable {
  /// Sorted by id; ids are unique.
  public var parts: [Part]
  /// Sorted by part, then as in the files; sourced prices and estimates.
  public var prices: [Price]
  /// In the order of the files.
  public var compatibility: [CompatibilityRule]
  /// Dated rates with their sources, in the order of the files.
  public var exchangeRates: [ReferenceRate]
  /// Knowledge that is about no single part.
  public var references: References
  /// Every source that the files name, sorted by id; ids are unique.
  public var sources: [FactSource]

  /// Makes a catalogue; parts, prices and sources are sorted here.
  public init(
    parts: [Part], prices: [Price], compatibility: [CompatibilityRule] = [],
    exchangeRates: [ReferenceRate] = [], references: References = References(),
    sources: [FactSource] = []
  ) {
    self.parts = parts.sorted { $0.id < $1.id }
    self.prices = prices.enumerated().sorted {
      ($0.element.part, $0.offset) < ($1.element.part, $1.offset)
    }.map(\.element)
    self.compatibility = compatibility
    self.exchangeRates = exchangeRates
    self.references = references
    self.sources = sources.sorted { $0.id.precedesInBytes($1.id) }
  }

  /// The part with an id; `nil` when there is none.
  /// - Complexity: O(log n).
  public func part(_ id: PartID) -> Part? {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < parts.count && parts[low].id == id ? parts[low] : nil
  }
}

extension Catalog {
  /// What is known of `medium` in a cage of `device`, with the rule that says so (`nil` when the
  /// answer follows from the parts alone).
  ///
  /// Patch cords are accepted everywhere. The most exact rule wins: device by id, then OS, then
  /// vendor; within that, medium by id, then vendor, then `third-party-dac` for twinax, then
  /// `third-party`. Between maker and maker alone, only a rule that names the medium counts; else
  /// the answer is yes. Without a rule the device's own `thirdPartyMedia` decides. Cables with
  /// fixed plugs and optics of vendor `generic` are third party everywhere.
  public func acceptance(of medium: Part, in device: Part) -> (
    verdict: CompatibilityRule.Verdict, rule: CompatibilityRule?
  ) {
    if let cable = medium.asCable, !cable.family.isAttached { return (.yes, nil) }
    let deviceKeys = Catalog.keys(ofDevice: device)
    let mediumKeys = Catalog.keys(ofMedium: medium, in: device)
    var best: (device: Int, medium: Int, rule: Int)?
    for (index, rule) in compatibility.enumerated() {
      guard let mediumRank = mediumKeys.firstIndex(of: rule.medium),
        let deviceRank = deviceKeys.firstIndex(of: rule.device)
      else { continue }
      if let known = best, (known.device, known.medium) <= (deviceRank, mediumRank) { continue }
      best = (deviceRank, mediumRank, index)
    }
    if let best { return (compatibility[best.rule].verdict, compatibility[best.rule]) }
    return (Catalog.verdictWithoutRule(of: medium, in: device), nil)
  }

  /// What holds where no rule names device and medium: a maker's own media are accepted, those of
  /// others as the device's data sheet says.
  static func verdictWithoutRule(of medium: Part, in device: Part) -> CompatibilityRule.Verdict {
    if medium.vendor == device.vendor { return .yes }
    switch device.asSwitch?.thirdPartyMedia ?? device.asNIC?.thirdPartyMedia ?? .unknown {
    case .yes: return .yes
    case .no: return .no
    case .unknown: return .unknown
    }
  }

  /// How rules name a medium that sits in a device, closest first.
  static func keys(ofMedium medium: Part, in device: Part) -> [String] {
    var keys = [medium.id.rawValue]
    if medium.vendor != device.vendor {
      keys.append("vendor:" + medium.vendor)
      let family = medium.asCable?.family
      if family == .passiveDAC || family == .activeDAC { keys.append("third-party-dac") }
      keys.append("third-party")
    }
    return keys
  }

  /// How rules name a device, closest first.
  static func keys(ofDevice device: Part) -> [String] {
    var keys = [device.id.rawValue]
    if let os = device.asSwitch?.os { keys.append("os:" + os.rawValue) }
    keys.append("vendor:" + device.vendor)
    return keys
  }
}
