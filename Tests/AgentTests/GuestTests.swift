import Migration
import Quantities
import Testing
import Transport

@testable import Agent

@Suite("Guests between agents", .serialized)
struct GuestTests {
  private static let loopback = IPv4Address(bits: 0x7F00_0001)

  static let take = TakeRequest(
    secret: TransferSecret(), control: [IPv4Address(bits: 1), IPv4Address(bits: 2)],
    transports: [IPv4Address(bits: 3)], seconds: 86_400)

  static func give(
    _ pattern: Workload.Pattern, _ stuck: MigrationMachine.WhenStuck = .standStill
  ) -> GiveRequest {
    let shape = GuestShape(
      pageSize: 4096, pages: 1 << 30,
      workload: Workload(pages: 77, writesPerSecond: 5000, pattern: pattern), seed: 1 << 52,
      threads: 64)
    var move = GuestMove(
      shape, fullPages: 9, secret: TransferSecret(),
      control: [TransferPath(own: IPv4Address(bits: 1), other: IPv4Address(bits: 2), port: 3)],
      ways: [GuestMove.Way(own: IPv4Address(bits: 4), other: IPv4Address(bits: 5))], streams: 16)
    move.settings.whenStuck = stuck
    (move.settings.throttleStep, move.settings.mostRounds) = (0, 1000)
    (move.isPacked, move.wantsRDMA) = (true, true)
    if pattern == .uniform { (move.lanes.block, move.lanes.segment) = (1 << 20, 1460) }
    return GiveRequest(move, seconds: 60)
  }

  /// One of each outcome.
  static let reports: [MigrationReport] =
    [
      .moved, .stayed(at: .iterate, why: "too fast"), .inDoubt(why: "silence"), .lost(why: "gone"),
    ].enumerated().map { number, outcome in
      MigrationReport(
        outcome: outcome,
        rounds: (0..<number).map {
          MigrationRound(
            pages: $0, carried: 1, bytes: 1 << 47, time: .microseconds(7), written: 2)
        }, total: .milliseconds(12), setUp: .milliseconds(3),
        blackOut: number == 0 ? nil : .microseconds(number),
        comparison: .zero, excuse: number == 1 ? "why" : "", throttle: 10 * number,
        tracking: number == 2 ? nil : .writeProtection, isPostCopy: number == 3,
        processorTime: number == 1 ? nil : .microseconds(5),
        targetProcessorTime: number == 2 ? .milliseconds(9) : nil,
        carriers: number == 1 ? ["RDMA by rxe0", "TCP: 10.0.0.1 has no RDMA adapter"] : [])
    }

  private static func transfer(
    _ source: LiveAgent, _ target: LiveAgent, _ names: (HostName, HostName), pages: Int = 2000,
    writes: Double = 2000
  ) -> GuestTransfer {
    GuestTransfer(
      from: AgentHost(name: names.0, address: source.server.address),
      to: AgentHost(name: names.1, address: target.server.address),
      over: [GuestMove.Way(own: loopback, other: loopback)],
      GuestShape(
        pageSize: 4096, pages: pages,
        workload: Workload(pages: pages / 2, writesPerSecond: writes, pattern: .uniform), seed: 7,
        threads: 1),
      fullPages: pages / 2, MigrationMachine.Settings(), streams: 2, seconds: 60)
  }

  @Test("Guests move from one agent to another, several at once, and both serve on meanwhile")
  func moves() async throws {
    let world = try World()
    let names = (World.name("hv01"), World.name("hv02"))
    let (a, b) = (
      try await LiveAgent(world, host: names.0, threads: World.measuringThreads()),
      try await LiveAgent(world, host: names.1, threads: World.measuringThreads())
    )
    let pool = try world.measuringPool()
    let transfers = (0..<3).map { _ in Self.transfer(a, b, names) }
    async let moved = pool.move(transfers, atOnce: 2) { _ in }
    #expect(try await a.servesHonestPeers())
    for result in await moved {
      let report = try result.get()
      #expect(report.outcome == .moved, "\(report)")
      #expect(report.rounds.first?.pages == 2000 && report.rounds.first?.carried ?? 0 >= 1000)
    }
    try await a.server.stop()
    try await b.server.stop()
  }

  @Test("A host that is not there, or has no room, is named")
  func refused() async throws {
    let world = try World()
    let names = (World.name("hv01"), World.name("hv02"))
    let (a, b) = (
      try await LiveAgent(world, host: names.0, threads: World.measuringThreads()),
      try await LiveAgent(world, host: names.1, threads: World.measuringThreads())
    )
    let gone = try await LiveAgent(world, host: World.name("hv03"))
    try await gone.server.stop()
    let results = try await world.measuringPool().move(
      [
        Self.transfer(a, gone, (names.0, World.name("hv03"))),
        Self.transfer(a, b, names, pages: 1 << 33), Self.transfer(a, b, names),
      ], atOnce: 1
    ) { _ in }
    #expect(throws: HostFailure.self) { try results[0].get() }
    if case .failure(let failure) = results[0] { #expect(failure.host.text == "hv03") }
    if case .failure(let failure) = results[1] {
      #expect(failure.host.text == "hv01" && failure.description.contains("no memory"))
    } else {
      Issue.record("a guest of 32 TiB: \(results[1])")
    }
    #expect(try results[2].get().outcome == .moved)
    try await a.server.stop()
    try await b.server.stop()
  }

  @Test("Damaged requests are read or refused, and what is read is within its limits")
  func damaged() {
    var generator = SplitMix(seed: 5)
    let whole = [
      Array(Request.take(Self.take).frame.dropFirst(4)),
      Array(Request.give(Self.give(.uniform)).frame.dropFirst(4)),
      Array(Answer.moved(MigrationAnswer(Self.reports[3])).frame.dropFirst(4)),
    ]
    for run in 0..<15_000 {
      var bytes = whole[run % 3]
      for _ in 0..<(1 + generator.next() % 4) {
        bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(
          truncatingIfNeeded: generator.next())
      }
      switch try? Request(bytes) {
      case .give(let request)?:
        let shape = request.move.shape
        #expect(shape.workload.pages <= shape.pages && request.move.fullPages <= shape.pages)
        #expect(1...16 ~= request.move.streams && !request.move.ways.isEmpty)
      case .take(let request)?: #expect(!request.control.isEmpty && request.seconds <= 86_400)
      default: break
      }
      _ = try? Answer(bytes)
    }
  }
}
