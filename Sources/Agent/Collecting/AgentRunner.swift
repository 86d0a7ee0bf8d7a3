import Migration
import NIOPosix
import Quantities
import Synchronization
import Threads
import Transport

/// How many measurements one agent takes part in at once: one for each NIC of a large host.
enum LoadLimit {
  static let most = 8
}

/// How many migrations one agent takes part in at once.
enum MoveLimit {
  static let most = 64
  /// Guests that are retired may be a moment longer here than their migrations last.
  static let mostHere = most + 16
}

/// Does the jobs of an agent on threads that may wait: one collection at a time for the whole agent,
/// and a few measurements.
final class AgentRunner<Collector: Collecting>: JobRunner {
  private let collector: Collector
  private let host: HostName
  private let plan: PlanHash
  private let threads: NIOThreadPool
  private let isBusy = Atomic(false)
  private let loads = Atomic(0)
  private let moves = Atomic(0)

  init(_ collector: Collector, host: HostName, plan: PlanHash, threads: NIOThreadPool) {
    self.collector = collector
    self.host = host
    self.plan = plan
    self.threads = threads
  }

  private final class Flag: Sendable {
    let isSet = Atomic(false)
    var isCancelled: @Sendable () -> Bool { { self.isSet.load(ordering: .relaxed) } }
  }

  func begin(
    _ job: AgentJob, done: @escaping @Sendable (AgentJobResult) -> Void
  ) -> @Sendable () -> Void {
    let flag = Flag()
    switch job {
    case .collect(let request): collect(request, flag, done)
    case .load(let request):
      if let target = request.target {
        send(request, to: target, flag, done)
      } else {
        // A receiver outlives the connection by which it was asked for; its own deadline ends it.
        receive(request, done)
      }
    case .take(let request): take(request, done)
    case .give(let request): give(request, flag, done)
    }
    return { flag.isSet.store(true, ordering: .relaxed) }
  }

  private func collect(
    _ request: CollectRequest, _ flag: Flag, _ done: @escaping @Sendable (AgentJobResult) -> Void
  ) {
    guard !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return done(.busy) }
    threads.submit { [self] state in
      let result: AgentJobResult
      if case .active = state {
        do throws(CollectFailure) {
          result = .evidence(
            try collector.collect(
              request, host: host, plan: plan, isCancelled: flag.isCancelled))
        } catch {
          result = .failed("\(error)")
        }
      } else {
        result = .failed("the agent is stopping")
      }
      isBusy.store(false, ordering: .releasing)
      done(result)
    }
  }

  /// Runs one end of a measurement on a thread; refuses when there are too many.
  private func load(
    _ done: @escaping @Sendable (AgentJobResult) -> Void,
    _ body: @escaping @Sendable () throws(LoadFailure) -> Void
  ) {
    guard loads.wrappingAdd(1, ordering: .relaxed).newValue <= LoadLimit.most else {
      loads.wrappingSubtract(1, ordering: .relaxed)
      return done(.failed("it takes part in \(LoadLimit.most) measurements already"))
    }
    threads.submit { [self] state in
      if case .active = state {
        do throws(LoadFailure) { try body() } catch { done(.failed("\(error)")) }
      } else {
        done(.failed("the agent is stopping"))
      }
      loads.wrappingSubtract(1, ordering: .relaxed)
    }
  }

  private func send(
    _ request: LoadRequest, to target: LoadRequest.Target, _ flag: Flag,
    _ done: @escaping @Sendable (AgentJobResult) -> Void
  ) {
    load(done) { () throws(LoadFailure) in
      done(
        .loaded(
          try LoadSender.run(
            request.test, from: request.own, to: target.address, port: target.port,
            isCancelled: flag.isCancelled)))
    }
  }

  /// Runs one end of a migration on a thread of its own; refuses when there are too many.
  private func move(
    _ done: @escaping @Sendable (AgentJobResult) -> Void,
    _ body: @escaping @Sendable () -> Void
  ) {
    guard moves.wrappingAdd(1, ordering: .relaxed).newValue <= MoveLimit.mostHere else {
      moves.wrappingSubtract(1, ordering: .relaxed)
      return done(.failed("it takes part in \(MoveLimit.mostHere) migrations already"))
    }
    var work = Work()
    let isStarted = work.start { [self] in
      body()
      moves.wrappingSubtract(1, ordering: .relaxed)
    }
    work.leave()
    guard !isStarted else { return }
    moves.wrappingSubtract(1, ordering: .relaxed)
    done(.failed("the system gives it no thread"))
  }

  /// It outlives the connection by which it was asked for; the source, or its own deadline, ends it.
  private func take(
    _ request: TakeRequest, _ done: @escaping @Sendable (AgentJobResult) -> Void
  ) {
    move(done) {
      do throws(TransferFailure) {
        let hosting = try GuestHosting(
          request.secret, control: request.control, transports: request.transports)
        done(.waiting(ports: hosting.ports))
        hosting.run(within: .seconds(request.seconds))
      } catch {
        done(.failed(error.description))
      }
    }
  }

  private func give(
    _ request: GiveRequest, _ flag: Flag, _ done: @escaping @Sendable (AgentJobResult) -> Void
  ) {
    let end = ContinuousClock.now + .seconds(request.seconds)
    move(done) {
      do throws(MigrationFault) {
        done(
          .moved(
            try request.move.run { flag.isCancelled() || ContinuousClock.now > end }))
      } catch {
        done(.failed(error.description))
      }
    }
  }

  private func receive(
    _ request: LoadRequest, _ done: @escaping @Sendable (AgentJobResult) -> Void
  ) {
    load(done) { () throws(LoadFailure) in
      let listener = try LoadListener(request.test, on: request.own)
      done(.listening(port: listener.port))
      listener.run { false }
    }
  }
}
