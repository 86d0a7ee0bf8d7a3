import Fabric
import Quantities
import TenfoldTestSupport
import Testing

@testable import Lab

/// The commands of labs, and of their faults, without running any.
@Suite struct LabStepTests {
  private func plans() throws -> [LabPlan] {
    var random = LabRandom(seed: 11)
    return try LabPlanTests.examples.flatMap { example in
      let fabric = try LabPlanTests.fabric(example)
      let cuts = [
        LabCut(), LabCut(hostsPerRack: Int.random(in: 1...4, using: &random)),
        LabCut(maxHosts: Int.random(in: 1...12, using: &random)),
      ]
      return cuts.enumerated().map { place, cut in
        LabPlan(
          cut.applied(to: fabric), name: LabName(site: example),
          agent: place == 0 ? "" : "/usr/bin/tenfold")
      }
    }
  }

  /// What a command must not be.
  private func complaint(_ step: LabStep, _ plan: LabPlan) -> String? {
    guard let program = step.words.first, !program.isEmpty else { return "no program" }
    guard step.words.allSatisfy({ !$0.utf8.contains(0) && !$0.contains("nil") }) else {
      return "a word that is none: \(step.shown)"
    }
    if program == "ip", step.words.count > 2, step.words[1] == "-batch" {
      let lines = step.input.split(separator: "\n")
      guard !lines.isEmpty, lines.allSatisfy({ !$0.contains("  ") && !$0.hasSuffix(" ") }) else {
        return "a word is missing: \(step.input)"
      }
    }
    if step.node != .machine, !plan.nodes.contains(step.node) { return "no node \(step.node)" }
    return nil
  }

  @Test("Every command of every lab is whole, and runs in a node of it")
  func commands() throws {
    for plan in try plans() {
      for step in plan.stages.flatMap({ $0.lists.flatMap { $0 } }) {
        let wrong = complaint(step, plan)
        #expect(wrong == nil)
      }
    }
  }

  @Test("A port without a VLAN passes none, and never all of them")
  func memberships() throws {
    let (one, two) = (try #require(VLANID(10)), try #require(VLANID(20)))
    #expect(Membership.none.switchWords == ["vlan_mode=trunk", "trunks=4095"])
    #expect(Membership(untagged: one).switchWords == ["vlan_mode=access", "tag=10"])
    #expect(Membership(tagged: [one, two]).switchWords == ["vlan_mode=trunk", "trunks=10,20"])
    #expect(
      Membership(untagged: one, tagged: [two]).switchWords
        == ["vlan_mode=native-untagged", "tag=10", "trunks=20"])
  }

  @Test(
    "Every fault finds a place in medium, says where it is, and can be undone",
    arguments: [
      1, 2, 3,
    ] as [UInt64])
  func faults(_ seed: UInt64) throws {
    let plan = LabPlan(
      LabCut(hostsPerRack: 2).applied(to: try LabPlanTests.fabric("medium")),
      name: LabName(site: "medium"), agent: "/usr/bin/tenfold")
    for fault in LabFault.allCases {
      var random = LabRandom(seed: seed)
      let change = try #require(plan.change(fault, at: LabPlace(""), &random), "\(fault)")
      #expect(!change.said.isEmpty && !change.said.hasSuffix("."))
      #expect(!change.words.isEmpty && !change.steps.isEmpty && !change.undo.isEmpty)
      for step in change.steps + change.undo {
        let wrong = complaint(step, plan)
        #expect(wrong == nil)
      }
      // The same seed breaks the same thing.
      var again = LabRandom(seed: seed)
      #expect(plan.change(fault, at: LabPlace(""), &again)?.steps == change.steps)
    }
  }

  @Test("A fault is where it is asked for, and nowhere else")
  func places() throws {
    let plan = LabPlan(try LabPlanTests.fabric("starter-pair"), name: LabName(site: "s"))
    for seed in 1...20 as ClosedRange<UInt64> {
      var random = LabRandom(seed: seed)
      let change = try #require(
        plan.change(.missingCable, at: LabPlace("hv-r2-03:nic1-p2"), &random))
      #expect(change.words == ["hv-r2-03", "nic1-p2"])
    }
    var random = LabRandom(seed: 1)
    #expect(plan.change(.missingCable, at: LabPlace("hv-r9-99"), &random) == nil)
    #expect(plan.change(.leak, at: LabPlace(""), &random) == nil)
    #expect(plan.change(.uplinkMTU, at: LabPlace(""), &random) == nil)
  }

  @Test("Uplinks lose a VLAN that hosts on both of their sides are in, or none")
  func uplinks() throws {
    let fabric = try LabPlanTests.fabric("medium")
    let rack = try #require(fabric.hosts.first).rack
    let alone = Set(fabric.hosts.filter { $0.rack == rack }.map(\.name))
    var one = fabric
    one.hosts.removeAll { !alone.contains($0.name) }
    one.links.removeAll { $0.role == .host && !alone.contains($0.b.node) }
    for seed in 1...10 as ClosedRange<UInt64> {
      var random = LabRandom(seed: seed)
      let name = LabName(site: "medium")
      #expect(LabPlan(fabric, name: name).change(.uplinkVLAN, at: LabPlace(""), &random) != nil)
      #expect(LabPlan(one, name: name).change(.uplinkVLAN, at: LabPlace(""), &random) == nil)
    }
  }

  @Test("A host with two addresses in one subnet answers by the port of each")
  func strong() throws {
    var fabric = try LabPlanTests.fabric("starter-pair")
    let host = try #require(fabric.hosts.first).name
    let place = try #require(
      fabric.subnets.firstIndex { $0.assignments.contains { $0.node == host } })
    let own = try #require(fabric.subnets[place].assignments.first { $0.node == host })
    let other = try #require(
      fabric.hosts.first?.cards.flatMap(\.ports).first { $0 != own.port })
    let prefix = fabric.subnets[place].prefix
    let last = try #require(prefix.address(prefix.usableAddresses))
    func rules(_ fabric: Fabric) -> [String] {
      let steps = LabPlan(fabric, name: LabName(site: "s")).stages.flatMap(\.lists).joined()
      let own = steps.filter { $0.node == .host(host) }.map(\.input).joined()
      return own.split(separator: "\n").map(String.init)
        .filter { $0.hasPrefix("rule ") || $0.hasPrefix("route ") }
    }
    #expect(rules(fabric) == [])
    fabric.subnets[place].assignments.append(
      AddressAssignment(node: host, port: other, address: last))
    let found = rules(fabric)
    #expect(found.count == 4)
    #expect(found.contains("rule add from \(own.address) lookup 1000 pref 1000"))
    #expect(found.contains("rule add from \(last) lookup 1001 pref 1001"))
    #expect(found.contains { $0.hasPrefix("route replace \(prefix) dev ") })
  }

  @Test("Nothing leaks to a core that no switch is joined to")
  func core() throws {
    var random = LabRandom(seed: 5)
    var fabric = try LabPlanTests.fabric("medium")
    let name = LabName(site: "medium")
    #expect(LabPlan(fabric, name: name).change(.leak, at: LabPlace(""), &random) != nil)
    fabric.links.removeAll { $0.role == .core }
    #expect(fabric.site.core != nil)
    #expect(LabPlan(fabric, name: name).change(.leak, at: LabPlace(""), &random) == nil)
  }

  @Test("The state of a lab is read as it was written")
  func state() throws {
    var random = LabRandom(seed: 5)
    let plan = LabPlan(try LabPlanTests.fabric("starter-pair"), name: LabName(site: "s"))
    let change = try #require(plan.change(.crossedCables, at: LabPlace(""), &random))
    let state = LabState(
      owner: 7, isUp: true, hosts: 8, namespaces: ["tf-s_switches"],
      broken: [.init(fault: change.fault, said: change.said, undo: change.undo)])
    let again = try LabState.read(try state.bytes())
    #expect(again.broken.first?.undo == change.undo)
    #expect(again.namespaces == state.namespaces)
  }
}
