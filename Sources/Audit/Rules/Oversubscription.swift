import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Host Gbps over uplink Gbps of each ToR, now and after the worst single loss.
  ///
  /// The losses are those of one link, optic, cable (a breakout takes all its lanes along) or spine
  /// node. The loss of a ToR leaves the other ToR's ratio as it is.
  static let oversubscription = PlanProof(
    "oversubscription",
    claim: "each ToR stays within the site's ratios, now and after any one loss, as the totals say"
  ) { context, ledger in
    let limits = context.site.requirements
    let totals = context.fabric.totals
    var worst: Rational?
    var worstAfter: Rational?
    for (index, view) in context.switches.enumerated() where view.device.role == .tor {
      let rates = rates(of: index, context)
      guard let now = Rational(rates.hosts, over: rates.uplinks),
        let after = Rational(rates.hosts, over: rates.uplinks - rates.loss), rates.hosts > 0
      else {
        ledger.fail(
          at: [view.name], "it has no hosts, or no uplinks after one loss",
          expected: "uplinks that outlive any one loss")
        continue
      }
      ledger.expect(
        now <= limits.oversubscription, at: [view.name],
        "its oversubscription is \(Format.ratio(now))",
        expected: "at most \(Format.ratio(limits.oversubscription))", hint: "add uplinks")
      ledger.expect(
        after <= limits.oversubscriptionAfterFailure, at: [view.name],
        "its oversubscription after the worst loss is \(Format.ratio(after))",
        expected: "at most \(Format.ratio(limits.oversubscriptionAfterFailure))",
        hint: "add uplinks")
      worst = max(worst ?? now, now)
      worstAfter = max(worstAfter ?? after, after)
    }
    for (found, wanted, name) in [
      (totals.oversubscription, worst, "oversubscription"),
      (totals.oversubscriptionAfterFailure, worstAfter, "oversubscription after a loss"),
    ] {
      ledger.expect(
        found == wanted, at: ["totals"],
        "the worst \(name) is given as \(found.map(Format.ratio) ?? "none")",
        expected: wanted.map(Format.ratio) ?? "none, since no ToR stands between")
    }
  }

  private static func rates(
    of index: Int, _ context: AuditContext
  ) -> (hosts: Int64, uplinks: Int64, loss: Int64) {
    var hosts: Int64 = 0
    var uplinks: Int64 = 0
    var byLoss: [String: Int64] = [:]
    for view in context.links {
      guard view.a == .device(index) || view.b == .device(index) else { continue }
      let rate = view.link.rate.bitsPerSecond
      switch view.link.role {
      case .host: hosts = hosts.addingReportingOverflow(rate).partialValue
      case .uplink:
        uplinks = uplinks.addingReportingOverflow(rate).partialValue
        let spine = view.link.a.node == context.switches[index].name ? view.link.b : view.link.a
        for unit in ["node " + spine.node, "cable " + view.link.cable] {
          byLoss[unit] = byLoss[unit, default: 0].addingReportingOverflow(rate).partialValue
        }
      case .peer, .core, .management: continue
      }
    }
    return (hosts, uplinks, byLoss.values.max() ?? 0)
  }
}
