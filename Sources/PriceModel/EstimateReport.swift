import CatalogModel
import Quantities

/// What the estimator made of a catalogue.
public struct EstimateReport: Sendable, Hashable {
  /// How well the formula of one category does on prices that it has not seen.
  public struct Category: Sendable, Hashable {
    public var category: PriceCategory
    /// Parts with a sourced price that were fitted.
    public var parts: Int
    /// Median of |estimate ÷ price − 1| when each part is left out in turn, in percent, rounded;
    /// `nil` when there were too few parts to fit.
    public var medianErrorPercent: Int?
    /// Eight in ten left-out prices lie within the estimate divided and multiplied by this factor,
    /// in hundredths, rounded up; `nil` when there were too few parts to fit.
    public var factorHundredths: Int?
    /// Latest date of a price that was fitted.
    public var asOf: CalendarDate?
    /// Names and values of the formula's terms, for the curious; values in thousandths, rounded.
    public var terms: [Term]
  }

  /// A term of a formula: ln(price in US dollars) is their sum.
  public struct Term: Sendable, Hashable {
    public var name: String
    public var thousandths: Int
  }

  /// A part that has neither a usable sourced price nor an estimate.
  public struct Gap: Sendable, Hashable {
    public var part: PartID
    public var reason: String
  }

  /// In the order of `PriceCategory`.
  public var categories: [Category]
  /// Sorted by part.
  public var estimates: [Price]
  /// Sorted by part.
  public var gaps: [Gap]
}
