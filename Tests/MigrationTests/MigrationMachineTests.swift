import TenfoldTestSupport
import Testing

@testable import Migration

@Suite("The machine of a live migration")
struct MigrationMachineTests {
  /// Two hosts that do what they are told, until something breaks.
  private struct World {
    var random: SplitMix64
    /// Chance of a fault at each command, in percent.
    let faults: UInt64
    var sourceRuns = true
    var targetRuns = false
    /// Pages that the guest misses at the target will never come.
    var arePagesLost = false
    var targetExists = false
    var throttle = 0
    var stood = false
    /// What somebody would see who looked after each command.
    var wrong: [String] = []

    mutating func carryOut(
      _ command: MigrationMachine.Command, settings: MigrationMachine.Settings
    ) -> [MigrationMachine.Event] {
      let isFaulty = random.next() % 100 < faults
      defer {
        if sourceRuns, targetRuns { wrong.append("it runs twice after \(command)") }
      }
      switch command {
      case .askPermission: return [isFaulty ? .refused("no") : .permitted]
      case .reserve:
        targetExists = true
        return [isFaulty ? .notReserved("full") : .reserved]
      case .makeSkeleton: return [isFaulty ? .notMade("disk full") : .made]
      case .connect: return [isFaulty ? .broke("no connection") : .connected]
      case .copyAll, .copyWritten:
        if isFaulty { return [random.next() % 2 == 0 ? .broke("link lost") : .cancelled] }
        let pages = 1000 + Int(random.next() % 1000)
        let part = Double(random.next() % 140) / 100 * Double(100 - throttle) / 100
        return [
          .roundEnded(
            MigrationRound(
              pages: pages, carried: pages, bytes: pages << 12, time: .milliseconds(1000),
              written: Int(Double(pages) * part)))
        ]
      case .throttle(let percent):
        throttle = percent
        return []
      case .pause:
        sourceRuns = false
        stood = true
        return [isFaulty ? .broke("the agent is gone") : .paused]
      case .copyRest:
        return [
          isFaulty
            ? .broke("link lost")
            : .restEnded(
              MigrationRound(
                pages: 10, carried: 10, bytes: 40960, time: .milliseconds(9), written: 0))
        ]
      case .compare: return [.compared(different: isFaulty ? 3 : 0)]
      case .handOver:
        // The message arrives or not, and so does its answer.
        switch isFaulty ? random.next() % 3 : 3 {
        case 0: return [.broke("link lost")]
        case 1:
          targetRuns = true
          return [.broke("link lost")]
        case 2: return [.didNotTakeOver("")]
        default:
          targetRuns = true
          return [.tookOver]
        }
      case .askOwner:
        if random.next() % 3 == 0 { return [.nobodyAnswers] }
        return [targetRuns ? .tookOver : .didNotTakeOver("")]
      case .servePages:
        arePagesLost = isFaulty
        return [
          isFaulty
            ? .broke("link lost")
            : .restEnded(
              MigrationRound(
                pages: 10, carried: 10, bytes: 40960, time: .milliseconds(9), written: 0))
        ]
      case .resumeSource:
        sourceRuns = true
        return []
      case .dropTarget:
        // One of which pages will never come cannot run on.
        if targetRuns, !arePagesLost {
          wrong.append("the target is dropped though it runs the guest")
        }
        (targetExists, targetRuns) = (false, false)
        return []
      case .dropSource:
        if !targetRuns { wrong.append("the source is dropped though nobody runs the guest") }
        return [isFaulty ? .broke("link lost") : .cleaned]
      }
    }
  }

  private func settings(_ random: inout SplitMix64) -> MigrationMachine.Settings {
    var settings = MigrationMachine.Settings()
    settings.mostRounds = 3 + Int(random.next() % 20)
    settings.throttleStep = [0, 10, 30][Int(random.next() % 3)]
    settings.whenStuck = [.stop, .standStill, .postCopy][Int(random.next() % 3)]
    return settings
  }

  @Test(
    "Whatever breaks, the guest is never at two hosts, and at the end it is where it is said to be")
  func anything() {
    var outcomes: [String: Int] = [:]
    var steps: Set<MigrationStep> = []
    for seed in UInt64(0)..<4000 {
      var random = SplitMix64(seed: seed)
      let settings = settings(&random)
      var machine = MigrationMachine(settings)
      var world = World(random: random, faults: [0, 5, 20][Int(seed % 3)])
      var commands = machine.start()
      var count = 0
      while !commands.isEmpty, count < 500 {
        count += 1
        var events: [MigrationMachine.Event] = []
        for command in commands { events += world.carryOut(command, settings: settings) }
        commands = events.flatMap { machine.take($0) }
        #expect(machine.rounds.count <= settings.mostRounds + 1)
      }
      #expect(world.wrong == [], "seed \(seed)")
      switch machine.outcome {
      case .moved:
        outcomes["moved", default: 0] += 1
        #expect(world.targetRuns && !world.sourceRuns, "seed \(seed)")
      case .stayed(let step, let why):
        outcomes["stayed", default: 0] += 1
        steps.insert(step)
        #expect(world.sourceRuns && !world.targetRuns && !world.targetExists, "seed \(seed) \(why)")
        #expect(world.throttle == 0 && why != "", "seed \(seed)")
      case .inDoubt:
        outcomes["in doubt", default: 0] += 1
        #expect(!world.sourceRuns, "seed \(seed)")
      case .lost:
        outcomes["lost", default: 0] += 1
        #expect(
          settings.whenStuck == .postCopy && world.arePagesLost && !world.targetExists,
          "seed \(seed)")
      case nil: Issue.record("seed \(seed) has no end")
      }
    }
    #expect(outcomes.count == 4, "\(outcomes)")
    #expect(steps == [.permit, .reserve, .skeleton, .connect, .copy, .iterate, .blackOut, .resume])
  }

  @Test("The steps come in their order, and a guest that writes little stands still briefly")
  func steps() {
    var machine = MigrationMachine(MigrationMachine.Settings())
    #expect(machine.step == .choose)
    #expect(machine.start() == [.askPermission] && machine.step == .permit)
    #expect(machine.take(.permitted) == [.reserve] && machine.step == .reserve)
    #expect(machine.take(.reserved) == [.makeSkeleton] && machine.step == .skeleton)
    #expect(machine.take(.made) == [.connect] && machine.step == .connect)
    #expect(machine.take(.connected) == [.copyAll] && machine.step == .copy)
    let first = MigrationRound(
      pages: 10_000, carried: 10_000, bytes: 40 << 20, time: .seconds(1), written: 4000)
    // 0.4 s and what it takes beside: more than 0.3 s.
    #expect(machine.take(.roundEnded(first)) == [.copyWritten] && machine.step == .iterate)
    let second = MigrationRound(
      pages: 4000, carried: 4000, bytes: 16 << 20, time: .milliseconds(400), written: 500)
    #expect(machine.take(.roundEnded(second)) == [.pause] && machine.step == .blackOut)
    #expect(machine.take(.paused) == [.copyRest])
    let rest = MigrationRound(
      pages: 500, carried: 500, bytes: 2 << 20, time: .milliseconds(50), written: 0)
    #expect(machine.take(.restEnded(rest)) == [.compare])
    #expect(machine.take(.compared(different: 0)) == [.handOver(isPostCopy: false)])
    #expect(machine.step == .resume)
    #expect(machine.take(.tookOver) == [.dropSource] && machine.step == .cleanUp)
    #expect(machine.take(.cleaned) == [] && machine.outcome == .moved)
    #expect(machine.excuse == "")
    // Nothing that comes late moves it.
    #expect(machine.take(.broke("late")) == [] && machine.outcome == .moved)
  }

  /// A machine that is copying.
  private static func copying(_ settings: MigrationMachine.Settings) -> MigrationMachine {
    var machine = MigrationMachine(settings)
    _ = machine.start()
    for event in [MigrationMachine.Event.permitted, .reserved, .made, .connected] {
      _ = machine.take(event)
    }
    return machine
  }

  private static func round(_ pages: Int, _ time: Duration, written: Int) -> MigrationRound {
    MigrationRound(
      pages: pages, carried: pages, bytes: pages << 12, time: time, written: written)
  }

  @Test("A limit that no guest can keep is told as such, and costs no more passes")
  func shortLimit() {
    var settings = MigrationMachine.Settings()
    settings.blackOutLimit = .milliseconds(10)
    for whenStuck in [MigrationMachine.WhenStuck.stop, .postCopy] {
      settings.whenStuck = whenStuck
      var idle = Self.copying(settings)
      #expect(idle.take(.roundEnded(Self.round(1000, .seconds(1), written: 0))) == [.pause])
      #expect(idle.excuse.contains("20 ms, more than its limit") && !idle.isPostCopy)
      var busy = Self.copying(settings)
      #expect(busy.take(.roundEnded(Self.round(1000, .seconds(1), written: 300))) == [.copyWritten])
      #expect(busy.take(.roundEnded(Self.round(300, .milliseconds(300), written: 15))) == [.pause])
    }
    // One that can be kept needs no excuse.
    settings.blackOutLimit = .milliseconds(30)
    var machine = Self.copying(settings)
    #expect(
      machine.take(.roundEnded(Self.round(1000, .seconds(1), written: 15))) == [.copyWritten])
    #expect(machine.take(.roundEnded(Self.round(15, .milliseconds(15), written: 2))) == [.pause])
    #expect(machine.excuse == "")
  }

  @Test("Passes that gain little end it only where the hypervisor looks at them")
  func slowPasses() {
    var settings = MigrationMachine.Settings()
    (settings.throttleStep, settings.whenStuck) = (0, .standStill)
    let slow = Self.round(1000, .seconds(1), written: 700)
    var looking = Self.copying(settings)
    #expect(looking.take(.roundEnded(slow)) == [.copyWritten])
    #expect(looking.take(.roundEnded(slow)) == [.pause])
    (settings.endsWhenSlow, settings.mostRounds) = (false, 10)
    var counting = Self.copying(settings)
    for _ in 0..<9 { #expect(counting.take(.roundEnded(slow)) == [.copyWritten]) }
    #expect(counting.take(.roundEnded(slow)) == [.pause] && counting.excuse.contains("10 passes"))
  }

  @Test("Why a target does not take the guest over is told")
  func refusal() {
    var machine = Self.copying(MigrationMachine.Settings())
    _ = machine.take(.roundEnded(Self.round(1000, .seconds(1), written: 0)))
    _ = machine.take(.paused)
    _ = machine.take(.restEnded(Self.round(0, .zero, written: 0)))
    _ = machine.take(.compared(different: 0))
    #expect(machine.take(.didNotTakeOver("its disk is full")) == [.resumeSource, .dropTarget])
    #expect(
      machine.outcome
        == .stayed(at: .resume, why: "the target did not take it over: its disk is full"))
  }

  @Test(
    "A guest that writes faster than the network carries is slowed down, then dealt with as asked")
  func stuck() {
    for (way, isMoved) in [
      (MigrationMachine.WhenStuck.stop, false), (.standStill, true), (.postCopy, true),
    ] {
      var settings = MigrationMachine.Settings()
      settings.whenStuck = way
      settings.throttleStep = 30
      var machine = MigrationMachine(settings)
      for event in [MigrationMachine.Event.permitted, .reserved, .made, .connected] {
        if machine.step == .choose { _ = machine.start() }
        _ = machine.take(event)
      }
      let round = MigrationRound(
        pages: 1000, carried: 1000, bytes: 4 << 20, time: .seconds(1), written: 990)
      var throttled: [Int] = []
      var last: [MigrationMachine.Command] = []
      for _ in 0..<40 {
        last = machine.take(.roundEnded(round))
        for case .throttle(let percent) in last { throttled.append(percent) }
        guard last.contains(.copyWritten) else { break }
      }
      #expect(last.contains(.pause) == isMoved)
      if isMoved {
        #expect(throttled == [30, 60, 90, 99] && machine.excuse.contains("faster"))
      } else {
        #expect(throttled == [30, 60, 90, 99, 0])
        #expect(last == [.throttle(0), .dropTarget])
      }
    }
  }
}
