/// An ISO 4217 currency code in capital letters, such as `EUR`.
public struct Currency: Hashable, Sendable, Comparable, Codable, RawRepresentable {
  /// The three letters.
  public let rawValue: String

  /// `nil` unless the text is three capital ASCII letters.
  public init?(rawValue: String) {
    guard rawValue.utf8.count == 3,
      rawValue.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    else { return nil }
    self.rawValue = rawValue
  }

  private init(known: String) { rawValue = known }

  /// Euro.
  public static let eur = Currency(known: "EUR")
  /// United States dollar.
  public static let usd = Currency(known: "USD")

  /// Digits after the decimal point: 0 for currencies without a minor unit (ISO 4217), else 2.
  public var minorDigits: Int {
    switch rawValue {
    case "JPY", "KRW", "CLP", "ISK", "VND", "XAF", "XOF", "XPF": 0
    case "BHD", "KWD", "OMR", "JOD", "TND": 3
    default: 2
    }
  }

  public static func < (left: Currency, right: Currency) -> Bool { left.rawValue < right.rawValue }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Currency(rawValue: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is not an ISO 4217 currency code")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// An amount of money: whole minor units (cents) of one currency.
public struct Money: Hashable, Sendable, Codable {
  /// Cents, pence, or whole units where the currency has none.
  public var minorUnits: Int64
  /// What the minor units are units of.
  public var currency: Currency

  /// Makes an amount from minor units.
  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Converts by an exact rate (units of `target` for one unit of `self`), rounding half away from
  /// zero once. `nil` when the result does not fit.
  public func converted(to target: Currency, rate: Rational) -> Money? {
    var factor = rate
    let shift = target.minorDigits - currency.minorDigits
    for _ in 0..<abs(shift) {
      let step = shift > 0 ? Rational(10) : (Rational(1, over: 10) ?? .one)
      guard let next = factor.multiplied(by: step) else { return nil }
      factor = next
    }
    guard let units = factor.timesRoundedHalfAway(minorUnits) else { return nil }
    return Money(minorUnits: units, currency: target)
  }
}

extension Money {
  private enum CodingKeys: String, CodingKey { case minorUnits, currency }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    minorUnits = try container.superDecoder(forKey: .minorUnits).decodeInteger(
      in: -1_000_000_000_000...1_000_000_000_000, "an amount of money in minor units")
    currency = try container.decode(Currency.self, forKey: .currency)
  }
}
