import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import Testing

@Suite("Limits of dialects")
struct DialectCheckTests {
  /// Rules that fire on a changed intent, without their common beginning, each once.
  private func rules(_ intent: SwitchIntent, _ change: (inout SwitchIntent) -> Void) -> [String] {
    var changed = intent
    change(&changed)
    let traits = ShippedTraits.of(intent.os)
    return Set(traits?.check(changed).map { String($0.rule.dropFirst(8)) } ?? []).sorted()
  }

  @Test("Golden intents obey their dialects")
  func goldens() throws {
    for golden in try Golden.all() {
      #expect(rules(golden.intent) { _ in } == [], "\(golden.name)")
    }
  }

  @Test("What OS9 cannot hold is found")
  func os9() {
    let spine = Golden.spine
    let tor = Golden.tor
    #expect(rules(tor) { $0.hostname = "tor 1" } == ["name"])
    #expect(rules(tor) { $0.ports[0].description = "a\nshutdown" } == ["name"])
    #expect(rules(tor) { $0.ports[0].description = "two  blanks" } == ["name"])
    #expect(rules(tor) { $0.vlans[0].name = "" } == ["name", "vlan"])
    #expect(rules(tor) { $0.management?.interface = "mgmt0" } == ["management"])
    #expect(rules(tor) { $0.spanningTree.priority = 100 } == ["bridge-priority"])
    #expect(rules(tor) { $0.spanningTree.mode = .off } == ["bridge-priority"])
    #expect(rules(tor) { $0.ntp.reverse() } == ["order"])
    #expect(rules(tor) { $0.ports.swapAt(0, 1) } == ["order", "uplinks"])
    #expect(rules(tor) { $0.ports[0].name = "Te1/0/1" } == ["port-name", "uplinks"])
    #expect(rules(tor) { $0.ports[0].mtu = 9217 } == ["mtu"])
    #expect(rules(tor) { $0.lags[0].mtu = 1554 } == ["mtu"])
    #expect(rules(tor) { $0.ports[0].membership.tagged = [Golden.vlan(5)] } == ["vlan"])
    #expect(rules(tor) { $0.ports[6].membership.tagged = [Golden.vlan(20)] } == ["vlan"])
    #expect(rules(tor) { $0.ports[9].bpduGuard = true } == ["bpdu-guard"])
    #expect(rules(tor) { $0.ports[48].edge = true } == ["lag-members"])
    #expect(rules(tor) { $0.ports[48].lossless = false } == ["lag-members"])
    #expect(rules(tor) { $0.ports[48].lag = 2 } == ["lag"])
    #expect(rules(tor) { $0.lags[0].number = 129 } == ["lag", "lag-members", "uplinks"])
    #expect(rules(tor) { $0.lags[0].pairLAG = 1 } == ["lag"])
    #expect(rules(tor) { $0.qos = nil } == ["qos"])
    #expect(rules(tor) { $0.qos?.groups[0].bandwidth = 49 } == ["qos"])
    #expect(rules(tor) { $0.qos?.groups[0].priorities.removeFirst() } == ["qos"])
    #expect(
      rules(tor) {
        // Heartbeat alone: its queue is that of 5 and 6.
        $0.qos?.groups[0].priorities = [0, 1, 2, 4, 5, 6].compactMap { PriorityCodePoint($0) }
        $0.qos?.groups[2].priorities = [.heartbeat]
      } == ["qos"])
    #expect(rules(tor) { $0.uplinkGroups[0].id = 17 } == ["uplinks"])
    #expect(rules(tor) { $0.uplinkGroups[0].upstreamLAGs = [7] } == ["uplinks"])
    #expect(rules(tor) { $0.uplinkGroups[0].enabled = false } == [])
    #expect(rules(tor) { $0.uplinkGroups.append($0.uplinkGroups[0]) } == ["order", "uplinks"])
    #expect(rules(spine) { $0.pair?.domain = 0 } == ["pair"])
    #expect(rules(spine) { $0.pair?.systemMAC = "03:01:e8:00:00:01" } == ["pair"])
    #expect(rules(spine) { $0.pair?.peerLAG = 10 } == ["pair"])
    #expect(rules(spine) { $0.pair = nil } == ["lag", "pair"])
    #expect(
      rules(spine) { $0.lags[5].membership.tagged = [Golden.vlan(20)] } == ["peer-link"])
    #expect(rules(spine) { $0.splits[0].port = "fortyGigE 0/52" } == ["split"])
  }

  @Test("What OS6 cannot hold is found")
  func os6() {
    let tor = Golden.n4032
    #expect(rules(tor) { $0.uplinkGroups[0].enabled = false } == ["uplinks"])
    #expect(rules(tor) { $0.ports[0].mtu = 1518 } == ["mtu"])
    #expect(rules(tor) { $0.ports[0].bpduGuard = false } == ["bpdu-guard"])
    #expect(rules(tor) { $0.ports[7].membership = .none } == ["vlan"])
    #expect(rules(tor) { $0.ports[7].lossless = true } == ["qos"])
    #expect(rules(tor) { $0.qos?.policy = "SMB" } == ["qos"])
    #expect(rules(tor) { $0.qos?.groups[1].id = 3 } == ["qos"])
    #expect(
      rules(tor) {
        $0.pair = Golden.spine.pair
      } == ["pair"])
    #expect(
      rules(tor) {
        for place in $0.ports.indices where place > 10 && place < 18 {
          $0.ports[place].lag = 1
          $0.ports[place].lossless = true
        }
      } == ["lag-members"])
  }

  @Test("The standard policy fits both platforms for priorities 3 and 4, and no other is offered")
  func policy() {
    for intent in [Golden.tor, Golden.n4032] {
      let traits = ShippedTraits.of(intent.os)
      for number in 0...7 {
        let policy = PriorityCodePoint(number).flatMap { traits?.qos?.standard(lossless: $0) }
        #expect((policy != nil) == (number == 3 || number == 4))
        if let policy { #expect(rules(intent) { $0.qos = policy } == []) }
      }
    }
    #expect(ShippedTraits.os9.payload(linkMTU: 9216) == 9194)
  }

  @Test("A name that does not fit becomes one that does")
  func names() {
    let rules: [NameRule] = [
      ShippedTraits.os9.hostname, ShippedTraits.os9.description, ShippedTraits.os6.vlanName,
    ]
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let length = Int.random(in: 1...90, using: &random)
      let name = String(
        decoding: (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) },
        as: UTF8.self)
      for rule in rules {
        let fitted = rule.fitted(name)
        #expect(rule.accepts(fitted) || fitted.isEmpty, "\(rule.alphabet) \(fitted)")
        if rule.accepts(name) { #expect(fitted == name) }
      }
    }
  }
}
