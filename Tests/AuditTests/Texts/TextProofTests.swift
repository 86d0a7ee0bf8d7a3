import Audit
import AuditTestSupport
import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import Testing

@Suite("Configurations held to each other, with no plan beside them")
struct TextProofTests {
  /// What one proof finds in the texts of a sound fabric that `change` has altered.
  private func found(_ rule: String, after change: (inout Fabric) -> Void) -> [String] {
    var fabric = TestFabric.spineLeaf()
    change(&fabric)
    return Auditor.audit(texts: fabric.intents, traits: ShippedTraits.all).findings
      .filter { $0.rule == rule }
      .map { "\($0.subject.joined(separator: " ")): \($0.message)" }
  }

  /// A port of the switch that leads to another switch.
  private func uplink(_ name: String, lag: Int = 1) throws -> String {
    try #require(
      TestFabric.spineLeaf().intent(name)?.ports.first { $0.lag == lag }?.name)
  }

  @Test("A sound network has no finding, of any design", arguments: TestFabric.all.map(\.name))
  func sound(name: String) throws {
    let fabric = try #require(TestFabric.all.first { $0.name == name }?.fabric)
    let result = Auditor.audit(texts: fabric.intents, traits: ShippedTraits.all)
    #expect(result.findings.map { "\($0.rule) \($0.subject): \($0.message)" } == [])
    #expect(result.rules.map(\.rule).count == 8)
  }

  @Test("Links are found by descriptions, so that their ends are compared")
  func isNotEmpty() {
    let result = Auditor.audit(texts: TestFabric.spineLeaf().intents, traits: ShippedTraits.all)
    for rule in result.rules {
      #expect(rule.outcome == .passed, "\(rule.rule)")
    }
  }

  @Test("Two configurations of one switch, and two names of one VLAN")
  func names() {
    #expect(
      found("text-names") { $0.intents.append($0.intents[0]) }.contains {
        $0.hasSuffix("two configurations carry this name")
      })
    #expect(
      found("text-names") { $0.change("spine-b") { $0.vlans[0].name = "other" } }.contains {
        $0.contains("it is called other here and ")
      })
    let alone = found("text-names") { $0.intents.removeAll { $0.hostname == "spine-b" } }
    #expect(alone.contains { $0.hasPrefix("spine-a: the other switch of its pair") })
  }

  @Test(
    "Each setting of a pair that must be the same is compared",
    arguments: [
      "pair domain", "system MAC", "unit ids", "heartbeat", "VLANs", "traffic groups",
      "spanning tree",
    ])
  func pairs(what: String) {
    let found = found("text-pairs") { fabric in
      fabric.change("spine-b") { intent in
        switch what {
        case "pair domain": intent.pair?.domain += 1
        case "system MAC": intent.pair?.systemMAC = "02:00:00:00:00:99"
        case "unit ids": intent.pair?.unit = 0
        case "heartbeat": intent.pair?.backupDestination = IPv4Address(bits: 0x7F00_0001)
        case "VLANs": intent.vlans.removeLast()
        case "traffic groups": intent.qos?.groups[0].bandwidth -= 1
        default: intent.spanningTree.mode = .off
        }
      }
    }
    #expect(found.count == 1 && found[0].contains(what), "\(found)")
  }

  @Test("A LAG of the pair that carries another VLAN on one of the two")
  func pairLAG() throws {
    let number = try #require(
      TestFabric.spineLeaf().intent("spine-b")?.lags.first { $0.pairLAG != nil }?.number)
    let found = found("text-pairs") {
      $0.change("spine-b", lag: number) { $0.membership.tagged.removeLast() }
    }
    #expect(found.count == 1 && found[0].contains(": VLANs: tagged "), "\(found)")
  }

  @Test("One end of a link that says something else")
  func links() throws {
    let port = try uplink("tor-r1-a")
    #expect(
      found("text-links") { $0.change("tor-r1-a", port) { $0.lossless.toggle() } }.count == 1)
    #expect(
      found("text-links") { $0.change("tor-r1-a", port) { $0.enabled = false } }.count == 1)
    #expect(
      found("text-links") { $0.change("tor-r1-a", lag: 1) { $0.membership.tagged.removeLast() } }
        .allSatisfy { $0.contains("VLANs: tagged") })
    #expect(
      !found("text-links") { $0.change("tor-r1-a", lag: 1) { $0.membership.tagged.removeLast() } }
        .isEmpty)
  }

  @Test("A lone port between switches with a small MTU")
  func chains() throws {
    let port = try uplink("tor-r1-a")
    let found = found("text-mtu") { $0.change("tor-r1-a", port) { $0.mtu = 1522 } }
    #expect(found.count == 1 && found[0].hasPrefix("tor-r1-a \(port): its MTU of 1522"), "\(found)")
  }

  @Test("A storage VLAN on the way to the core")
  func isolation() throws {
    let fabric = TestFabric.spineLeaf()
    let spine = try #require(fabric.intent("spine-a"))
    let core = try #require(spine.lags.first { $0.description.contains("core") })
    let id = try #require(spine.vlans.first { $0.name.contains("csv") }?.id)
    let found = found("text-isolation") {
      $0.change("spine-a", lag: core.number) {
        $0.membership.tagged = ($0.membership.tagged + [id]).sorted()
      }
    }
    #expect(!found.isEmpty && found.allSatisfy { $0.contains("carries VLAN \(id.number)") })
  }

  @Test("A circle without spanning tree")
  func loops() throws {
    // Two of the four uplinks of a ToR leave their LAG: two ways to the pair.
    let ports = try #require(TestFabric.spineLeaf().intent("tor-r1-a")).ports.filter { $0.lag == 1 }
    let split: (inout Fabric) -> Void = { fabric in
      let membership = fabric.intent("tor-r1-a")?.lags.first { $0.number == 1 }?.membership ?? .none
      fabric.change("tor-r1-a", ports[0].name) {
        $0.lag = nil
        $0.membership = membership
      }
    }
    #expect(found("text-loops", after: split) == [])
    let found = found("text-loops") { fabric in
      split(&fabric)
      for place in fabric.intents.indices { fabric.intents[place].spanningTree.mode = .off }
    }
    #expect(!found.isEmpty && found.allSatisfy { $0.contains("closes a circle") }, "\(found)")
  }

  @Test("Shares, priorities and groups that break a rule")
  func classes() {
    let sums = found("text-classes") { $0.change("tor-r1-a") { $0.qos?.groups[0].bandwidth -= 1 } }
    #expect(sums == ["tor-r1-a: its shares add up to 99 %"])
    let twice = found("text-classes") {
      $0.change("tor-r1-a") { $0.qos?.groups[0].priorities.removeFirst() }
    }
    #expect(twice.contains("tor-r1-a: its traffic groups do not hold each priority once"))
    let other = found("text-classes") {
      $0.change("tor-r1-a") { intent in
        for place in intent.qos?.groups.indices ?? 0..<0 {
          intent.qos?.groups[place].lossless = place == 0
        }
      }
    }
    #expect(other.contains { $0.contains(" are lossless, on ") }, "\(other)")
  }

  @Test("A LAG with too many members, a port in two uplink groups")
  func groups() {
    let members = found("text-groups") { fabric in
      fabric.change("tor-r1-a") { intent in
        for place in intent.ports.indices { intent.ports[place].lag = 1 }
      }
    }
    #expect(members.contains { $0.hasPrefix("tor-r1-a lag 1: ") }, "\(members)")
    let twice = found("text-groups") { fabric in
      fabric.change("tor-r1-a") { intent in
        guard var copy = intent.uplinkGroups.first else { return }
        copy.id += 1
        intent.uplinkGroups.append(copy)
      }
    }
    #expect(!twice.isEmpty && twice.allSatisfy { $0.contains("uplink groups 1 and 2") }, "\(twice)")
  }
}
