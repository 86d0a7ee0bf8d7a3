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
    // Some suppliers have no cables with fixed plugs: optics and fibre take their place.
    let hasAttached = !random.chance(25)
    var catalog = withAccessories()
    for index in catalog.parts.indices {
      let id = catalog.parts[index].id
      factor[id] = random.int(25...300)
      let isAttached = catalog.parts[index].asCable?.family.isAttached ?? false
      if random.chance(8) || isAttached && !hasAttached { gone.insert(id) }
      catalog.parts[index].redraw(&random)
    }
    catalog.prices = catalog.prices.filter { !gone.contains($0.part) }.map { price in
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

extension Catalog {
  /// Sub-parts that switches of a redrawn catalogue need: the shipped one names few.
  fileprivate static let accessories: [(id: PartID, spec: AccessorySpec, cents: Int64)] = [
    (PartID("redrawn-kit"), AccessorySpec(kind: .rackKit), 4000),
    (PartID("redrawn-licence"), AccessorySpec(kind: .licence), 20_000),
    (PartID("redrawn-cord-c13"), AccessorySpec(kind: .powerCord, plug: "C13"), 500),
    (PartID("redrawn-cord-c19"), AccessorySpec(kind: .powerCord, plug: "C19"), 900),
  ]

  private func withAccessories() -> Catalog {
    var catalog = self
    for (id, spec, cents) in Self.accessories {
      catalog.parts.append(
        Part(id: id, vendor: "Acme", model: id.rawValue, spec: .accessory(spec)))
      catalog.prices.append(
        Price(
          part: id, amount: Money(minorUnits: cents, currency: .eur), kind: .list, condition: .new,
          asOf: CalendarDate(year: 2026, month: 3), source: "drawn"))
    }
    catalog.parts.sort { $0.id < $1.id }
    catalog.prices.sort { $0.part < $1.part }
    return catalog
  }
}

extension Money {
  fileprivate mutating func scale(percent: Int) {
    minorUnits = max(1, minorUnits * Int64(percent) / 100)
  }
}

extension Part {
  /// Sub-parts that a switch needs, on one occasion or another.
  private func requirements(_ random: inout SplitMix64) -> [RequiredPart] {
    let all = Catalog.accessories.map(\.id)
    let cords = all.suffix(2).map { RequiredPart(part: $0, when: .perPowerSupply) }
    let occasions: [RequirementTrigger] = [.always, .multiChassis, .dataCenterBridging, .split]
    let other = RequiredPart(part: random.pick(Array(all.prefix(2))), when: random.pick(occasions))
    return random.pick([cords, [other], cords + [other]])
  }

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
      if random.chance(40) { spec.requires += requirements(&random) }
      self.spec = .networkSwitch(spec)
    case .nic(var spec):
      if random.chance(20) { spec.rdma = random.pick(RDMA.allCases) }
      spec.dcb = capability(spec.dcb)
      spec.thirdPartyMedia = capability(spec.thirdPartyMedia)
      self.spec = .nic(spec)
    case .optic(var spec):
      if spec.power == nil, random.chance(50) { spec.power = .watts(random.pick([1, 1, 2])) }
      self.spec = .optic(spec)
    case .module, .cable, .accessory: break
    }
    if random.chance(10) { status = random.pick([.current, .legacy, .unknown]) }
  }
}
