import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanProof {
  /// Every line is priced by a price that the site allows, converted and rounded by the rule.
  static let billPrices = PlanProof(
    "bill-prices",
    claim: "every line rests on an allowed price, with discounts and exchange rounded once"
  ) { context, ledger in
    for line in context.fabric.bom { check(line, context, &ledger) }
  }

  private static func check(
    _ line: BOMLine, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let subject = ["bill", line.part.rawValue]
    let rules = context.site.prices
    let price = line.price
    ledger.expect(
      price.part == line.part && context.catalog.prices.contains(price), at: subject,
      "its price is not in the plan's catalogue")
    ledger.expect(
      rules.kinds.contains(price.kind.rawValue), at: subject,
      "its price is of the kind \(price.kind.rawValue)",
      expected: rules.kinds.joined(separator: " or "))
    ledger.expect(
      price.condition == .new || rules.allowsUsed, at: subject, "it is bought used",
      expected: "new parts alone, as the site says")
    ledger.expect(price.amount.minorUnits > 0, at: subject, "its price is not above zero")
    for (found, source, name) in [
      (line.unitPrice, price.amount, "unit price")
    ] {
      let wanted = converted(source, price, line.part, context)
      ledger.expect(
        found == wanted, at: subject, "its \(name) is \(Format.money(found))",
        expected: wanted.map(Format.money) ?? "a rate of exchange for \(source.currency.rawValue)",
        hint: "amount × exchange × (1 - discount) × (1 - direct order), rounded once")
    }
    for (found, source, name) in [
      (line.total, price.amount, "total"), (line.low, price.low, "lowest total"),
      (line.high, price.high, "highest total"),
    ] {
      let each = converted(source, price, line.part, context)
      let wanted = each.flatMap { times($0, line.packs) }
      ledger.expect(
        found == wanted, at: subject, "its \(name) is \(Format.money(found))",
        expected: wanted.map(Format.money) ?? "a sum that fits a number",
        hint: "\(line.packs) packs at the unit price")
    }
    ledger.expect(
      line.low.minorUnits <= line.total.minorUnits && line.total.minorUnits <= line.high.minorUnits,
      at: subject, "its total lies outside its own interval")
    checkAge(line, rules, context, &ledger)
  }

  /// At just the stale age either answer is right: months are counted whole.
  private static func checkAge(
    _ line: BOMLine, _ rules: PriceRules, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let age = line.price.asOf.map { $0.months(to: context.fabric.date) }
    let isStale = age.map { $0 > rules.staleAfterMonths } ?? true
    guard age != rules.staleAfterMonths else { return }
    ledger.expect(
      line.isStale == isStale, at: ["bill", line.part.rawValue],
      line.isStale ? "its price is marked as old" : "its price is not marked as old",
      expected: age.map { "it is \($0) months old, the limit is \(rules.staleAfterMonths)" }
        ?? "it has no date")
  }

  private static func converted(
    _ amount: Money, _ price: Price, _ id: PartID, _ context: AuditContext
  ) -> Money? {
    let rules = context.site.prices
    let target = context.site.currency
    var factor = Rational.one
    if amount.currency != target {
      guard let rate = rules.exchange.first(where: { $0.from == amount.currency })?.rate else {
        return nil
      }
      factor = rate
    }
    if price.kind == .list || price.kind == .contract {
      let vendor = context.catalog.part(id)?.vendor
      let discount = rules.discounts.first { $0.vendor == vendor }?.rate ?? .zero
      for rate in [discount, rules.directOrder] {
        guard let minus = Rational(-1).multiplied(by: rate), let rest = Rational.one.adding(minus),
          let next = factor.multiplied(by: rest)
        else { return nil }
        factor = next
      }
    }
    return amount.converted(to: target, rate: factor)
  }

  private static func times(_ money: Money, _ count: Int) -> Money? {
    let (units, overflow) = money.minorUnits.multipliedReportingOverflow(by: Int64(count))
    return overflow ? nil : Money(minorUnits: units, currency: money.currency)
  }
}
