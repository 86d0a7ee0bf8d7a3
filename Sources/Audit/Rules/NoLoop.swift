import CatalogModel
import Fabric
import Quantities
import SiteModel

extension Proof {
  /// No VLAN runs in a circle: a pair counts as one switch, a LAG as one link.
  ///
  /// Where the core is two separate boxes, they are joined to each other outside the plan, and its
  /// spanning tree blocks one of the two ways up; that circle alone is allowed, and asked about.
  static let noLoop = Proof(
    "no-loop", claim: "no VLAN runs in a circle that a LAG does not close", readsIntents: true
  ) { context, ledger in
    let count = context.switches.count
    // The lower index stands for both switches of a pair; boxes of the core come after.
    let node = context.switches.indices.map { min($0, context.peer(of: $0) ?? $0) }
    let boxes = Set(context.layer2.trunks.filter { $0.b == nil }.map(\.box)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let isSeparate = context.site.core?.kind == .separate
    if isSeparate, boxes.count > 1, let core = context.site.core {
      ledger.expectConfirmed(
        "which of the ways to \(core.name) is the standby", at: [core.name], in: context,
        names: [core.name], words: ["standby", "spanning", "active", "separate"])
    }
    for vlan in context.fabric.vlans {
      var sets = DisjointSets(count + boxes.count + 1)
      var seen: Set<String> = []
      ledger.expect(true, at: [], "")
      for trunk in context.layer2.trunks where context.carries(trunk, vlan.id) {
        let a = node[trunk.a]
        let b: Int
        if let other = trunk.b {
          b = node[other]
        } else {
          b = count + (isSeparate ? (boxes.firstIndex(of: trunk.box) ?? 0) : 0)
        }
        guard a != b || !context.isPeerLink(trunk) else { continue }
        guard seen.insert(bundle(trunk, context)).inserted else { continue }
        let link = context.links[trunk.link].link
        if !sets.join(a, b) {
          ledger.fail(
            at: ["vlan \(vlan.id.number)", link.id, link.a.node, link.b.node],
            "this \(link.role.rawValue) link closes a circle",
            expected: "one way between any two switches, or a LAG over all of them",
            hint: "put both ways into one LAG, or take the link out")
        }
      }
    }
  }

  /// Links that act as one have one name: the LAG at both ends, by the pair's number in a pair.
  private static func bundle(_ trunk: Trunk, _ context: AuditContext) -> String {
    let near = end(trunk.a, trunk.portA, context)
    guard let b = trunk.b, let portB = trunk.portB else {
      // The boxes of any other core end one LAG together.
      return "\(near) core " + (context.site.core?.kind == .separate ? trunk.box : "")
    }
    let far = end(b, portB, context)
    return near.utf8.lexicographicallyPrecedes(far.utf8) ? "\(near) \(far)" : "\(far) \(near)"
  }

  private static func end(_ index: Int, _ port: PortIntent, _ context: AuditContext) -> String {
    guard let number = port.lag, let lag = context.switches[index].lag(number) else {
      return "\(index)/\(port.name)"
    }
    if let pairLAG = lag.pairLAG, let peer = context.peer(of: index) {
      return "\(min(index, peer))/pair \(pairLAG)"
    }
    return "\(index)/lag \(number)"
  }
}
