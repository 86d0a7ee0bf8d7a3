import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("qos-policy: equal in effect, not in text")
struct QoSPolicyTests {
  @Test("accepts another way to group the rest")
  func otherGroups() {
    let found = findings("qos-policy") { fabric in
      fabric.change("tor-r1-a") { intent in
        guard var groups = intent.qos?.groups, groups.count == 3 else { return }
        groups[0].bandwidth = 30
        groups[2].bandwidth = 20
        intent.qos?.groups = groups
      }
    }
    #expect(found == [])
  }

  @Test("wants half of the link for the lossless priority")
  func share() {
    func found(_ share: Int) -> [String] {
      findings("qos-policy") { fabric in
        fabric.change("tor-r1-a") { intent in
          guard var groups = intent.qos?.groups, groups.count == 3 else { return }
          groups[0].bandwidth += groups[1].bandwidth - share
          groups[1].bandwidth = share
          intent.qos?.groups = groups
        }
      }
    }
    #expect(found(50) == [])
    #expect(
      found(49) == ["tor-r1-a: the lossless priorities get 49 % of a link [at least 50 %]"])
  }
}
