import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// Where RDMA is required every host has a card that can do it and is free to.
  static let rdmaCapable = PlanProof(
    "rdma-capable", claim: "where RDMA is required, every host has a card that can do it"
  ) { context, ledger in
    guard context.site.traffic.rdma == .required else { return }
    for host in context.fabric.hosts {
      guard let group = context.site.hosts.first(where: { $0.name == host.group }) else { continue }
      var able = false
      for card in host.cards where !card.ports.isEmpty && group.nics.indices.contains(card.slot) {
        let nic = group.nics[card.slot]
        guard nic.carries.contains(where: { $0 != .tenant }),
          let spec = card.part.flatMap(context.catalog.part)?.asNIC
        else { continue }
        if spec.rdma.isCapable && !(spec.rdma.needsLossless && spec.dcb == .no) { able = true }
        if spec.rdma.needsLossless, spec.dcb == .unknown, let part = card.part {
          ledger.expectConfirmed(
            "DCB on the card \(part)", at: [host.name, part.rawValue], in: context,
            names: [part.rawValue], words: ["dcb", "pfc", "lossless"])
        }
        // Windows Server 2012 R2 has no RDMA on a card under a team or virtual switch.
        if spec.rdma.isCapable, group.os.hasPrefix("windows-server-2012") {
          ledger.expect(
            !nic.carries.contains(.tenant), at: [host.name],
            "one card carries tenant and storage traffic, and \(group.os) has no RDMA then",
            expected: "tenant traffic on another card, or Windows Server 2016 or later")
        }
      }
      ledger.expect(
        able, at: [host.name], "no card of its storage traffic can do RDMA",
        expected: "a card with RDMA", hint: "choose another card, or do not require RDMA")
    }
  }
}
