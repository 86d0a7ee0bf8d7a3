import Quantities
import Testing

@Suite struct RationalTests {
  @Test("Fractions are in lowest terms with a positive denominator")
  func normal() {
    #expect(Rational(6, over: -4) == Rational(-3, over: 2))
    #expect(Rational(0, over: 5) == .zero)
    #expect(Rational(1, over: 0) == nil)
    #expect(Rational(.min, over: 1) == nil)
  }

  @Test("Decimals are read exactly, anything else is refused")
  func decimals() {
    #expect(Rational(decimal: "0.92") == Rational(23, over: 25))
    #expect(Rational(decimal: "3.33") == Rational(333, over: 100))
    #expect(Rational(decimal: "-7") == Rational(-7))
    for text in ["", ".", "1.2.3", "1e3", "٣", "+1", " 1", "1234567890123456"] {
      #expect(Rational(decimal: text) == nil, "\(text)")
    }
  }

  @Test("Comparison is exact where floating point is not")
  func order() throws {
    let a = try #require(Rational(9_007_199_254_740_993, over: 9_007_199_254_740_992))
    let b = try #require(Rational(9_007_199_254_740_992, over: 9_007_199_254_740_991))
    #expect(a < b)
    #expect(!(b < a))
    #expect(Rational(-1) < .zero)
  }

  @Test(
    "Rounding is half away from zero, or up",
    arguments: [(5, 1, 1), (6, 1, 1), (4, 0, 1), (-5, -1, 0), (-4, 0, 0), (10, 1, 1), (11, 1, 2)])
  func rounding(count: Int, nearest: Int, up: Int) throws {
    let tenth = try #require(Rational(1, over: 10))
    #expect(tenth.timesRoundedHalfAway(Int64(count)) == Int64(nearest))
    #expect(tenth.timesRoundedUp(Int64(count)) == Int64(up))
  }

  @Test("What does not fit is nil, not a crash")
  func overflow() throws {
    let large = try #require(Rational(.max, over: 1))
    #expect(large.multiplied(by: Rational(2)) == nil)
    #expect(large.adding(.one) == nil)
    #expect(large.timesRoundedUp(2) == nil)
    #expect(large.timesRoundedHalfAway(2) == nil)
  }

  @Test(
    "Rounding down is exact beyond 64 bits on the way, towards the smaller, and nil when too large")
  func roundedDown() {
    func down(_ top: Int64, _ bottom: Int64, _ count: Int64) -> Int64? {
      Rational(top, over: bottom)?.timesRoundedDown(count)
    }
    #expect(down(2, 3, 5) == 3)
    #expect(down(-2, 3, 5) == -4)
    #expect(down(2, 3, -5) == -4)
    #expect(down(-2, 3, -6) == 4)
    #expect(down(.max, .max - 1, .max - 1) == .max)
    #expect(down(1_000_000, 1_000_003, .max) == 9_223_344_366_821_675_341)
    #expect(down(2, 1, .max) == nil)
    #expect(down(8_000_000, 600, 1 << 50) == nil)
    #expect(down(0, 1, .min) == 0)
  }
}
