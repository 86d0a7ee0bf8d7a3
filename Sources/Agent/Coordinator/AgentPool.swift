import Evidence
import NIOCore
import NIOPosix
import NIOSSL
import Quantities

/// Asks the agents of many hosts, so many at once.
public struct AgentPool: Sendable {
  /// How agents are asked.
  public struct Options: Sendable {
    /// Agents at once, each of which may hold 64 MiB of evidence in the worst case.
    public var concurrency = 64
    public var deadlines = Deadlines()
    /// For all hosts together; those whose turn does not come are told so.
    public var total: Duration = .seconds(3600)
    /// The clock on the wall.
    public var clock: @Sendable () -> Timestamp = { .now }
    /// Of Tenfold, such as `0.1.0`.
    public var version = "0"

    /// The usual ones.
    public init() {}
  }

  private let own: Credentials
  private let context: NIOSSLContext
  private let group: any EventLoopGroup
  private let options: Options

  /// Makes a pool.
  /// - Parameter own: Of the coordinator.
  public init(
    _ own: Credentials, group: any EventLoopGroup, options: Options = Options()
  ) throws {
    self.own = own
    self.group = group
    self.options = options
    context = try TLS.client(own)
  }

  /// One result a host, in the order of `hosts`. Ends even if no agent answers: after what the
  /// deadlines of one host add up to, times the number of rounds, and after `Options.total` anyway.
  /// - Parameter request: What to ask a host.
  public func collect(
    from hosts: [AgentHost], _ request: @escaping @Sendable (AgentHost) -> CollectRequest
  ) async -> [HostResult] {
    let end = ContinuousClock.now + options.total
    let results = await each(of: hosts, atOnce: options.concurrency) { host in
      await one(host, request(host), until: end)
    }
    return zip(hosts, results).map { host, result in
      result ?? HostResult(host: host, outcome: .failure(.timedOut(.waiting)))
    }
  }

  /// What becomes of each element, so many at once, the next as soon as one is done.
  /// - Parameter done: Told the place of each that is done.
  func each<Element: Sendable, Outcome: Sendable>(
    of elements: [Element], atOnce: Int, done: (Int) -> Void = { _ in },
    _ body: @escaping @Sendable (Element) async -> Outcome
  ) async -> [Outcome?] {
    await withTaskGroup(of: (Int, Outcome).self) { tasks in
      var results = [Outcome?](repeating: nil, count: elements.count)
      var next = 0
      func start() {
        guard next < elements.count else { return }
        let (place, element) = (next, elements[next])
        next += 1
        tasks.addTask { (place, await body(element)) }
      }
      for _ in 0..<max(1, atOnce) { start() }
      while let (place, result) = await tasks.next() {
        results[place] = result
        done(place)
        start()
      }
      return results
    }
  }

  /// Longest time that one host can take.
  func longest(_ job: AgentJob) -> Duration {
    let deadlines = options.deadlines
    return deadlines.connecting + deadlines.handshake + deadlines.greeting
      + .seconds(job.deadline) + deadlines.slack + deadlines.writing
  }

  private func one(
    _ host: AgentHost, _ request: CollectRequest, until end: ContinuousClock.Instant
  ) async -> HostResult {
    switch await ask(host, .collect(request), until: end) {
    case .failure(let failure): return HostResult(host: host, outcome: .failure(failure))
    case .success(let answer):
      guard case .evidence(let bytes) = answer.content else {
        return HostResult(host: host, outcome: .failure(.malformed("no evidence")))
      }
      return HostResult(
        host: host, outcome: evidence(bytes, of: host.name), clockAhead: answer.clockAhead,
        isPrivileged: answer.isPrivileged)
    }
  }

  /// One job of one agent, over a connection of its own.
  func ask(
    _ host: AgentHost, _ job: AgentJob, until end: ContinuousClock.Instant
  ) async -> CoordinatorSession.Outcome {
    let left = end - .now
    guard left > .zero else { return .failure(.timedOut(.waiting)) }
    let session = CoordinatorSession(
      host: host.name, plan: own.trust.plan, version: options.version, job: job,
      deadlines: options.deadlines)
    let (trust, clock) = (own.trust, options.clock)
    return await AgentClient.run(
      session, to: host.address, context: context,
      check: { trust.check($0, as: .agent(host.name), at: clock()) },
      deadlines: options.deadlines, total: min(left, longest(job)), clock: clock,
      on: group.next())
  }

  /// Evidence that is of this host and plan; agents may lie.
  private func evidence(
    _ bytes: [UInt8], of host: HostName
  ) -> Result<EvidenceFile, AgentFailure> {
    do throws(Findings) {
      let file = try EvidenceJSON.file(from: bytes, file: host.text)
      guard file.host.lowercased() == host.text.lowercased() else {
        return .failure(.malformed("evidence of host \(Plain.text(file.host, 64))"))
      }
      guard file.plan == own.trust.plan.text else {
        return .failure(.malformed("evidence of plan \(Plain.text(file.plan, 16))"))
      }
      return .success(file)
    } catch {
      return .failure(.malformed("evidence: \(Plain.text(error.message))"))
    }
  }
}
