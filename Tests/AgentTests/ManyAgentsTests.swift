import Quantities
import Testing

@testable import Agent

@Suite("A coordinator asks many agents")
struct ManyAgentsTests {
  let world: World

  init() throws { world = try World() }

  @Test("Results stand in the order of the hosts, and end even if every agent hangs")
  func bounded() async throws {
    let silent = try await Impostor(nil)
    let agent = try await LiveAgent(world)
    var hosts = (0..<30).map {
      AgentHost(name: World.name("dead\($0)"), address: silent.address)
    }
    hosts.insert(AgentHost(name: World.host, address: agent.server.address), at: 15)
    let start = ContinuousClock.now
    let results = try await Agents.ask(
      hosts, as: world.coordinator(), deadlines: .patient { $0.handshake = .seconds(3) }
    ) {
      $0.concurrency = 8
      $0.total = .seconds(4)
    }
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(results.map(\.host) == hosts)
    for (place, result) in results.enumerated() where place != 15 {
      let failure = result.outcome.failure
      #expect(
        failure == .timedOut(.handshake) || failure == .timedOut(.waiting)
          || failure == .timedOut(.connecting), "\(result.outcome)")
    }
    #expect(results.contains { $0.outcome.failure == .timedOut(.waiting) })
    silent.stop()
    try await agent.server.stop()
  }

  @Test("Two hundred agents at once: every one brings its evidence")
  func twoHundred() async throws {
    var agents: [LiveAgent] = []
    for place in 0..<200 {
      agents.append(
        try await LiveAgent(world, host: World.name("hv\(place)"), group: World.busyGroup))
    }
    let hosts = agents.enumerated().map { place, agent in
      AgentHost(name: World.name("hv\(place)"), address: agent.server.address)
    }
    let results = try await Agents.ask(hosts, as: world.coordinator(), group: World.busyGroup) {
      $0.concurrency = 200
    }
    #expect(results.map(\.host) == hosts)
    for (place, result) in results.enumerated() {
      #expect((try? result.outcome.get())?.host == "hv\(place)", "\(result.outcome)")
    }
    for agent in agents { try await agent.server.stop() }
  }
}
