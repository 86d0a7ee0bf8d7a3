import Glibc
import Migration
import NIOCore
import NIOPosix
import Quantities
import Transport

/// Agents, enrolment and coordinators for a program that does one of it and waits: each function
/// blocks the thread that calls it, which must be one of the program's own.
public final class AgentRuntime: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let threads: NIOThreadPool

  /// Makes threads: few, since all they do is wait or move bytes.
  public init() {
    group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, min(4, System.coreCount)))
    threads = NIOThreadPool(numberOfThreads: 2 + LoadLimit.most)
    threads.start()
  }

  private func wait<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    try group.next().makeFutureWithTask(work).wait()
  }

  /// Starts an agent.
  /// - Throws: `Findings` when it cannot listen.
  public func agent(
    on address: AgentAddress, identity: AgentIdentity, own: Credentials,
    collector: ScriptCollector, options: ServerOptions
  ) throws -> SecureServer {
    try listening(on: address) { [self] in
      try await AgentServer.start(
        on: address, identity: identity, own: own, collector: collector, threads: threads,
        group: group, options: options)
    }
  }

  /// Starts an enrolment server.
  /// - Throws: `Findings` when it cannot listen.
  public func enrolment(
    on address: AgentAddress, desk: TokenDesk, options: ServerOptions
  ) throws -> SecureServer {
    try listening(on: address) { [self] in
      try await EnrolmentServer.start(
        on: address, desk: desk, threads: threads, group: group, options: options)
    }
  }

  private func listening(
    on address: AgentAddress, _ start: @escaping @Sendable () async throws -> SecureServer
  ) throws -> SecureServer {
    do { return try wait(start) } catch {
      throw Findings([
        Finding(
          rule: "agent-listen",
          message: "cannot listen on \(address): \(AgentClient.words(for: error))")
      ])
    }
  }

  /// Stops a server for good, and waits until nothing that it started runs any more.
  public func stop(_ server: SecureServer) {
    try? wait { try await server.stop() }
    // Whoever asked is gone, so a collector that runs ends what it started.
    try? threads.syncShutdownGracefully()
  }

  /// Ends its threads; nothing can be asked of it any more.
  public func end() {
    try? threads.syncShutdownGracefully()
    try? group.syncShutdownGracefully()
  }

  /// Gets a certificate for this host.
  public func enrol(
    with token: EnrolmentToken, at address: AgentAddress
  ) throws -> Result<Credentials, AgentFailure> {
    try wait { [group] in try await Enrolment.enrol(with: token, at: address, group: group) }
  }

  /// One result a host, in their order.
  /// - Parameter isStopped: Asked several times a second; once it is `true` nobody waits any longer.
  /// - Throws: `CancellationError` when it was stopped.
  public func collect(
    from hosts: [AgentHost], as own: Credentials, options: AgentPool.Options,
    isStopped: @escaping @Sendable () -> Bool = { false },
    _ request: @escaping @Sendable (AgentHost) -> CollectRequest
  ) throws -> [HostResult] {
    let pool = try AgentPool(own, group: group, options: options)
    let asking = Task { await pool.collect(from: hosts, request) }
    let pause = TimeAmount.milliseconds(200)
    let watch = group.next().scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
      if isStopped() { asking.cancel() }
    }
    defer { watch.cancel() }
    let results = try wait { await asking.value }
    guard !asking.isCancelled else { throw CancellationError() }
    return results
  }

  /// Measures rounds of matches, one round after the other.
  /// - Parameters:
  ///   - options: as for collecting.
  ///   - isStopped: Asked before each round.
  ///   - round: Called after each round with its number and results.
  /// - Throws: `CancellationError` once it is stopped, and what `round` throws.
  public func measure(
    _ rounds: [[LoadMatch]], as own: Credentials, options: AgentPool.Options,
    streams: Int, warmUp: Int, seconds: Int, isStopped: () -> Bool = { false },
    _ round: (Int, [Result<LoadResult, HostFailure>]) throws -> Void
  ) throws {
    let pool = try AgentPool(own, group: group, options: options)
    for (number, matches) in rounds.enumerated() {
      if isStopped() { throw CancellationError() }
      let results = try wait {
        await pool.measure(matches, streams: streams, warmUp: warmUp, seconds: seconds)
      }
      try round(number, results)
    }
  }

  /// Measures all at once, and what counters of some hosts say of that time.
  /// - Parameters:
  ///   - tests: All of the same length.
  ///   - hosts: Whose counters are read before and after.
  /// - Returns: one result a test, and one a host, in their order.
  public func load(
    _ tests: [(match: LoadMatch, test: LoadTest)], watching hosts: [AgentHost],
    as own: Credentials, options: AgentPool.Options
  ) throws -> ([Result<LoadResult, HostFailure>], [HostResult]) {
    let pool = try AgentPool(own, group: group, options: options)
    return try wait { await pool.load(tests, watching: hosts) }
  }

  /// Moves guests, so many at once, the next as soon as one is done.
  /// - Parameter each: Called with the number of each that is done, by a thread of its own.
  public func move(
    _ transfers: [GuestTransfer], as own: Credentials, options: AgentPool.Options, atOnce: Int,
    each: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> [Result<MigrationReport, HostFailure>] {
    let pool = try AgentPool(own, group: group, options: options)
    return try wait { await pool.move(transfers, atOnce: atOnce, each: each) }
  }

  /// Keeps signals for `waitForEnd`. Must run before any other thread is made, so that all of them
  /// leave the signals to it.
  public static func blockEndSignals() {
    var signals = endSignals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Waits for SIGTERM, SIGINT or SIGHUP.
  public static func waitForEnd() {
    var signals = endSignals
    var signal: Int32 = 0
    sigwait(&signals, &signal)
  }

  private static var endSignals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
    return signals
  }
}
