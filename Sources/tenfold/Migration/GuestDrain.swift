import Agent
import Fabric
import Forecast
import Glibc
import Migration
import Quantities

/// Moves synthetic guests from one host of a plan to others.
struct GuestDrain {
  private let source: AgentHost
  private let targets: [Target]
  private let own: Credentials
  private let guests: SyntheticGuestOptions
  private let count: Int
  private let plan: PlanHash
  private let runtime: AgentRuntime
  private let isBothWays: Bool

  /// A host that takes guests.
  private struct Target {
    var host: AgentHost
    /// As planned; `nil` over the LAN that stands already.
    var move: PlannedMove?
    var ways: [GuestMove.Way]
  }

  /// - Parameters:
  ///   - targets: At least one; guests go to each in turn.
  ///   - count: Guests.
  ///   - isBothWays: Whether every other guest goes from a target to the source.
  init(
    from source: AgentHost, to targets: [AgentHost], _ keys: PlanKeys,
    _ guests: SyntheticGuestOptions, count: Int, isBothWays: Bool = false,
    on runtime: AgentRuntime = AgentRuntime()
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
    self.count = count
    plan = keys.hash
    self.runtime = runtime
    self.isBothWays = isBothWays
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
  static let pageSize = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))

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
    let transfers = (0..<count).map { number in
      let target = targets[number % targets.count]
      let isBack = isBothWays && number % 2 == 1
      var transfer = GuestTransfer(
        from: isBack ? target.host : source, to: isBack ? source : target.host,
        over: isBack ? target.ways.map(\.reversed) : target.ways,
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
      plan: plan.text, from: source.name.text,
      to: targets.count == 1 ? targets[0].host.name.text : "\(targets.count) hosts",
      ways: targets[0].ways.count, shape: shape, reports: reports, seconds: seconds,
      predicted: predicted(guest, shape),
      blackOut: settings.blackOutLimit, isPacked: guests.packed, isBothWays: isBothWays)
  }

  /// What the plan allows: a port carries as much each way, so that guests of both ways share nothing.
  private func predicted(_ guest: ModelGuest, _ shape: DrainShape) -> DrainPrediction? {
    let parts = isBothWays ? 2 : 1
    return targets[0].move?.predict(
      Array(repeating: guest, count: (count + parts - 1) / parts),
      atOnce: (shape.atOnce + parts - 1) / parts, settings)
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
    var tuner = Tuner(what.settings(shape, guests: count))
    var last: [Int: Result] = [:]
    var failed: [(value: Int, why: String)] = []
    while let value = tuner.next {
      try queues?.set(value)
      let result = try measured(what.shape(value, of: shape), printer)
      last[value] = result
      tuner.record(value, seconds: result.isGood ? result.seconds : nil)
      if let why = result.fault { failed.append((value, why)) }
    }
    guard let found = tuner.result(naming: what.name, most: what.most), var best = last[found.best]
    else {
      // None went well: the last one says why.
      return try last[tuner.settings.start]
        ?? measured(what.shape(tuner.settings.start, of: shape), printer)
    }
    (best.tuned, best.tuning, best.seconds, best.failed) = (what, found, found.seconds, failed)
    return best
  }
}
