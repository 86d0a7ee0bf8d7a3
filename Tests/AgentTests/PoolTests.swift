import Evidence
import NIOCore
import Quantities
import Testing

@testable import Agent

@Suite("A coordinator gets one result a host, whatever an agent does")
struct PoolTests {
  let world: World

  init() throws { world = try World() }

  private func hello(_ change: (inout Hello) -> Void = { _ in }) -> [UInt8] {
    var hello = Hello(version: "test", plan: World.plan, host: World.host, clock: .now)
    change(&hello)
    return Answer.hello(hello).frame
  }

  /// The outcome with a peer that answers each message with what stands at its place.
  private func outcome(
    _ answers: [[UInt8]], own: Credentials? = nil, deadlines: Deadlines = .patient
  ) async throws -> Result<EvidenceFile, AgentFailure> {
    let impostor = try await Impostor(try own ?? world.agent(), answers: answers)
    defer { impostor.stop() }
    return try await Agents.ask(
      [AgentHost(name: World.host, address: impostor.address)], as: world.coordinator(),
      deadlines: deadlines)[0].outcome
  }

  /// Evidence as it goes over the wire.
  private func evidence(_ bytes: [UInt8], size: Int? = nil, hash: String? = nil) -> [UInt8] {
    Answer.evidence(
      size: size ?? bytes.count, hash: hash ?? SHA256.hexDigest(bytes)
    ).frame + Frame.bytes(bytes)
  }

  private func malformed(_ result: Result<EvidenceFile, AgentFailure>, _ words: String) -> Bool {
    if case .malformed(let what)? = result.failure { what.contains(words) } else { false }
  }

  @Test("An agent that is well brings the evidence of its host, with what was asked")
  func well() async throws {
    let collector = FakeCollector()
    let agent = try await LiveAgent(world, collector: collector)
    let network = ProbeNetwork(
      name: "storage", own: IPv4Address(bits: 1), prefixLength: 16, mtu: 9000, vlan: 7,
      others: (0..<5000).map { IPv4Address(bits: 0x0A00_0000 + UInt32($0)) })
    let request = CollectRequest(
      interval: 3, jobs: 20, networks: [network], crossings: [IPv4Address(bits: 9)])
    let result = try await agent.ask(request: request)
    let file = try result.outcome.get()
    #expect(file.host == "hv01" && file.plan == World.plan.text)
    #expect(result.finding == nil && result.isPrivileged == false)
    #expect(abs(result.clockAhead ?? 99) <= 2)
    #expect(collector.requests.withLock { $0 } == [request])
    try await agent.server.stop()
  }

  @Test("Whoever waits can stop, for agents that hang and for those whose turn has not come")
  func stopped() async throws {
    let silent = try await Impostor(try world.agent(), answers: [])
    defer { silent.stop() }
    let host = AgentHost(name: World.host, address: silent.address)
    let coordinator = try world.coordinator()
    let asking = Task {
      try await Agents.ask([host, host, host], as: coordinator, deadlines: .patient) {
        $0.concurrency = 1
      }
    }
    try await Task.sleep(for: .milliseconds(300))
    let start = ContinuousClock.now
    asking.cancel()
    let results = try await asking.value
    #expect(ContinuousClock.now - start < .seconds(3))
    #expect(results.count == 3)
    for result in results {
      guard case .timedOut(.waiting)? = result.outcome.failure else {
        Issue.record("\(result.outcome)")
        continue
      }
    }
  }

  @Test("Nobody listens, or the name has no address: unreachable")
  func unreachable() async throws {
    let gone = try await Impostor(nil)
    let address = gone.address
    try await gone.channel.close()
    let hosts = [address, AgentAddress(host: "no-such-host.invalid", port: 1)].map {
      AgentHost(name: World.host, address: $0)
    }
    let results = try await Agents.ask(hosts, as: world.coordinator()) { $0.total = .seconds(20) }
    // The kernel refuses, or resets where the port was just closed.
    guard case .unreachable? = results[0].outcome.failure else {
      Issue.record("\(results[0].outcome)")
      return
    }
    switch results[1].outcome.failure {
    // A machine without a server of names may wait for one.
    case .unreachable?, .timedOut(.connecting)?: break
    default: Issue.record("\(results[1].outcome)")
    }
  }

  @Test("An agent that takes the connection and says nothing at all: the handshake is too slow")
  func silent() async throws {
    let silent = try await Impostor(nil)
    let results = try await Agents.ask(
      [AgentHost(name: World.host, address: silent.address)], as: world.coordinator(),
      deadlines: .patient { $0.handshake = .seconds(1) })
    #expect(results[0].outcome.failure == .timedOut(.handshake))
    silent.stop()
  }

  @Test("An agent that hangs after TLS, hello, or amid evidence: each stage is named")
  func hanging() async throws {
    let first = try await outcome([], deadlines: .patient { $0.greeting = .seconds(1) })
    #expect(first.failure == .timedOut(.hello))
    let second = try await outcome(
      [hello()],
      deadlines: .patient { ($0.asking, $0.answer) = (.milliseconds(300), .milliseconds(700)) })
    #expect(second.failure == .timedOut(.collecting))
    let half = Answer.evidence(size: 100, hash: "").frame + Frame.bytes([0x7B])
    let third = try await outcome(
      [hello(), half], deadlines: .patient { $0.writing = .seconds(1) })
    #expect(third.failure == .timedOut(.evidence))
  }

  @Test("An agent that says it collects, for ever, is given up when its time is over")
  func collectingForEver() async throws {
    let agent = try await LiveAgent(world, collector: SlowCollector())
    let result = try await agent.ask(deadlines: .patient { $0.slack = .seconds(-118) })
    #expect(result.outcome.failure == .timedOut(.collecting))
    #expect(try await eventually { agent.server.connections == 0 })
    try await agent.server.stop()
  }

  @Test("An agent whose collector fails says why")
  func collectorFails() async throws {
    let agent = try await LiveAgent(world, collector: FailingCollector())
    let result = try await agent.ask()
    #expect(result.outcome.failure == .refused("the disk is full\\x0a\\x1b[31m"))
    try await agent.server.stop()
  }

  @Test("Another version, another plan, another host")
  func others() async throws {
    let version = hello {
      $0.protocolVersion = 7
      $0.version = "9.9"
    }
    #expect(try await outcome([version]).failure == .wrongVersion(found: "9.9, protocol 7"))
    let plan = hello { $0.plan = World.otherPlan }
    #expect(try await outcome([plan]).failure == .wrongPlan(found: World.otherPlan.short))
    let host = hello { $0.host = World.name("hv02") }
    #expect(try await outcome([host]).failure == .wrongHost(found: "hv02"))
    let foreign = try World(plan: World.otherPlan)
    #expect(
      try await outcome([hello()], own: foreign.agent()).failure
        == .wrongPlan(found: World.otherPlan.short))
    #expect(
      try await outcome([hello()], own: world.agent(World.name("hv02"))).failure
        == .wrongHost(found: "hv02"))
  }

  @Test("A server without the certificate of an agent gets no word of ours")
  func impostors() async throws {
    let unknown = try World()
    let why = try await outcome([hello()], own: unknown.agent()).failure
    #expect(
      why == .refused("here: the certificate was not signed by the authority of this plan"))
    let old = try world.authority.credentials(
      for: .agent(World.host), at: world.now - 3 * 86_400)
    guard case .refused(let words)? = try await outcome([hello()], own: old).failure else {
      Issue.record("an expired agent was believed")
      return
    }
    #expect(words.hasPrefix("here: the certificate ended"))
    for own in [
      try world.coordinator(), try world.authority.credentials(for: .enrolment, at: .now),
    ] {
      guard case .refused? = try await outcome([hello()], own: own).failure else {
        Issue.record("another role was believed")
        continue
      }
    }
  }

  @Test("A coordinator whose certificate the agent refuses is told so, not that all is well")
  func refusedByAgent() async throws {
    let agent = try await LiveAgent(world)
    let own = try world.coordinator()
    let wrong = Credentials(
      key: own.key,
      certificate: try world.authority.issue(
        .coordinator, to: own.key.publicKey, lifetime: -7200, at: world.now), trust: own.trust)
    let result = try await agent.ask(as: wrong)
    guard case .refused(let words)? = result.outcome.failure else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(words.hasPrefix("TLS: ") && words.contains("ALERT"), "\(words)")
    #expect(agent.log.contains("the certificate ended"))
    try await agent.server.stop()
  }

  @Test("Lies: no JSON, too long, another SHA-256, more than announced, another host, another plan")
  func lies() async throws {
    let wrongHost = emptyEvidence(host: "hv02", plan: World.plan.text)
    let wrongPlan = emptyEvidence(host: "hv01", plan: World.otherPlan.text)
    let own = emptyEvidence(host: "hv01", plan: World.plan.text)
    for (answers, words) in [
      ([Frame.bytes(Array("hello".utf8))], "no JSON"),
      ([[0x7F, 0xFF, 0xFF, 0xFF]], "a message of 2147483647 bytes"),
      ([Answer.status(isCollecting: true).frame], "nobody asked for"),
      ([hello() + hello()], "nobody asked for"),
      ([hello(), evidence(own, size: (1 << 26) + 1)], "size is no number"),
      ([hello(), evidence(own, size: 10)], "more evidence than was announced"),
      ([hello(), evidence(own, hash: String(repeating: "0", count: 64))], "another SHA-256"),
      ([hello(), evidence(Array("{}".utf8))], "this is no evidence of Tenfold"),
      ([hello(), evidence(Array("[[[".utf8))], "evidence: "),
      ([hello(), evidence(wrongHost)], "evidence of host hv02"),
      ([hello(), evidence(wrongPlan)], "evidence of plan"),
    ] {
      let result = try await outcome(answers)
      #expect(malformed(result, words), "\(words): \(result)")
    }
    #expect(try await outcome([hello(), evidence(own)]).failure == nil)
  }

  @Test("A refusal cannot colour a terminal or break a line")
  func escaped() async throws {
    let text = "no\u{1B}[31m\nroot: é\\"
    let result = try await outcome([hello(), Answer.refused(text).frame])
    #expect(result.failure == .refused("no\\x1b[31m\\x0aroot: \\xc3\\xa9\\"))
  }

  @Test("A clock that is an hour off is told beside the evidence", arguments: [3600, -3600])
  func clockOff(_ seconds: Int64) async throws {
    let agent = try await LiveAgent(world, clock: { .now + seconds })
    let result = try await agent.ask()
    #expect(result.outcome.failure == nil)
    #expect(abs((result.clockAhead ?? 0) - seconds) <= 2)
    let message = try #require(result.finding?.message)
    #expect(message.hasSuffix(seconds > 0 ? "s ahead" : "s behind"), "\(message)")
    try await agent.server.stop()
  }
}

/// Fails with a text that must not reach a terminal as it stands.
struct FailingCollector: Collecting {
  func collect(
    _ request: CollectRequest, host: HostName, plan: PlanHash, isCancelled: @Sendable () -> Bool
  ) throws(CollectFailure) -> [UInt8] {
    throw CollectFailure("the disk is full\n\u{1B}[31m")
  }
}
