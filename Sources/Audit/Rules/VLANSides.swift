import Fabric

extension PlanProof {
  /// VLANs of one fabric stay off the switches and host ports of the other.
  static let vlanSides = PlanProof(
    "vlan-sides", claim: "VLANs of one fabric are on no ToR, island or host port of the other",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      guard let intent = view.intent else { continue }
      let side = view.device.side
      let foreign = context.fabric.vlans.filter { $0.side != nil && $0.side != side }
      let isPaired = intent.pair != nil
      for vlan in foreign {
        for port in intent.ports {
          let isHostPort = (view.linksAtPort[port.name] ?? []).contains {
            context.links[$0].link.role == .host
          }
          guard isHostPort || !isPaired else { continue }
          ledger.expect(
            !view.carries(vlan.id, port: port), at: [view.name, port.name],
            "it carries VLAN \(vlan.id.number) of the other fabric",
            expected: "VLANs of fabric \(side.rawValue) alone",
            hint: "the two fabrics must not share a fault")
        }
      }
    }
  }
}
