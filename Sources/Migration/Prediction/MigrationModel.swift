/// What a link and the hosts at its ends make of a migration: constants that are measured, or fitted to
/// measurements.
public struct MigrationCosts: Hashable, Sendable {
  /// Bytes a second that one migration gets: what the transport carries, over the number of migrations
  /// at once, or what one processor can, whichever is less.
  public var bytesPerSecond: Double
  /// Bytes that a page costs beside its content: its place, and its part of frames and headers.
  public var bytesPerPage: Double
  /// Bytes of a page whose content is zero.
  public var bytesPerZeroPage: Double
  /// Seconds from the start until the first page goes: permission, memory, the guest without contents.
  public var setUp: Double
  /// Seconds of each pass beside sending: collecting written pages, waiting until all has landed.
  public var perPass: Double
  /// Seconds that the guest stands still beside the last pass: to stop, to compare, to start.
  public var blackOut: Double
  /// Seconds until both ends are cleaned up, after the guest runs.
  public var cleanUp: Double
  /// Processor seconds of a gigabyte, both ends together.
  public var processorSecondsPerGigabyte: Double

  /// Makes costs of a link alone: everything beside sending takes no time.
  public init(bytesPerSecond: Double) {
    self.bytesPerSecond = bytesPerSecond
    bytesPerPage = 16
    bytesPerZeroPage = 16
    (setUp, perPass, blackOut, cleanUp) = (0, 0, 0, 0)
    processorSecondsPerGigabyte = 0
  }
}

/// What a migration is expected to take.
public struct MigrationPrediction: Hashable, Sendable {
  /// Seconds from the start until everything is cleaned up.
  public var total: Double
  /// Seconds that the guest stands still; 0 where it stays.
  public var blackOut: Double
  /// Passes over the memory, the last of them in the black-out.
  public var passes: Int
  /// Bytes over the network.
  public var bytes: Double
  /// Processor seconds, both ends together.
  public var processorSeconds: Double
  /// Most percent that the guest was slowed down.
  public var throttle: Int
  public var outcome: MigrationMachine.Outcome
}

/// Goes through a migration as it would go: the machine that decides is the one that runs real ones, and
/// what happens comes from the model of the guest and the link.
public enum MigrationModel {
  /// Predicts one migration.
  /// - Parameters:
  ///   - pages: Of the guest's memory.
  ///   - zeroPages: Those of them that hold nothing.
  public static func predict(
    pages: Int, zeroPages: Int, _ workload: Workload, _ costs: MigrationCosts,
    _ settings: MigrationMachine.Settings
  ) -> MigrationPrediction {
    var machine = MigrationMachine(settings)
    var run = Run(pages: pages, zeroPages: zeroPages, workload, costs, settings)
    var commands = machine.start()
    while machine.outcome == nil {
      let events = commands.flatMap { run.carryOut($0) }
      guard !events.isEmpty else { break }
      commands = events.flatMap { machine.take($0) }
    }
    for command in commands { _ = run.carryOut(command) }
    return MigrationPrediction(
      total: run.time, blackOut: run.blackOut, passes: machine.rounds.count, bytes: run.bytes,
      processorSeconds: run.bytes / 1e9 * costs.processorSecondsPerGigabyte,
      throttle: run.mostThrottle,
      outcome: machine.outcome ?? .stayed(at: machine.step, why: "the model has no end"))
  }

  /// The world of one migration.
  private struct Run {
    let pages: Int
    let zeroPages: Int
    let workload: Workload
    let costs: MigrationCosts
    let settings: MigrationMachine.Settings
    var time = 0.0
    var bytes = 0.0
    var blackOut = 0.0
    var mostThrottle = 0
    private var throttle = 0
    /// Pages that wait for the next pass.
    private var written = 0.0
    private var stood = 0.0

    init(
      pages: Int, zeroPages: Int, _ workload: Workload, _ costs: MigrationCosts,
      _ settings: MigrationMachine.Settings
    ) {
      self.pages = pages
      self.zeroPages = zeroPages
      self.workload = workload
      self.costs = costs
      self.settings = settings
    }

    mutating func carryOut(_ command: MigrationMachine.Command) -> [MigrationMachine.Event] {
      switch command {
      case .askPermission: return [.permitted]
      case .reserve: return [.reserved]
      case .makeSkeleton: return [.made]
      case .connect:
        time += costs.setUp
        return [.connected]
      case .copyAll:
        let content = Double(pages - zeroPages)
        let sent =
          content * (Double(settings.pageSize) + costs.bytesPerPage)
          + Double(zeroPages) * costs.bytesPerZeroPage
        return [.roundEnded(pass(pages, pages - zeroPages, sent, isRunning: true))]
      case .copyWritten: return [.roundEnded(pass(written, isRunning: true))]
      case .throttle(let percent):
        throttle = percent
        mostThrottle = max(mostThrottle, percent)
        return []
      case .pause:
        stood = time
        return [.paused]
      case .copyRest, .servePages: return [.restEnded(pass(written, isRunning: false))]
      case .compare:
        time += costs.blackOut
        return [.compared(different: 0)]
      case .handOver:
        blackOut = time - stood
        return [.tookOver]
      case .dropSource:
        time += costs.cleanUp
        return [.cleaned]
      case .askOwner, .resumeSource, .dropTarget: return []
      }
    }

    private mutating func pass(_ pages: Double, isRunning: Bool) -> MigrationRound {
      let whole = Int(pages.rounded())
      return pass(
        whole, whole, pages * (Double(settings.pageSize) + costs.bytesPerPage),
        isRunning: isRunning)
    }

    private mutating func pass(
      _ pages: Int, _ carried: Int, _ sent: Double, isRunning: Bool
    ) -> MigrationRound {
      let taken = sent / costs.bytesPerSecond + costs.perPass
      written =
        isRunning
        ? workload.written(from: time, for: taken, speed: 1 - Double(throttle) / 100) : 0
      time += taken
      bytes += sent
      return MigrationRound(
        pages: pages, carried: carried, bytes: Int(sent.rounded()), time: .seconds(taken),
        written: Int(written.rounded()))
    }
  }
}
