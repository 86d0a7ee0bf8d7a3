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
  public var from: Currency
  /// Units of the site's currency for one unit of `from`.
  public var rate: Rational
  /// Makes a rate.
  public init(from: Currency, rate: Rational) {
    self.from = from
    self.rate = rate
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
