import Glibc
import Quantities
import Synchronization
import TenfoldTestSupport
import Testing
import Threads
import Transport
import TransportTestSupport

@testable import Migration

@Suite("A target at another host", .serialized)
struct RemoteTargetTests {
  private static let loopback = IPv4Address(bits: 0x7F00_0001)

  /// Serves a target while `body` runs.
  private func serving(
    _ target: any MigrationTarget, _ body: (TransferSecret, TransferPath) throws -> Void
  ) throws {
    let secret = TransferSecret()
    let server = try ControlServer(secret, on: [Self.loopback])
    let service = TargetService(target)
    let isOver = Atomic(false)
    try withoutActuallyEscaping(body) { body in
      var work = Work()
      let started = work.start {
        server.run(until: { isOver.load(ordering: .relaxed) }) { service.answer($0) }
      }
      #expect(started)
      let path = TransferPath(own: Self.loopback, other: Self.loopback, port: server.ports[0])
      let result = Result { try body(secret, path) }
      isOver.store(true, ordering: .relaxed)
      work.finish()
      try result.get()
    }
  }

  @Test(
    "A guest moves over it as it does within one process",
    arguments: TargetHost.canRunEarly ? [false, true] : [false])
  func moves(isEarly: Bool) throws {
    let host = TargetHost(on: [Self.loopback], limit: 1 << 30)
    try serving(host) { secret, path in
      let control = ControlClient(secret, over: [path])
      let memory = try #require(GuestMemory(pages: 8192))
      memory.fill(pages: 6000, seed: 3)
      let workload = Workload(
        pages: 8192, writesPerSecond: isEarly ? 2_000_000 : 5000, pattern: .uniform)
      let guest = Guest(memory, workload, seed: 1)
      let shape = GuestShape(
        pageSize: memory.pageSize, pages: memory.pages, workload: workload, seed: 1, threads: 1)
      var settings = MigrationMachine.Settings()
      if isEarly {
        (settings.throttleStep, settings.mostRounds, settings.whenStuck) = (0, 2, .postCopy)
        (settings.blackOutLimit, settings.blackOutOverhead) = (.zero, .zero)
      }
      let run = MigrationRun(guest, shape, to: RemoteTarget(control), settings, over: { $0 })
      let report = run.run()
      #expect(report.outcome == .moved && report.isPostCopy == isEarly, "\(report)")
      let taken = try #require(host.guest)
      let before = taken.writes
      usleep(50_000)
      #expect(taken.writes > before)
      taken.stop()
    }
  }

  @Test(
    "A guest is made, moved and retired, and nothing of it is left", arguments: [false, true],
    [false, true])
  func moveAndRetire(isPacked: Bool, isEncrypted: Bool) throws {
    let secret = TransferSecret(isEncrypted: isEncrypted)
    let hosting = try GuestHosting(
      secret, control: [Self.loopback], transports: [Self.loopback])
    var work = Work()
    let started = work.start { hosting.run(within: .seconds(60)) }
    #expect(started)
    let shape = GuestShape(
      pageSize: Int(sysconf(Int32(_SC_PAGESIZE))), pages: 4000,
      workload: Workload(pages: 1000, writesPerSecond: 3000, pattern: .uniform), seed: 5,
      threads: 2)
    var move = GuestMove(
      shape, fullPages: 3000, secret: secret,
      control: [
        TransferPath(own: Self.loopback, other: Self.loopback, port: hosting.ports[0])
      ], ways: [GuestMove.Way(own: Self.loopback, other: Self.loopback)], streams: 2)
    move.isPacked = isPacked
    let report = try move.run { false }
    #expect(report.outcome == .moved, "\(report)")
    #expect(report.rounds.first?.pages == 4000 && report.rounds.first?.carried == 3000)
    // Both ends say what they took, and neither says more than two processors can in that time.
    for time in [report.processorTime, report.targetProcessorTime] {
      let time = try #require(time)
      #expect(time > .zero && time < report.total * 8, "\(report)")
    }
    // It ends because the guest was retired, and not because its time is over.
    let end = ContinuousClock.now
    work.finish()
    #expect(ContinuousClock.now - end < .seconds(20))
  }

  @Test("A pass that takes longer than the source may be silent is no silence")
  func longPass() throws {
    let secret = TransferSecret()
    let hosting = try GuestHosting(
      secret, control: [Self.loopback], transports: [Self.loopback], silence: .milliseconds(1500))
    var work = Work()
    let started = work.start { hosting.run(within: .seconds(60)) }
    #expect(started)
    let memory = try #require(GuestMemory(pages: 8192))
    memory.fill(pages: 8192, seed: 3)
    let workload = Workload(pages: 1, writesPerSecond: 0, pattern: .uniform)
    let guest = Guest(memory, workload, seed: 1)
    let shape = GuestShape(
      pageSize: memory.pageSize, pages: memory.pages, workload: workload, seed: 1, threads: 1)
    let path = TransferPath(own: Self.loopback, other: Self.loopback, port: hosting.ports[0])
    let target = RemoteTarget(ControlClient(secret, over: [path]))
    let relay = Mutex<Relay?>(nil)
    let report = MigrationRun(
      guest, shape, to: target, MigrationMachine.Settings(),
      over: { waits in
        guard let made = try? Relay(to: waits[0].port, rate: 8 << 20) else { return [] }
        relay.withLock { $0 = made }
        return [TransferPath(own: Self.loopback, other: Self.loopback, port: made.port)]
      }
    ).run()
    #expect(report.outcome == .moved && report.total > .seconds(3), "\(report)")
    try target.retire()
    work.finish()
    relay.withLock { $0?.end() }
    guest.stop()
  }

  @Test("A machine says how much memory it has")
  func memory() throws {
    let available = try #require(HostMemory.available)
    #expect(available > 1 << 20)
    #expect(MemoryReservation(available) == nil && MemoryReservation(0) == nil)
    do {
      let first = try #require(MemoryReservation(available / 2))
      // What is taken is not there for others, though nobody has touched it.
      #expect(MemoryReservation(available / 2) == nil)
      _ = first
    }
    #expect(MemoryReservation(available / 2) != nil)
  }

  @Test("What is asked is read as it was written, and nothing else is read")
  func requests() throws {
    let secret = TransferSecret()
    let shape = GuestShape(
      pageSize: 4096, pages: 77,
      workload: Workload(
        pages: 5, writesPerSecond: 1.5, pattern: .hotSpot(writes: 0.5, pages: 0.1)),
      seed: .max, threads: 3)
    let extents = [Extent(offset: 4096, count: 8192), Extent(offset: 1 << 40, count: 1)]
    let all: [TargetRequest] = [
      .permit, .reserve(shape), .makeSkeleton, .listen(secret), .hashes(from: 9, count: 4),
      .takeOver, .takeOverEarly(missing: extents, secret), .wanted(milliseconds: 20),
      .supply(extents, [1, 2, 3]), .fetchedHashes(from: 7), .place, .drop, .retire,
      .processorTime,
    ]
    var random = SplitMix64(seed: 1)
    for request in all {
      let bytes = request.bytes
      #expect(try TargetRequest(bytes) == request)
      for count in 0..<bytes.count {
        #expect(throws: WireReader.Failure.self) { try TargetRequest(Array(bytes.prefix(count))) }
      }
      #expect(throws: WireReader.Failure.self) { try TargetRequest(bytes + [0]) }
      let service = TargetService(TargetHost(on: [Self.loopback], limit: 1 << 20))
      for _ in 0..<200 {
        var damaged = bytes
        let place = Int(random.next() % UInt64(damaged.count))
        damaged[place] = UInt8(truncatingIfNeeded: random.next())
        #expect(!service.answer(damaged).isEmpty)
      }
    }
  }

  @Test("Whoever does not know the secret is not answered, and others are meanwhile")
  func stranger() throws {
    let host = TargetHost(on: [Self.loopback], limit: 1 << 20)
    try serving(host) { secret, path in
      let stranger = RemoteTarget(ControlClient(TransferSecret(), over: [path]))
      #expect(throws: MigrationFault.self) { try stranger.permit() }
      let own = RemoteTarget(ControlClient(secret, over: [path]))
      try own.permit()
      #expect(try own.place() == .isNotHere)
      // It said that the guest is not here, and never will be.
      #expect(throws: MigrationFault.self) { try own.takeOver() }
    }
  }
}
