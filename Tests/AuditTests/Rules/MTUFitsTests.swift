import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("mtu-fits: every hop takes the largest packet")
struct MTUFitsTests {
  @Test("wants payload, header, tag and FCS: 9000 + 22 bytes")
  func boundary() {
    let port = "Te1/0/1"
    #expect(
      findings("mtu-fits") { $0.change("tor-r1-a", port) { $0.mtu = 9022 } } == [])
    #expect(
      findings("mtu-fits") { $0.change("tor-r1-a", port) { $0.mtu = 9021 } }.first
        == "tor-r1-a Te1/0/1 vlan 711: its link MTU is 9021 bytes "
        + "[at least 9022: 9000 of payload, 14 of header, 4 of tag, 4 of FCS]")
  }

  @Test(
    "counts what the platform counts beside the payload",
    arguments: [(0, 9000, "0 beside it (X-1)"), (32, 9032, "32 beside it (X-1)")])
  func overhead(beside: Int, least: Int, words: String) {
    func found(_ mtu: Int) -> [String] {
      findings("mtu-fits") { fabric in
        let os = fabric.intent("tor-r1-a")?.os
        for place in fabric.dialects.indices where fabric.dialects[place].os == os {
          fabric.dialects[place].frameOverhead = Sourced(beside, "X-1")
        }
        fabric.change("tor-r1-a", "Te1/0/1") { $0.mtu = mtu }
      }
    }
    #expect(found(least).filter { $0.hasPrefix("tor-r1-a Te1/0/1 ") } == [])
    #expect(
      found(least - 1).first { $0.hasPrefix("tor-r1-a Te1/0/1 vlan 711:") }?.hasSuffix(
        "[at least \(least): 9000 of payload, \(words)]") == true)
  }

  @Test("looks at a LAG as well as at its members")
  func lag() {
    let found = findings("mtu-fits") { $0.change("spine-a", lag: 10) { $0.mtu = 1522 } }
    #expect(found.contains { $0.hasPrefix("spine-a lag 10 vlan 711:") })
  }

  @Test("does not let a port go beyond its platform")
  func platform() {
    let found = findings("mtu-fits") { fabric in
      fabric.change(switch: TestParts.tor.id) { $0.maxMTU = 9000 }
    }
    #expect(
      found.contains {
        $0.hasSuffix("its MTU is 9216 bytes [at most 9000, the platform's largest]")
      })
  }

  @Test("asks about a card whose MTU nobody knows")
  func card() {
    let found = findings("mtu-fits") { fabric in
      fabric.change(part: TestParts.rdmaCard.id) { part in
        guard var card = part.asNIC else { return }
        card.maxMTU = nil
        part.spec = .nic(card)
      }
    }
    #expect(found.count == 1)
    #expect(found.first?.contains("nobody has said: the largest MTU of mellanox-mcx312a") == true)
  }

  @Test("compares the core by payload")
  func core() {
    #expect(findings("mtu-fits") { $0.site.core?.mtu = 1500 } == [])
    #expect(findings("mtu-fits") { $0.site.core?.mtu = 1499 }.count == 2)
  }
}
