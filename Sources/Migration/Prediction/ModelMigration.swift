/// A migration in the model's world: the machine that decides is the one that runs real ones; what happens
/// comes from the guest's workload and from the bytes that it is let send.
struct ModelMigration {
  /// What it is doing.
  enum Activity {
    /// Nothing of it takes time: it is over.
    case none
    /// So many seconds are left of something that sends nothing.
    case waiting(Double)
    /// So many bytes are left of a pass.
    case sending(Double)
  }

  /// What is to be told to the machine when the activity is over.
  private enum Ending {
    case event(MigrationMachine.Event)
    /// A pass over so many pages, of which so many have content; `sent` bytes in all.
    case pass(pages: Int, carried: Int, sent: Double, isRunning: Bool)
    case cleaned
  }

  let guest: ModelGuest
  let costs: MigrationCosts
  private var machine: MigrationMachine
  private(set) var activity = Activity.none
  private var ending: Ending?
  /// Seconds that a pass takes after its last byte.
  private var rest = 0.0
  private var commands: [MigrationMachine.Command] = []

  private(set) var began: Double
  private var now: Double
  private var passBegan = 0.0
  private var throttle = 0
  private var mostThrottle = 0
  /// Pages that wait for the next pass.
  private var written = 0.0
  private var bytes = 0.0
  private var stood: Double?
  private var blackOut = 0.0
  private var compared = 0.0
  /// Pages that were looked at, each as often as it was.
  private var pagesRead = 0

  /// Begins at a moment, in seconds.
  init(
    _ guest: ModelGuest, _ costs: MigrationCosts, _ settings: MigrationMachine.Settings,
    at time: Double
  ) {
    self.guest = guest
    self.costs = costs
    machine = MigrationMachine(settings)
    (began, now) = (time, time)
    commands = machine.start()
    proceed()
  }

  var isOver: Bool { if case .none = activity { true } else { false } }

  var isSending: Bool { if case .sending = activity { true } else { false } }

  /// Seconds until the activity is over, when it may send at that rate.
  func timeLeft(at rate: Double) -> Double {
    switch activity {
    case .none: .infinity
    case .waiting(let seconds): seconds
    case .sending(let bytes): bytes > 0 ? bytes / rate : 0
    }
  }

  /// Lets time pass.
  /// - Parameters:
  ///   - step: Seconds since it was let last.
  ///   - rate: Bytes a second that it may send.
  ///   - isDone: Whether the activity is over with it: nobody relies on sums of parts of numbers.
  mutating func advance(to time: Double, by step: Double, at rate: Double, isDone: Bool) {
    now = time
    switch activity {
    case .none: return
    case .waiting(let left): activity = .waiting(max(0, left - step))
    case .sending(let left): activity = .sending(max(0, left - step * rate))
    }
    if isDone { end() }
  }

  /// The activity is over.
  private mutating func end() {
    if case .sending = activity, rest > 0 {
      activity = .waiting(rest)
      rest = 0
      return
    }
    activity = .none
    guard let ending else { return }
    self.ending = nil
    switch ending {
    case .event(let event): commands += machine.take(event)
    case .cleaned: commands += machine.take(.cleaned)
    case .pass(let pages, let carried, let sent, let isRunning):
      let taken = now - passBegan
      written =
        isRunning
        ? guest.workload.written(
          from: passBegan, for: taken, speed: 1 - Double(throttle) / 100) : 0
      bytes += sent
      pagesRead += pages
      let round = MigrationRound(
        pages: pages, carried: carried, bytes: Int(min(sent, 9e18).rounded()),
        time: .seconds(min(taken, 9e18)), written: Int(written.rounded()))
      commands += machine.take(isRunning ? .roundEnded(round) : .restEnded(round))
    }
    proceed()
  }

  /// Carries out what takes no time, until something does or nothing is left.
  private mutating func proceed() {
    while !commands.isEmpty, ending == nil {
      let command = commands.removeFirst()
      switch command {
      case .askPermission: commands += machine.take(.permitted)
      case .reserve: commands += machine.take(.reserved)
      case .makeSkeleton: commands += machine.take(.made)
      case .connect: wait(costs.setUp, .event(.connected))
      case .copyAll:
        let content = guest.pages - guest.zeroPages
        let sent = pageBytes(Double(content)) + Double(guest.zeroPages) * costs.bytesPerZeroPage
        send(sent, .pass(pages: guest.pages, carried: content, sent: sent, isRunning: true))
      case .copyWritten: sendWritten(isRunning: true)
      case .throttle(let percent):
        throttle = percent
        mostThrottle = max(mostThrottle, percent)
      case .pause:
        stood = now
        commands += machine.take(.paused)
      case .copyRest: sendWritten(isRunning: false)
      case .compare:
        let comparing = costs.comparePerPage * Double(guest.pages)
        compared += comparing
        if comparing > 0 { pagesRead += guest.pages }
        wait(costs.blackOut + comparing, .event(.compared(different: 0)))
      case .handOver(let isPostCopy):
        if isPostCopy {
          wait(costs.blackOut, .event(.tookOver))
        } else {
          commands += machine.take(.tookOver)
        }
      case .servePages:
        ranAgain()
        sendWritten(isRunning: false)
      case .dropSource:
        ranAgain()
        wait(costs.cleanUp, .cleaned)
      case .resumeSource: ranAgain()
      case .askOwner, .dropTarget: break
      }
    }
  }

  private mutating func ranAgain() {
    guard let stood else { return }
    blackOut = now - stood - compared
    self.stood = nil
  }

  private mutating func wait(_ seconds: Double, _ ending: Ending) {
    activity = .waiting(seconds)
    self.ending = ending
  }

  private mutating func send(_ bytes: Double, _ ending: Ending) {
    passBegan = now
    rest = costs.perPass
    activity = .sending(bytes)
    self.ending = ending
  }

  private mutating func sendWritten(isRunning: Bool) {
    let (pages, sent) = (Int(written.rounded()), pageBytes(written))
    send(sent, .pass(pages: pages, carried: pages, sent: sent, isRunning: isRunning))
  }

  private func pageBytes(_ pages: Double) -> Double {
    pages * (Double(machine.settings.pageSize) + costs.bytesPerPage)
  }

  /// What it took.
  var prediction: MigrationPrediction {
    MigrationPrediction(
      total: now - began, blackOut: blackOut, passes: machine.rounds.count, bytes: bytes,
      processorSeconds: bytes / 1e9 * costs.processorSecondsPerGigabyte
        + Double(pagesRead) * costs.processorSecondsPerPage, throttle: mostThrottle,
      outcome: machine.outcome ?? .stayed(at: machine.step, why: "the model has no end"))
  }
}
