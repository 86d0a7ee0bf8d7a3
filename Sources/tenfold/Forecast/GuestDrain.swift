import Agent
import Fabric
import Forecast
import Glibc
import Migration
import Quantities

/// Moves synthetic guests from one host of a plan to others.
struct GuestDrain {
  /// What came of it.
  struct Result {
    var from: String
    /// A host, or how many.
    var to: String
    /// Pairs of ports to each of them.
    var ways: Int
    var shape: DrainShape
    var reports: [Swift.Result<MigrationReport, HostFailure>]
    /// Seconds from the first guest's start until the last one was away, without what it took to make
    /// guests and to compare them.
    var seconds: Double
    /// What the plan allows; `nil` over the LAN that stands already.
    var predicted: DrainPrediction?
    /// How long a guest may stand still.
    var blackOut: Duration
    /// Whether bytes might go packed.
    var isPacked = false
    /// What was tuned, and how; `nil` where all was given.
    var tuned: Tuned?
    var tuning: Tuner.Result?

    /// What the link and both hosts make of so many migrations at once; `nil` over the LAN that stands
    /// already, or where bytes went packed: those of real guests would be packed otherwise.
    var fitted: MigrationCosts? {
      guard predicted != nil, !isPacked else { return nil }
      let fitted = MigrationFit.costs(
        of: reports.compactMap { try? $0.get() }, pageSize: GuestDrain.pageSize)
      guard var costs = fitted else { return nil }
      // Each had its part of what all of them got.
      let all = Double(max(1, min(shape.atOnce, reports.count)))
      costs.bytesPerSecond *= all
      costs.bytesPerZeroPage *= all
      return costs
    }

    /// Seconds that a drain takes of which each guest takes so long: the next goes as soon as one is done.
    static func seconds(_ guests: [Duration], atOnce: Int) -> Double {
      var free = Array(repeating: Duration.zero, count: max(1, min(atOnce, guests.count)))
      for time in guests {
        let first = free.indices.min { (free[$0], $0) < (free[$1], $1) } ?? 0
        free[first] += time
      }
      return (free.max() ?? .zero) / .seconds(1)
    }

    /// Processors that were busy at each end while guests moved; `nil` where one of them did not say.
    var cores: (source: Double, target: Double)? {
      let times = reports.map { report in
        (try? report.get()).flatMap { report in
          report.processorTime.flatMap { own in report.targetProcessorTime.map { (own, $0) } }
        }
      }
      let known = times.compactMap { $0 }
      let moves = reports.compactMap { (try? $0.get())?.total }
      let seconds = Self.seconds(moves, atOnce: shape.atOnce)
      guard known.count == reports.count, seconds > 0 else { return nil }
      let sum = known.reduce((Duration.zero, Duration.zero)) { ($0.0 + $1.0, $0.1 + $1.1) }
      return (sum.0 / .seconds(seconds), sum.1 / .seconds(seconds))
    }

    /// Whether all moved, and kept the limit or said why not.
    var isGood: Bool {
      reports.allSatisfy { report in
        guard let report = try? report.get(), report.outcome == .moved else { return false }
        return !report.excuse.isEmpty || (report.blackOut ?? .zero) <= blackOut
      }
    }
  }

  private let source: AgentHost
  private let targets: [Target]
  private let own: Credentials
  private let guests: SyntheticGuestOptions
  private let runtime: AgentRuntime

  /// A host that takes guests.
  private struct Target {
    var host: AgentHost
    /// As planned; `nil` over the LAN that stands already.
    var move: PlannedMove?
    var ways: [GuestMove.Way]
  }

  /// - Parameter targets: At least one; guests go to each in turn.
  init(
    from source: AgentHost, to targets: [AgentHost], _ keys: PlanKeys,
    _ guests: SyntheticGuestOptions, on runtime: AgentRuntime = AgentRuntime()
  ) throws {
    let index = FabricIndex(keys.fabric)
    func failure(_ message: String, _ hint: String = "") -> Failure {
      Failure([Finding(rule: "live-migration", message: message, hint: hint)], .failed)
    }
    self.targets = try targets.map { target in
      guard !guests.lan else {
        guard let way = GuestMove.Way(betweenAgents: source, target) else {
          throw failure(
            "where the agents of \(source.name) and \(target.name) are is not known by address",
            "give addresses in the list of --hosts")
        }
        return Target(host: target, ways: [way])
      }
      guard let move = PlannedMove(from: source.name.text, to: target.name.text, index) else {
        throw failure("\(source.name) and \(target.name) share no network of live migration")
      }
      return Target(
        host: target, move: move,
        ways: move.ways.map { GuestMove.Way(own: $0.own, other: $0.other) })
    }
    self.source = source
    self.guests = guests
    self.runtime = runtime
    own = try keys.authority().credentials(for: .coordinator, at: .now)
  }

  private var settings: MigrationMachine.Settings {
    var settings = MigrationMachine.Settings()
    settings.pageSize = Self.pageSize
    settings.blackOutLimit = .milliseconds(guests.blackOut)
    settings.whenStuck = guests.postCopy ? .postCopy : .standStill
    // Whoever lets a guest run there early does not want it slowed down here.
    if guests.postCopy { settings.throttleStep = 0 }
    return settings
  }

  /// Of this machine; hosts with another say so.
  private static let pageSize = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))

  private var guest: ModelGuest {
    let pages = (guests.memory << 20) / Self.pageSize
    return ModelGuest(
      pages: pages, zeroPages: pages * guests.empty / 100,
      Workload(
        pages: pages * guests.workingSet / 100,
        writesPerSecond: Double(guests.written << 20) / Double(Self.pageSize),
        pattern: guests.pattern.pattern))
  }

  /// Moves all guests as was asked for.
  func measured(_ printer: Printer) throws -> Result { try measured(shape, printer) }

  private var shape: DrainShape {
    DrainShape(atOnce: guests.atOnce, streams: guests.streams)
  }

  private func measured(_ shape: DrainShape, _ printer: Printer) throws -> Result {
    let guest = guest
    let transfers = (0..<guests.guests).map { number in
      let target = targets[number % targets.count]
      var transfer = GuestTransfer(
        from: source, to: target.host, over: target.ways,
        GuestShape(
          pageSize: Self.pageSize, pages: guest.pages, workload: guest.workload,
          seed: UInt64(number + 1), threads: 1),
        fullPages: guest.pages - guest.zeroPages, settings, streams: shape.streams,
        isPacked: guests.packed)
      (transfer.wantsRDMA, transfer.isEncrypted) = (guests.rdma, guests.encrypt)
      transfer.lanes = shape.lanes
      return transfer
    }
    var options = AgentPool.Options()
    options.version = Tenfold.configuration.version
    printer.progress.step(
      "moving \(transfers.count) guests of \(source.name), \(shape.atOnce) at once")
    let start = ContinuousClock.now
    let reports = try runtime.move(transfers, as: own, options: options, atOnce: shape.atOnce)
    let all = (ContinuousClock.now - start) / .seconds(1)
    printer.progress.end()
    let moves = reports.compactMap { try? $0.get() }.map { $0.total - $0.comparison }
    let seconds =
      moves.count == reports.count ? Result.seconds(moves, atOnce: shape.atOnce) : all
    return Result(
      from: source.name.text,
      to: targets.count == 1 ? targets[0].host.name.text : "\(targets.count) hosts",
      ways: targets[0].ways.count, shape: shape, reports: reports, seconds: seconds,
      predicted: targets[0].move?.predict(
        Array(repeating: guest, count: guests.guests), atOnce: shape.atOnce, settings),
      blackOut: settings.blackOutLimit, isPacked: guests.packed)
  }

  /// What a person is asked to set; `nil` where it is nothing of the hosts.
  private func queueSetting(_ what: Tuned) throws(Failure) -> QueueSetting? {
    guard case .queues = what else { return nil }
    guard let ways = targets[0].move?.ways else {
      throw Failure(
        [
          Finding(
            rule: "live-migration", message: "which ports of the hosts the LAN has is not known",
            hint: "leave --lan out")
        ], .usage)
    }
    return QueueSetting(source.name.text, targets[0].host.name.text, ways)
  }

  /// Finds which value of something is best, and moves guests so.
  func tuned(_ what: Tuned, _ printer: Printer) throws -> Result {
    if what == .jumbo, let ways = targets[0].move?.ways, ways.allSatisfy({ $0.mtu <= 1500 }) {
      throw Failure(
        [
          Finding(
            rule: "live-migration",
            message: "the plan has no jumbo frames in the networks of live migration",
            hint: "an MTU of 9000 in the site's networks plans them")
        ], .usage)
    }
    var queues = try queueSetting(what)
    defer { queues?.end() }
    var tuner = Tuner(what.settings(shape, guests: guests.guests))
    var last: [Int: Result] = [:]
    while let value = tuner.next {
      try queues?.set(value)
      let result = try measured(what.shape(value, of: shape), printer)
      last[value] = result
      tuner.record(value, seconds: result.isGood ? result.seconds : nil)
    }
    guard let found = tuner.result(naming: what.name), var best = last[found.best] else {
      // None went well: the last one says why.
      return try last[tuner.settings.start]
        ?? measured(what.shape(tuner.settings.start, of: shape), printer)
    }
    (best.tuned, best.tuning, best.seconds) = (what, found, found.seconds)
    return best
  }
}
