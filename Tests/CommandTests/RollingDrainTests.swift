import Testing

@testable import Migration
@testable import tenfold

@Suite("Hosts drained one after the other")
struct RollingDrainTests {
  private static func report(
    _ outcome: MigrationMachine.Outcome, blackOut: Duration?
  ) -> MigrationReport {
    MigrationReport(
      outcome: outcome, rounds: [], total: .seconds(1), setUp: .zero, blackOut: blackOut,
      comparison: .zero, excuse: "", throttle: 0, tracking: nil, isPostCopy: false)
  }

  private static func host(
    _ name: String, seconds: Double, planned: Double?, _ reports: [MigrationReport]
  ) -> GuestDrain.Result {
    GuestDrain.Result(
      plan: "", from: name, to: "2 hosts", ways: 2, shape: DrainShape(atOnce: 2, streams: 2),
      reports: reports.map { .success($0) },
      seconds: seconds,
      predicted: planned.map { DrainPrediction(total: $0, migrations: []) },
      blackOut: .milliseconds(300))
  }

  @Test("Each host is a row, and the sum is beside what the plan allows")
  func text() {
    let good = Self.report(.moved, blackOut: .milliseconds(20))
    let results = [
      Self.host("a", seconds: 12, planned: 6, [good, good]),
      Self.host(
        "b", seconds: 18, planned: 9,
        [good, Self.report(.stayed(at: .iterate, why: "no memory"), blackOut: nil)]),
    ]
    let text = RollingDrain.text(results)
    #expect(
      text.contains("a          2  2 hosts      12 s    6.0 s              20 ms\n"), "\(text)")
    #expect(text.contains("1 guest did not move: stayed at step"), "\(text)")
    #expect(text.contains("one after the other: 30 s measured, 15 s if the ports carry"), "\(text)")
    #expect(results[0].isGood && !results[1].isGood)
    let report = RollingDrain.Report(results)
    #expect(!report.good && report.milliseconds == 30_000 && report.predictedMilliseconds == 15_000)
    // Over the LAN that stands already the plan says nothing.
    let before = RollingDrain.text([Self.host("a", seconds: 12, planned: nil, [good])])
    #expect(before.contains("12 s measured, over the LAN that stands already"), "\(before)")
  }
}
