import Quantities
import Testing

@Suite struct MoneyTests {
  @Test("A conversion rounds once, half away from zero")
  func conversion() throws {
    let rate = try #require(Rational(decimal: "0.92"))
    let dollars = Money(minorUnits: 35280, currency: .usd)
    #expect(dollars.converted(to: .eur, rate: rate) == Money(minorUnits: 32458, currency: .eur))
    let half = try #require(Rational(1, over: 2))
    #expect(
      Money(minorUnits: 1, currency: .usd).converted(to: .eur, rate: half)
        == Money(minorUnits: 1, currency: .eur))
    #expect(
      Money(minorUnits: -1, currency: .usd).converted(to: .eur, rate: half)
        == Money(minorUnits: -1, currency: .eur))
  }

  @Test("Currencies have the minor digits of ISO 4217")
  func digits() throws {
    let yen = try #require(Currency(rawValue: "JPY"))
    let rate = try #require(Rational(decimal: "171.94"))
    #expect(
      Money(minorUnits: 1000, currency: .eur).converted(to: yen, rate: rate)
        == Money(minorUnits: 1719, currency: yen))
    #expect(Format.money(Money(minorUnits: 1719, currency: yen)) == "1719 JPY")
    #expect(Currency(rawValue: "eur") == nil)
    #expect(Currency(rawValue: "EURO") == nil)
  }

  @Test("An amount that does not fit is nil")
  func overflow() {
    #expect(
      Money(minorUnits: .max, currency: .usd).converted(to: .eur, rate: Rational(2)) == nil)
  }
}
