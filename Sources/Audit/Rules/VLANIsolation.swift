import Fabric
import Quantities

extension PlanProof {
  /// VLANs that must stay inside have no path to the core, and no gateway out.
  static let vlanIsolation = PlanProof(
    "vlan-isolation", claim: "no VLAN that must stay inside has a path to the core",
    readsIntents: true
  ) { context, ledger in
    let count = context.switches.count
    for vlan in context.fabric.vlans where !vlan.mayLeave {
      let subnets = context.fabric.subnets.filter { $0.vlan == vlan.id }
      ledger.expect(
        subnets.allSatisfy { $0.gateway == nil }, at: ["vlan \(vlan.id.number)"],
        "its subnet has a gateway", expected: "no gateway for a VLAN that must stay inside")
      // Which switches frames reach that entered at a host port or any port of the VLAN.
      var sets = DisjointSets(count + 1)
      var exits: [String] = []
      for trunk in context.layer2.trunks
      where context.carries(trunk, vlan.id) || isOnStandby(vlan.id, trunk, context) {
        _ = sets.join(trunk.a, trunk.b ?? count)
        if trunk.b == nil { exits.append(context.links[trunk.link].link.id) }
      }
      let core = sets.root(count)
      let reaches = exits.isEmpty ? [] : context.switches.indices.filter { sets.root($0) == core }
      ledger.expect(
        reaches.isEmpty, at: ["vlan \(vlan.id.number)"] + exits,
        "the core is reached from "
          + reaches.map { context.switches[$0].name }.joined(separator: ", "),
        expected: "no path: \(vlan.purpose.rawValue) stays inside",
        hint: "take the VLAN off the core's LAG")
      let untagged = untaggedElsewhere(vlan.id, context)
      ledger.expect(
        untagged.isEmpty, at: ["vlan \(vlan.id.number)"] + untagged,
        "its untagged frames arrive in another VLAN at the far end",
        expected: "the same untagged VLAN at both ends of a link")
    }
  }

  /// Whether a VLAN would pass a shut way to the core as soon as somebody opens it.
  private static func isOnStandby(
    _ vlan: VLANID, _ trunk: Trunk, _ context: AuditContext
  ) -> Bool {
    let membership = context.switches[trunk.a].membership(trunk.portA)
    return context.isStandby(trunk)
      && (membership.tagged.contains(vlan) || membership.untagged == vlan)
  }

  /// Links at which frames of a VLAN leave untagged and are taken for another at the far end.
  private static func untaggedElsewhere(_ vlan: VLANID, _ context: AuditContext) -> [String] {
    context.layer2.trunks.compactMap { trunk in
      guard let b = trunk.b, let portB = trunk.portB, !context.isPeerLink(trunk) else { return nil }
      let near = context.switches[trunk.a].membership(trunk.portA).untagged
      let far = context.switches[b].membership(portB).untagged
      let leaks =
        (near == vlan && far != nil && far != vlan) || (far == vlan && near != nil && near != vlan)
      return leaks ? context.links[trunk.link].link.id : nil
    }
  }
}
