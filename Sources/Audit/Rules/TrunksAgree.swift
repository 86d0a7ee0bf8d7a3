import Fabric

extension PlanProof {
  /// Both ends of a link between switches carry the same VLANs.
  static let trunksAgree = PlanProof(
    "trunks-agree", claim: "both ends of each link between switches carry the same VLANs",
    readsIntents: true
  ) { context, ledger in
    for trunk in context.layer2.trunks {
      guard let b = trunk.b, let portB = trunk.portB else { continue }
      let (near, far) = (context.switches[trunk.a], context.switches[b])
      let subject = [near.name, trunk.portA.name, far.name, portB.name]
      let isPeerA = trunk.portA.lag.flatMap { near.lag($0) }?.isPeerLink ?? false
      let isPeerB = portB.lag.flatMap { far.lag($0) }?.isPeerLink ?? false
      ledger.expect(
        isPeerA == isPeerB, at: subject, "one end is a peer link and the other is not")
      if isPeerA && isPeerB {
        ledger.expect(
          near.intent?.vlans == far.intent?.vlans, at: [near.name, far.name],
          "the two switches of a pair know unlike VLANs",
          expected: "the same on both, since the peer link carries them all")
        continue
      }
      let (a, c) = (near.membership(trunk.portA), far.membership(portB))
      ledger.expect(
        a == c, at: subject, "one end has \(a.shown), the other \(c.shown)",
        expected: "the same VLANs at both ends")
      ledger.expect(
        (trunk.portA.lag == nil) == (portB.lag == nil), at: subject,
        "one end is in a LAG and the other is not")
    }
  }
}
