import Quantities

/// Reads numbers with units as people write them, exactly.
enum QuantityText {
  /// Why a text was not read.
  enum Problem: Error {
    /// No number at the front.
    case notANumber
    /// A number without a unit.
    case noUnit(String)
    /// A unit that the dimension does not have.
    case unknownUnit(String)
    /// Finer than the base unit.
    case tooFine
    /// More than 64 bits of base units.
    case tooLarge
  }

  /// A number and what follows it, blanks removed.
  static func split(_ text: String) -> (number: Rational, unit: String)? {
    let body = text.utf8
    let end =
      body.firstIndex {
        !((UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
          || $0 == UInt8(ascii: "-"))
      } ?? body.endIndex
    guard let number = Rational(decimal: text[..<end]) else { return nil }
    var unit = text[end...]
    while unit.first == " " { unit.removeFirst() }
    while unit.last == " " { unit.removeLast() }
    return (number, String(unit))
  }

  /// Base units of a dimension.
  static func quantity(_ text: String, _ dimension: Dimension) throws(Problem) -> Int64 {
    guard let (number, unit) = split(text) else { throw .notANumber }
    guard !unit.isEmpty else { throw .noUnit(text) }
    let known = dimension.units + dimension.shortUnits
    guard let size = known.first(where: { $0.name == unit })?.size else {
      throw .unknownUnit(unit)
    }
    guard let factor = Rational(size, over: 1), let value = number.multiplied(by: factor) else {
      throw .tooLarge
    }
    guard value.denominator == 1 else { throw .tooFine }
    return value.numerator
  }

  /// `5%` or `5 %` as a fraction.
  static func percent(_ text: String) throws(Problem) -> Rational {
    guard let (number, unit) = split(text) else { throw .notANumber }
    guard !unit.isEmpty else { throw .noUnit(text) }
    guard unit == "%" else { throw .unknownUnit(unit) }
    guard let value = number.multiplied(by: .percent(1)) else { throw .tooLarge }
    return value
  }

  /// `4`, `2.5`, `4:1`, `3 : 2`.
  static func ratio(_ text: String) -> Rational? {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = fields.compactMap { Rational(decimal: trimmed($0)) }
    guard numbers.count == fields.count, let first = numbers.first else { return nil }
    guard numbers.count == 2 else { return numbers.count == 1 ? first : nil }
    guard let inverse = Rational(numbers[1].denominator, over: numbers[1].numerator) else {
      return nil
    }
    return first.multiplied(by: inverse)
  }

  /// Minor units of an amount with no more decimals than the currency has.
  static func minorUnits(_ text: String, _ currency: Currency) -> Int64? {
    guard let number = Rational(decimal: text) else { return nil }
    var scale: Int64 = 1
    for _ in 0..<currency.minorDigits { scale *= 10 }
    guard let factor = Rational(scale, over: 1), let value = number.multiplied(by: factor),
      value.denominator == 1
    else { return nil }
    return value.numerator
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
