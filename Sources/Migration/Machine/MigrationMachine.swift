/// One live migration, without any input or output: what happened goes in, what is to be done comes out.
///
/// The guest runs at the source until the black-out and is never at two hosts at once. Whatever goes wrong
/// before the target has taken it over leaves it running at the source, and the target without a trace
/// of it. Once the target was told to take it over only its own answer says where the guest is: without
/// one the source stands still, and that is said.
public struct MigrationMachine: Sendable {
  /// What a migration may take.
  public struct Settings: Hashable, Sendable {
    /// Bytes of a page.
    public var pageSize = 4096
    /// Longest time that the guest should stand still.
    public var blackOutLimit = Duration.milliseconds(300)
    /// What the black-out takes beside copying: to stop the guest, to compare, to start it.
    public var blackOutOverhead = Duration.milliseconds(20)
    /// Most passes before it is stuck.
    public var mostRounds = 40
    /// Whether two passes in a row, each of which left more than half of what it sent, are enough to call
    /// it stuck.
    public var endsWhenSlow = true
    /// Percent by which the guest is slowed down first, and each time after that; 0 for never.
    public var throttleStep = 10
    /// Most percent that it is slowed down.
    public var mostThrottle = 99
    /// What is done with a guest that writes faster than the network carries.
    public var whenStuck = WhenStuck.stop

    /// Makes settings.
    public init() {}
  }

  /// Ways out for a guest that writes too fast.
  public enum WhenStuck: Hashable, Sendable {
    /// It stays where it is.
    case stop
    /// It stands still for as long as it takes.
    case standStill
    /// It runs at the target before all of its memory is there. When the connection is lost then, so is
    /// the guest.
    case postCopy
  }

  /// What happened.
  public enum Event: Hashable, Sendable {
    case permitted
    case refused(String)
    case reserved
    case notReserved(String)
    case made
    case notMade(String)
    case connected
    case roundEnded(MigrationRound)
    case paused
    case restEnded(MigrationRound)
    /// Both ends compared all pages.
    case compared(different: Int)
    /// The target runs the guest.
    case tookOver
    /// The target does not run it, and never will; why, where it refused.
    case didNotTakeOver(String)
    /// Neither by the network nor by the management LAN anybody says where the guest is.
    case nobodyAnswers
    case cleaned
    /// Something broke: a connection, an agent.
    case broke(String)
    /// Somebody wants it to end.
    case cancelled
  }

  /// What is to be done next.
  public enum Command: Hashable, Sendable {
    case askPermission
    case reserve
    case makeSkeleton
    case connect
    /// Notes written pages from now on, and sends all memory.
    case copyAll
    /// Sends what was written to since the last pass.
    case copyWritten
    /// Slows the guest down by so many percent; 0 lets it run.
    case throttle(Int)
    case pause
    case copyRest
    case compare
    /// Tells the target to run the guest, which it answers by `tookOver`.
    case handOver(isPostCopy: Bool)
    /// Asks by the management LAN where the guest is.
    case askOwner
    case resumeSource
    /// Sends pages that the target asks for, and all others, until it has everything.
    case servePages
    case dropTarget
    case dropSource
  }

  /// How it ended.
  public enum Outcome: Hashable, Sendable {
    case moved
    /// The guest runs at the source.
    case stayed(at: MigrationStep, why: String)
    /// Nobody knows whether the target runs it; the source stands still.
    case inDoubt(why: String)
    /// It ran at the target before all of its memory was there, which is lost.
    case lost(why: String)
  }

  private enum Phase: Hashable {
    case new
    case permitting, reserving, making, connecting
    case copying
    case pausing
    case copyingRest
    case comparing
    case handingOver
    case asking(String)
    case servingPages
    case dropping
    case ended
  }

  public let settings: Settings
  public private(set) var rounds: [MigrationRound] = []
  /// Percent by which the guest is slowed down.
  public private(set) var throttle = 0
  public private(set) var outcome: Outcome?
  private var phase = Phase.new
  /// Whether the guest is to run at the target before all of its memory is there.
  public private(set) var isPostCopy = false
  /// Why the black-out may take longer than its limit; empty where it should not.
  public private(set) var excuse = ""

  /// Makes one that has not begun.
  public init(_ settings: Settings) { self.settings = settings }

  /// The step it is at.
  public var step: MigrationStep {
    switch phase {
    case .new: .choose
    case .permitting: .permit
    case .reserving: .reserve
    case .making: .skeleton
    case .connecting: .connect
    case .copying: rounds.isEmpty ? .copy : .iterate
    case .pausing, .copyingRest, .comparing: .blackOut
    case .handingOver, .asking, .servingPages: .resume
    case .dropping, .ended: .cleanUp
    }
  }

  /// Whether the guest was told to stand still at the source.
  private var standsStill: Bool {
    switch phase {
    case .pausing, .copyingRest, .comparing, .handingOver, .asking, .servingPages, .dropping: true
    case .new, .permitting, .reserving, .making, .connecting, .copying, .ended: false
    }
  }

  /// Begins.
  public mutating func start() -> [Command] {
    guard phase == .new else { return [] }
    phase = .permitting
    return [.askPermission]
  }

  /// Takes what happened.
  /// - Returns: what is to be done, in order. Events that do not belong to the phase are late, and change
  ///   nothing.
  public mutating func take(_ event: Event) -> [Command] {
    switch (phase, event) {
    case (.ended, _): return []
    case (.permitting, .permitted): return go(.reserving, [.reserve])
    case (.permitting, .refused(let why)): return stay("the target does not allow it: \(why)")
    case (.reserving, .reserved): return go(.making, [.makeSkeleton])
    case (.reserving, .notReserved(let why)): return stay("the target has no room: \(why)")
    case (.making, .made): return go(.connecting, [.connect])
    case (.making, .notMade(let why)): return stay("the target made no guest: \(why)")
    case (.connecting, .connected): return go(.copying, [.copyAll])
    case (.copying, .roundEnded(let round)): return next(after: round)
    case (.pausing, .paused):
      return isPostCopy
        ? go(.handingOver, [.handOver(isPostCopy: true)]) : go(.copyingRest, [.copyRest])
    case (.copyingRest, .restEnded(let round)):
      rounds.append(round)
      return go(.comparing, [.compare])
    case (.comparing, .compared(different: 0)):
      return go(.handingOver, [.handOver(isPostCopy: false)])
    case (.comparing, .compared(let pages)): return stay("\(pages) pages differ at the target")
    case (.handingOver, .tookOver), (.asking, .tookOver):
      return isPostCopy ? go(.servingPages, [.servePages]) : go(.dropping, [.dropSource])
    case (.handingOver, .didNotTakeOver(let why)):
      return stay("the target did not take it over" + (why.isEmpty ? "" : ": \(why)"))
    case (.asking(let why), .didNotTakeOver): return stay(why)
    case (.asking(let why), .nobodyAnswers): return end(.inDoubt(why: why))
    case (.servingPages, .restEnded(let round)):
      rounds.append(round)
      return go(.dropping, [.dropSource])
    case (.dropping, .cleaned): return end(.moved)
    case (_, .broke(let why)): return broke(why)
    case (_, .cancelled): return cancel()
    default: return []
    }
  }

  private mutating func go(_ next: Phase, _ commands: [Command]) -> [Command] {
    phase = next
    return commands
  }

  private mutating func end(_ outcome: Outcome, _ commands: [Command] = []) -> [Command] {
    self.outcome = outcome
    phase = .ended
    return commands
  }

  /// The guest goes on where it is, at its full speed, and the target forgets it.
  private mutating func stay(_ why: String) -> [Command] {
    var commands: [Command] = []
    if standsStill { commands.append(.resumeSource) }
    if throttle > 0 { commands.append(.throttle(0)) }
    if phase != .permitting { commands.append(.dropTarget) }
    let step = step
    throttle = 0
    return end(.stayed(at: step, why: why), commands)
  }

  private mutating func broke(_ why: String) -> [Command] {
    switch phase {
    case .handingOver: return go(.asking(why), [.askOwner])
    case .asking: return []
    case .servingPages: return end(.lost(why: why), [.dropTarget])
    // The target runs it: what is left of the source is rubbish.
    case .dropping: return end(.moved)
    default: return stay(why)
    }
  }

  /// Once the target was told to take it over it is too late.
  private mutating func cancel() -> [Command] {
    switch phase {
    case .handingOver, .asking, .servingPages, .dropping: []
    default: stay("it was cancelled")
    }
  }

  /// How long the guest would stand still if it were stopped after a round.
  func blackOut(after round: MigrationRound) -> Duration? {
    round.pagesPerSecond.map {
      .seconds(Double(round.written) / $0) + settings.blackOutOverhead
    }
  }

  /// Whether the guest may be stopped after a round: it stands still for no longer than its limit then, or
  /// the limit is below what no pass makes less.
  private mutating func isShortEnough(_ round: MigrationRound) -> Bool {
    let estimate = round.written == 0 ? settings.blackOutOverhead : blackOut(after: round)
    guard let estimate else { return false }
    if estimate <= settings.blackOutLimit { return true }
    guard settings.blackOutLimit <= settings.blackOutOverhead,
      estimate <= settings.blackOutOverhead * 2
    else { return false }
    excuse =
      "to stop, compare and start a guest takes about"
      + " \(Int(settings.blackOutOverhead / .milliseconds(1))) ms, more than its limit"
    return true
  }

  private mutating func next(after round: MigrationRound) -> [Command] {
    rounds.append(round)
    if isShortEnough(round) { return go(.pausing, [.pause]) }
    // Two passes in a row after which more than half of what was sent is left: it gets nowhere.
    let isSlow = rounds.suffix(2).count { $0.written * 2 > $0.pages } == 2
    let canThrottle = settings.throttleStep > 0 && throttle < settings.mostThrottle
    if isSlow, canThrottle, rounds.count < settings.mostRounds {
      throttle = min(throttle + settings.throttleStep, settings.mostThrottle)
      return [.throttle(throttle), .copyWritten]
    }
    guard rounds.count >= settings.mostRounds || isSlow && settings.endsWhenSlow else {
      return [.copyWritten]
    }
    let why =
      "it writes faster than the network carries: \(round.written) pages were left after"
      + " \(rounds.count) passes"
    switch settings.whenStuck {
    case .stop: return stay(why)
    case .standStill:
      excuse = why
      return go(.pausing, [.pause])
    case .postCopy:
      excuse = why
      isPostCopy = true
      return go(.pausing, [.pause])
    }
  }
}
