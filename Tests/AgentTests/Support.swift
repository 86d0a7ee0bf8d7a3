import Crypto
import Foundation
import NIOCore
import NIOPosix
import Quantities
import Synchronization
import Testing

@testable import Agent

/// What most tests need: a plan, its authority, and a moment.
struct World: Sendable {
  static let plan = hash("a plan")
  static let otherPlan = hash("another plan")
  static let host = name("hv01")
  /// Shared by all tests: two threads for sockets, and some that may wait.
  static let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
  /// For tests that keep sockets busy, so that they do not delay those that watch the clock.
  static let busyGroup = MultiThreadedEventLoopGroup(numberOfThreads: 2)
  static let threads: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 8)
    pool.start()
    return pool
  }()

  /// For tests that measure: receivers wait on threads, and others must not wait for those.
  static func measuringThreads() -> NIOThreadPool {
    let pool = NIOThreadPool(numberOfThreads: 2 + LoadLimit.most)
    pool.start()
    return pool
  }

  let authority: Authority
  let now: Timestamp

  init(plan: PlanHash = plan, now: Timestamp = .now) throws {
    self.now = now
    authority = try Authority(for: plan, at: now)
  }

  static func hash(_ text: String) -> PlanHash {
    let digest = Quantities.SHA256.hexDigest(Array(text.utf8))
    guard let hash = PlanHash(digest) else { preconditionFailure(digest) }
    return hash
  }

  static func name(_ text: String) -> HostName {
    guard let name = HostName(text) else { preconditionFailure(text) }
    return name
  }

  func coordinator() throws -> Credentials { try authority.credentials(for: .coordinator, at: now) }

  func agent(_ host: HostName = World.host) throws -> Credentials {
    try authority.credentials(for: .agent(host), at: now)
  }

  func identity(_ host: HostName = World.host) -> AgentIdentity {
    AgentIdentity(plan: authority.plan, host: host, version: "test", isPrivileged: false)
  }
}

/// Evidence that says nothing.
func emptyEvidence(host: String, plan: String, outputs: String = "[]") -> [UInt8] {
  Array(
    """
    {"tenfold-evidence":1,"collector":"test","host":"\(host)","system":"linux","plan":"\(plan)",
    "collected":"2026-11-27T01:02:03Z","privileged":false,"outputs":\(outputs),"probes":[]}
    """.utf8)
}

/// Brings the same at once, whatever is asked; remembers what that was.
final class FakeCollector: Collecting {
  private let evidence: [UInt8]?
  let requests = Mutex<[CollectRequest]>([])

  /// - Parameter evidence: `nil` for what a true agent would bring.
  init(_ evidence: [UInt8]? = nil) { self.evidence = evidence }

  func collect(
    _ request: CollectRequest, host: HostName, plan: PlanHash, isCancelled: @Sendable () -> Bool
  ) throws(CollectFailure) -> [UInt8] {
    requests.withLock { $0.append(request) }
    return evidence ?? emptyEvidence(host: host.text, plan: plan.text)
  }
}

/// Brings nothing until it is cancelled, or for so long.
final class SlowCollector: Collecting {
  let cancelled = Atomic(false)
  private let longest: Duration

  init(longest: Duration = .seconds(20)) { self.longest = longest }

  func collect(
    _ request: CollectRequest, host: HostName, plan: PlanHash, isCancelled: @Sendable () -> Bool
  ) throws(CollectFailure) -> [UInt8] {
    let start = ContinuousClock.now
    while !isCancelled(), ContinuousClock.now - start < longest { usleep(10_000) }
    cancelled.store(isCancelled(), ordering: .relaxed)
    throw CollectFailure("nothing to see")
  }
}

/// The log of a server.
final class TestLog: Sendable {
  private let all = Mutex<[LogEntry]>([])

  var sink: LogSink { { [self] entry in all.withLock { $0.append(entry) } } }
  var lines: [String] { all.withLock { $0.map(\.line) } }

  func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// Waits until a line holds a text.
  func waits(for text: String, _ limit: Duration = .seconds(30)) async throws -> Bool {
    try await eventually(limit) { contains(text) }
  }
}

/// Whether something comes true in time.
func eventually(_ limit: Duration = .seconds(30), _ isTrue: () -> Bool) async throws -> Bool {
  let start = ContinuousClock.now
  while !isTrue() {
    guard ContinuousClock.now - start < limit else { return false }
    try await Task.sleep(for: .milliseconds(10))
  }
  return true
}

/// Deadlines that no busy machine misses, so that each test shortens only those that it is about.
extension Deadlines {
  static var patient: Deadlines {
    var deadlines = Deadlines()
    deadlines.handshake = .seconds(60)
    deadlines.greeting = .seconds(60)
    deadlines.message = .seconds(60)
    deadlines.idle = .seconds(60)
    deadlines.writing = .seconds(60)
    deadlines.asking = .seconds(60)
    deadlines.answer = .seconds(60)
    deadlines.connecting = .seconds(60)
    return deadlines
  }

  static func patient(but change: (inout Deadlines) -> Void) -> Deadlines {
    var deadlines = patient
    change(&deadlines)
    return deadlines
  }
}

/// A running agent and what asks it.
struct LiveAgent {
  let world: World
  let server: SecureServer
  let log = TestLog()

  init(
    _ world: World, host: HostName = World.host, own: Credentials? = nil,
    collector: some Collecting = FakeCollector(), deadlines: Deadlines = .patient,
    limits: ConnectionLimits = ConnectionLimits(),
    clock: (@Sendable () -> Timestamp)? = nil, identity: AgentIdentity? = nil,
    group: any EventLoopGroup = World.group, threads: NIOThreadPool = World.threads
  ) async throws {
    self.world = world
    var options = ServerOptions()
    options.log = log.sink
    options.deadlines = deadlines
    options.limits = limits
    if let clock { options.clock = clock }
    server = try await AgentServer.start(
      on: AgentAddress(host: "127.0.0.1", port: 0), identity: identity ?? world.identity(host),
      own: try own ?? world.agent(host), collector: collector, threads: threads,
      group: group, options: options)
  }

  /// What a coordinator gets.
  func ask(
    _ host: HostName = World.host, as own: Credentials? = nil, deadlines: Deadlines = .patient,
    request: CollectRequest = CollectRequest(interval: 0)
  ) async throws -> HostResult {
    try await Agents.ask(
      [AgentHost(name: host, address: server.address)], as: own ?? world.coordinator(),
      deadlines: deadlines, request: request)[0]
  }

  /// An honest coordinator is served, now.
  func servesHonestPeers() async throws -> Bool {
    if case .success = try await ask().outcome { return true }
    return false
  }
}

enum Agents {
  static func ask(
    _ hosts: [AgentHost], as own: Credentials, deadlines: Deadlines = .patient,
    request: CollectRequest = CollectRequest(interval: 0),
    group: any EventLoopGroup = World.group,
    _ change: (inout AgentPool.Options) -> Void = { _ in }
  ) async throws -> [HostResult] {
    var options = AgentPool.Options()
    options.deadlines = deadlines
    options.version = "test"
    change(&options)
    let pool = try AgentPool(own, group: group, options: options)
    return await pool.collect(from: hosts) { _ in request }
  }
}

extension Result {
  var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}

/// A folder that goes when its work is done.
func withFolder<Value>(
  _ work: (String) async throws -> Value
) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "tenfold-agent-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await work(folder.path)
}

extension World {
  /// Asks agents that measure or move guests.
  func measuringPool() throws -> AgentPool {
    var options = AgentPool.Options()
    options.deadlines = .patient
    options.version = "test"
    return try AgentPool(coordinator(), group: World.busyGroup, options: options)
  }
}
