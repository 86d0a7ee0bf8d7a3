import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("peer-link: it carries what an uplink loss sends over it")
struct PeerLinkTests {
  @Test("needs what one ToR sends to one spine node")
  func need() {
    // tor-r1-a has 40 Gbps to each node, the peer link 4 x 10 Gbps.
    #expect(findings("peer-link") { _ in } == [])
    let found = findings("peer-link") { fabric in
      guard let index = fabric.links.firstIndex(where: { $0.role == .peer }) else { return }
      fabric.links[index].rate = .gigabits(1)
    }
    #expect(
      found == [
        "spine-a spine-b: their peer link runs at 31 Gbps "
          + "[at least 40 Gbps, which the loss of an uplink sends over it]"
      ])
  }
}
