import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// The switches' draw fits what one feed of their rack can still give, and its sum is told.
  static let rackPower = PlanProof(
    "rack-power",
    claim: "the switches' draw, where known, fits one power feed of their rack; its sum is told"
  ) { context, ledger in
    for rack in context.site.room.racks {
      let views = context.switches.filter { $0.device.rack == rack.name }
      guard !views.isEmpty else { continue }
      let sum = views.reduce(Power(milliwatts: 0)) { $0.plus(draw(of: $1, context)) }
      for view in views {
        var unknown = view.spec?.maxPower == nil ? [view.device.part] : []
        unknown += view.device.modules.filter {
          context.catalog.part($0)?.asModule?.maxPower == nil
        }
        for part in unknown {
          ledger.expectConfirmed(
            "the largest draw of \(part)", at: [rack.name, view.name], in: context,
            names: [part.rawValue], words: ["power", "draw", "watt"])
        }
      }
      guard let free = rack.freePower else {
        ledger.expectConfirmed(
          "how much power is free in \(rack.name)", at: [rack.name], in: context,
          names: [rack.name], words: ["power", "watt"])
        continue
      }
      // The sum of some draws shows that a feed does not suffice, never that it does.
      guard sum > free || views.allSatisfy({ isKnown($0, context) }) else { continue }
      ledger.expect(
        sum <= free, at: [rack.name], "its switches draw up to \(Format.power(sum))",
        expected: "at most \(Format.power(free)) on one feed")
    }
    let all = context.switches.reduce(Power(milliwatts: 0)) { $0.plus(draw(of: $1, context)) }
    let totals = context.fabric.totals
    ledger.expect(
      totals.power == all, at: ["totals", "power"],
      "the sum of draws is given as \(Format.power(totals.power))", expected: Format.power(all))
    let isComplete = context.switches.allSatisfy { isKnown($0, context) }
    ledger.expect(
      totals.powerIsComplete == isComplete, at: ["totals", "power"],
      totals.powerIsComplete ? "the sum is called complete" : "the sum is called incomplete",
      expected: isComplete ? "every draw is known" : "at least one draw is not known")
  }

  private static func isKnown(_ view: SwitchView, _ context: AuditContext) -> Bool {
    view.spec?.maxPower != nil
      && view.device.modules.allSatisfy { context.catalog.part($0)?.asModule?.maxPower != nil }
  }

  private static func draw(of view: SwitchView, _ context: AuditContext) -> Power {
    view.device.modules.reduce(view.spec?.maxPower ?? Power(milliwatts: 0)) {
      $0.plus(context.catalog.part($1)?.asModule?.maxPower ?? Power(milliwatts: 0))
    }
  }
}

extension Power {
  /// The sum; the largest value where it does not fit.
  fileprivate func plus(_ other: Power) -> Power {
    let (sum, overflow) = milliwatts.addingReportingOverflow(other.milliwatts)
    return Power(milliwatts: overflow ? .max : sum)
  }
}
