import CatalogModel
import Quantities
import TenfoldTestSupport

/// Which parts a random plan is made of.
public enum CatalogKind: String, Sendable, CaseIterable {
  /// The shipped catalogue as it is.
  case shipped
  /// The shipped parts at other prices, some not to be had, some facts changed or unknown: other
  /// parts win, and what is rare in the shipped catalogue is common.
  case redrawn

  /// The kind of a seed: two in five are redrawn.
  static func of(seed: UInt64) -> CatalogKind { seed % 5 < 3 ? .shipped : .redrawn }
}

extension Catalog {
  /// The catalogue with prices and facts drawn anew, repeatable by seed.
  func redrawn(seed: UInt64) -> Catalog {
    var random = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15)
    var factor: [PartID: Int] = [:]
    var gone: Set<PartID> = []
    var catalog = self
    for index in catalog.parts.indices {
      let id = catalog.parts[index].id
      factor[id] = random.int(25...300)
      if random.chance(12) { gone.insert(id) }
      catalog.parts[index].redraw(&random)
    }
    catalog.prices = prices.filter { !gone.contains($0.part) }.map { price in
      var price = price
      let percent = factor[price.part] ?? 100
      price.amount.scale(percent: percent)
      price.low.scale(percent: percent)
      price.high.scale(percent: percent)
      return price
    }
    return catalog
  }
}

extension Money {
  fileprivate mutating func scale(percent: Int) {
    minorUnits = max(1, minorUnits * Int64(percent) / 100)
  }
}

extension Part {
  /// Changes a few facts, so that capabilities are missing or unknown elsewhere than shipped.
  fileprivate mutating func redraw(_ random: inout SplitMix64) {
    func capability(_ old: Capability) -> Capability {
      random.chance(12) ? random.pick([.yes, .yes, .unknown, .no]) : old
    }
    switch spec {
    case .networkSwitch(var spec):
      spec.pfc = capability(spec.pfc)
      spec.ets = capability(spec.ets)
      spec.uplinkTracking = capability(spec.uplinkTracking)
      spec.thirdPartyMedia = capability(spec.thirdPartyMedia)
      if random.chance(10) { spec.maxPower = nil }
      if random.chance(10) { spec.halfRackUnits = random.pick([nil, 2, 4]) }
      if random.chance(10) { spec.maxLAGMembers = random.pick([nil, 4, 8]) }
      if random.chance(10) { spec.airflow = random.pick([[], [.portToPSU], [.psuToPort]]) }
      if random.chance(10) { spec.powerSupplies.included = random.pick([nil, 1, 2]) }
      self.spec = .networkSwitch(spec)
    case .nic(var spec):
      if random.chance(20) { spec.rdma = random.pick(RDMA.allCases) }
      spec.dcb = capability(spec.dcb)
      spec.thirdPartyMedia = capability(spec.thirdPartyMedia)
      self.spec = .nic(spec)
    case .module, .optic, .cable, .accessory: break
    }
    if random.chance(10) { status = random.pick([.current, .legacy, .unknown]) }
  }
}
