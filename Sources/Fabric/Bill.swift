import CatalogModel
import Quantities
import SiteModel

/// One order line.
public struct BOMLine: Hashable, Sendable, Codable {
  public var part: PartID
  /// Units built in.
  public var needed: Int
  /// Units on the shelf: ceil(spare rate × needed), and what the test batch asks beyond.
  public var spares: Int
  /// Order units: packs of `packSize`.
  public var packs: Int
  public var packSize: Int
  /// The price used, in the catalogue's currency, with its kind, date and source.
  public var price: Price
  /// Price of one order unit in the site's currency after discount, rounded half away from zero
  /// once.
  public var unitPrice: Money
  /// `packs × unitPrice`.
  public var total: Money
  /// Interval of `total` within the price's interval.
  public var low: Money
  public var high: Money
  /// Older than the site allows, or undated.
  public var isStale: Bool
  /// Units to order first and test before the rest; 0 for none.
  public var testFirst: Int
  /// What it is for, such as `uplinks of r1, r2`.
  public var purpose: String
  /// Makes a line.
  public init(
    part: PartID, needed: Int, spares: Int, packs: Int, packSize: Int, price: Price,
    unitPrice: Money, total: Money, low: Money, high: Money, isStale: Bool, testFirst: Int,
    purpose: String
  ) {
    self.part = part
    self.needed = needed
    self.spares = spares
    self.packs = packs
    self.packSize = packSize
    self.price = price
    self.unitPrice = unitPrice
    self.total = total
    self.low = low
    self.high = high
    self.isStale = isStale
    self.testFirst = testFirst
    self.purpose = purpose
  }
}

/// The sums of the bill.
public struct Totals: Hashable, Sendable, Codable {
  /// All lines.
  public var goods: Money
  /// Rate × goods, rounded half away from zero once.
  public var freightAndVAT: Money
  /// Goods + freight and VAT.
  public var total: Money
  /// Goods whose price is an estimate.
  public var estimated: Money
  /// Goods bought used.
  public var used: Money
  /// `total` when every estimate is at its low end.
  public var low: Money
  /// `total` when every estimate is at its high end.
  public var high: Money
  /// Worst ToR, everything working; `nil` where no ToR stands between.
  public var oversubscription: Rational?
  /// Worst ToR after the worst single failure.
  public var oversubscriptionAfterFailure: Rational?
  /// Sum of the devices' largest draws that are known.
  public var power: Power
  /// Whether every device's draw is known; when not, `power` is "at least".
  public var powerIsComplete: Bool
  /// Cost of the first phase that works by itself (central pair, first rack); `nil` without a
  /// starter budget.
  public var starter: Money?
  /// Makes totals.
  public init(
    goods: Money, freightAndVAT: Money, total: Money, estimated: Money, used: Money, low: Money,
    high: Money, oversubscription: Rational?, oversubscriptionAfterFailure: Rational?,
    power: Power, powerIsComplete: Bool, starter: Money? = nil
  ) {
    self.goods = goods
    self.freightAndVAT = freightAndVAT
    self.total = total
    self.estimated = estimated
    self.used = used
    self.low = low
    self.high = high
    self.oversubscription = oversubscription
    self.oversubscriptionAfterFailure = oversubscriptionAfterFailure
    self.power = power
    self.powerIsComplete = powerIsComplete
    self.starter = starter
  }
}

/// Another answer and why it lost.
public struct Alternative: Hashable, Sendable, Codable {
  public var design: DesignKind
  /// Short description: models and counts; empty when infeasible.
  public var summary: String
  /// Gross cost; `nil` when infeasible or not allowed.
  public var total: Money?
  /// Why it was not taken, one sentence.
  public var reason: String
  /// Whether it would be the cheapest at some prices inside the estimates' intervals.
  public var couldWin: Bool
  /// Makes an alternative.
  public init(
    design: DesignKind, summary: String, total: Money?, reason: String, couldWin: Bool
  ) {
    self.design = design
    self.summary = summary
    self.total = total
    self.reason = reason
    self.couldWin = couldWin
  }
}

/// Something to confirm before anybody pays.
public struct Confirmation: Hashable, Sendable, Codable {
  /// The kinds, in the order of the report.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A capability that no source states.
    case unknown
    /// A price that was computed.
    case estimate
    /// A price that is old or undated.
    case stalePrice = "stale-price"
    /// A transceiver or cable of another maker.
    case untestedOptic = "untested-optic"
    /// A used or discontinued part.
    case availability
    /// A value that the site did not give.
    case assumption
    /// Something only the owner of the core or the room knows.
    case owner
    /// A switch without a configuration.
    case byHand = "by-hand"
    /// A configuration line whose syntax is not verified.
    case unverifiedLine = "unverified-line"
  }
  public var kind: Kind
  /// Part id, device, port, or site key.
  public var subject: String
  /// What to confirm, one sentence without full stop.
  public var question: String
  /// Makes an entry.
  public init(kind: Kind, subject: String, question: String) {
    self.kind = kind
    self.subject = subject
    self.question = question
  }
}

/// Why something is as it is.
public struct Reason: Hashable, Sendable, Codable {
  /// Device, link, BOM part, rule or `design`.
  public var subject: String
  /// Sentences.
  public var text: String
  /// Makes a reason.
  public init(subject: String, text: String) {
    self.subject = subject
    self.text = text
  }
}
