import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// No VLAN runs in a circle: a pair counts as one switch, a LAG as one link.
  ///
  /// Two separate boxes of a core are joined to each other outside the plan, so that two open ways
  /// up are a circle too: it is not left to spanning tree, which may block the link between the
  /// boxes instead, or run in one VLAN only. One of the ways is shut, and the owner asked about it.
  static let noLoop = PlanProof(
    "no-loop", claim: "no VLAN runs in a circle that a LAG does not close", readsIntents: true
  ) { context, ledger in
    let count = context.switches.count
    // The lower index stands for both switches of a pair; the core comes after.
    let node = context.switches.indices.map { min($0, context.peer(of: $0) ?? $0) }
    if let core = context.site.core, core.kind == .separate,
      context.layer2.trunks.contains(where: { $0.b == nil })
    {
      ledger.expectConfirmed(
        "which of the ways to \(core.name) is the standby", at: [core.name], in: context,
        names: [core.name], words: ["standby"])
    }
    for vlan in context.fabric.vlans {
      var sets = DisjointSets(count + 1)
      var seen: Set<String> = []
      ledger.expect(true, at: [], "")
      for trunk in context.layer2.trunks where context.carries(trunk, vlan.id) {
        let a = node[trunk.a]
        let b = trunk.b.map { node[$0] } ?? count
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
    return near.precedesInBytes(far) ? "\(near) \(far)" : "\(far) \(near)"
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
