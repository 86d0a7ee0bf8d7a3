import CatalogModel

extension PlanProof {
  /// Transceivers at the two ends of a cable speak the same IEEE standard.
  ///
  /// On a breakout the trunk's standard is the four-lane sister of the legs' (40GBASE-SR4 and
  /// 10GBASE-SR), so there both must share a medium instead.
  static let opticsMatch = PlanProof(
    "optics-match", claim: "the transceivers at both ends of a cable speak the same standard"
  ) { context, ledger in
    for plugs in context.plugs {
      guard let near = plugs.first else { continue }
      guard !near.spec.family.isAttached else { continue }
      for far in plugs.dropFirst() {
        switch (near.optic, far.optic) {
        case (let a?, let b?) where near.lanes > 1:
          ledger.expect(
            a.reach.contains { reach in b.reach.contains { $0.medium == reach.medium } },
            at: far.subject, "\(a.standard) at one end and \(b.standard) at the other",
            expected: "standards that share a medium")
        case (let a?, let b?):
          ledger.expect(
            a.standard == b.standard, at: far.subject,
            "\(a.standard) at one end and \(b.standard) at the other",
            expected: "the same standard at both ends", hint: "buy two transceivers of one standard"
          )
        case (let a?, nil), (nil, let a?):
          ledger.expect(
            a.standard.hasSuffix("base-t") || a.socket == .rj45, at: far.subject,
            "\(a.standard) at one end and no transceiver at the other",
            expected: "a transceiver at both ends, or a base-T one facing an RJ45 port")
        case (nil, nil):
          ledger.expect(
            near.spec.family == .twistedPair, at: far.subject,
            "no transceiver at either end of a \(near.spec.family.rawValue) cable")
        }
      }
    }
  }
}
