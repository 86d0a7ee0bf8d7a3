import Quantities

/// One row of a reach table: how far a standard goes over one medium, whoever makes the optic.
public struct ReachStandard: Hashable, Sendable, Codable {
  /// IEEE name in lower case, such as `10gbase-sr`.
  public var standard: String
  public var medium: Medium
  /// Longest channel.
  public var reach: Length
  /// The rows that say less than a part does, such as wavelength; see `Fact`.
  public var facts: [Fact]
  public var note: String
  /// Makes a row.
  public init(
    standard: String, medium: Medium, reach: Length, facts: [Fact] = [], note: String = ""
  ) {
    self.standard = standard
    self.medium = medium
    self.reach = reach
    self.facts = facts
    self.note = note
  }
}

/// What holds for all cables of one build, whoever makes them: bend radius, diameter, longest
/// length.
public struct CableRule: Hashable, Sendable, Codable {
  /// What it is about, such as `30 AWG twinax, sustained bend`.
  public var subject: String
  /// `nil` when it holds for several families.
  public var family: CableFamily?
  public var medium: Medium?
  public var maxLength: Length?
  public var diameter: Length?
  public var bendRadius: Length?
  public var powerPerEnd: Power?
  /// Further facts, such as the wire gauge, and the sources of all of them.
  public var facts: [Fact]
  public var note: String
  /// Makes a rule.
  public init(
    subject: String, family: CableFamily? = nil, medium: Medium? = nil, maxLength: Length? = nil,
    diameter: Length? = nil, bendRadius: Length? = nil, powerPerEnd: Power? = nil,
    facts: [Fact] = [], note: String = ""
  ) {
    self.subject = subject
    self.family = family
    self.medium = medium
    self.maxLength = maxLength
    self.diameter = diameter
    self.bendRadius = bendRadius
    self.powerPerEnd = powerPerEnd
    self.facts = facts
    self.note = note
  }
}

/// A price that no plan counts with: of a bundle, of something that is no part of the catalogue, or
/// with an unknown amount of VAT in it.
public struct ReferencePrice: Hashable, Sendable, Codable {
  /// What was priced, in the words of the source.
  public var subject: String
  /// The part it is about; `nil` for bundles and for things that are not in the catalogue.
  public var part: PartID?
  public var amount: Money
  public var kind: PriceKind
  public var condition: Condition
  public var asOf: CalendarDate?
  /// Whether the amount holds VAT at a rate that nobody has said.
  public var includesVAT: Bool
  /// Address or description of the source.
  public var source: String
  public var note: String
  /// Makes an entry.
  public init(
    subject: String, part: PartID? = nil, amount: Money, kind: PriceKind, condition: Condition,
    asOf: CalendarDate?, includesVAT: Bool = false, source: String, note: String = ""
  ) {
    self.subject = subject
    self.part = part
    self.amount = amount
    self.kind = kind
    self.condition = condition
    self.asOf = asOf
    self.includesVAT = includesVAT
    self.source = source
    self.note = note
  }
}

/// What is known of media in devices that the catalogue does not hold.
public struct CompatibilityNote: Hashable, Sendable, Codable {
  /// The devices, in the words of the source.
  public var device: String
  /// The media, in the words of the source.
  public var medium: String
  public var verdict: CompatibilityRule.Verdict
  public var command: String
  public var note: String
  public var source: FactSource
  /// Makes a note.
  public init(
    device: String, medium: String, verdict: CompatibilityRule.Verdict, command: String = "",
    note: String = "", source: FactSource
  ) {
    self.device = device
    self.medium = medium
    self.verdict = verdict
    self.command = command
    self.note = note
    self.source = source
  }
}

/// Units of one currency for one unit of another, on a day.
public struct ReferenceRate: Hashable, Sendable, Codable {
  public var from: Currency
  public var to: Currency
  /// `to` for one `from`.
  public var rate: Rational
  public var on: CalendarDate
  /// Address or description of the source.
  public var source: String
  /// Makes a rate.
  public init(from: Currency, to: Currency, rate: Rational, on: CalendarDate, source: String) {
    self.from = from
    self.to = to
    self.rate = rate
    self.on = on
    self.source = source
  }
}

/// Knowledge that is about no single part, in the order of the files.
public struct References: Hashable, Sendable, Codable {
  public var standards: [ReachStandard]
  public var cableRules: [CableRule]
  public var prices: [ReferencePrice]
  public var compatibility: [CompatibilityNote]
  /// Makes a collection.
  public init(
    standards: [ReachStandard] = [], cableRules: [CableRule] = [], prices: [ReferencePrice] = [],
    compatibility: [CompatibilityNote] = []
  ) {
    self.standards = standards
    self.cableRules = cableRules
    self.prices = prices
    self.compatibility = compatibility
  }
}

extension References {
  /// The longest cable of a family with fixed plugs that any source knows to work: the greatest of
  /// the lengths that the rules of the family state. `nil` when none does: nothing is ruled out.
  public func longest(_ family: CableFamily) -> Length? {
    guard family.isAttached else { return nil }
    return cableRules.filter { $0.family == family }.compactMap(\.maxLength).max()
  }
}
