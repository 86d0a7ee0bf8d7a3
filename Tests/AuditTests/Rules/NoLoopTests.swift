import Audit
import AuditTestSupport
import CatalogModel
import Fabric
import Quantities
import SiteModel
import Testing

@Suite("no-loop: circles that no LAG closes")
struct NoLoopTests {
  @Test("takes a LAG over a pair as one link and half of it as two")
  func halfLAG() {
    let found = findings("no-loop") { $0.change("spine-b", lag: 10) { $0.pairLAG = nil } }
    // Every VLAN of the ToR runs in a circle: two storage ones and two of tenants.
    #expect(found.count == 4)
    #expect(found.allSatisfy { $0.contains("this uplink link closes a circle") })
  }

  @Test("finds two uplinks outside their LAG")
  func noLAG() {
    let found = findings("no-loop") { fabric in
      for port in ["Fo1/1/1", "Fo1/1/2"] {
        fabric.change("tor-r1-a", port) {
          $0.lag = nil
          $0.membership.tagged = [VLANID(20), VLANID(711)].compactMap { $0 }
        }
      }
    }
    #expect(found.count == 2)
  }

  @Test("leaves a VLAN alone that has one way")
  func oneWay() {
    let found = findings("no-loop") { fabric in
      fabric.change("spine-b", lag: 10) {
        $0.pairLAG = nil
        $0.membership.tagged = []
      }
    }
    #expect(found == [])
  }

  @Test("takes two separate core boxes for one, whatever their spanning tree")
  func separateBoxes() {
    for mode in CoreSpanningTree.Mode.allCases {
      let found = findings("no-loop") { fabric in
        fabric.separateCore(mode)
        fabric.change("spine-b") { intent in
          for index in intent.ports.indices where intent.ports[index].lag == 100 {
            intent.ports[index].enabled = true
          }
        }
      }
      // The two tenant VLANs, whose way through the boxes the plan does not know.
      #expect(found.count == 2, "\(mode)")
      #expect(findings("no-loop") { $0.separateCore(mode) } == [])
      #expect(findings("core-hook-up") { $0.separateCore(mode) } == [])
      #expect(findings("survives-any-loss") { $0.separateCore(mode) } == [])
      #expect(findings("lags-consistent") { $0.separateCore(mode) } == [])
    }
  }

  @Test("wants the standby asked about")
  func standbyAsked() {
    let found = findings("no-loop") { fabric in
      fabric.separateCore(.rstp)
      fabric.confirmations.removeAll { $0.question.contains("standby") }
    }
    #expect(found.count == 1)
  }
}

extension Fabric {
  /// Makes the core two separate boxes with a port each, the second of which is shut.
  fileprivate mutating func separateCore(_ mode: CoreSpanningTree.Mode) {
    site.core?.kind = .separate
    site.core?.spanningTree.mode = mode
    for (index, box) in ["left", "right"].enumerated() {
      site.core?.ports[index].box = box
    }
    site.core?.ports.removeLast()
    for (index, link) in links.enumerated() where link.role == .core {
      let box = link.b.port == "Te1/1" ? "left" : "right"
      rename(links[index].b, to: Endpoint(node: link.b.node, port: "\(box) \(link.b.port)"))
    }
    for name in ["spine-a", "spine-b"] {
      change(name, lag: 100) { $0.pairLAG = nil }
    }
    change("spine-b") { intent in
      for index in intent.ports.indices where intent.ports[index].lag == 100 {
        intent.ports[index].enabled = false
      }
    }
    confirmations.append(
      Confirmation(kind: .owner, subject: "core-1", question: "the standby is shut"))
  }

  private mutating func rename(_ end: Endpoint, to new: Endpoint) {
    for index in links.indices where links[index].b == end { links[index].b = new }
    for index in cables.indices {
      for at in cables[index].b.indices where cables[index].b[at].endpoint == end {
        cables[index].b[at].endpoint = new
      }
    }
  }
}
