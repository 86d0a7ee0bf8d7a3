import Fabric
import Quantities
import TenfoldTestSupport
import Testing

@testable import Lab

/// Agents of labs, and the LAN that they are asked over.
@Suite struct LabAgentTests {
  private func lab(_ example: String, agent: String = "/usr/bin/tenfold") throws -> LabPlan {
    LabPlan(try LabPlanTests.fabric(example), name: LabName(site: example), agent: agent)
  }

  @Test(
    "Every host has an address of its own, in a LAN that the plan does not use",
    arguments: LabPlanTests.examples)
  func addresses(_ example: String) throws {
    let plan = try lab(example)
    #expect(!plan.fabric.subnets.contains { $0.prefix.overlaps(plan.lan.prefix) })
    let addresses = plan.hosts.compactMap { plan.agentAddress($0.name) }
    #expect(addresses.count == plan.hosts.count)
    #expect(Set(addresses).count == addresses.count)
    let coordinator = try #require(plan.lan.coordinator)
    #expect(!addresses.contains("\(coordinator):\(LabPlan.agentPort)"))
    #expect(plan.agentAddress("nobody") == nil)
    let lines = plan.agentList.split(separator: "\n")
    #expect(lines.map { String($0.split(separator: " ")[0]) } == plan.hosts.map(\.name))
  }

  @Test("A plan that uses the first LAN gets the next one")
  func otherLAN() throws {
    var fabric = try LabPlanTests.fabric("starter-pair")
    fabric.subnets[0].prefix = try #require(IPv4Subnet("198.18.7.0/24"))
    #expect(LabLAN(fabric).prefix == IPv4Subnet("198.19.0.0/16"))
  }

  @Test("A lab without agents starts none, and has no faults of theirs")
  func none() throws {
    let (without, with) = (try lab("starter-pair", agent: ""), try lab("starter-pair"))
    func agents(_ plan: LabPlan) -> [LabStep] {
      plan.stages.flatMap { $0.lists.flatMap { $0 } }.filter { $0.words.contains("serve") }
    }
    #expect(agents(without).isEmpty)
    #expect(agents(with).map(\.node) == with.hosts.map { .host($0.name) })
    for fault in [LabFault.agentDead, .agentHangs, .agentOfAnotherPlan, .clockOff] {
      var random = LabRandom(seed: 4)
      #expect(without.change(fault, at: LabPlace(""), &random) == nil)
      let change = try #require(with.change(fault, at: LabPlace("hv-r2-03"), &random))
      #expect(change.words.first == "hv-r2-03")
      #expect((change.steps + change.undo).allSatisfy { $0.node == .host("hv-r2-03") })
    }
  }

  @Test("A host that is off is off on the LAN beside too, and back afterwards")
  func off() throws {
    var random = LabRandom(seed: 4)
    let change = try #require(try lab("medium").change(.hostOff, at: LabPlace(""), &random))
    func states(_ steps: [LabStep]) -> [String] {
      steps.filter { $0.words.contains(LabLAN.interface) }.compactMap(\.words.last)
    }
    #expect(states(change.steps) == ["down"])
    #expect(states(change.undo) == ["up"])
  }
}
