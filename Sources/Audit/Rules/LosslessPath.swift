import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// Every hop of every RDMA path is lossless: host ports, uplinks, spine and peer link.
  ///
  /// An intent says "lossless" of a port when its QoS policy, and with that PFC, is on it and
  /// 802.3x flow control is off: the two exclude each other.
  static let losslessPath = PlanProof(
    "lossless-path", claim: "every port on every RDMA path is lossless, on switches that can",
    readsIntents: true
  ) { context, ledger in
    checkDemand(context, &ledger)
    let lossless = context.fabric.vlans.filter(\.lossless)
    guard !lossless.isEmpty else { return }
    for view in context.switches {
      guard let intent = view.intent else { continue }
      var onPath = false
      for port in intent.ports where port.enabled {
        guard let vlan = lossless.first(where: { view.carries($0.id, port: port) }) else {
          continue
        }
        onPath = true
        ledger.expect(
          port.lossless, at: [view.name, port.name],
          "it carries RDMA traffic of VLAN \(vlan.id.number) without PFC",
          expected: "the QoS policy on every hop of the path",
          hint: "one hop without it drops under load and the others cannot help")
      }
      guard onPath else { continue }
      ledger.expect(
        intent.qos != nil, at: [view.name], "it is on an RDMA path and has no QoS policy")
      for (capability, name) in [(view.spec?.pfc, "PFC"), (view.spec?.ets, "ETS")] {
        switch capability {
        case .yes?: ledger.expect(true, at: [], "")
        case .no?:
          ledger.fail(
            at: [view.name], "\(view.device.part) has no \(name)",
            expected: "a switch with lossless Ethernet on every hop of an RDMA path")
        case .unknown?, nil:
          ledger.expectConfirmed(
            "whether \(view.device.part) has \(name)", at: [view.name], in: context,
            names: [view.device.part.rawValue], words: [name], isCapability: true)
        }
      }
    }
  }

  /// RoCE cards that are required to do RDMA get lossless VLANs.
  private static func checkDemand(_ context: AuditContext, _ ledger: inout Ledger) {
    guard context.site.traffic.rdma == .required else { return }
    for attachment in context.layer2.attachments {
      let port = context.hostPorts[attachment.hostPort]
      guard let id = context.fabric.hosts[port.host].cards[port.card].part,
        context.catalog.part(id)?.asNIC?.rdma.needsLossless == true
      else { continue }
      for entry in context.site.addressing.entries
      where port.carries.contains(entry.traffic) && entry.traffic != .backup {
        let side = context.switches[attachment.device].device.side
        for network in context.networks(of: entry)
        where context.arrives(network, entry.traffic, at: port, on: side) {
          ledger.expect(
            context.vlanByID[network.vlan]?.lossless ?? false,
            at: [port.endpoint.node, port.endpoint.port, "vlan \(network.vlan.number)"],
            "\(id) needs lossless Ethernet, and its \(entry.traffic.rawValue) VLAN is not lossless")
        }
      }
    }
  }
}
