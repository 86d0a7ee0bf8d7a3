import Fabric
import SiteModel

extension PlanProof {
  /// What is cabled is up, what is not is shut and in no VLAN.
  static let unusedPortsShut = PlanProof(
    "unused-ports-shut", claim: "cabled ports are up, all others are shut and in no VLAN",
    readsIntents: true
  ) { context, ledger in
    let isSeparate = context.site.core?.kind == .separate
    for view in context.switches {
      for port in view.intent?.ports ?? [] {
        let links = view.linksAtPort[port.name] ?? []
        let subject = [view.name, port.name]
        if links.isEmpty {
          ledger.expect(
            !port.enabled, at: subject, "nothing is plugged in and it is up",
            expected: "shut down", hint: "shut it, or plan its link")
          ledger.expect(
            port.membership == .none && port.lag == nil, at: subject,
            "nothing is plugged in and it has \(port.membership.shown)",
            expected: "no VLAN and no LAG")
        } else {
          // With two separate core boxes the standby way may be shut.
          let mayBeShut =
            isSeparate && links.allSatisfy { context.links[$0].link.role == .core }
          ledger.expect(
            port.enabled || mayBeShut, at: subject,
            "the link \(context.links[links[0]].link.id) is plugged in and it is shut",
            expected: "up")
        }
      }
    }
  }
}
