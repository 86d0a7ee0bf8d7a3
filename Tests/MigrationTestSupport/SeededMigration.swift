import Glibc
import Migration
import Quantities
import Synchronization
import TenfoldTestSupport
import Threads
import Transport
import TransportTestSupport

/// One migration that is drawn from a seed: its guest, its network, and what breaks when.
public struct SeededMigration: Sendable {
  /// What goes wrong.
  public enum Fault: String, Sendable, CaseIterable {
    case none
    /// The target refuses at some step.
    case refusal
    /// The connection to the target's agent breaks before or after a step was done there.
    case broken
    /// From a call on the target's agent answers nothing.
    case gone
    /// All connections end once, amid a frame.
    case disconnected
    /// One of the ways is cut for good, one of several.
    case cutWay
    /// All ways are cut for good.
    case cut
    /// A page at the target is not what was sent.
    case corrupted
    case cancelled
    /// The guest writes faster than the network carries.
    case stuck
  }

  public let seed: UInt64
  public let fault: Fault
  private let pages: Int
  private let full: Int
  private var workload: Workload
  private let lanes: Int
  private var rate: Int
  private let way: WriteTracker.Way?
  private var settings: MigrationMachine.Settings
  /// Call of the target, or pass, at which it goes wrong.
  private let place: Int
  private let isAfter: Bool
  private let packing: [PackingWay]
  private let isEncrypted: Bool
  /// Different pages; others are like them.
  private let contents: Int

  /// What came of it.
  public struct Result: Sendable {
    public var report: MigrationReport
    /// What must not be.
    public var wrong: [String] = []
  }

  /// Draws a migration.
  public init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    self.seed = seed
    fault = Fault.allCases[below(Fault.allCases.count)]
    pages = 16 + below(3000)
    full = below(pages + 1)
    let patterns: [Workload.Pattern] = [
      .uniform, .hotSpot(writes: 0.9, pages: 0.05), .sequential, .burst(on: 0.02, off: 0.03),
    ]
    let isStuck = fault == .stuck
    workload = Workload(
      pages: 1 + below(pages), writesPerSecond: Double(isStuck ? 2_000_000 : below(20_000)),
      pattern: isStuck ? .uniform : patterns[below(4)])
    lanes = fault == .cutWay ? 2 + below(3) : 1 + below(4)
    // Ways that can be cut are slow, so that something is on them.
    let isSlow = [.cut, .cutWay, .disconnected, .cancelled, .stuck].contains(fault)
    rate = isSlow ? (8 << 20) + below(24 << 20) : 0
    way = below(4) == 0 ? .comparison : nil
    var settings = MigrationMachine.Settings()
    settings.throttleStep = [0, 20, 40][below(3)]
    settings.mostRounds = 4 + below(12)
    settings.whenStuck = below(2) == 0 ? .stop : .standStill
    settings.blackOutLimit = .milliseconds(30 + below(300))
    self.settings = settings
    place = below(8)
    isAfter = below(2) == 0
    packing = below(2) == 0 ? PackingWay.available : [.plain]
    // Now and then a guest that writes too fast, and ends up at the target with half of its pages.
    if below(4) == 0, TargetHost.canRunEarly {
      self.settings.whenStuck = .postCopy
      (self.settings.throttleStep, self.settings.mostRounds) = (0, 2 + below(3))
      workload = Workload(pages: pages, writesPerSecond: 2_000_000, pattern: .uniform)
      if rate == 0 { rate = (16 << 20) + below(64 << 20) }
    }
    isEncrypted = below(3) == 0
    contents = below(2) == 0 ? 1 + below(pages) : pages
  }

  /// Makes pages like others, and such that they are packed at all.
  private func alike(_ memory: GuestMemory) {
    guard contents < full, let base = memory.bytes.baseAddress else { return }
    let size = memory.pageSize
    for page in 0..<contents { memset(base + page * size + size / 2, Int32(page % 7), size / 4) }
    for page in contents..<full { memcpy(base + page * size, base + page % contents * size, size) }
  }

  /// Runs it, with both hosts in this process.
  public func run() -> Result? {
    let loopback = Relay.loopback
    guard let memory = GuestMemory(pages: pages) else { return nil }
    memory.fill(pages: full, seed: seed)
    alike(memory)
    let guest = Guest(memory, workload, seed: seed)
    let shape = GuestShape(
      pageSize: memory.pageSize, pages: pages, workload: workload, seed: seed, threads: 1)
    let host = TargetHost(on: [loopback], limit: 1 << 30)
    let relays = Mutex<[Relay]>([])
    defer { for relay in relays.withLock({ $0 }) { relay.end() } }
    let target = FaultyTarget(
      host, memory, fault: fault, at: place, isAfter: isAfter)
    let passes = Atomic(0)
    let control = seed % 2 == 0 ? nil : RemoteControl(target)
    defer { control?.end() }
    let run = MigrationRun(
      guest, shape, to: control?.target ?? target, settings, packing: packing,
      isEncrypted: isEncrypted, way: way,
      limit: .seconds(30), silence: .seconds(fault == .cut ? 2 : 20),
      over: { waits in
        let made = (0..<lanes).compactMap { _ in try? Relay(to: waits[0].port, rate: rate) }
        relays.withLock { $0 = made }
        switch fault {
        case .disconnected: for relay in made { relay.breakAfter(1 + place * 200_000) }
        case .cutWay: made[0].cut(after: place * 20)
        case .cut: for relay in made { relay.cut(after: place * 20) }
        default: break
        }
        return made.map { TransferPath(own: loopback, other: loopback, port: $0.port) }
      },
      isCancelled: {
        fault == .cancelled && passes.wrappingAdd(1, ordering: .relaxed).oldValue >= place
      })
    let report = run.run()
    var result = Result(report: report, wrong: target.wrong)
    check(&result, guest, host, wasTold: target.wasTold)
    guest.stop()
    host.retire()
    return result
  }

  /// - Parameter wasTold: Whether the target was told to run the guest.
  private func check(
    _ result: inout Result, _ guest: Guest, _ host: TargetHost, wasTold: Bool
  ) {
    let (own, taken) = (guest.isRunning, host.guest?.isRunning ?? false)
    if own, taken { result.wrong.append("the guest runs at both hosts") }
    switch result.report.outcome {
    case .moved:
      if !taken { result.wrong.append("moved, and nobody runs it") }
    case .stayed:
      if !own { result.wrong.append("stayed, and does not run") }
      if host.guest != nil { result.wrong.append("stayed, and the target has it") }
    // Nobody answers where it is, and it may be there: otherwise whoever is asked answers.
    case .inDoubt: if fault != .gone || !wasTold { result.wrong.append("in doubt") }
    // It runs there, and nobody can bring it what it misses.
    case .lost:
      if fault != .gone || !result.report.isPostCopy { result.wrong.append("lost") }
    }
    let report = result.report
    if let blackOut = report.blackOut, blackOut > settings.blackOutLimit, report.excuse.isEmpty {
      result.wrong.append("stood still for \(blackOut), and nobody says why")
    }
    let isHarmless = [.none, .disconnected, .cutWay].contains(fault)
    var isTooFast = false
    if case .stayed(_, let why) = report.outcome, settings.whenStuck == .stop {
      isTooFast = why.hasPrefix("it writes faster")
    }
    if isHarmless, report.outcome != .moved, !isTooFast { result.wrong.append("\(report.outcome)") }
  }
}

/// A target that is asked over a connection, as one at another host is.
private final class RemoteControl {
  let target: RemoteTarget
  private let isOver: Monitor<Bool>

  /// `nil` where the system gives no port or thread.
  init?(_ served: any MigrationTarget) {
    let secret = TransferSecret()
    guard let server = try? ControlServer(secret, on: [Relay.loopback]) else { return nil }
    let isOver = Monitor(false)
    let service = TargetService(served)
    var work = Work()
    let isStarted = work.start {
      server.run(until: { isOver.read { $0 } }) { service.answer($0) }
    }
    work.leave()
    guard isStarted else { return nil }
    self.isOver = isOver
    target = RemoteTarget(
      ControlClient(
        secret,
        over: [
          TransferPath(own: Relay.loopback, other: Relay.loopback, port: server.ports[0])
        ]))
  }

  func end() { isOver.change { $0 = true } }
}

/// A target that does what it should, but for one fault, and sees whether what it takes over is what was
/// given.
private final class FaultyTarget: MigrationTarget, Sendable {
  private let host: TargetHost
  private let source: GuestMemory
  private let fault: SeededMigration.Fault
  private let faultyCall: Int
  private let isAfter: Bool
  private let calls = Atomic(0)
  private let told = Atomic(false)
  private let seen = Mutex<[String]>([])

  init(
    _ host: TargetHost, _ source: GuestMemory, fault: SeededMigration.Fault, at place: Int,
    isAfter: Bool
  ) {
    self.host = host
    self.source = source
    self.fault = fault
    faultyCall = place
    self.isAfter = isAfter
  }

  var wrong: [String] { seen.withLock { $0 } }
  /// Whether it was told to run the guest.
  var wasTold: Bool { told.load(ordering: .relaxed) }

  private func call<Value>(
    _ body: () throws(MigrationFault) -> Value
  ) throws(MigrationFault) -> Value {
    let number = calls.wrappingAdd(1, ordering: .relaxed).oldValue
    let isHere = number == faultyCall
    if fault == .gone, number >= faultyCall { throw MigrationFault(.broken, "it is gone") }
    if isHere, fault == .refusal { throw MigrationFault(.refused, "it was drawn so") }
    if isHere, fault == .broken, !isAfter { throw MigrationFault(.broken, "it broke before") }
    let value = try body()
    if isHere, fault == .broken, isAfter { throw MigrationFault(.broken, "it broke after") }
    return value
  }

  func permit() throws(MigrationFault) {
    try call { () throws(MigrationFault) in try host.permit() }
  }
  func reserve(_ shape: GuestShape) throws(MigrationFault) {
    try call { () throws(MigrationFault) in try host.reserve(shape) }
  }
  func makeSkeleton() throws(MigrationFault) {
    try call { () throws(MigrationFault) in try host.makeSkeleton() }
  }
  func listen(_ secret: TransferSecret) throws(MigrationFault) -> [TransferPath] {
    try call { () throws(MigrationFault) in try host.listen(secret) }
  }
  func hashes(_ pages: Range<Int>) throws(MigrationFault) -> [UInt64] {
    if fault == .corrupted, let bytes = host.memory?.bytes {
      bytes[faultyCall % bytes.count] ^= 0x40
    }
    return try call { () throws(MigrationFault) in try host.hashes(pages) }
  }
  /// What the engine compared by numbers is compared here byte by byte.
  private func compare(but missing: [Extent] = []) {
    let skipped = Set(
      missing.flatMap {
        $0.offset / source.pageSize..<($0.offset + $0.count) / source.pageSize
      })
    if let taken = host.memory {
      for page in 0..<source.pages where !skipped.contains(page) {
        let range = page * source.pageSize..<(page + 1) * source.pageSize
        let (one, other) = (
          UnsafeRawBufferPointer(rebasing: source.bytes[range]),
          UnsafeRawBufferPointer(rebasing: taken.bytes[range])
        )
        guard let a = one.baseAddress, let b = other.baseAddress else { continue }
        if memcmp(a, b, range.count) != 0 {
          seen.withLock { $0.append("page \(page) is stale at the target") }
        }
      }
    }
  }
  func takeOver() throws(MigrationFault) {
    told.store(true, ordering: .relaxed)
    compare()
    try call { () throws(MigrationFault) in try host.takeOver() }
  }
  func takeOver(
    missing: [Extent], _ secret: TransferSecret
  ) throws(MigrationFault) -> [TransferPath] {
    told.store(true, ordering: .relaxed)
    compare(but: missing)
    return try call { () throws(MigrationFault) in try host.takeOver(missing: missing, secret) }
  }
  func wanted(within time: Duration) throws(MigrationFault) -> (pages: [Int], left: Int) {
    try call { () throws(MigrationFault) in try host.wanted(within: time) }
  }
  func supply(_ extents: [Extent], _ content: [UInt8]) throws(MigrationFault) {
    try call { () throws(MigrationFault) in try host.supply(extents, content) }
  }
  func fetchedHashes(
    from page: Int
  ) throws(MigrationFault) -> (hashes: [Int: UInt64], next: Int?) {
    let (all, next) = try call { () throws(MigrationFault) in
      try host.fetchedHashes(from: page)
    }
    // Few at a time, so that somebody has to ask again.
    let few = all.sorted { $0.key < $1.key }.prefix(100)
    guard few.count < all.count, let last = few.last else { return (all, next) }
    return (Dictionary(uniqueKeysWithValues: few.map { ($0.key, $0.value) }), last.key + 1)
  }
  func place() throws(MigrationFault) -> GuestPlace {
    try call { () throws(MigrationFault) in try host.place() }
  }
  func processorTime() throws(MigrationFault) -> Duration {
    try call { () throws(MigrationFault) in host.processorTime() }
  }
  func retire() throws(MigrationFault) { host.retire() }
  func drop() throws(MigrationFault) { try call { () throws(MigrationFault) in try host.drop() } }
}
