import Glibc
import MigrationTestSupport
import Quantities
import Synchronization
import TenfoldTestSupport
import Testing
import Threads
import Transport
import TransportTestSupport

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

  /// A guest that writes to all of its memory faster than any network carries.
  private static func hasty(pages: Int) throws -> (Guest, GuestShape) {
    let memory = try #require(GuestMemory(pages: pages))
    memory.fill(pages: pages, seed: 3)
    let workload = Workload(pages: pages, writesPerSecond: 2_000_000, pattern: .uniform)
    return (
      Guest(memory, workload, seed: 1),
      GuestShape(
        pageSize: memory.pageSize, pages: pages, workload: workload, seed: 1, threads: 1)
    )
  }

  @Test("When all ways are lost while it stands still the guest goes on after seconds")
  func cutWhileItStandsStill() throws {
    let (guest, shape) = try Self.hasty(pages: 8192)
    let target = TargetHost(on: [Self.loopback], limit: 1 << 30)
    var settings = MigrationMachine.Settings()
    (settings.throttleStep, settings.mostRounds, settings.whenStuck) = (0, 1, .standStill)
    settings.blackOutLimit = .zero
    let relays = Mutex<[Relay]>([])
    var work = Work()
    let started = work.start {
      // The last pass takes a second and a half.
      while guest.isRunning { usleep(1000) }
      usleep(100_000)
      for relay in relays.withLock({ $0 }) { relay.set(isCut: true) }
    }
    #expect(started)
    let run = MigrationRun(
      guest, shape, to: target, settings, silence: .seconds(4),
      over: { waits in
        let made = (0..<2).compactMap { _ in try? Relay(to: waits[0].port, rate: 12 << 20) }
        relays.withLock { $0 = made }
        return made.map {
          TransferPath(own: Self.loopback, other: Self.loopback, port: $0.port)
        }
      })
    let report = run.run()
    guest.resume()
    work.finish()
    for relay in relays.withLock({ $0 }) { relay.end() }
    guard case .stayed(let step, let why) = report.outcome else {
      Issue.record("\(report.outcome)")
      return
    }
    #expect(step.rawValue >= 5 && why.contains("nothing has arrived"), "\(step) \(why)")
    #expect(report.blackOut.map { $0 < .seconds(8) } == true, "\(report)")
    #expect(target.guest == nil)
    guest.stop()
  }

  @Test(
    "A target that is gone before it was told to run the guest leaves it where it is",
    .enabled(if: TargetHost.canRunEarly, "this kernel lets no thread wait for a page"))
  func goneBeforePostCopy() throws {
    let (guest, shape) = try Self.hasty(pages: 2048)
    var settings = MigrationMachine.Settings()
    (settings.throttleStep, settings.mostRounds, settings.whenStuck) = (0, 2, .postCopy)
    settings.blackOutLimit = .zero
    settings.blackOutOverhead = .zero
    let host = TargetHost(on: [Self.loopback], limit: 1 << 30)
    defer { host.retire() }
    let report = MigrationRun(guest, shape, to: MuteTarget(host), settings, over: { $0 }).run()
    guard case .stayed(_, let why) = report.outcome else {
      Issue.record("\(report.outcome)")
      return
    }
    #expect(report.isPostCopy && why.contains("it is gone") && guest.isRunning, "\(why)")
    guest.stop()
  }

  @Test(
    "A guest whose missing pages will not come is ended at once",
    .enabled(if: TargetHost.canRunEarly, "this kernel lets no thread wait for a page"))
  func endedWhileItWaits() throws {
    let size = Int(sysconf(Int32(_SC_PAGESIZE)))
    let shape = GuestShape(
      pageSize: size, pages: 4096,
      workload: Workload(pages: 4096, writesPerSecond: 1_000_000, pattern: .uniform), seed: 1,
      threads: 4)
    for isRetired in [false, true] {
      let host = TargetHost(on: [Self.loopback], limit: 1 << 30)
      try host.reserve(shape)
      // Half of its pages are to come, the rest was never there.
      _ = try host.takeOver(missing: [Extent(offset: 0, count: 2048 * size)], TransferSecret())
      usleep(50_000)
      let start = ContinuousClock.now
      if isRetired { host.retire() } else { try host.drop() }
      #expect(ContinuousClock.now - start < .seconds(4))
      #expect(host.guest == nil && host.memory == nil)
    }
  }

  @Test(
    "A thread that touches a missing page waits until it has come, and no longer",
    .enabled(if: TargetHost.canRunEarly, "this kernel lets no thread wait for a page"))
  func missing() throws {
    let pages = 64
    let memory = try #require(GuestMemory(pages: pages))
    let other = try #require(GuestMemory(pages: pages))
    memory.fill(pages: pages, seed: 1)
    other.fill(pages: pages, seed: 2)
    let size = memory.pageSize
    let place = Extent(offset: 8 * size, count: 16 * size)
    let missing = try #require(MissingPages(memory, missing: [place]))
    #expect(missing.wanted(within: .zero) == ([], 16))
    let seen = Mutex<UInt8?>(nil)
    var work = Work()
    let started = work.start {
      let byte = memory.bytes[10 * size + 5]
      seen.withLock { $0 = byte }
    }
    #expect(started)
    #expect(missing.wanted(within: .seconds(5)) == ([10], 16))
    #expect(seen.withLock { $0 } == nil)
    #expect(missing.place([Extent(offset: 10 * size, count: size)], from: other))
    work.finish()
    #expect(seen.withLock { $0 } == other.bytes[10 * size + 5])
    // What comes late does not land on what the guest wrote since.
    memory.bytes[10 * size] = other.bytes[10 * size] &+ 1
    #expect(missing.place([place], from: other))
    #expect(memory.bytes[10 * size] == other.bytes[10 * size] &+ 1)
    #expect(missing.wanted(within: .zero).left == 0)
    #expect(missing.hashes(from: 0, most: 100).hashes.count == 16)
    // Some at a time, each once.
    let first = missing.hashes(from: 0, most: 5)
    #expect(first.hashes.keys.sorted() == [8, 9, 10, 11, 12] && first.next == 13)
    #expect(first.hashes[12] == other.hashes()[12])
    let rest = missing.hashes(from: 13, most: 50)
    #expect(rest.hashes.keys.sorted() == Array(13..<24) && rest.next == nil)
    #expect(!missing.place([Extent(offset: 10, count: size)], from: other))
    #expect(!missing.place([Extent(offset: pages * size, count: size)], from: other))
    missing.end()
  }

  @Test(
    "A guest that writes too fast runs at the target before its pages are there, and loses none",
    .enabled(if: TargetHost.canRunEarly, "this kernel lets no thread wait for a page"))
  func early() throws {
    let (guest, shape) = try Self.hasty(pages: 4096)
    let target = TargetHost(on: [Self.loopback], limit: 1 << 30)
    var settings = MigrationMachine.Settings()
    (settings.throttleStep, settings.mostRounds, settings.whenStuck) = (0, 2, .postCopy)
    (settings.blackOutLimit, settings.blackOutOverhead) = (.zero, .zero)
    let report = MigrationRun(guest, shape, to: target, settings, over: { $0 }).run()
    #expect(report.outcome == .moved && report.isPostCopy)
    let taken = try #require(target.guest)
    let last = try #require(report.rounds.last)
    #expect(last.pages > 0 && report.rounds.count == 3)
    // It stood still for less than it takes to send what it missed.
    #expect(report.blackOut.map { $0 < .milliseconds(200) } == true, "\(report)")
    let before = taken.writes
    usleep(50_000)
    #expect(taken.writes > before)
    taken.stop()
  }

  @Test("Migrations that are drawn from seeds end as they should", arguments: UInt64(0)..<16)
  func seeded(_ seed: UInt64) throws {
    let migration = SeededMigration(seed: seed)
    let result = try #require(migration.run())
    #expect(result.wrong == [], "\(migration.fault) \(result.report)")
  }
}

/// A target of which nobody hears anything from the comparison of pages on.
private final class MuteTarget: MigrationTarget {
  private let host: TargetHost
  init(_ host: TargetHost) { self.host = host }

  private var gone: MigrationFault { MigrationFault(.broken, "it is gone") }

  func permit() throws(MigrationFault) { try host.permit() }
  func reserve(_ shape: GuestShape) throws(MigrationFault) { try host.reserve(shape) }
  func makeSkeleton() throws(MigrationFault) { try host.makeSkeleton() }
  func listen(_ secret: TransferSecret) throws(MigrationFault) -> [TransferPath] {
    try host.listen(secret)
  }
  func hashes(_ pages: Range<Int>) throws(MigrationFault) -> [UInt64] { throw gone }
  func takeOver() throws(MigrationFault) { throw gone }
  func takeOver(
    missing: [Extent], _ secret: TransferSecret
  ) throws(MigrationFault) -> [TransferPath] { throw gone }
  func wanted(within time: Duration) throws(MigrationFault) -> (pages: [Int], left: Int) {
    throw gone
  }
  func supply(_ extents: [Extent], _ content: [UInt8]) throws(MigrationFault) { throw gone }
  func fetchedHashes(
    from page: Int
  ) throws(MigrationFault) -> (hashes: [Int: UInt64], next: Int?) { throw gone }
  func place() throws(MigrationFault) -> GuestPlace { throw gone }
  func processorTime() throws(MigrationFault) -> Duration { throw gone }
  func retire() throws(MigrationFault) { throw gone }
  func drop() throws(MigrationFault) { throw gone }
}
