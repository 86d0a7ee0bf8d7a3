import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// The sums at the foot of the bill are those of its lines, and within the budget.
  static let billTotals = PlanProof(
    "bill-totals", claim: "the totals are the sums of the lines, and within the budget"
  ) { context, ledger in
    let totals = context.fabric.totals
    let lines = context.fabric.bom
    func same(_ found: Money, _ wanted: Int64?, _ what: String) {
      ledger.expect(
        wanted.map { Money(minorUnits: $0, currency: context.site.currency) } == found,
        at: ["bill", what], "\(what) is given as \(Format.money(found))",
        expected: wanted.map {
          Format.money(Money(minorUnits: $0, currency: context.site.currency))
        }
          ?? "a sum that fits a number")
    }
    let goods = sum(lines, \.total)
    same(totals.goods, goods, "goods")
    let rate = context.site.prices.freightAndVAT
    let extra = goods.flatMap { rate.timesRoundedHalfAway($0) }
    same(totals.freightAndVAT, extra, "freight and VAT")
    same(totals.total, gross(goods, rate), "total")
    same(totals.low, gross(sum(lines, \.low), rate), "total at the lowest estimates")
    same(totals.high, gross(sum(lines, \.high), rate), "total at the highest estimates")
    same(
      totals.estimated, sum(lines.filter { $0.price.kind == .estimate }, \.total),
      "sum of estimated prices")
    same(
      totals.used, sum(lines.filter { $0.price.condition == .used }, \.total), "sum of used parts")
    checkBudget(totals, context.site.budget, &ledger)
  }

  private static func checkBudget(_ totals: Totals, _ budget: Budget, _ ledger: inout Ledger) {
    if let limit = budget.total {
      ledger.expect(
        totals.total.currency == limit.currency && totals.total.minorUnits <= limit.minorUnits,
        at: ["budget"], "the plan costs \(Format.money(totals.total))",
        expected: "at most \(Format.money(limit))")
    }
    guard let limit = budget.starter else { return }
    ledger.expect(
      totals.starter.map { $0.minorUnits <= limit.minorUnits } ?? false, at: ["budget", "starter"],
      totals.starter.map { "the first phase costs \(Format.money($0))" }
        ?? "nobody says what the first phase costs",
      expected: "at most \(Format.money(limit))")
    if let starter = totals.starter {
      ledger.expect(
        starter.minorUnits <= totals.total.minorUnits, at: ["budget", "starter"],
        "the first phase costs more than all of it")
    }
  }

  private static func sum(_ lines: [BOMLine], _ value: (BOMLine) -> Money) -> Int64? {
    var sum: Int64 = 0
    for line in lines {
      let (next, overflow) = sum.addingReportingOverflow(value(line).minorUnits)
      guard !overflow else { return nil }
      sum = next
    }
    return sum
  }

  private static func gross(_ goods: Int64?, _ rate: Rational) -> Int64? {
    guard let goods, let extra = rate.timesRoundedHalfAway(goods) else { return nil }
    let (sum, overflow) = goods.addingReportingOverflow(extra)
    return overflow ? nil : sum
  }
}
