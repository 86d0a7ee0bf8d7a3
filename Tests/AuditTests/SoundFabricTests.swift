import Audit
import AuditTestSupport
import Fabric
import Quantities
import Testing

@Suite("A sound fabric")
struct SoundFabricTests {
  @Test("has no finding, of any design", arguments: TestFabric.all.map(\.name))
  func noFinding(name: String) throws {
    let fabric = try #require(TestFabric.all.first { $0.name == name }?.fabric)
    let result = Auditor.audit(fabric)
    #expect(result.findings.map(shown) == [])
    #expect(result.holds)
  }

  @Test("has no finding when its own intents are read back", arguments: TestFabric.all.map(\.name))
  func readBack(name: String) throws {
    let fabric = try #require(TestFabric.all.first { $0.name == name }?.fabric)
    let result = Auditor.audit(fabric, intentsReadBack: Array(fabric.intents.reversed()))
    #expect(result.findings.map(shown) == [])
    #expect(result.rules.first?.rule == "text-equals-intent")
    #expect(result.rules.allSatisfy { $0.outcome != .failed })
  }

  @Test(
    "says the same of texts whether or not its own audit is known",
    arguments: TestFabric.all.map(\.name))
  func knownAudit(name: String) throws {
    let fabric = try #require(TestFabric.all.first { $0.name == name }?.fabric)
    var damaged = fabric
    damaged.intents[0].vlans.removeLast()
    for planned in [fabric, damaged] {
      for text in [fabric, damaged] {
        #expect(
          Auditor.audit(
            planned, intentsReadBack: text.intents, planned: Auditor.audit(planned))
            == Auditor.audit(planned, intentsReadBack: text.intents))
      }
    }
  }

  @Test("of fourteen switches has no finding")
  func large() {
    let fabric = TestFabric.spineLeaf(racks: 6, hostsPerRack: 8)
    #expect(fabric.devices.count == 14)
    #expect(Auditor.audit(fabric).findings.map(shown) == [])
  }

  @Test("of a spine and leaves gives every proof something to check")
  func nothingIsSkipped() {
    let idle = Auditor.audit(TestFabric.spineLeaf()).rules
      .filter { $0.outcome == .notApplicable }.map(\.rule)
    #expect(idle == ["islands"])
  }
}

func shown(_ finding: Finding) -> String {
  let subject = finding.subject.joined(separator: " ")
  return "\(finding.rule) \(subject): \(finding.message) [\(finding.expected)]"
}
