/// An exact fraction of two 64-bit integers, always in lowest terms with a positive denominator.
///
/// Rates (spares, slack, discounts, oversubscription) are kept as `Rational` so that a threshold is
/// compared exactly and rounding happens once, where a rule names it.
public struct Rational: Hashable, Sendable, Comparable, Codable {
  /// Sign and magnitude above the line.
  public let numerator: Int64
  /// Always greater than zero.
  public let denominator: Int64

  /// Makes `numerator/denominator` in lowest terms; `nil` when the denominator is zero or the
  /// reduced value does not fit.
  public init?(_ numerator: Int64, over denominator: Int64) {
    guard denominator != 0, denominator != .min, numerator != .min else { return nil }
    let divisor = Rational.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    guard let step = Int64(exactly: divisor) else { return nil }
    let sign: Int64 = denominator < 0 ? -1 : 1
    self.numerator = sign * (numerator / step)
    self.denominator = sign * (denominator / step)
  }

  /// A whole number.
  public init(_ value: Int) {
    numerator = Int64(value)
    denominator = 1
  }

  /// `percent/100`, exact.
  public static func percent(_ value: Int) -> Rational {
    Rational(Int64(value), over: 100) ?? .zero
  }

  /// 0.
  public static let zero = Rational(0)
  /// 1.
  public static let one = Rational(1)

  public static func < (left: Rational, right: Rational) -> Bool {
    let (a, b) = (
      left.numerator.multipliedFullWidth(by: right.denominator),
      right.numerator.multipliedFullWidth(by: left.denominator)
    )
    return a.high != b.high ? a.high < b.high : a.low < b.low
  }

  /// The sum; `nil` when it does not fit.
  public func adding(_ other: Rational) -> Rational? {
    let (a, o1) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (b, o2) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (sum, o3) = a.addingReportingOverflow(b)
    let (bottom, o4) = denominator.multipliedReportingOverflow(by: other.denominator)
    guard !o1, !o2, !o3, !o4 else { return nil }
    return Rational(sum, over: bottom)
  }

  /// The product; `nil` when it does not fit.
  public func multiplied(by other: Rational) -> Rational? {
    let (top, o1) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (bottom, o2) = denominator.multipliedReportingOverflow(by: other.denominator)
    guard !o1, !o2 else { return nil }
    return Rational(top, over: bottom)
  }

  /// The smallest integer not below `self × count`; `nil` when it does not fit.
  public func timesRoundedUp(_ count: Int64) -> Int64? {
    let (top, overflow) = numerator.multipliedReportingOverflow(by: count)
    guard !overflow else { return nil }
    let quotient = top / denominator
    return top % denominator > 0 ? quotient + 1 : quotient
  }

  /// The largest integer not above `self × count`; `nil` when it does not fit. What stands between may
  /// be larger than 64 bits.
  public func timesRoundedDown(_ count: Int64) -> Int64? {
    let (high, low) = numerator.magnitude.multipliedFullWidth(by: count.magnitude)
    guard high < denominator.magnitude else { return nil }
    let (quotient, rest) = denominator.magnitude.dividingFullWidth((high, low))
    guard (numerator < 0) != (count < 0) else { return Int64(exactly: quotient) }
    guard let down = Int64(exactly: quotient) else { return nil }
    return rest > 0 ? -down - 1 : -down
  }

  /// `self × count` rounded half away from zero (the commercial rule used for all money);
  /// `nil` when it does not fit.
  public func timesRoundedHalfAway(_ count: Int64) -> Int64? {
    let (top, overflow) = numerator.multipliedReportingOverflow(by: count)
    guard !overflow else { return nil }
    let quotient = top / denominator
    let rest = (top % denominator).magnitude
    guard rest >= denominator.magnitude - rest else { return quotient }
    return top < 0 ? quotient - 1 : quotient + 1
  }

  private static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }
}

extension Rational {
  /// Reads `7`, `0.92`, `3.33` exactly; `nil` for anything else, for more than 15 digits and for
  /// exponents.
  public init?(decimal text: some StringProtocol) {
    var digits: Int64 = 0
    var scale: Int64 = 1
    var seenDigit = false
    var seenPoint = false
    var negative = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: negative = true
      case UInt8(ascii: ".") where seenDigit && !seenPoint: seenPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard digits < 100_000_000_000_000 else { return nil }
        digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
        if seenPoint { scale *= 10 }
        seenDigit = true
      default: return nil
      }
    }
    guard seenDigit else { return nil }
    self.init(negative ? -digits : digits, over: scale)
  }
}

extension Rational {
  /// `7` or `5/2`: the form in which fractions stand in JSON.
  public var text: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    let fields = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let top = fields.first.flatMap({ Int64($0) }),
      let bottom = fields.count > 1 ? Int64(fields[1]) : 1,
      let value = Rational(top, over: bottom), value.text == text
    else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a fraction in lowest terms: \(text)")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
