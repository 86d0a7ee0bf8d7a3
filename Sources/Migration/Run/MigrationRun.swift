import Glibc
import Quantities
import Threads
import Transport

/// Moves a guest to another host: carries out what the machine says, and tells it what came of it.
public final class MigrationRun {
  private let guest: Guest
  private let shape: GuestShape
  private let target: any MigrationTarget
  private let paths: ([TransferPath]) -> [TransferPath]
  private let isCancelled: () -> Bool
  private let packing: [PackingWay]
  private let wantsRDMA: Bool
  private let isEncrypted: Bool
  private let lanes: LaneShape
  private let way: WriteTracker.Way?
  private let limit: Duration
  private let silence: Duration
  private let meter = ProcessorMeter()
  private var machine: MigrationMachine

  private var tracker: WriteTracker?
  private var transport: LaneTransport?
  /// Carries what the guest misses once it runs at the target; `nil` where nobody knows the way.
  private var later: LaneTransport?
  /// What adapters had sent before, by their names.
  private var adapters: [String: UInt64] = [:]
  private var pending: [Extent] = []
  private var began: ContinuousClock.Instant?
  private var stood: ContinuousClock.Instant?
  private var ran: ContinuousClock.Instant?
  private var comparison = Duration.zero
  private var throttle = 0
  private var areAllCompared = true

  /// Prepares a migration.
  /// - Parameters:
  ///   - paths: Makes of where the target waits the connections that are to be made.
  ///   - packing: How bytes may go; of several the one that carries most is taken.
  ///   - wantsRDMA: Whether adapters are to write by RDMA where both ends have one.
  ///   - isEncrypted: Whether connections are (TLS 1.3).
  ///   - lanes: What is set of each connection.
  ///   - way: How writes are tracked; `nil` for the best there is.
  ///   - limit: Longest time of one pass.
  ///   - silence: How long nothing may arrive amid a pass; a quarter of it while the guest stands still.
  ///   - isCancelled: Asked between passes and amid them, but not while the guest stands still.
  public init(
    _ guest: Guest, _ shape: GuestShape, to target: any MigrationTarget,
    _ settings: MigrationMachine.Settings, packing: [PackingWay] = [.plain],
    wantsRDMA: Bool = false, isEncrypted: Bool = false, lanes: LaneShape = LaneShape(),
    way: WriteTracker.Way? = nil,
    limit: Duration = .seconds(600), silence: Duration = .seconds(20),
    over paths: @escaping ([TransferPath]) -> [TransferPath],
    isCancelled: @escaping () -> Bool = { false }
  ) {
    self.guest = guest
    self.shape = shape
    self.target = target
    self.paths = paths
    self.packing = packing
    self.wantsRDMA = wantsRDMA
    self.isEncrypted = isEncrypted
    self.lanes = lanes
    self.way = way
    self.limit = limit
    self.silence = silence
    self.isCancelled = isCancelled
    machine = MigrationMachine(settings)
  }

  /// Moves it; the thread that calls this waits.
  public func run() -> MigrationReport { meter.measure { moved() } }

  private func moved() -> MigrationReport {
    let start = ContinuousClock.now
    var commands = machine.start()
    while !commands.isEmpty {
      var events: [MigrationMachine.Event] = []
      for command in commands { events += carryOut(command) }
      if machine.outcome == nil, machine.step <= .iterate, isCancelled() {
        events.append(.cancelled)
      }
      commands = events.flatMap { machine.take($0) }
    }
    transport?.cancel()
    later?.cancel()
    let total = ContinuousClock.now - start
    let blackOut = stood.flatMap { stood in ran.map { $0 - stood - comparison } }
    return MigrationReport(
      outcome: machine.outcome ?? .stayed(at: machine.step, why: "it came to no end"),
      rounds: machine.rounds, total: total,
      setUp: (began ?? .now) - start,
      blackOut: blackOut,
      comparison: comparison, excuse: excuse(blackOut), throttle: throttle, tracking: tracker?.way,
      isPostCopy: machine.isPostCopy, processorTime: meter.total,
      targetProcessorTime: targetProcessorTime, carriers: carriers)
  }

  /// `nil` where the target does not say: of one that is out of reach nobody waits for that.
  private var targetProcessorTime: Duration? {
    guard machine.outcome == .moved else { return nil }
    do throws(MigrationFault) { return try target.processorTime() } catch { return nil }
  }

  private var carriers: [String] {
    var carriers = isEncrypted && transport != nil ? ["TLS 1.3"] : []
    if packing.count > 1, let even = transport?.packing.compactMap(\.breakEven).max() {
      carriers.append("packing pays on connections below \(Int(min(even * 8 / 1e6, 1e9))) Mbps")
    }
    for lane in transport?.packing ?? [] {
      let words: String
      switch lane.adapter {
      case .success(let adapter): words = "RDMA by \(adapter)" + counted(adapter)
      case .failure(let failure): words = "TCP: \(failure)"
      case nil: continue
      }
      if !carriers.contains(words) { carriers.append(words) }
    }
    return carriers
  }

  /// What an adapter counted meanwhile: all that it sent, whoever's it was.
  private func counted(_ adapter: String) -> String {
    guard let before = adapters[adapter], let after = RDMACounters.bytesSent(by: adapter),
      after >= before
    else { return "" }
    return ", which sent \((after - before) / 1_000_000) MB by its own counters"
  }

  /// Why the guest stood still for longer than it should; empty where it did not.
  private func excuse(_ blackOut: Duration?) -> String {
    guard areAllCompared else {
      return machine.excuse + "; the target was out of reach when pages were to be compared"
    }
    guard machine.excuse.isEmpty, let blackOut, blackOut > machine.settings.blackOutLimit,
      let last = machine.rounds.last
    else { return machine.excuse }
    return "the rest took longer than the passes before let expect: \(last.carried) pages in"
      + " \(Int(last.time / .milliseconds(1))) ms"
  }

  private func carryOut(_ command: MigrationMachine.Command) -> [MigrationMachine.Event] {
    do throws(MigrationFault) {
      switch command {
      case .askPermission:
        try target.permit()
        return [.permitted]
      case .reserve:
        try target.reserve(shape)
        return [.reserved]
      case .makeSkeleton:
        try target.makeSkeleton()
        return [.made]
      case .connect:
        if wantsRDMA { adapters = RDMACounters.all() }
        let secret = TransferSecret(isEncrypted: isEncrypted)
        transport = connections(secret, to: try target.listen(secret))
        return [.connected]
      case .copyAll:
        began = .now
        let tracker = WriteTracker(guest.memory, way: way, measuredBy: meter)
        self.tracker = tracker
        pending = guest.memory.parts(256).map { part in
          Extent(
            offset: part.lowerBound * guest.memory.pageSize,
            count: part.count * guest.memory.pageSize)
        }
        return [.roundEnded(try pass(tracker, isLast: false))]
      case .copyWritten:
        guard let tracker else { return [] }
        return [.roundEnded(try pass(tracker, isLast: false))]
      case .throttle(let percent):
        guest.throttle(percent)
        throttle = max(throttle, percent)
        return []
      case .pause:
        stood = .now
        return [guest.pause() ? .paused : .broke("the guest does not stand still")]
      case .copyRest:
        guard let tracker else { return [] }
        pending = Extent.union(pending, tracker.collect())
        return [.restEnded(try pass(tracker, isLast: true))]
      case .compare:
        let start = ContinuousClock.now
        let (own, others) = try compared()
        comparison = ContinuousClock.now - start
        guard own.count == others.count else { return [.compared(different: own.count)] }
        return [.compared(different: zip(own, others).count { $0 != $1 })]
      case .handOver(let isPostCopy):
        if isPostCopy { try handOverEarly() } else { try target.takeOver() }
        ran = .now
        return [.tookOver]
      case .askOwner: return [try askOwner()]
      case .resumeSource:
        guest.resume()
        if stood != nil { ran = ran ?? .now }
        return []
      case .servePages:
        let serving = PageServing(
          guest.memory, pending, later, target, measuredBy: meter)
        let (round, isCompared) = try serving.run()
        areAllCompared = isCompared
        return [.restEnded(round)]
      case .dropTarget:
        transport?.cancel()
        try target.drop()
        return []
      case .dropSource:
        guest.stop()
        for transport in [transport, later].compactMap({ $0 }) {
          do throws(TransferFailure) { try transport.finish() } catch {}
        }
        return [.cleaned]
      }
    } catch {
      return failed(command, error)
    }
  }

  /// What a fault means to the machine.
  private func failed(
    _ command: MigrationMachine.Command, _ fault: MigrationFault
  ) -> [MigrationMachine.Event] {
    guard fault.kind == .refused else { return [.broke(fault.description)] }
    switch command {
    case .askPermission: return [.refused(fault.description)]
    case .reserve: return [.notReserved(fault.description)]
    case .makeSkeleton: return [.notMade(fault.description)]
    case .handOver: return [.didNotTakeOver(fault.description)]
    // The end is decided: what the target does not forget now it forgets when its time is over.
    case .dropTarget: return []
    default: return [.broke(fault.description)]
    }
  }

  /// Lets the target run the guest though the pages that are pending are still here.
  private func handOverEarly() throws(MigrationFault) {
    guard let tracker else { return }
    pending = Extent.union(pending, tracker.collect())
    let start = ContinuousClock.now
    let (own, others): ([UInt64], [UInt64])
    do throws(MigrationFault) { (own, others) = try compared() } catch {
      // Nobody has told the target yet to run the guest.
      throw MigrationFault(.refused, error.description)
    }
    comparison = ContinuousClock.now - start
    var isPending = Array(repeating: false, count: own.count)
    for page in pending.flatMap({ $0.pages(of: guest.memory.pageSize) }) {
      isPending[page] = true
    }
    guard own.count == others.count,
      own.indices.allSatisfy({ isPending[$0] || own[$0] == others[$0] })
    else { throw MigrationFault(.refused, "pages differ at the target") }
    let secret = TransferSecret(isEncrypted: isEncrypted)
    // The guest runs there, and pages go where it waits for them as they come.
    later = connections(
      secret, to: try target.takeOver(missing: pending, secret), whileItRunsThere: true)
  }

  /// Connections to where the target waits.
  /// - Parameter isRunning: Whether the guest runs there already: no page may be left out then, and an
  ///   adapter would need memory for all of it once more.
  private func connections(
    _ secret: TransferSecret, to waits: [TransferPath], whileItRunsThere isRunning: Bool = false
  ) -> LaneTransport {
    LaneTransport(
      secret, of: guest.memory.transfer, over: paths(waits), ways: packing,
      sharesPages: !isRunning, wantsRDMA: wantsRDMA && !isRunning, shape: lanes, within: limit,
      measuredBy: meter)
  }

  private func askOwner() throws(MigrationFault) -> MigrationMachine.Event {
    for attempt in 0..<5 {
      if attempt > 0 { usleep(200_000) }
      do throws(MigrationFault) {
        switch try target.place() {
        case .runsHere:
          ran = ran ?? .now
          return .tookOver
        case .isNotHere: return .didNotTakeOver("")
        }
      } catch { continue }
    }
    return .nobodyAnswers
  }

  private func compared() throws(MigrationFault) -> (own: [UInt64], others: [UInt64]) {
    let (memory, meter) = (guest.memory, meter)
    let (others, own) = both(
      { () -> Result<[UInt64], MigrationFault> in
        do throws(MigrationFault) { return .success(try target.hashes(0..<memory.pages)) } catch {
          return .failure(error)
        }
      }, { memory.hashes(measuredBy: meter) })
    return (own, try others.get())
  }

  /// What adapters may take at both ends to register all memory, before anything goes.
  private var registering: Duration {
    wantsRDMA && machine.rounds.isEmpty ? RDMARegistering.bothEnds(guest.memory.count) : .zero
  }

  /// Sends what is pending, and sees what was written to meanwhile.
  private func pass(
    _ tracker: WriteTracker, isLast: Bool
  ) throws(MigrationFault) -> MigrationRound {
    guard let transport else { throw MigrationFault(.broken, "there is no connection") }
    let start = ContinuousClock.now
    let (content, zeros) = parted(pending)
    let before = transport.networkBytes
    transport.zero(zeros)
    transport.send(content)
    do throws(TransferFailure) {
      if isLast {
        try transport.flush(silence: silence / 4)
      } else {
        try transport.flush(silence: silence + registering, isCancelled: isCancelled)
      }
    } catch {
      throw MigrationFault(.broken, error.description)
    }
    let size = guest.memory.pageSize
    let (carried, empty) = (Extent.bytes(content), Extent.bytes(zeros))
    pending = isLast ? [] : tracker.collect()
    return MigrationRound(
      pages: (carried + empty) / size, carried: carried / size,
      bytes: transport.networkBytes - before,
      time: ContinuousClock.now - start, written: Extent.bytes(pending) / size)
  }

  /// Runs of pages with content, and runs of those that hold nothing.
  private func parted(_ extents: [Extent]) -> (content: [Extent], zeros: [Extent]) {
    let size = guest.memory.pageSize
    var (content, zeros): ([Extent], [Extent]) = ([], [])
    for (extent, isZero) in zip(extents, guest.memory.zeroPages(of: extents, measuredBy: meter)) {
      for (page, isZero) in isZero.enumerated() {
        let place = Extent(offset: extent.offset + page * size, count: size)
        if isZero { zeros.join(place) } else { content.join(place) }
      }
    }
    return (content, zeros)
  }
}
