import CatalogModel
import Fabric
import SiteModel

extension PlanProof {
  /// Every host of the site is in the plan, in its rack, with all its cards.
  static let hostsComplete = PlanProof(
    "hosts-complete", claim: "every host of the site is planned, in its rack and with all its cards"
  ) { context, ledger in
    var planned: [String: [String: Int]] = [:]
    for host in context.fabric.hosts {
      planned[host.group, default: [:]][host.rack, default: 0] += 1
    }
    for group in context.site.hosts {
      for placement in group.placements {
        let count = planned[group.name]?[placement.rack] ?? 0
        ledger.expect(
          count == placement.count, at: [placement.rack, group.name],
          "\(count) hosts of this group are planned here", expected: "\(placement.count)")
      }
    }
    for host in context.fabric.hosts {
      guard let group = context.site.hosts.first(where: { $0.name == host.group }) else {
        ledger.fail(at: [host.name], "the site has no host group \(host.group)")
        continue
      }
      ledger.expect(
        group.placements.contains { $0.rack == host.rack }, at: [host.name],
        "it stands in \(host.rack), where the site has no host of \(group.name)")
      checkCards(host, group, context, &ledger)
    }
  }

  private static func checkCards(
    _ host: Host, _ group: HostGroup, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    for (slot, nic) in group.nics.enumerated() {
      let cards = host.cards.filter { $0.slot == slot }
      let isNew = nic.attach == .newFabric
      if isNew || !cards.isEmpty {
        ledger.expect(
          cards.count == nic.count, at: [host.name], "it has \(cards.count) cards of slot \(slot)",
          expected: "\(nic.count)")
      }
      for card in cards {
        ledger.expect(
          isNew || card.ports.isEmpty, at: [host.name],
          "the card of slot \(slot) is on the new fabric", expected: "it stays on the existing LAN")
        guard isNew else { continue }
        let part = card.part.flatMap(context.catalog.part)
        ledger.expect(
          part?.asNIC != nil, at: [host.name],
          "the card of slot \(slot) is not in the plan's catalogue")
        guard let part, let spec = part.asNIC else { continue }
        if let model = nic.model {
          ledger.expect(
            AuditContext.names(part, model), at: [host.name],
            "the card of slot \(slot) is \(part.model)", expected: model)
        }
        ledger.expect(
          card.bought == (nic.model == nil && nic.onboard.isEmpty), at: [host.name],
          card.bought ? "a card that the host has is bought" : "a card to be chosen is not bought")
        ledger.expect(
          spec.ports == card.ports.count, at: [host.name],
          "\(card.ports.count) ports of the card of slot \(slot) are planned",
          expected: spec.ports.map { "\($0), as \(part.id) has" } ?? "a card whose ports are known")
      }
    }
    ledger.expect(
      host.cards.allSatisfy { group.nics.indices.contains($0.slot) }, at: [host.name],
      "it has a card that the site does not list")
    let names = host.cards.flatMap(\.ports)
    ledger.expect(
      Set(names).count == names.count, at: [host.name], "two of its ports have the same name")
  }
}
