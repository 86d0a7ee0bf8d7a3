import TenfoldTestSupport
import Testing

@testable import Migration

@Suite("What a drain is predicted to take")
struct DrainModelTests {
  private static func guest(_ pages: Int, writes: Double = 0) -> ModelGuest {
    ModelGuest(
      pages: pages, zeroPages: 0, Workload(pages: pages, writesPerSecond: writes, pattern: .uniform)
    )
  }

  @Test("One guest takes what it takes alone")
  func alone() {
    var costs = MigrationCosts(bytesPerSecond: 1e9)
    (costs.setUp, costs.perPass, costs.blackOut, costs.cleanUp) = (0.4, 0.01, 0.03, 0.2)
    let guest = Self.guest(500_000, writes: 20_000)
    let drain = DrainModel.predict([guest], atOnce: 4, costs, MigrationMachine.Settings())
    let alone = MigrationModel.predict(
      pages: guest.pages, zeroPages: 0, guest.workload, costs, MigrationMachine.Settings())
    #expect(drain.migrations == [alone] && abs(drain.total - alone.total) < 1e-9)
  }

  @Test("Guests at once share the link, and hide what takes time beside sending")
  func shared() {
    var costs = MigrationCosts(bytesPerSecond: 4112e5)
    (costs.setUp, costs.cleanUp) = (1, 1)
    let guests = Array(repeating: Self.guest(1_000_000), count: 4)
    func total(_ count: Int) -> Double {
      DrainModel.predict(guests, atOnce: count, costs, MigrationMachine.Settings()).total
    }
    // 10 s of sending each, and 2 s beside it.
    #expect(abs(total(1) - 48) < 1e-6)
    // Both set up for a second, send for 20, and clean up for one; then the next two.
    #expect(abs(total(2) - 44) < 1e-6)
    #expect(abs(total(4) - 42) < 1e-6)
    #expect(abs(total(9) - 42) < 1e-6)
    costs.bytesPerSecondEach = 4112e5 / 4
    #expect(abs(total(1) - 4 * 42) < 1e-6 && abs(total(4) - 42) < 1e-6)
  }

  @Test("No drain carries more than the link does, and all guests get somewhere")
  func conserved() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<500 {
      var costs = MigrationCosts(bytesPerSecond: Double(1 + random.next() % 2_000_000_000))
      costs.setUp = Double(random.next() % 300) / 100
      costs.lossPerMigration = Double(random.next() % 20) / 100
      if random.next() % 2 == 0 { costs.bytesPerSecondEach = costs.bytesPerSecond / 3 }
      let guests = (0..<(1 + Int(random.next() % 20))).map { _ in
        Self.guest(1 + Int(random.next() % 100_000), writes: Double(random.next() % 100_000))
      }
      let count = 1 + Int(random.next() % 25)
      let drain = DrainModel.predict(guests, atOnce: count, costs, MigrationMachine.Settings())
      #expect(drain.migrations.count == guests.count)
      let bytes = drain.migrations.reduce(0) { $0 + $1.bytes }
      #expect(drain.total * costs.bytesPerSecond >= bytes * (1 - 1e-9))
      let sum = drain.migrations.reduce(0) { $0 + $1.total }
      #expect(drain.total <= sum * (1 + 1e-9) && drain.total * Double(count) >= sum * (1 - 1e-9))
      #expect(drain.migrations.allSatisfy { $0.bytes > 0 })
    }
  }
}
