import Glibc
import NIOCore
import Quantities
import Testing

@testable import Agent

@Suite("An agent refuses strangers, says so in its log, and serves its coordinator meanwhile")
struct StrangerTests {
  let world: World

  init() throws { world = try World() }

  /// A stranger with a certificate is refused with these words, while an honest peer is served.
  private func refuses(
    _ security: Stranger.Security, _ words: String,
    clock: (@Sendable () -> Timestamp)? = nil
  ) async throws {
    let agent = try await LiveAgent(world, clock: clock)
    let stranger = try await Stranger.connect(to: agent.server.address, security)
    stranger.send(Request.status.frame)
    #expect(try await agent.log.waits(for: words), "\(agent.log.lines)")
    #expect(agent.log.contains("refused 127.0.0.1:"))
    #expect(try await stranger.isClosed())
    #expect(stranger.received.isEmpty)
    #expect(try await agent.servesHonestPeers())
    try await agent.server.stop()
  }

  @Test("No certificate")
  func noCertificate() async throws {
    try await refuses(.tls(nil), "TLS: PEER_DID_NOT_RETURN_A_CERTIFICATE")
  }

  @Test("The certificate of another authority of the same plan")
  func wrongAuthority() async throws {
    let other = try World()
    try await refuses(.tls(other.coordinator()), "was not signed by the authority of this plan")
  }

  @Test("An expired certificate")
  func expired() async throws {
    let past = try world.authority.credentials(for: .coordinator, at: world.now - 3 * 86_400)
    try await refuses(.tls(past), "the certificate ended")
  }

  @Test("A certificate that is not valid yet")
  func early() async throws {
    let future = try world.authority.credentials(for: .coordinator, at: world.now + 5 * 86_400)
    try await refuses(.tls(future), "the certificate begins")
  }

  @Test("The coordinator of another plan")
  func otherPlan() async throws {
    let other = try World(plan: World.otherPlan)
    try await refuses(.tls(other.coordinator()), "the certificate is of another plan")
  }

  @Test("The own authority's certificate for another plan")
  func otherPlanOwnAuthority() async throws {
    let own = try world.coordinator()
    let certificate = try world.authority.issue(
      Identity(plan: World.otherPlan, role: .coordinator), to: own.key.publicKey, lifetime: 3600,
      at: world.now)
    let forged = Credentials(key: own.key, certificate: certificate, trust: own.trust)
    try await refuses(.tls(forged), "the certificate is of another plan")
  }

  @Test("Another agent, or the same one, in place of a coordinator")
  func agentAsCoordinator() async throws {
    try await refuses(.tls(world.agent()), "the certificate is that of the agent of hv01")
    let other = try world.agent(World.name("hv02"))
    try await refuses(.tls(other), "the certificate is that of the agent of hv02")
  }

  @Test("TLS 1.2")
  func oldTLS() async throws {
    try await refuses(.oldTLS(world.coordinator()), "TLS: UNSUPPORTED_PROTOCOL")
  }

  @Test("Garbage instead of TLS")
  func garbage() async throws {
    let agent = try await LiveAgent(world)
    for bytes in [Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0, count: 4096)] {
      let stranger = try await Stranger.connect(to: agent.server.address)
      stranger.send(bytes)
      #expect(try await stranger.isClosed())
    }
    #expect(try await eventually { agent.log.lines.count { $0.contains("TLS: ") } == 2 })
    #expect(try await agent.servesHonestPeers())
    try await agent.server.stop()
  }

  @Test("Random bytes, with and without the beginnings of TLS, by the dozen")
  func randomBytes() async throws {
    let agent = try await LiveAgent(world, deadlines: .patient { $0.handshake = .seconds(3) })
    var generator = SplitMix(seed: 5)
    let starts: [[UInt8]] = [
      [], [0x16, 0x03, 0x01], [0x16, 0x03, 0x01, 0x00, 0x40, 0x01, 0x00, 0x00, 0x3C, 0x03, 0x03],
      [0x17, 0x03, 0x03], [0x15, 0x03, 0x03, 0x00, 0x02],
    ]
    for place in 0..<60 {
      let stranger = try await Stranger.connect(
        to: agent.server.address, from: "127.0.2.\(1 + place)")
      let rest = (0..<(generator.next() % 300)).map { _ in
        UInt8(truncatingIfNeeded: generator.next())
      }
      stranger.send(starts[place % starts.count] + rest)
      if place % 2 == 0 { stranger.leave() }
    }
    #expect(try await agent.servesHonestPeers())
    #expect(try await eventually { agent.server.connections == 0 })
    #expect(try await agent.servesHonestPeers())
    try await agent.server.stop()
  }

  @Test("A peer that never speaks, and one that trickles, are gone after 5 s")
  func slowHandshake() async throws {
    let agent = try await LiveAgent(world, deadlines: Deadlines())
    let start = ContinuousClock.now
    let silent = try await Stranger.connect(to: agent.server.address)
    let loris = try await Stranger.connect(to: agent.server.address)
    // A record of TLS that announces 512 bytes.
    loris.send([0x16, 0x03, 0x01, 0x02, 0x00])
    #expect(try await agent.servesHonestPeers())
    // A machine so busy that this took seconds tells nothing of what was meanwhile.
    if ContinuousClock.now - start < .seconds(4) {
      #expect(silent.channel.isActive && loris.channel.isActive)
    }
    while silent.channel.isActive || loris.channel.isActive {
      guard ContinuousClock.now - start < .seconds(30) else { break }
      loris.send([0x01])
      try await Task.sleep(for: .milliseconds(200))
    }
    let took = ContinuousClock.now - start
    #expect(took >= .seconds(5) && took < .seconds(15), "\(took)")
    let told = agent.log.lines.filter { $0.contains("no TLS handshake within 5.0 seconds") }
    #expect(told.count == 2, "\(agent.log.lines)")
    try await agent.server.stop()
  }

  @Test(
    "A flood of connections from one address leaves places for others, and room for itself later")
  func flood() async throws {
    var limits = ConnectionLimits()
    limits.perSource = 6
    let agent = try await LiveAgent(
      world, deadlines: .patient { $0.handshake = .seconds(4) }, limits: limits)
    var strangers: [Stranger] = []
    for _ in 0..<40 {
      strangers.append(
        try await Stranger.connect(to: agent.server.address, from: "127.0.0.9"))
    }
    #expect(try await agent.log.waits(for: "more than 6 connections from one address"))
    #expect(agent.server.connections <= 7)
    #expect(try await agent.servesHonestPeers())
    #expect(try await eventually { strangers.allSatisfy { !$0.channel.isActive } })
    #expect(try await eventually { agent.server.connections == 0 })
    try await agent.server.stop()
  }

  @Test("A flood from many addresses gives way to the coordinator: the oldest stranger goes")
  func wideFlood() async throws {
    var limits = ConnectionLimits()
    (limits.perSource, limits.total) = (4, 16)
    let agent = try await LiveAgent(world, limits: limits)
    for place in 0..<60 {
      _ = try await Stranger.connect(
        to: agent.server.address, from: "127.0.1.\(1 + place / 3)")
    }
    #expect(try await agent.log.waits(for: "the oldest stranger gives way"))
    #expect(try await agent.servesHonestPeers())
    #expect(agent.server.connections <= 16)
    try await agent.server.stop()
  }

  @Test("A stranger who leaves amid the handshake, or resets, leaves nothing behind")
  func halfOpen() async throws {
    let agent = try await LiveAgent(world)
    for _ in 0..<20 {
      let stranger = try await Stranger.connect(to: agent.server.address)
      stranger.send([0x16, 0x03, 0x01])
      let options = try #require(stranger.channel as? any SocketOptionProvider)
      // Closing with a reset, as a machine that forgot the connection does.
      try? await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
      stranger.leave()
    }
    #expect(try await eventually { agent.server.connections == 0 })
    #expect(try await agent.servesHonestPeers())
    try await agent.server.stop()
  }
}
