import CatalogModel
import Quantities

/// How the text of an attribute becomes a value, and what to say when it does not.
struct ValueKind<Value> {
  /// Completes "is not ...", such as `a length in metres, like 2.5`.
  var expected: String
  var parse: (String) -> Value?
  /// What to do about a wrong text; empty when `expected` says it.
  var hint: (String) -> String = { _ in "" }
}

/// The decimal numbers of the catalogue: at most nine digits, a point, at most six digits.
private func decimal(_ text: String) -> Rational? {
  let fields = text.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(fields.count), (1...9).contains(fields[0].utf8.count),
    fields.count == 1 || (1...6).contains(fields[1].utf8.count)
  else { return nil }
  guard text.utf8.first != UInt8(ascii: "-") else { return nil }
  return Rational(decimal: text)
}

/// A decimal times 1000 as a whole number; `nil` when a rest is left.
private func thousandths(_ text: String) -> Int64? {
  guard let value = decimal(text), let scaled = value.multiplied(by: Rational(1000)),
    scaled.denominator == 1
  else { return nil }
  return scaled.numerator
}

private func digits(_ text: String, upTo count: Int) -> Int? {
  guard (1...count).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
  else { return nil }
  return Int(text)
}

private func isIdentifier(_ text: String) -> Bool {
  guard (1...64).contains(text.utf8.count), let first = text.utf8.first else { return false }
  let isWord: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) }
  return isWord(first)
    && text.utf8.allSatisfy { isWord($0) || $0 == 43 || $0 == 45 || $0 == 46 }
}

/// A value of an enumeration, from its raw text.
private func choice<Value: RawRepresentable & CaseIterable>(
  _ what: String, without hidden: [Value] = []
) -> ValueKind<Value> where Value.RawValue == String, Value: Equatable {
  let allowed = Value.allCases.filter { !hidden.contains($0) }.map(\.rawValue)
  return ValueKind(
    expected: "\(what): \(allowed.joined(separator: ", "))",
    parse: { allowed.contains($0) ? Value(rawValue: $0) : nil },
    hint: { Nearest.match($0, among: allowed).map { "did you mean \"\($0)\"?" } ?? "" })
}

extension ValueKind where Value == String {
  static var words: ValueKind {
    ValueKind(expected: "a text of 1 to 600 characters") {
      (1...600).contains($0.count) ? $0 : nil
    }
  }
  static var portPrefix: ValueKind {
    ValueKind(expected: "a text of at most 40 characters") { $0.count <= 40 ? $0 : nil }
  }
  static var identifier: ValueKind {
    ValueKind(expected: "an identifier of a-z, 0-9, '-', '.', '+', 64 at most") {
      isIdentifier($0) ? $0 : nil
    }
  }
}

extension ValueKind where Value == PartID {
  static var part: ValueKind {
    ValueKind(expected: "a part id of a-z, 0-9, '-', '.', '+', 64 at most") {
      isIdentifier($0) ? PartID($0) : nil
    }
  }
}

extension ValueKind where Value == [String] {
  static var identifiers: ValueKind {
    ValueKind(expected: "one to 100 identifiers with spaces between them") { text in
      let words = text.split(maxSplits: 100, whereSeparator: \.isWhitespace).map(String.init)
      return (1...100).contains(words.count) && words.allSatisfy(isIdentifier) ? words : nil
    }
  }
}

extension ValueKind where Value == Int {
  static var count: ValueKind {
    ValueKind(expected: "a whole number from 1 to 9999999") {
      digits($0, upTo: 7).flatMap { $0 > 0 ? $0 : nil }
    }
  }
  static var number: ValueKind {
    ValueKind(expected: "a whole number from 0 to 9999999") { digits($0, upTo: 7) }
  }
  /// Rack units as half units.
  static var rackUnits: ValueKind {
    ValueKind(expected: "a height in rack units, such as 1 or 1.5") { text in
      thousandths(text).flatMap { $0 > 0 && $0 % 500 == 0 ? Int($0 / 500) : nil }
    }
  }
}

extension ValueKind where Value == Bool {
  static var included: ValueKind {
    ValueKind(expected: "\"included\" or \"excluded\"") {
      switch $0 {
      case "included": true
      case "excluded": false
      default: nil
      }
    }
  }
}

extension ValueKind where Value == Capability {
  static var yesNo: ValueKind {
    ValueKind(
      expected: "\"yes\" or \"no\"",
      parse: { $0 == "yes" ? .yes : $0 == "no" ? .no : nil },
      hint: { $0 == "unknown" ? "leave out what is not known" : "" })
  }
}

extension ValueKind where Value == Length {
  static var metres: ValueKind {
    ValueKind(expected: "a length in metres, such as 2.5") { text in
      metresRoundedUp(text).map(Length.init(millimetres:))
    }
  }
  static var millimetres: ValueKind {
    ValueKind(expected: "a whole number of millimetres or a decimal, such as 7.5") { text in
      decimal(text).flatMap { $0.timesRoundedUp(1) }.map(Length.init(millimetres:))
    }
  }
  /// Whole millimetres; a rest (lengths that were given in feet) rounds up.
  private static func metresRoundedUp(_ text: String) -> Int64? {
    decimal(text).flatMap { $0.timesRoundedUp(1000) }
  }
}

extension ValueKind where Value == Power {
  static var watts: ValueKind {
    ValueKind(expected: "a power in watts, such as 1.5") { text in
      thousandths(text).map(Power.init(milliwatts:))
    }
  }
}

extension ValueKind where Value == DataRate {
  static var rate: ValueKind {
    ValueKind(expected: "a rate, such as 10G or 2.5G", parse: dataRate)
  }
  fileprivate static func dataRate(_ text: String) -> DataRate? {
    guard text.hasSuffix("G"), let value = decimal(String(text.dropLast())),
      value > .zero, value < Rational(10_000),
      let bits = value.multiplied(by: Rational(1_000_000_000)),
      bits.denominator == 1
    else { return nil }
    return DataRate(bitsPerSecond: bits.numerator)
  }
}

extension ValueKind where Value == [DataRate] {
  static var rates: ValueKind {
    ValueKind(expected: "rates in ascending order, such as 1G 10G") { text in
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      let rates = words.compactMap(ValueKind<DataRate>.dataRate)
      guard !rates.isEmpty, rates.count == words.count else { return nil }
      return zip(rates, rates.dropFirst()).allSatisfy { $0 < $1 } ? rates : nil
    }
  }
}

extension ValueKind where Value == Rational {
  static var positive: ValueKind {
    ValueKind(expected: "a number above 0, such as 1.0705") {
      decimal($0).flatMap { $0 > .zero ? $0 : nil }
    }
  }
}

extension ValueKind where Value == CalendarDate {
  static var date: ValueKind {
    ValueKind(expected: "a date: 2026, 2026-09 or 2026-09-13") { CalendarDate(iso: $0) }
  }
}

extension ValueKind where Value == Currency {
  static var currency: ValueKind {
    ValueKind(
      expected: "a currency of ISO 4217, such as EUR",
      parse: { KnownCurrencies.codes.contains($0) ? Currency(rawValue: $0) : nil },
      hint: { text in
        Nearest.match(text.uppercased(), among: KnownCurrencies.list)
          .map { "did you mean \"\($0)\"?" } ?? ""
      })
  }
}

extension ValueKind where Value == [SwitchRole] {
  static var roles: ValueKind { list("roles") }
}

extension ValueKind where Value == [Airflow] {
  static var directions: ValueKind { list("directions") }
}

private func list<Item: RawRepresentable & CaseIterable & Hashable>(
  _ what: String
) -> ValueKind<[Item]> where Item.RawValue == String {
  let allowed = Item.allCases.map(\.rawValue)
  return ValueKind<[Item]>(
    expected: "\(what) out of: \(allowed.joined(separator: ", ")), each once"
  ) { text in
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let items = words.compactMap { Item(rawValue: $0) }
    return !items.isEmpty && items.count == words.count && Set(items).count == items.count
      ? items : nil
  }
}

extension ValueKind where Value == Connector {
  static var connector: ValueKind { choice("a connector") }
}
extension ValueKind where Value == Medium {
  static var medium: ValueKind { choice("a medium") }
}
extension ValueKind where Value == CableFamily {
  static var family: ValueKind { choice("a cable family") }
}
extension ValueKind where Value == RDMA {
  static var rdma: ValueKind { choice("a kind of RDMA", without: [.unknown]) }
}
extension ValueKind where Value == MultiChassis {
  static var multiChassis: ValueKind { choice("a kind of pairing", without: [.unknown]) }
}
extension ValueKind where Value == PartStatus {
  static var status: ValueKind { choice("a status", without: [.unknown]) }
}
extension ValueKind where Value == AccessorySpec.Kind {
  static var accessory: ValueKind { choice("a kind of accessory") }
}
extension ValueKind where Value == RequirementTrigger {
  static var trigger: ValueKind { choice("an occasion") }
}
extension ValueKind where Value == PriceKind {
  static var priceKind: ValueKind { choice("a kind of price", without: [.estimate]) }
}
extension ValueKind where Value == Condition {
  static var condition: ValueKind { choice("a condition") }
}
extension ValueKind where Value == CompatibilityRule.Verdict {
  static var verdict: ValueKind { choice("a verdict") }
}
