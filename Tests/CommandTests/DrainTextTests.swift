import Quantities
import Testing

@testable import Forecast
@testable import Migration
@testable import tenfold

@Suite("What became of synthetic guests")
struct DrainTextTests {
  private static func result(
    own: Duration?, other: Duration?
  ) -> GuestDrain.Result {
    let report = MigrationReport(
      outcome: .moved,
      rounds: [
        MigrationRound(pages: 9, carried: 9, bytes: 2_000_000, time: .seconds(1), written: 0)
      ], total: .seconds(1), setUp: .zero, blackOut: .milliseconds(2), comparison: .zero,
      excuse: "",
      throttle: 0, tracking: nil, isPostCopy: false, processorTime: own,
      targetProcessorTime: other)
    return GuestDrain.Result(
      plan: "", from: "a", to: "b", ways: 1, shape: DrainShape(atOnce: 1, streams: 2),
      reports: [.success(report), .success(report)], seconds: 2, predicted: nil,
      blackOut: .milliseconds(300))
  }

  @Test("Processors are what both ends say, over the time that it took")
  func cores() {
    let text = DrainText.text(Self.result(own: .milliseconds(900), other: .milliseconds(600)))
    #expect(text.contains("processors: 0.9 cores of a meanwhile, 0.6 of b;"), "\(text)")
    #expect(text.contains("1.5 s"), "\(text)")
    // Where one end does not say it nothing is said.
    #expect(!DrainText.text(Self.result(own: .seconds(1), other: nil)).contains("processors"))
    let guest = DrainReport(Self.result(own: .milliseconds(900), other: nil)).guests[0]
    #expect(guest.processorMicroseconds == 900_000 && guest.targetProcessorMicroseconds == nil)
  }

  @Test("Where guests went both ways each host has its own processors, and no link is fitted")
  func bothWays() {
    var result = Self.result(own: .milliseconds(900), other: .milliseconds(600))
    result.isBothWays = true
    result.predicted = DrainPrediction(total: 1, migrations: [])
    let text = DrainText.text(result)
    #expect(text.hasPrefix("a and b, both ways: 2 guests"), "\(text)")
    // 0.9 and 0.6 at each in turn, over two seconds.
    #expect(text.contains("processors: 0.8 cores of a meanwhile, 0.8 of b;"), "\(text)")
    #expect(result.fitted == nil)
  }

  @Test("What was tuned is told with the value that is best, how sure that is, and what failed")
  func tuning() throws {
    var result = Self.result(own: nil, other: nil)
    var tuner = Tuner(Tuner.Settings(16...22, start: 20))
    while let value = tuner.next {
      tuner.record(value, seconds: value > 20 ? nil : 12 - Double(value) / 5)
    }
    result.tuned = .block
    result.tuning = tuner.result(naming: Tuned.block.name, most: Tuned.block.most)
    result.failed = [(21, "guest 1 stood still for 400 ms")]
    let report = DrainReport(result)
    #expect(report.best?.blockBytes == 1 << 20 && report.best?.milliseconds == [8000])
    #expect(report.noisePermille ?? 0 >= 20)
    #expect(report.curve?.last?.failed == "guest 1 stood still for 400 ms")
    let text = DrainText.text(result)
    #expect(text.contains("best: blocks of 1 MiB, "), "\(text)")
    #expect(text.contains("  blocks of 2 MiB: guest 1 stood still for 400 ms\n"), "\(text)")
  }

  @Test("Whoever tunes how many go at once has more guests than go at once")
  func guests() throws {
    let plain = try SyntheticGuestOptions.parse([])
    #expect(plain.count() == 4 && plain.count(isTuned: true) == 16)
    let own = try SyntheticGuestOptions.parse(["--guests", "9", "--at-once", "3"])
    #expect(own.count() == 9 && own.count(isTuned: true) == 9)
    let words = ["out", "--from", "a", "--to", "b", "--tune", "--guests"]
    #expect(throws: (any Error).self) { try ValidateMigrationCommand.parse(words + ["4"]) }
    _ = try ValidateMigrationCommand.parse(words + ["5"])
  }

  @Test("Each value that may be tuned is called as people call it, and sets what it says")
  func tuned() {
    let shape = DrainShape(atOnce: 4, streams: 2)
    #expect(
      Tuned.block.words(16) == "blocks of 64 KiB" && Tuned.block.words(22) == "blocks of 4 MiB")
    #expect(Tuned.block.shape(17, of: shape).lanes.block == 128 << 10)
    #expect(Tuned.jumbo.shape(0, of: shape).lanes.segment == 1460)
    #expect(Tuned.jumbo.shape(1, of: shape) == shape)
    #expect(Tuned.streams.shape(7, of: shape).streams == 7)
    #expect(Tuned.atOnce.shape(7, of: shape).atOnce == 7)
    #expect(Tuned.atOnce.settings(shape, guests: 3).range == 1...3)
  }

  @Test("Queues are set by people: asked once for each number, and told how to undo it")
  func queues() throws {
    let way = PlannedMove.Way(
      own: IPv4Address(bits: 1), other: IPv4Address(bits: 2), ownPort: "p1", otherPort: "q1",
      rate: .gigabits(10), mtu: 9000)
    var said = ""
    var left = 2
    var setting = QueueSetting(
      "a", "b", [way, way],
      listen: {
        left -= 1
        return left < 0 ? nil : ""
      }, tell: { said += $0 })
    setting.end()
    #expect(said == "")
    for count in [4, 4, 6, 6] { try setting.set(count) }
    #expect(setting.queues == 6)
    #expect(throws: Failure.self) { try setting.set(3) }
    setting.end()
    #expect(
      said.hasPrefix(
        """
        set 4 receive queues of each port (ethtool -l shows how many it can have, ethtool -L sets that), then press Enter:
          a: ethtool -X p1 equal 4
          b: ethtool -X q1 equal 4

        """), "\(said)")
    #expect(said.contains("b: ethtool -X q1 equal 6\n"))
    #expect(said.hasSuffix("  b: ethtool -X q1 default\n"))
  }

  @Test(
    "Both kinds of frames are measured, and longer ones must gain something", arguments: [0.8, 1])
  func jumbo(part: Double) {
    var tuner = Tuner(Tuned.jumbo.settings(DrainShape(atOnce: 1, streams: 1), guests: 1))
    while let value = tuner.next { tuner.record(value, seconds: value == 1 ? 10 * part : 10) }
    let result = tuner.result(naming: Tuned.jumbo.name)
    #expect(result?.curve.points.map(\.value) == [0, 1])
    #expect(result?.best == (part < 1 ? 1 : 0))
    if part < 1 { #expect(result?.reason.contains("frames of 1500 bytes takes longer") == true) }
  }
}
