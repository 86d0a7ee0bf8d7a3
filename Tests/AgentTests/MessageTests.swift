import Quantities
import Testing

@testable import Agent

@Suite("An agent refuses what is no request, also from its coordinator")
struct MessageTests {
  let world: World

  init() throws { world = try World() }

  private func hello(_ change: (inout Hello) -> Void = { _ in }) -> [UInt8] {
    var hello = Hello(
      version: "test", plan: World.plan, host: World.host, clock: world.now)
    change(&hello)
    return Request.hello(hello).frame
  }

  /// Messages with the coordinator's certificate end in a refusal with these words, while another
  /// connection is served.
  private func refuses(_ messages: [[UInt8]], _ words: String) async throws {
    let agent = try await LiveAgent(world)
    let peer = try await Stranger.connect(to: agent.server.address, .tls(world.coordinator()))
    for message in messages { peer.send(message) }
    #expect(try await agent.log.waits(for: words), "\(words): \(agent.log.lines)")
    #expect(try await peer.isClosed())
    #expect(try await agent.servesHonestPeers())
    try await agent.server.stop()
  }

  @Test("An oversized message is refused by its length, before it is sent")
  func oversized() async throws {
    try await refuses(
      [hello(), [0x00, 0x01, 0x00, 0x01]], "a message of 65537 bytes, the limit is")
    try await refuses([[0xFF, 0xFF, 0xFF, 0xFF]], "a message of 4294967295 bytes")
  }

  @Test("Garbage inside TLS")
  func garbage() async throws {
    try await refuses([Frame.bytes([0x7B, 0xFF, 0x00])], "a request is wrong: no JSON")
    try await refuses([[0, 0, 0, 0]], "a message of no bytes")
    try await refuses([Array("GET / HTTP/1.1\r\n\r\n".utf8)], "a message of")
  }

  @Test("A message that nobody knows, or with more in it than is known")
  func unknown() async throws {
    for (text, words) in [
      (#"{"type":"run","command":"id"}"#, "an unknown type run"),
      (#"{"type":"status","path":"/etc"}"#, "an unknown member path"),
      (#"{"type":"status","type":"bye"}"#, "stands here twice"),
      (#"{"type":"collect","probes":true,"interval":61,"jobs":1,"crossings":[]}"#, "0 to 60"),
      (#"{"type":"collect","probes":true,"interval":1,"jobs":0,"crossings":[]}"#, "1 to 64"),
      (#"{"type":"collect","probes":true,"interval":1,"jobs":1,"crossings":["$(id)"]}"#, "no IPv4"),
      (
        #"{"type":"network","name":"a b","own":"10.0.0.1","prefixLength":24,"mtu":1500,"vlan":1,"others":[]}"#,
        "no plain name"
      ),
    ] {
      try await refuses([hello(), Frame.bytes(Array(text.utf8))], words)
    }
  }

  @Test("Anything before hello, another plan or another host in it")
  func greeting() async throws {
    try await refuses([Request.status.frame], "hello comes first")
    try await refuses([hello { $0.plan = World.otherPlan }], "the coordinator has another plan")
    try await refuses([hello { $0.host = World.name("hv02") }], "this is not host hv02")
    try await refuses([hello { $0.protocolVersion = 9 }], "the coordinator speaks protocol 9")
  }

  @Test("A peer that sends a message byte by byte, or none, or nothing more")
  func slow() async throws {
    let agent = try await LiveAgent(
      world,
      deadlines: .patient {
        ($0.greeting, $0.idle, $0.message) = (.seconds(3), .seconds(2), .seconds(1))
      })
    let own = try world.coordinator()
    let silent = try await Stranger.connect(to: agent.server.address, .tls(own))
    let idle = try await Stranger.connect(to: agent.server.address, .tls(own))
    idle.send(hello())
    let loris = try await Stranger.connect(to: agent.server.address, .tls(own))
    loris.send(hello())
    loris.send([0, 0, 0, 100])
    let start = ContinuousClock.now
    while loris.channel.isActive, ContinuousClock.now - start < .seconds(30) {
      loris.send([0x20])
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try await agent.servesHonestPeers())
    #expect(try await agent.log.waits(for: "no request within"))
    #expect(try await agent.log.waits(for: "a request did not end within"), "\(agent.log.lines)")
    #expect(try await agent.log.waits(for: "silent for"))
    for peer in [silent, idle, loris] { #expect(try await peer.isClosed()) }
    try await agent.server.stop()
  }

  @Test("More requests a second than anybody needs")
  func tooMany() async throws {
    let many = [UInt8]((0..<200).map { _ in Request.status.frame }.joined())
    try await refuses([hello(), many], "too many requests")
  }

  @Test("A coordinator that asks for evidence and does not read it")
  func unread() async throws {
    let outputs =
      "[{\"command\":\"x\",\"status\":0,\"text\":\""
      + String(repeating: "x", count: 24 << 20) + "\"}]"
    let evidence = emptyEvidence(host: "hv01", plan: World.plan.text, outputs: outputs)
    let agent = try await LiveAgent(
      world, collector: FakeCollector(evidence),
      deadlines: .patient { $0.writing = .seconds(1) }, group: World.busyGroup)
    let peer = try await Stranger.connect(
      to: agent.server.address, .tls(world.coordinator()), group: World.busyGroup)
    try await peer.channel.setOption(.autoRead, value: true).get()
    peer.send(hello())
    #expect(try await eventually { peer.text.contains("hello") })
    try await peer.channel.setOption(.autoRead, value: false).get()
    peer.send(Request.collect(CollectRequest(interval: 0)).frame)
    #expect(try await agent.log.waits(for: "evidence was not taken within"), "\(agent.log.lines)")
    #expect(try await eventually { agent.server.connections == 0 })
    peer.leave()
    try await agent.server.stop()
  }

  @Test("An agent that is told to end ends what it collects, and lets its coordinator go")
  func stopped() async throws {
    let collector = SlowCollector()
    let agent = try await LiveAgent(world, collector: collector)
    let peer = try await Stranger.connect(to: agent.server.address, .tls(world.coordinator()))
    peer.send(hello() + Request.collect(CollectRequest(interval: 0)).frame + Request.status.frame)
    #expect(try await eventually { peer.text.contains("\"collecting\": true") })
    try await agent.server.stop()
    #expect(try await eventually { collector.cancelled.load(ordering: .relaxed) })
    #expect(try await peer.isClosed())
  }

  @Test("Two coordinators at once: the second is told that another collection runs")
  func busy() async throws {
    let collector = SlowCollector()
    let agent = try await LiveAgent(world, collector: collector)
    let first = try await Stranger.connect(to: agent.server.address, .tls(world.coordinator()))
    first.send(hello())
    first.send(Request.collect(CollectRequest(interval: 0)).frame)
    first.send(Request.status.frame)
    #expect(try await eventually { first.text.contains("\"collecting\": true") })
    let second = try await agent.ask()
    #expect(second.outcome.failure == .refused("another collection is running"))
    // Who leaves ends what was collected for him.
    first.leave()
    #expect(try await eventually { collector.cancelled.load(ordering: .relaxed) })
    try await agent.server.stop()
  }
}
