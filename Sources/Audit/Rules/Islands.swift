import Fabric
import SiteModel

extension PlanProof {
  /// Two unlinked islands carry only what fails over by itself over two subnets.
  ///
  /// A team or a tenant VLAN would black-hole there: one host active on A, the other on B.
  static let islands = PlanProof(
    "islands", claim: "unlinked islands carry only traffic that fails over over two subnets",
    readsIntents: true
  ) { context, ledger in
    guard context.fabric.design == .standalonePair else { return }
    for port in context.hostPorts {
      ledger.expect(
        !port.carries.contains(.tenant), at: [port.endpoint.node, port.endpoint.port],
        "it carries tenant traffic over two islands",
        expected: "traffic of SMB Multichannel or MPIO alone",
        hint: "choose a linked pair, or leave tenants on the existing LAN")
    }
    for trunk in context.layer2.trunks {
      let link = context.links[trunk.link].link
      ledger.fail(
        at: [link.id, link.a.node, link.b.node], "it joins an island to another switch or the core",
        expected: "no link between the islands and none to the core")
    }
    for vlan in context.fabric.vlans {
      ledger.expect(
        vlan.purpose != .tenant
          || !context.layer2.attachments.contains {
            context.switches[$0.device].carries(vlan.id, port: $0.port)
          }, at: ["vlan \(vlan.id.number)"], "a tenant VLAN is on host ports of two islands")
    }
    for group in context.site.hosts where group.joinsNewFabric {
      ledger.expect(
        group.hasMultichannel, at: [group.name],
        "hosts of \(group.os) have no SMB Multichannel", expected: "Windows hosts, or a linked pair"
      )
    }
  }
}
