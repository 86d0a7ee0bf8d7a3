/// The one place where numbers become text: no locale, no time zone, the same bytes everywhere.
public enum Format {
  /// `1234.50 EUR`; no thousands separator, so that it can be read back and pasted in a sheet.
  public static func money(_ money: Money) -> String {
    "\(amount(money)) \(money.currency.rawValue)"
  }

  /// `1234.50`, without the currency.
  public static func amount(_ money: Money) -> String {
    fixed(money.minorUnits, decimals: money.currency.minorDigits)
  }

  /// `10 Gbps`, `1.5 Gbps`.
  public static func rate(_ rate: DataRate) -> String { "\(gigabits(rate)) Gbps" }

  /// `10`, `1.5`: gigabits a second without the unit, for columns that name it.
  public static func gigabits(_ rate: DataRate) -> String {
    trimmed(rate.bitsPerSecond, decimals: 9)
  }

  /// `9.41`: gigabits a second with two decimals, rounded down, for what was measured.
  public static func hundredths(_ rate: DataRate) -> String {
    fixed(rate.bitsPerSecond / 10_000_000, decimals: 2)
  }

  /// `2.72 m`.
  public static func length(_ length: Length) -> String { "\(metres(length)) m" }

  /// `2.72`: metres without the unit, for columns that name it.
  public static func metres(_ length: Length) -> String {
    trimmed(length.millimetres, decimals: 3)
  }

  /// `350 W`, `0.8 W`.
  public static func power(_ power: Power) -> String {
    "\(trimmed(power.milliwatts, decimals: 3)) W"
  }

  /// `4:1`, `2.5:1`: up to three decimals, rounded half away from zero.
  public static func ratio(_ ratio: Rational) -> String { "\(decimal(ratio, places: 3)):1" }

  /// `5 %`, `3.33 %`.
  public static func percent(_ rate: Rational) -> String {
    let scaled = rate.multiplied(by: Rational(100)) ?? rate
    return "\(decimal(scaled, places: 3)) %"
  }

  /// A fraction as a decimal of at most `places` digits, trailing zeros removed.
  public static func decimal(_ value: Rational, places: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<places { scale *= 10 }
    guard let units = value.timesRoundedHalfAway(scale) else {
      return "\(value.numerator)/\(value.denominator)"
    }
    return trimmed(units, decimals: places)
  }

  /// An integer count of 10^-decimals as a decimal with exactly that many digits.
  public static func fixed(_ units: Int64, decimals: Int) -> String {
    // The last digit first: 19 of an Int64, or those asked for with one before the point.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    var rest = units.magnitude
    repeat {
      if decimals > 0, bytes.count == decimals { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0 || bytes.count <= decimals
    if units < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.reverse()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As `fixed`, without trailing zeros.
  public static func trimmed(_ units: Int64, decimals: Int) -> String {
    var (units, decimals) = (units, decimals)
    while decimals > 0, units % 10 == 0 {
      units /= 10
      decimals -= 1
    }
    return fixed(units, decimals: decimals)
  }
}
