import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Writes the bill of a plan from what is built in.
struct BillDrafting {
  let problem: PlanProblem
  let choice: PlanChoice
  let use: PartUse
  let date: CalendarDate
  /// Cables with fixed plugs of another maker than a switch that they are plugged into.
  let foreignCables: Set<Int>

  private var site: Site { problem.site }
  private var prices: PriceRules { site.prices }

  /// Lines by kind of part (switches, modules, accessories, cards, transceivers, cables), then by
  /// id.
  func lines() -> [BOMLine] {
    let lines = use.totals().compactMap { entry in line(entry.part, entry.count) }
    return lines.sorted { left, right in
      let ranks = (rank(left.part), rank(right.part))
      return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.part < right.part
    }
  }

  private func rank(_ id: PartID) -> Int {
    guard let index = problem.index(of: id) else { return 6 }
    switch problem.catalog.parts[index].spec {
    case .networkSwitch: return 0
    case .module: return 1
    case .accessory: return 2
    case .nic: return 3
    case .optic: return 4
    case .cable: return 5
    }
  }

  private func line(_ index: Int, _ needed: Int) -> BOMLine? {
    guard let chosen = problem.prices.chosen[index] else { return nil }
    let part = problem.catalog.parts[index]
    let test = testFirst(index, needed)
    let rate = problem.prices.spareRate[index]
    let spares = rate.timesRoundedUp(Int64(needed)) ?? Int64(needed)
    let units = max(Int64(needed) + spares, test)
    let packs = packs(index, needed)
    func times(_ unit: Int64) -> Money {
      Money(minorUnits: BillDrafting.product(unit, packs), currency: site.currency)
    }
    return BOMLine(
      part: part.id, needed: needed, spares: Int(units) - needed, packs: Int(packs),
      packSize: part.packSize, price: chosen.price,
      unitPrice: Money(minorUnits: chosen.unit, currency: site.currency),
      total: times(chosen.unit), low: times(chosen.low), high: times(chosen.high),
      isStale: isStale(chosen.price), testFirst: Int(test), purpose: purpose(index))
  }

  /// Transceivers are bought for the test where too few are needed; of cables with fixed plugs a
  /// few of those that are needed anyway come first.
  private func testFirst(_ index: Int, _ needed: Int) -> Int64 {
    let batch = Int64(max(0, site.requirements.testFirst))
    if choice.testFirst.contains(problem.catalog.parts[index].id) { return batch }
    guard foreignCables.contains(index) else { return 0 }
    let spares = problem.prices.spareRate[index].timesRoundedUp(Int64(needed)) ?? 0
    return min(batch, Int64(needed) + spares)
  }

  private func packs(_ index: Int, _ needed: Int) -> Int64 {
    PriceBook.packs(
      needed: Int64(needed), spareRate: problem.prices.spareRate[index],
      testFirst: testFirst(index, needed),
      packSize: Int64(max(1, problem.catalog.parts[index].packSize)))
  }

  /// Older than the site allows at the day of the plan, or undated.
  func isStale(_ price: Price) -> Bool {
    guard let asOf = price.asOf else { return true }
    return asOf.months(to: date) > prices.staleAfterMonths
  }

  /// Sums of the bill, and what the choice says of load and power.
  func totals(
    _ lines: [BOMLine], isPowerComplete: Bool, starterRack: Int?
  ) -> Totals {
    let goods = sum(lines, \.total)
    let freight = freightAndVAT(goods)
    let isSpineLeaf = choice.design == .spineLeaf
    return Totals(
      goods: money(goods), freightAndVAT: money(freight),
      total: money(BillDrafting.sum(goods, freight)),
      estimated: money(sum(lines.filter { $0.price.kind == .estimate }, \.total)),
      used: money(sum(lines.filter { $0.price.condition == .used }, \.total)),
      low: money(gross(sum(lines, \.low))), high: money(gross(sum(lines, \.high))),
      oversubscription: isSpineLeaf ? choice.now : nil,
      oversubscriptionAfterFailure: isSpineLeaf ? choice.after : nil, power: choice.draw,
      powerIsComplete: isPowerComplete,
      starter: site.budget.starter == nil ? nil : starter(rack: starterRack))
  }

  /// Gross cost of the first phase that works by itself: the centre with its links and management,
  /// and everything of the first rack with hosts (ToRs, cards, links). Packs, spares and test
  /// batches are counted as if nothing more were bought.
  private func starter(rack: Int?) -> Money {
    var goods: Int64 = 0
    for entry in use.totals(where: { $0.isCentral || ($0.rack != nil && $0.rack == rack) }) {
      guard let chosen = problem.prices.chosen[entry.part] else { continue }
      goods = BillDrafting.sum(
        goods, BillDrafting.product(chosen.unit, packs(entry.part, entry.count)))
    }
    return money(gross(goods))
  }

  private func money(_ units: Int64) -> Money {
    Money(minorUnits: units, currency: site.currency)
  }

  private func freightAndVAT(_ goods: Int64) -> Int64 {
    prices.freightAndVAT.timesRoundedHalfAway(goods) ?? 0
  }

  private func gross(_ goods: Int64) -> Int64 { BillDrafting.sum(goods, freightAndVAT(goods)) }

  private func sum(_ lines: [BOMLine], _ value: (BOMLine) -> Money) -> Int64 {
    lines.reduce(0) { BillDrafting.sum($0, value($1).minorUnits) }
  }

  /// Amounts stop at the largest number instead of running over.
  private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (value, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : value
  }

  private static func product(_ left: Int64, _ right: Int64) -> Int64 {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? .max : value
  }
}

extension BillDrafting {
  /// What a part is for, such as `host links of r1, r2; peer link`.
  func purpose(_ index: Int) -> String {
    var groups: [(text: String, racks: [String])] = []
    for place in use.places(of: index) {
      let text = BillDrafting.words(place, design: choice.design)
      let rack = place.rack.flatMap {
        site.room.racks.indices.contains($0) ? site.room.racks[$0].name : nil
      }
      if let at = groups.firstIndex(where: { $0.text == text }) {
        if let rack { groups[at].racks.append(rack) }
      } else {
        groups.append((text, rack.map { [$0] } ?? []))
      }
    }
    return groups.map { group in
      group.racks.isEmpty ? group.text : "\(group.text) \(group.racks.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private static func words(_ place: UsePlace, design: DesignKind) -> String {
    switch place {
    case .central: design == .spineLeaf ? "the two spine switches" : "the two central switches"
    case .tor: "top-of-rack switches of"
    case .outOfBand: "the management switch"
    case .hostLink: "host links of"
    case .uplink: "uplinks of"
    case .peer: "the peer link"
    case .core: "links to the core"
    case .management(nil): "management of the central switches"
    case .management: "management of"
    case .card: "cards for the hosts of"
    }
  }
}
