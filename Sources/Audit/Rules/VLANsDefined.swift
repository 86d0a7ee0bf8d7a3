import Fabric
import Quantities

extension PlanProof {
  /// A switch knows every VLAN that its ports name, under the plan's name.
  static let vlansDefined = PlanProof(
    "vlans-defined", claim: "every VLAN on a port is defined on its switch and in the plan",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      guard let intent = view.intent else { continue }
      let defined = Set(intent.vlans.map(\.id))
      ledger.expect(
        defined.count == intent.vlans.count, at: [view.name], "a VLAN is defined twice")
      for vlan in intent.vlans {
        let planned = context.vlanByID[vlan.id]
        ledger.expect(
          planned != nil && planned?.name == vlan.name,
          at: [view.name, "vlan \(vlan.id.number)"], "it is called \(vlan.name)",
          expected: planned.map(\.name) ?? "no VLAN: the plan has none of this number")
      }
      let users =
        intent.ports.map { ($0.name, $0.membership) }
        + intent.lags.map { ("lag \($0.number)", $0.membership) }
      for (name, membership) in users {
        for id in membership.tagged + [membership.untagged].compactMap({ $0 }) {
          ledger.expect(
            defined.contains(id), at: [view.name, name, "vlan \(id.number)"],
            "it is in a VLAN that the switch does not know")
        }
        ledger.expect(
          Set(membership.tagged).count == membership.tagged.count
            && !membership.tagged.contains { $0 == membership.untagged },
          at: [view.name, name], "one VLAN is on it twice: \(membership.shown)")
      }
    }
  }
}
