import TenfoldTestSupport
import Testing

@testable import Migration

@Suite("What a migration is predicted to take")
struct MigrationModelTests {
  private static let gigabyte = 1 << 30

  @Test(
    "A guest that writes nothing takes its memory over the rate, and stands still for the overhead")
  func idle() {
    var costs = MigrationCosts(bytesPerSecond: 1.25e9)
    (costs.setUp, costs.blackOut, costs.cleanUp) = (0.5, 0.02, 0.1)
    let pages = 32 * Self.gigabyte / 4096
    let prediction = MigrationModel.predict(
      pages: pages, zeroPages: 0, Workload(pages: 0, writesPerSecond: 0, pattern: .uniform), costs,
      MigrationMachine.Settings())
    let sending = Double(pages) * 4112 / 1.25e9
    #expect(abs(prediction.total - (0.5 + sending + 0.02 + 0.1)) < 1e-6)
    #expect(abs(prediction.blackOut - 0.02) < 1e-9 && prediction.passes == 2)
    #expect(prediction.outcome == .moved)
  }

  @Test("Passes shrink by the part of the rate that the guest writes")
  func series() {
    // One page after the other, of memory that it does not come around in: each pass leaves q of the
    // one before, where q is pages written over pages sent in a second.
    let costs = MigrationCosts(bytesPerSecond: 100_000 * 4112)
    var settings = MigrationMachine.Settings()
    settings.blackOutLimit = .milliseconds(100)
    settings.blackOutOverhead = .zero
    let prediction = MigrationModel.predict(
      pages: 1_000_000, zeroPages: 0,
      Workload(pages: 1_000_000, writesPerSecond: 25_000, pattern: .sequential), costs, settings)
    // 10 s, 2.5 s, 0.625 s, 0.156 s, then 0.039 s of standing still.
    #expect(prediction.passes == 5)
    #expect(abs(prediction.total - (10 + 2.5 + 0.625 + 0.15625 + 0.0390625)) < 1e-3)
    #expect(abs(prediction.blackOut - 0.0390625) < 1e-4)
  }

  @Test("Expected pages are those of a count", arguments: 0..<4)
  func written(_ kind: Int) {
    let pages = 5000
    let pattern: Workload.Pattern =
      [
        .uniform, .hotSpot(writes: 0.9, pages: 0.1), .sequential, .burst(on: 0.3, off: 0.2),
      ][kind]
    let workload = Workload(pages: pages, writesPerSecond: 10_000, pattern: pattern)
    var random = SplitMix64(seed: 5)
    for time in [0.05, 0.4, 0.9, 2.5] {
      var total = 0
      for _ in 0..<40 {
        var hit = Set<Int>()
        for write in 0..<Int(10_000 * time) {
          let moment = Double(write) / 10_000
          switch pattern {
          case .uniform: hit.insert(Int(random.next() % UInt64(pages)))
          case .hotSpot:
            let isHot = random.next() % 10 < 9
            hit.insert(Int(random.next() % UInt64(isHot ? pages / 10 : pages)))
          case .sequential: hit.insert(write % pages)
          case .burst(let on, let off):
            if moment.truncatingRemainder(dividingBy: on + off) < on {
              hit.insert(Int(random.next() % UInt64(pages)))
            }
          }
        }
        total += hit.count
      }
      let mean = Double(total) / 40
      let expected = workload.written(from: 0, for: time)
      #expect(abs(mean - expected) < 0.01 * mean + 2, "\(pattern) \(time): \(mean) \(expected)")
    }
  }

  @Test("What is predicted without an excuse keeps the limit of the black-out")
  func limit() {
    var random = SplitMix64(seed: 9)
    var moved = 0
    for _ in 0..<2000 {
      let pages = 1000 + Int(random.next() % 4_000_000)
      var settings = MigrationMachine.Settings()
      settings.blackOutLimit = .milliseconds(50 + Int(random.next() % 500))
      var costs = MigrationCosts(bytesPerSecond: Double(10_000_000 + random.next() % 2_000_000_000))
      costs.blackOut = 0.02
      costs.perPass = 0.002
      let workload = Workload(
        pages: pages, writesPerSecond: Double(random.next() % 400_000), pattern: .uniform)
      let prediction = MigrationModel.predict(
        pages: pages, zeroPages: Int(random.next() % UInt64(pages)), workload, costs, settings)
      guard prediction.outcome == .moved else { continue }
      moved += 1
      // The estimate is of the pass before, whose fixed part it spreads over its pages.
      #expect(prediction.blackOut <= settings.blackOutLimit / .seconds(1) + 0.004)
    }
    #expect(moved > 500)
  }
}
