import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Sums, prices and the list to confirm.
  static let bill: [Defect] = [
    line("bill-one-short", "bill-counts") { line, _ in line.needed -= 1 },
    line("part-counted-twice", "bill-counts") { line, _ in line.needed *= 2 },
    // Each lane of a breakout counted as a cable of its own.
    line(
      "split-pair-counted-twice", "bill-counts",
      where: { line, fabric in
        fabric.catalog.part(line.part)?.asCable.map { $0.lanes > 1 } ?? false
      },
      change: { line, fabric in
        let ids = Set(fabric.cables.filter { $0.part == line.part }.map(\.id))
        line.needed = max(line.needed + 1, fabric.links.count { ids.contains($0.cable) })
      }),
    line(
      "spares-forgotten", "bill-counts", where: { line, _ in line.spares > 0 },
      change: { line, _ in
        line.spares = 0
      }),
    line("pack-too-few", "bill-counts") { line, _ in line.packs -= 1 },
    line(
      "test-batch-forgotten", "bill-counts", where: { line, _ in line.testFirst > 0 },
      change: {
        line, _ in line.testFirst = 0
      }),
    line("unit-price-wrong", "bill-prices") { line, _ in line.unitPrice.minorUnits += 1 },
    line("line-total-wrong", "bill-prices") { line, _ in line.total.minorUnits -= 1 },
    line("interval-wrong", "bill-prices") { line, _ in line.high.minorUnits += 100 },
    line("price-of-another-part", "bill-prices") { line, _ in line.price.part = PartID("other") },
    line(
      "age-of-price-hidden", "bill-prices",
      where: { line, fabric in
        line.price.asOf.map { $0.months(to: fabric.date) } != fabric.site.prices.staleAfterMonths
      }, change: { line, _ in line.isStale.toggle() }),
    line("price-of-a-forbidden-kind", "bill-prices") { line, fabric in
      fabric.site.prices.kinds.removeAll { $0 == line.price.kind.rawValue }
    },
    line(
      "discount-forgotten", "bill-prices", where: { line, _ in line.price.kind == .list },
      change: {
        _, fabric in
        fabric.site.prices.directOrder =
          fabric.site.prices.directOrder == .percent(6) ? .percent(8) : .percent(6)
      }),
    line(
      "used-part-for-a-site-of-new-ones", "bill-prices",
      where: { line, _ in line.price.condition == .used },
      change: { _, fabric in fabric.site.prices.allowsUsed = false }),
    Defect("line-missing", "bill-counts") { fabric, rng in
      guard let index = fabric.bom.indices.randomElement(using: &rng) else { return nil }
      return fabric.bom.remove(at: index).part.rawValue
    },
    Defect("no-cables-at-all", "cables-match-links") { fabric, _ in
      fabric.cables = []
      return fabric.links.first?.id
    },
    Defect("line-for-nothing", "bill-counts") { fabric, rng in
      guard var line = fabric.bom.randomElement(using: &rng) else { return nil }
      line.part = PartID("bought-for-nothing")
      fabric.bom.append(line)
      return "bought-for-nothing"
    },
    Defect("goods-summed-wrong", "bill-totals") { fabric, _ in
      fabric.totals.goods.minorUnits += 1
      return "goods"
    },
    Defect("vat-wrong", "bill-totals") { fabric, _ in
      fabric.totals.freightAndVAT.minorUnits -= 1
      return "freight and VAT"
    },
    Defect("estimates-not-told-apart", "bill-totals") { fabric, _ in
      fabric.totals.estimated.minorUnits += 500
      return "sum of estimated prices"
    },
    Defect("over-budget", "bill-totals") { fabric, _ in
      var limit = fabric.totals.total
      limit.minorUnits -= 1
      fabric.site.budget.total = limit
      return "budget"
    },
    Defect("starter-phase-not-costed", "bill-totals") { fabric, _ in
      fabric.site.budget.starter = fabric.totals.total
      fabric.totals.starter = nil
      return "starter"
    },
    Defect("something-not-asked", "list-to-confirm") { fabric, rng in
      let asked = fabric.bom.filter { line in
        line.price.kind == .estimate || line.isStale || line.price.condition == .used
          || fabric.catalog.part(line.part)?.status == .legacy
      }
      guard let line = asked.randomElement(using: &rng) else { return nil }
      fabric.forget(line.part.rawValue)
      return line.part.rawValue
    },
    Defect("untested-optic-not-asked", "list-to-confirm") { fabric, rng in
      let foreign = fabric.cables.flatMap { [$0.a] + $0.b }.compactMap { end -> PartID? in
        guard let optic = end.optic, let device = fabric.device(end.endpoint.node),
          fabric.catalog.part(optic)?.vendor != fabric.catalog.part(device.part)?.vendor
        else { return nil }
        return optic
      }
      guard let optic = foreign.randomElement(using: &rng) else { return nil }
      fabric.forget(optic.rawValue)
      return optic.rawValue
    },
  ]

  /// A defect of one line of the bill that satisfies a test.
  private static func line(
    _ name: String, _ rule: String,
    where test: @escaping @Sendable (BOMLine, Fabric) -> Bool = { _, _ in true },
    change: @escaping @Sendable (inout BOMLine, inout Fabric) -> Void
  ) -> Defect {
    Defect(name, rule) { fabric, rng in
      let lines = fabric.bom.indices.filter { test(fabric.bom[$0], fabric) }
      guard let index = lines.randomElement(using: &rng) else { return nil }
      var line = fabric.bom[index]
      change(&line, &fabric)
      fabric.bom[index] = line
      return line.part.rawValue
    }
  }
}
