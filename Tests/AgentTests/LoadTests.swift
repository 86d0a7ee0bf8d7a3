import Quantities
import Testing
import Transport

@testable import Agent

@Suite("Measurements between agents")
struct AgentLoadTests {
  private static let loopback = IPv4Address(bits: 0x7F00_0001)

  private static func match(
    _ sender: LiveAgent, _ receiver: LiveAgent, _ names: (HostName, HostName)
  ) -> LoadMatch {
    LoadMatch(
      sender: LoadMatch.End(
        host: AgentHost(name: names.0, address: sender.server.address), address: loopback),
      receiver: LoadMatch.End(
        host: AgentHost(name: names.1, address: receiver.server.address), address: loopback))
  }

  @Test("Two agents measure both ways at once, and serve on meanwhile")
  func bothWays() async throws {
    let world = try World()
    let names = (World.name("hv01"), World.name("hv02"))
    let (a, b) = (
      try await LiveAgent(world, host: names.0, threads: World.measuringThreads()),
      try await LiveAgent(world, host: names.1, threads: World.measuringThreads())
    )
    let pool = try world.measuringPool()
    let matches = [Self.match(a, b, names), Self.match(b, a, (names.1, names.0))]
    async let measured = pool.measure(matches, streams: 2, warmUp: 0, seconds: 1)
    #expect(try await a.servesHonestPeers())
    for result in await measured {
      #expect(try result.get().microseconds == 1_000_000)
      #expect(try result.get().bytes > 1_000_000)
    }
    try await a.server.stop()
    try await b.server.stop()
  }

  @Test("Loads and small messages go at once, and counters are collected meanwhile")
  func load() async throws {
    let world = try World()
    let names = (World.name("hv01"), World.name("hv02"))
    let (a, b) = (
      try await LiveAgent(world, host: names.0, threads: World.measuringThreads()),
      try await LiveAgent(world, host: names.1, threads: World.measuringThreads())
    )
    var messages = LoadTest(streams: 1, warmUp: 0, seconds: 1)
    (messages.kind, messages.priority) = (.delay, 4)
    let rate = LoadTest(streams: 2, warmUp: 0, seconds: 1)
    let (results, watched) = try await world.measuringPool().load(
      [(Self.match(a, b, names), rate), (Self.match(a, b, names), messages)],
      watching: [AgentHost(name: names.1, address: b.server.address)])
    #expect(try results[0].get().bytes > 1_000_000 && results[0].get().delays == nil)
    let delays = try #require(try results[1].get().delays)
    #expect(delays.count > 10 && delays.median > 0)
    #expect(watched.map(\.host.name) == [names.1] && (try? watched[0].outcome.get()) != nil)
    try await a.server.stop()
    try await b.server.stop()
  }

  @Test("An agent that is not there is named, and no other match suffers")
  func absent() async throws {
    let world = try World()
    let names = (World.name("hv01"), World.name("hv02"))
    let (a, b) = (
      try await LiveAgent(world, host: names.0, threads: World.measuringThreads()),
      try await LiveAgent(world, host: names.1, threads: World.measuringThreads())
    )
    let gone = try await LiveAgent(world, host: World.name("hv03"))
    try await gone.server.stop()
    let results = try await world.measuringPool().measure(
      [
        Self.match(a, gone, (names.0, World.name("hv03"))), Self.match(a, b, names),
        Self.match(gone, b, (World.name("hv03"), names.1)),
      ], streams: 1, warmUp: 0, seconds: 1)
    #expect(results[0].failure?.host.text == "hv03")
    #expect(try results[1].get().bytes > 1_000_000)
    #expect(results[2].failure?.host.text == "hv03")
    try await a.server.stop()
    try await b.server.stop()
  }

  @Test("An address that is not the host's is refused with the reason, and the agent goes on")
  func foreignAddress() async throws {
    let world = try World()
    let agent = try await LiveAgent(world, threads: World.measuringThreads())
    var match = Self.match(agent, agent, (World.host, World.host))
    match.receiver.address = IPv4Address(bits: 0xC000_0201)
    let failure = try await world.measuringPool().measure(
      [match], streams: 1, warmUp: 0, seconds: 1)[0].failure
    #expect(failure?.description.contains("192.0.2.1") == true)
    #expect(try await agent.servesHonestPeers())
    try await agent.server.stop()
  }

  @Test("More measurements than a host has NICs for are refused, not queued")
  func tooMany() async throws {
    let world = try World()
    let agent = try await LiveAgent(world, threads: World.measuringThreads())
    let match = Self.match(agent, agent, (World.host, World.host))
    // Each takes part twice: as sender and as receiver.
    let results = try await world.measuringPool().measure(
      [LoadMatch](repeating: match, count: 12), streams: 1, warmUp: 0, seconds: 1)
    let failures = results.compactMap(\.failure)
    #expect(failures.contains { $0.description.contains("8 measurements already") })
    try await agent.server.stop()
  }
}
