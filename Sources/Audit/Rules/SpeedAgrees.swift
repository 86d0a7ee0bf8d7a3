import CatalogModel
import Fabric
import Quantities

extension Proof {
  /// The rate of a link is one that both ports, both transceivers and the cable run at.
  static let speedAgrees = Proof(
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
      if link.rate < nic.rate, nic.connector == .sfp28 {
        // SFP28 cages take SFP+ plugs at a lower rate (SFF-8402), the card's firmware permitting.
        ledger.expectConfirmed(
          "whether \(part) runs at \(Format.rate(link.rate))", at: subject, in: context,
          names: [part.rawValue], words: ["rate", "gbps", "speed"])
      } else {
        ledger.expect(
          link.rate == nic.rate, at: subject, "the link runs at \(Format.rate(link.rate))",
          expected: "\(Format.rate(nic.rate)), the rate of the card \(part)")
      }
    case .core:
      guard let port = context.site.core?.ports.first(where: { $0.name == endpoint.port }) else {
        return
      }
      ledger.expect(
        port.rate == link.rate, at: subject, "the link runs at \(Format.rate(link.rate))",
        expected: "\(Format.rate(port.rate)), the rate of the core's port")
    case .management, .unknown: return
    }
  }

  private static func checkMedia(
    _ cable: Cable, _ link: Link, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    guard let spec = context.catalog.part(cable.part)?.asCable else { return }
    if let rate = spec.rate {
      ledger.expect(
        spec.lanes > 1 ? rate == link.rate : rate >= link.rate, at: [cable.id, link.id],
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
