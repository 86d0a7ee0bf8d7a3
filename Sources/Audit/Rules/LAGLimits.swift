import CatalogModel
import Fabric

extension PlanProof {
  /// No LAG has more members than its switch can take.
  static let lagLimits = PlanProof(
    "lag-limits", claim: "no LAG has more members than the switches at both ends can take",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      for lag in view.intent?.lags ?? [] {
        let count = view.lagMembers[lag.number]?.count ?? 0
        if view.spec?.maxLAGMembers == nil {
          ledger.expectConfirmed(
            "how many members a LAG of \(view.device.part) may have", at: [view.name], in: context,
            names: [view.device.part.rawValue], words: ["lag", "member", "port-channel"])
        }
        // Eight is the least that any platform of the catalogue has, taken where nobody says more.
        let limit = view.spec?.maxLAGMembers ?? 8
        ledger.expect(
          count <= limit, at: [view.name, "lag \(lag.number)"], "it has \(count) members",
          expected: "at most \(limit)")
      }
    }
  }
}
