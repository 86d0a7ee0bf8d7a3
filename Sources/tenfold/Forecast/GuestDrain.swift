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
    var atOnce: Int
    var reports: [Swift.Result<MigrationReport, HostFailure>]
    /// Seconds from the first guest's start until the last one was away.
    var seconds: Double
    /// What the plan allows; `nil` over the LAN that stands already.
    var predicted: DrainPrediction?
    /// How long a guest may stand still.
    var blackOut: Duration
    /// Connections over each pair of ports.
    var streams: Int
    /// What was tuned, and how; `nil` where all was given.
    var tuned: Tuned?
    var tuning: Tuner.Result?

    /// Whether all moved, and kept the limit or said why not.
    var isGood: Bool {
      reports.allSatisfy { report in
        guard let report = try? report.get(), report.outcome == .moved else { return false }
        return !report.excuse.isEmpty || (report.blackOut ?? .zero) <= blackOut
      }
    }
  }

  /// What may be tuned.
  enum Tuned {
    case atOnce
    case streams

    /// `4 at once`, `2 connections over each pair of ports`.
    func words(_ value: Int) -> String {
      switch self {
      case .atOnce: "\(value) at once"
      case .streams: Format.count(value, "connection") + " over each pair of ports"
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
        writesPerSecond: Double(guests.written << 20) / Double(Self.pageSize), pattern: .uniform))
  }

  /// Moves all guests, so many at once.
  /// - Parameter streams: Connections over each pair of ports; as many as was asked for when `nil`.
  func measured(_ atOnce: Int, streams: Int? = nil, _ printer: Printer) throws -> Result {
    let guest = guest
    let streams = streams ?? guests.streams
    let transfers = (0..<guests.guests).map { number in
      let target = targets[number % targets.count]
      var transfer = GuestTransfer(
        from: source, to: target.host, over: target.ways,
        GuestShape(
          pageSize: Self.pageSize, pages: guest.pages, workload: guest.workload,
          seed: UInt64(number + 1), threads: 1),
        fullPages: guest.pages - guest.zeroPages, settings, streams: streams,
        isPacked: guests.packed)
      (transfer.wantsRDMA, transfer.isEncrypted) = (guests.rdma, guests.encrypt)
      return transfer
    }
    var options = AgentPool.Options()
    options.version = Tenfold.configuration.version
    printer.progress.step(
      "moving \(transfers.count) guests of \(source.name), \(atOnce) at once")
    let start = ContinuousClock.now
    let reports = try runtime.move(transfers, as: own, options: options, atOnce: atOnce)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    printer.progress.end()
    return Result(
      from: source.name.text,
      to: targets.count == 1 ? targets[0].host.name.text : "\(targets.count) hosts",
      ways: targets[0].ways.count, atOnce: atOnce, reports: reports, seconds: seconds,
      predicted: targets[0].move?.predict(
        Array(repeating: guest, count: guests.guests), atOnce: atOnce, settings),
      blackOut: settings.blackOutLimit, streams: streams)
  }

  /// Finds how many at once, or how many connections, are best, and moves them so.
  func tuned(_ what: Tuned, _ printer: Printer) throws -> Result {
    let start = what == .atOnce ? guests.atOnce : guests.streams
    let most = what == .atOnce ? min(guests.guests, 64) : SyntheticGuestOptions.mostStreams
    var tuner = Tuner(Tuner.Settings(1...most, start: start))
    func measure(_ value: Int) throws -> Result {
      switch what {
      case .atOnce: try measured(value, printer)
      case .streams: try measured(guests.atOnce, streams: value, printer)
      }
    }
    var last: [Int: Result] = [:]
    while let count = tuner.next {
      let result = try measure(count)
      last[count] = result
      tuner.record(count, seconds: result.isGood ? result.seconds : nil)
    }
    guard let found = tuner.result, var best = last[found.best] else {
      // None went well: the last one says why.
      return try last[tuner.settings.start] ?? measure(tuner.settings.start)
    }
    (best.tuned, best.tuning, best.seconds) = (what, found, found.seconds)
    return best
  }
}
