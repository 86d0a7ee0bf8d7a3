import Glibc
import MigrationTestSupport
import Quantities
import Synchronization
import TenfoldTestSupport
import Testing
import Transport

@testable import Migration

@Suite("Moving a guest", .serialized)
struct MigrationRunTests {
  private static let loopback = IPv4Address(bits: 0x7F00_0001)

  @Test(
    "Pages that are written to are noted, each once",
    arguments: [WriteTracker.Way.writeProtection, .comparison])
  func tracking(_ way: WriteTracker.Way) throws {
    let memory = try #require(GuestMemory(pages: 4096))
    let tracker = WriteTracker(memory, way: way)
    #expect(tracker.collect() == [])
    for page in stride(from: 7, to: 4096, by: 13) { memory.base[page * memory.pageSize + 5] = 1 }
    memory.base[8 * memory.pageSize] = 1
    let found = tracker.collect()
    #expect(Extent.bytes(found) / memory.pageSize == 315 + 1)
    #expect(found.first == Extent(offset: 7 * memory.pageSize, count: 2 * memory.pageSize))
    #expect(tracker.collect() == [])
  }

  @Test(
    "A guest that writes is moved, and both ends hold the same",
    arguments: [
      Workload.Pattern.uniform, .hotSpot(writes: 0.9, pages: 0.1), .sequential,
      .burst(on: 0.05, off: 0.05),
    ])
  func moves(_ pattern: Workload.Pattern) throws {
    let memory = try #require(GuestMemory(pages: 16_384))
    var random = SplitMix64(seed: 4)
    for page in 0..<12_000 {
      memory.base.advanced(by: page * 4096).withMemoryRebound(to: UInt64.self, capacity: 1) {
        $0.pointee = random.next() | 1
      }
    }
    let workload = Workload(pages: 8000, writesPerSecond: 20_000, pattern: pattern)
    let guest = Guest(memory, workload, seed: 1)
    let shape = GuestShape(
      pageSize: memory.pageSize, pages: memory.pages, workload: workload, seed: 1, threads: 1)
    let target = TargetHost(on: [Self.loopback], limit: 1 << 30)
    let run = MigrationRun(
      guest, shape, to: target, MigrationMachine.Settings(), over: { $0 + $0 })
    let report = run.run()
    #expect(report.outcome == .moved)
    let taken = try #require(target.guest)
    let before = taken.writes
    usleep(100_000)
    #expect(taken.writes > before)
    #expect(report.rounds.count >= 2 && report.rounds[0].pages == 16_384)
    #expect(report.rounds[0].carried < 16_384)
    #expect(report.blackOut != nil && report.excuse == "")
    taken.stop()
  }

  @Test("Migrations that are drawn from seeds end as they should", arguments: UInt64(0)..<16)
  func seeded(_ seed: UInt64) throws {
    let migration = SeededMigration(seed: seed)
    let result = try #require(migration.run())
    #expect(result.wrong == [], "\(migration.fault) \(result.report)")
  }
}
