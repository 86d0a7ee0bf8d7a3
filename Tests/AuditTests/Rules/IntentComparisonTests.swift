import Audit
import AuditTestSupport
import Fabric
import Quantities
import Testing

@Suite("text-equals-intent: what the text says is what was planned")
struct IntentComparisonTests {
  private func differences(_ change: (inout Fabric) -> Void) -> [String] {
    let planned = TestFabric.spineLeaf()
    var text = planned
    change(&text)
    return Auditor.audit(planned, intentsReadBack: text.intents).findings
      .filter { $0.rule == "text-equals-intent" }.map(shown)
  }

  @Test("names device, port and setting")
  func portSetting() {
    let found = differences { fabric in
      fabric.change("tor-r1-a", "Te1/0/3") { $0.mtu = 1518 }
    }
    #expect(
      found == [
        "text-equals-intent tor-r1-a Te1/0/3: MTU: the text says 1518 [9216]"
      ])
  }

  @Test("finds a split into lanes of another rate, and a traffic policy that is none")
  func wholeValues() {
    var planned = TestFabric.spineLeaf()
    let (split, other) = (
      SplitIntent(port: "Fo1/1/1", lanes: 4, laneRate: .gigabits(10)),
      SplitIntent(port: "Fo1/1/1", lanes: 4, laneRate: .gigabits(25))
    )
    planned.intents[0].splits = [split]
    planned.intents[0].qos = nil
    var text = planned
    #expect(Auditor.drift(of: text.intents, from: planned) == [])
    text.intents[0].splits = [other]
    #expect(Auditor.drift(of: text.intents, from: planned).count == 1)
    text = planned
    text.intents[0].qos = QoSIntent(policy: "", groups: [])
    #expect(Auditor.drift(of: text.intents, from: planned).count == 1)
  }

  @Test("names VLANs in words")
  func vlans() {
    let found = differences { fabric in
      fabric.change("spine-a", lag: 100) { $0.membership.tagged.removeLast() }
    }
    #expect(
      found == [
        "text-equals-intent spine-a lag 100: VLANs: the text says tagged 20 [tagged 20, 30]"
      ])
  }

  @Test("finds what is missing, what is too much and what is out of order")
  func missing() {
    #expect(differences { $0.intents.removeLast() }.count == 1)
    #expect(
      differences { fabric in fabric.change("spine-a") { $0.vlans.removeFirst() } }
        == ["text-equals-intent spine-a vlan 20: the text does not hold it [vlan 20 as planned]"])
    #expect(
      differences { fabric in
        fabric.change("spine-a") { $0.lags.append($0.lags[0]) }
      }.isEmpty == false)
    #expect(
      differences { fabric in fabric.change("spine-a") { $0.ports.swapAt(0, 1) } }.count == 1)
  }

  @Test("runs the proofs about switches over the text's own words")
  func proofsRunAgain() {
    let planned = TestFabric.spineLeaf()
    var text = planned
    text.change("tor-r1-a", "Te1/0/1") { $0.lossless = false }
    let result = Auditor.audit(planned, intentsReadBack: text.intents)
    #expect(result.findings.contains { $0.rule == "lossless-path" })
    #expect(result.rules.contains { $0.rule == "lossless-path" && $0.outcome == .failed })
    #expect(!result.rules.contains { $0.rule == "bill-counts" })
  }
}
