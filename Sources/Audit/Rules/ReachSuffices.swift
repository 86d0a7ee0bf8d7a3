import CatalogModel
import Fabric
import Quantities

extension PlanProof {
  /// Light and current get through: the transceivers' reach on the cable's medium, or the limit of
  /// base-T on twisted pair, covers the whole way, fixed cabling included.
  static let reachSuffices = PlanProof(
    "reach-suffices",
    claim: "each transceiver reaches over the cable that it is plugged into, on that very medium, "
      + "and no cable with fixed plugs is longer than its kind works"
  ) { context, ledger in
    for (index, cable) in context.fabric.cables.enumerated() {
      let plugs = context.plugs[index]
      guard let spec = plugs.first?.spec else { continue }
      guard !spec.family.isAttached else {
        checkAttached(cable, spec, context, &ledger)
        continue
      }
      guard let way = wholeWay(cable, spec, context) else {
        ledger.fail(at: [cable.id], "the length of the whole way does not fit a number")
        continue
      }
      ledger.expect(
        spec.medium != nil, at: [cable.id], "nobody has said what \(cable.part) is made of",
        expected: "a medium such as om3 or cat6a")
      guard let medium = spec.medium else { continue }
      for plug in plugs {
        guard let id = plug.end.optic, let optic = plug.optic else { continue }
        let reach = optic.reach.first { $0.medium == medium }?.length
        ledger.expect(
          reach.map { $0 >= way } ?? false, at: plug.subject,
          reach.map { "\(id) reaches \(Format.length($0)) and the way is \(Format.length(way))" }
            ?? "\(id) does not run on \(medium.rawValue)",
          expected: reach == nil
            ? optic.reach.map(\.medium.rawValue).joined(separator: " or ") : "",
          hint: "choose a transceiver for this medium and length")
      }
      if spec.family == .twistedPair {
        let rates = context.linksByCable[index].map { context.links[$0].link.rate }
        let limit = twistedPairLimit(medium, rates.max() ?? .gigabits(1))
        ledger.expect(
          limit.map { $0 >= way } ?? false, at: [cable.id],
          "\(medium.rawValue) carries this rate over "
            + (limit.map(Format.length) ?? "no length") + " and the way is \(Format.length(way))")
      }
    }
  }

  /// A cable with fixed plugs is no longer than the longest of its kind that any source knows.
  private static func checkAttached(
    _ cable: Cable, _ spec: CableSpec, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    guard let most = context.catalog.references.longest(spec.family) else { return }
    ledger.expect(
      spec.length <= most, at: [cable.id],
      "\(cable.part) is \(Format.length(spec.length)) long",
      expected: "at most \(Format.length(most)), the longest \(spec.family.rawValue) that works",
      hint: "choose an active cable or fibre for this length")
  }

  /// Both patch cords and the fixed cabling between them, or the one cable.
  private static func wholeWay(
    _ cable: Cable, _ spec: CableSpec, _ context: AuditContext
  ) -> Length? {
    let fixed = context.existingCabling(of: cable)?.length.millimetres ?? 0
    let (cords, o1) = Int64(cable.pieces).multipliedReportingOverflow(by: spec.length.millimetres)
    let (total, o2) = cords.addingReportingOverflow(fixed)
    return o1 || o2 ? nil : Length(millimetres: total)
  }

  /// IEEE 802.3an-2006: 10GBASE-T reaches 100 m on class EA (cat6a) and, where alien crosstalk
  /// allows, 55 m on class E (cat6); 1000BASE-T (clause 40) reaches 100 m on cat5e and up.
  private static func twistedPairLimit(_ medium: Medium, _ rate: DataRate) -> Length? {
    if rate <= .gigabits(1) { return medium.isTwistedPair ? .metres(100) : nil }
    switch medium {
    case .cat6a: return .metres(100)
    case .cat6: return .metres(55)
    default: return nil
    }
  }
}
