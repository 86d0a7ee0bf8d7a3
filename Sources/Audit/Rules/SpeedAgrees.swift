import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// The rate of a link is one that both ports, both transceivers and the cable run at.
  static let speedAgrees = PlanProof(
    "speed-agrees", claim: "both ends, both transceivers and the cable of a link run at its rate"
  ) { context, ledger in
    for view in context.links {
      let link = view.link
      ledger.expect(
        link.rate.bitsPerSecond > 0, at: [link.id], "its rate is \(Format.rate(link.rate))")
      for (node, endpoint) in [(view.a, link.a), (view.b, link.b)] {
        checkPort(node, endpoint, link, context, &ledger)
      }
      guard let index = view.cable else { continue }
      checkMedia(context.fabric.cables[index], link, context, &ledger)
    }
  }

  private static func checkPort(
    _ node: Node, _ endpoint: Endpoint, _ link: Link, _ context: AuditContext,
    _ ledger: inout Ledger
  ) {
    let subject = [endpoint.node, endpoint.port, link.id]
    switch node {
    case .device(let index):
      let view = context.switches[index]
      guard let port = view.port(endpoint.port), let group = view.group(of: port) else { return }
      let rates = port.splitFrom == nil ? group.rates : group.split.map { [$0.laneRate] } ?? []
      ledger.expect(
        rates.contains(link.rate), at: subject, "the link runs at \(Format.rate(link.rate))",
        expected: rates.map(Format.rate).joined(separator: " or "),
        hint: "choose a link speed that both ports have")
    case .host:
      guard let at = context.hostPortIndex[endpoint] else { return }
      let view = context.hostPorts[at]
      let card = context.fabric.hosts[view.host].cards[view.card]
      guard let part = card.part, let nic = context.catalog.part(part)?.asNIC else { return }
      ledger.expect(
        rates(of: nic).contains(link.rate), at: subject,
        "the link runs at \(Format.rate(link.rate))",
        expected: rates(of: nic).map(Format.rate).joined(separator: " or ")
          + ", which the card \(part) runs at")
    case .core:
      guard let port = context.site.core?.port(labelled: endpoint.port) else { return }
      ledger.expect(
        port.rate == link.rate, at: subject, "the link runs at \(Format.rate(link.rate))",
        expected: "\(Format.rate(port.rate)), the rate of the core's port")
    case .management, .unknown: return
    }
  }

  /// SFP28 and QSFP28 cards also run at the rate of the plugs that their cages take (SFF-8402,
  /// SFF-8665).
  private static func rates(of nic: NICSpec) -> [DataRate] {
    if nic.connector == .sfp28, nic.rate == .gigabits(25) { return [.gigabits(10), nic.rate] }
    if nic.connector == .qsfp28, nic.rate == .gigabits(100) { return [.gigabits(40), nic.rate] }
    return [nic.rate]
  }

  private static func checkMedia(
    _ cable: Cable, _ link: Link, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    guard let spec = context.catalog.part(cable.part)?.asCable else { return }
    if let rate = spec.rate {
      ledger.expect(
        rate >= link.rate, at: [cable.id, link.id],
        "the cable is made for \(Format.rate(rate)) and the link runs at \(Format.rate(link.rate))")
    }
    let near = [(cable.a, spec.lanes)]
    let far = cable.b.filter { $0.endpoint == link.a || $0.endpoint == link.b }.map { ($0, 1) }
    for (end, lanes) in near + far {
      guard let id = end.optic, let optic = context.catalog.part(id)?.asOptic else { continue }
      let (whole, overflow) = link.rate.bitsPerSecond.multipliedReportingOverflow(by: Int64(lanes))
      ledger.expect(
        optic.rates.contains(link.rate)
          || (!overflow && optic.rates.contains(DataRate(bitsPerSecond: whole))),
        at: [cable.id, end.endpoint.node, end.endpoint.port],
        "the transceiver \(id) does not run at \(Format.rate(link.rate))",
        expected: optic.rates.map(Format.rate).joined(separator: " or "))
    }
  }
}
