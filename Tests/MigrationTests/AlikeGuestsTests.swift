import TenfoldTestSupport
import Testing

@testable import Migration

@Suite("Constants fitted to guests that are all alike")
struct AlikeGuestsTests {
  /// What moving equal guests over a link brings, each time off by one in a hundred.
  private static func reports(
    guests: Int, empty: Double, rest: Int, _ random: inout SplitMix64
  ) -> [MigrationReport] {
    let pages = 262_144
    let full = Int(Double(pages) * (1 - empty))
    func round(_ content: Int, of pages: Int) -> MigrationRound {
      let seconds =
        0.003 + Double(content) * 4112 / 1.175e9 + Double(pages - content) * 60 / 1.175e9
      let off = 1 + 0.01 * TunerTests.normal(&random)
      return MigrationRound(
        pages: pages, carried: content, bytes: content * 4112, time: .seconds(seconds * off),
        written: 0)
    }
    return (0..<guests).map { _ in
      MigrationReport(
        outcome: .moved, rounds: [round(full, of: pages), round(rest, of: rest), round(9, of: 9)],
        total: .seconds(2), setUp: .milliseconds(10), blackOut: .milliseconds(20),
        comparison: .milliseconds(50), excuse: "", throttle: 0, tracking: nil, isPostCopy: false)
    }
  }

  @Test(
    "The rate is that of the link, whatever guests `validate migration` is asked for",
    arguments: [1, 2, 4, 8], [0.0, 0.1, 0.5])
  func rate(guests: Int, empty: Double) throws {
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(seed))
      let rest = [0, 3000, 30_000][seed % 3]
      let reports = Self.reports(guests: guests, empty: empty, rest: rest, &random)
      let costs = try #require(MigrationFit.costs(of: reports, pageSize: 4096))
      #expect(abs(costs.bytesPerSecond / 1.175e9 - 1) < 0.05, "seed \(seed): \(costs)")
      #expect(costs.perPass < 0.05 && costs.bytesPerZeroPage < 4112)
    }
  }
}
