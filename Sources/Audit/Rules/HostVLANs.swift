import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Each host port carries the VLANs of its card's traffic on its side, and no others.
  static let hostVLANs = PlanProof(
    "host-vlans", claim: "each host port carries the VLANs of its card's traffic and no others",
    readsIntents: true
  ) { context, ledger in
    let site = context.site
    for attachment in context.layer2.attachments {
      let view = context.switches[attachment.device]
      let port = context.hostPorts[attachment.hostPort]
      let subject = [view.name, attachment.port.name, port.endpoint.node]
      let membership = view.membership(attachment.port)
      var wanted: Set<VLANID> = []
      for entry in site.addressing.entries where port.carries.contains(entry.traffic) {
        wanted.formUnion(
          context.networks(of: entry).filter {
            context.arrives($0, entry.traffic, at: port, on: view.device.side)
          }.map(\.vlan))
      }
      if port.carries.contains(.tenant) { wanted.formUnion(site.traffic.tenantVLANs) }
      let missing = wanted.subtracting(membership.tagged).sorted()
      ledger.expect(
        missing.isEmpty, at: subject,
        "the VLANs \(shown(missing)) of its traffic do not arrive tagged",
        expected: "tagged, so that their priority arrives too")
      let extra = membership.tagged.filter { !wanted.contains($0) }
      ledger.expect(
        extra.isEmpty, at: subject, "the VLANs \(shown(extra)) are on it and none of its traffic",
        expected: shown(wanted.sorted()))
      ledger.expect(
        membership.untagged == nil || membership.untagged == site.addressing.nativeVLAN,
        at: subject, "its untagged frames go to VLAN \(membership.untagged?.number ?? 0)",
        expected: "the unused VLAN \(site.addressing.nativeVLAN.number), or nowhere")
      ledger.expect(
        attachment.port.lag == nil, at: subject, "a host port is in a LAG",
        expected: "a port on its own: hosts are switch-independent")
    }
  }

  private static func shown(_ ids: [VLANID]) -> String {
    ids.isEmpty ? "none" : ids.map { String($0.number) }.joined(separator: ", ")
  }
}
