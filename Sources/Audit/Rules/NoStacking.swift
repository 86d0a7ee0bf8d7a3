import CatalogModel
import Fabric

extension PlanProof {
  /// No two switches are one failure and upgrade domain.
  static let noStacking = PlanProof(
    "no-stacking", claim: "no switches are stacked, and what pairs up is known to do so",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      guard let spec = view.spec else { continue }
      guard view.intent?.pair != nil else {
        ledger.expect(true, at: [], "")
        continue
      }
      if spec.multiChassis == .unknown {
        ledger.expectConfirmed(
          "how two \(view.device.part) pair up", at: [view.name], in: context,
          names: [view.device.part.rawValue], words: ["vlt", "mlag", "vpc", "pair"],
          isCapability: true)
      } else {
        ledger.expect(
          spec.multiChassis.canPair, at: [view.name],
          "\(view.device.part) offers \(spec.multiChassis.rawValue)",
          expected: "VLT, MLAG or VPC",
          hint: "a stack is one failure and one upgrade domain: choose another model or design")
      }
    }
  }
}
