import TenfoldTestSupport
import Testing

@testable import Migration

@Suite("Constants that are fitted")
struct MigrationFitTests {
  /// A report as the model has it, each time off by some noise.
  private static func report(
    _ guest: ModelGuest, _ costs: MigrationCosts, noise: Double, _ random: inout SplitMix64
  ) -> MigrationReport? {
    func off() -> Double { 1 + noise * TunerTests.normal(&random) }
    var machine = MigrationMachine(MigrationMachine.Settings())
    // The model's own passes, of which a report knows times and counts.
    let prediction = MigrationModel.predict(
      pages: guest.pages, zeroPages: guest.zeroPages, guest.workload, costs,
      MigrationMachine.Settings())
    guard prediction.outcome == .moved else { return nil }
    _ = machine.start()
    let page = (4096 + costs.bytesPerPage) / costs.bytesPerSecond
    let empty = costs.bytesPerZeroPage / costs.bytesPerSecond
    let content = guest.pages - guest.zeroPages
    var rounds = [
      MigrationRound(
        pages: guest.pages, carried: content, bytes: content * 4096,
        time: .seconds(
          (costs.perPass + Double(content) * page + Double(guest.zeroPages) * empty) * off()),
        written: 0)
    ]
    for pages in [900, 200, 30] {
      rounds.append(
        MigrationRound(
          pages: pages, carried: pages, bytes: pages * 4096,
          time: .seconds((costs.perPass + Double(pages) * page) * off()), written: 0))
    }
    let compared = costs.comparePerPage * Double(guest.pages)
    let passes = rounds.reduce(0) { $0 + $1.time / .seconds(1) }
    let last = rounds[3].time / .seconds(1)
    return MigrationReport(
      outcome: .moved, rounds: rounds,
      total: .seconds(costs.setUp + passes + costs.blackOut + compared + costs.cleanUp),
      setUp: .seconds(costs.setUp), blackOut: .seconds(last + costs.blackOut),
      comparison: .seconds(compared), excuse: "", throttle: 0, tracking: .writeProtection,
      isPostCopy: false)
  }

  @Test(
    "Processor time goes to bytes and to pages that were looked at; one end alone is not enough")
  func processors() throws {
    for seed in 0..<20 {
      var random = SplitMix64(seed: UInt64(seed))
      func part() -> Double { Double(random.next() % 1_000_000) / 1e6 }
      let (perGigabyte, perPage) = (0.2 + part(), 1e-6 * part())
      var costs = MigrationCosts(bytesPerSecond: 1e8)
      costs.comparePerPage = 1e-7
      var reports = (0..<5).compactMap { number in
        Self.report(
          ModelGuest(
            pages: 20_000 + 7000 * number, zeroPages: 5000 * (number % 3),
            Workload(pages: 100, writesPerSecond: 10, pattern: .uniform)), costs, noise: 0,
          &random)
      }
      #expect(reports.count == 5)
      for place in reports.indices {
        let seconds =
          Double(reports[place].bytes) / 1e9 * perGigabyte
          + Double(reports[place].pagesRead) * perPage
        reports[place].processorTime = .seconds(seconds * 0.6)
        reports[place].targetProcessorTime = .seconds(seconds * 0.4)
      }
      // Of one whose target did not say what it took nothing can be told.
      var silent = reports[0]
      (silent.processorTime, silent.targetProcessorTime) = (.seconds(1000), nil)
      let found = try #require(MigrationFit.costs(of: reports + [silent], pageSize: 4096))
      #expect(abs(found.processorSecondsPerGigabyte / perGigabyte - 1) < 1e-4)
      #expect(abs(found.processorSecondsPerPage - perPage) < 1e-9)
    }
  }

  @Test("Constants come back out of what they make", arguments: [0.0, 0.02])
  func back(noise: Double) throws {
    for seed in 0..<40 {
      var random = SplitMix64(seed: UInt64(seed))
      func part() -> Double { Double(random.next() % 1_000_000) / 1e6 }
      var costs = MigrationCosts(bytesPerSecond: 2e7 + 1e9 * part())
      costs.bytesPerZeroPage = 40 + 200 * part()
      costs.perPass = 0.002 + 0.01 * part()
      (costs.setUp, costs.cleanUp) = (0.01 + part(), 0.01 + part())
      (costs.blackOut, costs.comparePerPage) = (0.001 + 0.01 * part(), 1e-6 * part())
      let reports = (0..<5).compactMap { number in
        let pages = 20_000 + 7000 * number
        return Self.report(
          ModelGuest(
            pages: pages, zeroPages: pages * (number % 3) / 4,
            Workload(pages: 100, writesPerSecond: 10, pattern: .uniform)), costs, noise: noise,
          &random)
      }
      let found = try #require(MigrationFit.costs(of: reports, pageSize: 4096))
      let near = noise == 0 ? 1e-6 : 0.05
      #expect(abs(found.bytesPerSecond / costs.bytesPerSecond - 1) < near, "seed \(seed)")
      #expect(abs(found.setUp - costs.setUp) < 1e-6 && abs(found.cleanUp - costs.cleanUp) < 1e-3)
      #expect(abs(found.blackOut - costs.blackOut) < 1e-6)
      #expect(abs(found.comparePerPage - costs.comparePerPage) < 1e-9)
      if noise == 0 {
        #expect(abs(found.perPass / costs.perPass - 1) < 1e-6)
        #expect(abs(found.bytesPerZeroPage / costs.bytesPerZeroPage - 1) < 1e-6)
      }
    }
  }

  @Test("Of guests that did not move nothing is fitted, and nothing is negative")
  func nothing() {
    #expect(MigrationFit.costs(of: [], pageSize: 4096) == nil)
    var random = SplitMix64(seed: 8)
    for _ in 0..<200 {
      let rounds = (0..<3).map { _ in
        MigrationRound(
          pages: Int(random.next() % 100), carried: Int(random.next() % 100), bytes: 0,
          time: .milliseconds(Int(random.next() % 1000)), written: 0)
      }
      let report = MigrationReport(
        outcome: .moved, rounds: rounds, total: .seconds(1), setUp: .seconds(2),
        blackOut: .milliseconds(1), comparison: .zero, excuse: "", throttle: 0, tracking: nil,
        isPostCopy: false)
      guard let costs = MigrationFit.costs(of: [report], pageSize: 4096) else { continue }
      #expect(costs.bytesPerSecond > 0 && costs.perPass >= 0 && costs.bytesPerZeroPage >= 0)
      #expect(costs.setUp >= 0 && costs.cleanUp >= 0 && costs.blackOut >= 0)
    }
  }
}
