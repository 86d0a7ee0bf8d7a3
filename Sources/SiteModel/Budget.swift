import Quantities

/// What may be spent, gross (freight and VAT included).
public struct Budget: Hashable, Sendable, Codable {
  /// For everything; `nil` means no limit.
  public var total: Money?
  /// For the starter phase; `nil` when there is none.
  public var starter: Money?
  /// Makes a budget.
  public init(total: Money? = nil, starter: Money? = nil) {
    self.total = total
    self.starter = starter
  }
}

/// A discount of one vendor on `list` and `contract` prices.
public struct Discount: Hashable, Sendable, Codable {
  public var vendor: String
  /// 0 to less than 1.
  public var rate: Rational
  /// Makes a discount.
  public init(vendor: String, rate: Rational) {
    self.vendor = vendor
    self.rate = rate
  }
}

/// A rate of exchange.
public struct ExchangeRate: Hashable, Sendable, Codable {
  /// Where a rate comes from that the site file does not give.
  public struct Reference: Hashable, Sendable, Codable {
    /// Day of the rate; of two rates that make it, the earlier day.
    public var on: CalendarDate
    /// Address or description of the source.
    public var source: String
    /// Makes an entry.
    public init(on: CalendarDate, source: String) {
      self.on = on
      self.source = source
    }
  }
  public var from: Currency
  /// Units of the site's currency for one unit of `from`.
  public var rate: Rational
  /// `nil` for a rate of the site file, whose day is `PriceRules.exchangeDate`.
  public var reference: Reference?
  /// Makes a rate.
  public init(from: Currency, rate: Rational, reference: Reference? = nil) {
    self.from = from
    self.rate = rate
    self.reference = reference
  }
}

/// Which prices count, and how they become the site's money.
public struct PriceRules: Hashable, Sendable, Codable {
  /// Price kinds that may be used, by raw value of the catalogue's kinds, sorted.
  public var kinds: [String]
  /// Whether used parts may be bought.
  public var allowsUsed: Bool
  /// Sorted by vendor.
  public var discounts: [Discount]
  /// Sorted by currency.
  public var exchange: [ExchangeRate]
  /// Day of the exchange rates; `nil` when there are none.
  public var exchangeDate: CalendarDate?
  /// Prices older than this many months are marked.
  public var staleAfterMonths: Int
  /// Freight and VAT as one rate on the sum of all goods.
  public var freightAndVAT: Rational
  /// Discount of ordering directly from the vendor, 0 when not used (the articles: 6 % to 8 %).
  public var directOrder: Rational

  /// Makes rules.
  public init(
    kinds: [String], allowsUsed: Bool, discounts: [Discount], exchange: [ExchangeRate],
    exchangeDate: CalendarDate?, staleAfterMonths: Int, freightAndVAT: Rational,
    directOrder: Rational = .zero
  ) {
    self.kinds = kinds
    self.allowsUsed = allowsUsed
    self.discounts = discounts
    self.exchange = exchange
    self.exchangeDate = exchangeDate
    self.staleAfterMonths = staleAfterMonths
    self.freightAndVAT = freightAndVAT
    self.directOrder = directOrder
  }
}

extension PriceRules {
  /// Day of a rate of exchange; `nil` when nobody has said it.
  public func day(of rate: ExchangeRate) -> CalendarDate? {
    rate.reference.map(\.on) ?? exchangeDate
  }

  /// Whether a rate of exchange is older on a day than prices may be, or has no day.
  public func isStale(_ rate: ExchangeRate, on date: CalendarDate) -> Bool {
    day(of: rate).map { $0.months(to: date) > staleAfterMonths } ?? true
  }
}
