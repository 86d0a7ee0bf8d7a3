import CatalogModel
import Fabric

extension PlanProof {
  /// Every link has one cable, every cable carries its links and nothing else.
  static let cablesMatchLinks = PlanProof(
    "cables-match-links",
    claim: "every link has a cable, every cable a link, and their ends are the same"
  ) { context, ledger in
    ledger.expect(
      context.cableIndex.count == context.fabric.cables.count, at: [],
      "a cable id stands more than once")
    ledger.expect(
      Set(context.fabric.links.map(\.id)).count == context.fabric.links.count, at: [],
      "a link id stands more than once")
    for view in context.links {
      ledger.expect(
        view.cable != nil, at: [view.link.id, view.link.a.node, view.link.b.node],
        "the \(view.link.role.rawValue) link has no cable: \(view.link.cable) is not in the plan",
        expected: "a cable in the cabling sheet and on the bill")
    }
    for (index, cable) in context.fabric.cables.enumerated() {
      checkCable(
        cable, context.linksByCable[index].map { context.links[$0].link }, context, &ledger)
    }
  }

  private static func checkCable(
    _ cable: Cable, _ links: [Link], _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let spec = context.catalog.part(cable.part)?.asCable
    ledger.expect(
      spec != nil, at: [cable.id], "the part \(cable.part) is not a cable of the plan's catalogue")
    let lanes = spec?.lanes ?? 1
    ledger.expect(
      !links.isEmpty, at: [cable.id], "no link runs over it", expected: "at least one link",
      hint: "take it off the plan, or add the link it was bought for")
    ledger.expect(
      (1...max(1, lanes)).contains(cable.b.count), at: [cable.id],
      "it has \(cable.b.count) plugs in use at its far end", expected: "1 to \(lanes)")
    ledger.expect(
      links.count == cable.b.count, at: [cable.id],
      "\(links.count) links run over it and \(cable.b.count) plugs are in use",
      expected: "one link a plug")
    var left = cable.b.map(\.endpoint)
    for link in links {
      // The near end is the whole port on a breakout, the link's own port otherwise.
      let near = [link.a, link.b].firstIndex { isNear($0, cable, lanes, context) }
      ledger.expect(
        near != nil, at: [cable.id, link.id],
        "neither end of the link is at \(cable.a.endpoint.node) \(cable.a.endpoint.port)")
      guard let near else { continue }
      let far = near == 0 ? link.b : link.a
      let match = left.firstIndex(of: far)
      ledger.expect(
        match != nil, at: [cable.id, link.id],
        "the link ends at \(far.node) \(far.port), where the cable has no plug",
        expected: cable.b.map { "\($0.endpoint.node) \($0.endpoint.port)" }.joined(separator: ", "))
      if let match { left.remove(at: match) }
    }
  }

  private static func isNear(
    _ end: Endpoint, _ cable: Cable, _ lanes: Int, _ context: AuditContext
  ) -> Bool {
    guard end.node == cable.a.endpoint.node else { return false }
    guard lanes > 1 else { return end.port == cable.a.endpoint.port }
    let port = context.switchView(context.node(end.node))?.port(end.port)
    return port?.splitFrom == cable.a.endpoint.port
  }
}
