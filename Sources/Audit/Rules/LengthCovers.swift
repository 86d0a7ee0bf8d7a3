import CatalogModel
import Fabric
import Quantities
import SiteModel

extension AuditContext {
  /// The site's fixed cabling that a cable says it uses; `nil` when it uses none or names one that
  /// is not there.
  func existingCabling(of cable: Cable) -> ExistingCabling? {
    guard !cable.existing.isEmpty else { return nil }
    return site.room.existingCabling.first {
      "\($0.rackA)-\($0.rackB) \($0.medium)" == cable.existing
    }
  }
}

extension PlanProof {
  /// The cable's stock length covers its way, and the way is that of the room.
  static let lengthCovers = PlanProof(
    "length-covers",
    claim: "every cable is as long as its way through the room, which is computed again here"
  ) { context, ledger in
    let formula = RoutedLength(room: context.site.room)
    for cable in context.fabric.cables {
      let spec = context.catalog.part(cable.part)?.asCable
      if let spec {
        ledger.expect(
          spec.length >= cable.routed, at: [cable.id],
          "\(cable.part) is \(Format.length(spec.length)) long",
          expected: "at least \(Format.length(cable.routed))", hint: "take the next stock length")
      }
      checkExisting(cable, spec, context, &ledger)
      guard let near = context.routedEnd(context.node(cable.a.endpoint.node)) else {
        ledger.fail(
          at: [cable.id, cable.a.endpoint.node], "its rack is not in the room")
        continue
      }
      var longest: Length?
      for end in cable.b {
        guard let far = context.routedEnd(context.node(end.endpoint.node)) else {
          ledger.fail(at: [cable.id, end.endpoint.node], "its rack is not in the room")
          continue
        }
        let way = cable.existing.isEmpty ? formula.direct(near, far) : formula.toPanel(near, far)
        guard let way else {
          ledger.fail(at: [cable.id], "the length of its way does not fit a number")
          continue
        }
        longest = max(longest ?? way, way)
      }
      guard let longest else { continue }
      ledger.expect(
        cable.routed == longest, at: [cable.id],
        "its routed length is given as \(Format.length(cable.routed))",
        expected: "\(Format.length(longest)) from \(cable.a.endpoint.node) in \(near.rack.name)",
        hint: "compute the way again from the racks' places")
    }
  }

  private static func checkExisting(
    _ cable: Cable, _ spec: CableSpec?, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    ledger.expect(
      cable.pieces == (cable.existing.isEmpty ? 1 : 2), at: [cable.id],
      "it is made of \(cable.pieces) pieces",
      expected: cable.existing.isEmpty ? "1" : "2, one at each end of the fixed cabling")
    guard !cable.existing.isEmpty else { return }
    let entry = context.existingCabling(of: cable)
    ledger.expect(
      entry != nil, at: [cable.id], "the site has no fixed cabling \(cable.existing)",
      expected: "an entry of the site's existing cabling")
    guard let entry else { return }
    ledger.expect(
      spec?.medium?.rawValue == entry.medium, at: [cable.id],
      "the patch cords are \(spec?.medium?.rawValue ?? "of no medium")",
      expected: "\(entry.medium), as the fixed cabling")
    let near = context.routedEnd(context.node(cable.a.endpoint.node))?.rack.name ?? ""
    for end in cable.b {
      let far = context.routedEnd(context.node(end.endpoint.node))?.rack.name ?? ""
      ledger.expect(
        (near == entry.rackA && far == entry.rackB) || (near == entry.rackB && far == entry.rackA),
        at: [cable.id], "it joins \(near) and \(far)",
        expected: "\(entry.rackA) and \(entry.rackB), which the fixed cabling joins")
    }
  }
}
