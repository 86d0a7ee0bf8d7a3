import Fabric

extension PlanProof {
  /// Each ToR has at least two uplinks, half of them to each spine node, in one LAG.
  static let uplinksSplit = PlanProof(
    "uplinks-split",
    claim: "each ToR has at least two uplinks, split evenly over both spine nodes, in one LAG",
    readsIntents: true
  ) { context, ledger in
    guard context.fabric.design == .spineLeaf else { return }
    let spines = context.switches.indices.filter { context.switches[$0].device.role == .spine }
    for (index, view) in context.switches.enumerated() where view.device.role == .tor {
      let own = context.layer2.trunks.filter { $0.a == index || $0.b == index }
      ledger.expect(
        own.count >= 2, at: [view.name], "\(own.count) uplinks leave this ToR",
        expected: "at least 2")
      let counts = spines.map { spine in own.filter { $0.a == spine || $0.b == spine }.count }
      ledger.expect(
        counts.count == 2 && counts[0] == counts[1] && counts[0] + counts[1] == own.count,
        at: [view.name],
        "its uplinks are split " + counts.map(String.init).joined(separator: " to "),
        expected: "as many to one spine node as to the other, and none elsewhere")
      let lags = Set(own.map { $0.a == index ? $0.portA.lag : $0.portB?.lag })
      ledger.expect(
        lags.count == 1 && !lags.contains(nil), at: [view.name],
        "its uplinks are not all in one LAG")
    }
  }
}
