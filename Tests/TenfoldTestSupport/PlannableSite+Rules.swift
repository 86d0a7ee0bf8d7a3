import Quantities
import SiteModel

/// Money, requirements and the core.
extension PlannableSite {
  mutating func budget(_ currency: Currency) -> Budget {
    guard random.chance(25) else { return Budget() }
    // Enough for any of these sites: what a budget excludes is not what is looked for here.
    let total = Int64(random.int(20...90)) * 1_000_000_000
    return Budget(
      total: Money(minorUnits: total, currency: currency),
      starter: random.chance(60) ? Money(minorUnits: total / 2, currency: currency) : nil)
  }

  mutating func prices(_ currency: Currency) -> PriceRules {
    let usual = ["contract", "estimate", "list", "quote", "refurbished", "street"]
    // Without estimates and used parts little can be bought.
    let kinds =
      random.chance(3)
      ? usual.filter { $0 != "estimate" }
      : random.chance(15) ? (usual + ["historical", "secondary"]).sorted() : usual
    let exchange = exchange(currency)
    return PriceRules(
      kinds: kinds, allowsUsed: random.chance(97),
      discounts: random.chance(35)
        ? [
          Discount(vendor: "Dell", rate: .percent(random.int(1...40))),
          Discount(vendor: "Intel", rate: .percent(7)),
        ] : [],
      exchange: exchange, exchangeDate: exchange.isEmpty ? nil : CalendarDate(iso: "2026-11-01"),
      staleAfterMonths: random.pick([6, 24, 24, 120]),
      freightAndVAT: .percent(random.pick([0, 0, 8, 19, 21])),
      directOrder: .percent(random.pick([0, 0, 0, 6, 8])))
  }

  /// Rates of exchange: the catalogue has its own between euros and dollars alone.
  private mutating func exchange(_ currency: Currency) -> [ExchangeRate] {
    func rate(_ from: Currency, _ percent: Int) -> ExchangeRate {
      ExchangeRate(from: from, rate: .percent(percent))
    }
    if currency == .eur {
      return random.chance(40) ? [rate(.usd, random.pick([85, 92, 101]))] : []
    }
    if currency == .usd { return random.chance(40) ? [rate(.eur, 109)] : [] }
    // About what one euro is in the others, from pounds to yen.
    let euro = random.pick([86, 430, 1120, 2510, 16_200])
    return [rate(.eur, euro), rate(.usd, euro * 92 / 100)]
  }

  mutating func requirements(_ racks: [Rack]) -> Requirements {
    let ratio = random.pick(["1.5", "2", "3", "4", "4", "5", "8", "10"])
    let now = Rational(decimal: ratio) ?? Rational(4)
    let (spines, tors) = models()
    let rates = [0, 0, 5, 5, 10, 50]
    return Requirements(
      oversubscription: now,
      oversubscriptionAfterFailure: random.chance(85)
        ? now.multiplied(by: Rational(2)) ?? now : Rational(random.int(4...24)),
      designs: random.chance(20) ? DesignKind.allCases : [design],
      spares: SpareRates(
        optics: .percent(random.pick(rates)), cables: .percent(random.pick(rates)),
        switches: .percent(random.pick([0, 0, 0, 10, 100])),
        nics: .percent(random.pick([0, 0, 0, 5]))),
      thirdPartyOptics: random.chance(96), testFirst: random.pick([0, 2, 2, 4, 8]),
      spinePowerSupplies: random.chance(2) ? 2 : 1, torPowerSupplies: random.chance(2) ? 2 : 1,
      spineModels: spines, torModels: tors, spineRacks: spineRacks(racks),
      allowsUnconfigured: random.chance(8), allowsUnknown: random.chance(98),
      freePorts: random.pick([0, 0, 0, 0, 0, 0, 1, 2]))
  }

  private mutating func spineRacks(_ racks: [Rack]) -> [String] {
    guard random.chance(20) else { return [] }
    let first = random.pick(racks).name
    let second = random.pick(racks).name
    return first == second ? [first] : [first, second]
  }

  /// Models that may be central switches and ToRs: some sites have a house brand, so that switches
  /// of both dialects are bought and not the cheapest ones alone.
  private mutating func models() -> (spines: [String], tors: [String]) {
    let os9 = ["S4810", "S4810", "S4810", "S4048-ON", "S4048-ON", "S4820T", "Z9000", "S6000"]
    let os6 = [
      "N4032F", "N4032F", "N4064F", "N4032", "N4064", "PowerConnect 8132F", "PowerConnect 8164F",
      "PowerConnect 8132", "PowerConnect 8164", "PowerConnect 8024F",
    ]
    func some(_ all: [String], _ random: inout SplitMix64) -> [String] {
      Array(Set((0..<random.int(4...8)).map { _ in random.pick(all) })).sorted()
    }
    switch design {
    case .spineLeaf:
      let spines = random.chance(50) ? some(os9, &random) : []
      let tors =
        random.chance(45) ? some(os6, &random) : random.chance(40) ? some(os9, &random) : []
      return (spines, tors)
    case .vltPair: return (random.chance(40) ? some(os9, &random) : [], [])
    case .standalonePair:
      return (
        random.chance(50) ? some(os6, &random) : random.chance(40) ? some(os9, &random) : [], []
      )
    }
  }

  // MARK: Core

  mutating func core(_ racks: [Rack], tenants: [VLANID]) -> Core {
    let kind = random.pick(CoreKind.allCases)
    let uplinks = kind == .separate ? 2 : random.pick([2, 2, 4, 4, 8])
    let hasBoxes = kind == .separate || kind == .mlag
    let (connector, rate) = random.pick([
      ("sfp+", 10), ("sfp+", 10), ("sfp+", 10), ("sfp+", 10), ("sfp+", 10), ("sfp+", 10),
      ("sfp+", 10), ("sfp+", 10), ("rj45", 10), ("qsfp+", 40),
    ])
    let style = random.pick(["Te1/", "xe-0/0/", "Ten-GigabitEthernet1/0/", "Ethernet 1/", "A"])
    // The first ports are used: half of them on each box.
    let ports = (0..<uplinks + random.int(0...2)).map { index in
      let box = index < uplinks ? index * 2 / uplinks : index % 2
      return Core.Port(
        name: "\(style)\(index + 1)", connector: connector, rate: .gigabits(rate),
        box: hasBoxes ? "core-\(box == 0 ? "a" : "b")" : "")
    }
    return Core(
      name: random.pick(["core", "core-1", "cat6500-main-building"]), kind: kind,
      rack: random.pick(racks).name, vendor: random.pick(["", "", "", "Cisco", "Dell", "HPE"]),
      spanningTree: CoreSpanningTree(
        mode: random.pick(CoreSpanningTree.Mode.allCases), priority: random.int(0...12) * 4096),
      ports: ports, uplinks: uplinks, carries: tenants.filter { _ in random.chance(90) },
      mtu: random.pick([nil, nil, 1500, 9216]))
  }
}
