import Quantities
import Testing

@Suite struct FormatTests {
  @Test("Numbers become text without locale")
  func numbers() throws {
    #expect(Format.money(Money(minorUnits: 123_450, currency: .eur)) == "1234.50 EUR")
    #expect(Format.money(Money(minorUnits: -5, currency: .eur)) == "-0.05 EUR")
    #expect(Format.rate(.gigabits(10)) == "10 Gbps")
    #expect(Format.rate(DataRate(bitsPerSecond: 2_500_000_000)) == "2.5 Gbps")
    #expect(Format.length(Length(millimetres: 2720)) == "2.72 m")
    #expect(Format.power(Power(milliwatts: 800)) == "0.8 W")
    #expect(Format.ratio(try #require(Rational(5, over: 2))) == "2.5:1")
    #expect(Format.percent(try #require(Rational(333, over: 10_000))) == "3.33 %")
    #expect(Format.decimal(try #require(Rational(2, over: 3)), places: 3) == "0.667")
    #expect(Format.fixed(.min, decimals: 2) == "-92233720368547758.08")
  }

  @Test("Decimals have the digits asked for, or as many as they need")
  func decimals() {
    #expect(Format.fixed(0, decimals: 0) == "0")
    #expect(Format.fixed(0, decimals: 3) == "0.000")
    #expect(Format.fixed(-7, decimals: 1) == "-0.7")
    #expect(Format.fixed(1234, decimals: 0) == "1234")
    #expect(Format.trimmed(0, decimals: 3) == "0")
    #expect(Format.trimmed(-1500, decimals: 3) == "-1.5")
    #expect(Format.trimmed(20, decimals: 0) == "20")
    #expect(Format.trimmed(1001, decimals: 3) == "1.001")
    #expect(Format.trimmed(.max, decimals: 9) == "9223372036.854775807")
    #expect(Format.trimmed(.min, decimals: 1) == "-922337203685477580.8")
  }

  @Test("A text holds another where its bytes do")
  func bytes() {
    #expect("spine-1 Te0/1".holdsBytes(of: "spine-1"))
    #expect("to spine-1".holdsBytes(of: "spine-1"))
    #expect("abab".holdsBytes(of: "bab"))
    #expect("abc".holdsBytes(of: ""))
    #expect("".holdsBytes(of: ""))
    #expect(!"".holdsBytes(of: "a"))
    #expect(!"spine-".holdsBytes(of: "spine-1"))
    #expect(!"aab".holdsBytes(of: "abb"))
  }
}
