import CatalogModel
import Quantities

/// Parts for hand-made fabrics: like real ones, with round numbers.
public enum TestParts {
  static func date(_ text: String) -> CalendarDate? { CalendarDate(iso: text) }

  /// 48 x 10G and 4 x 40G, OS9, pairs up.
  public static let spine = Part(
    id: PartID("dell-s4810"), vendor: "Dell", model: "S4810", sku: "S4810P-AC", status: .legacy,
    spec: .networkSwitch(
      SwitchSpec(
        roles: [.spine, .tor, .standalone], os: .os9,
        ports: [
          PortGroup(
            id: "sfp", connector: .sfpPlus, rates: [.gigabits(1), .gigabits(10)], count: 48,
            naming: PortNaming(prefix: "TenGigabitEthernet 0/", first: 0),
            maxOpticPower: Power(milliwatts: 1500)),
          PortGroup(
            id: "qsfp", connector: .qsfpPlus, rates: [.gigabits(40)], count: 4,
            naming: PortNaming(prefix: "fortyGigE 0/", first: 48, step: 4),
            split: SplitSpec(
              lanes: 4, laneRate: .gigabits(10), laneConnector: .sfpPlus,
              lanePrefix: "TenGigabitEthernet 0/", laneNumbering: .consecutive)),
        ], multiChassis: .vlt, maxLAGMembers: 16, pfc: .yes, ets: .yes, dcbx: .yes,
        uplinkTracking: .yes, maxMTU: 12000, halfRackUnits: 2, maxPower: .watts(350),
        powerSupplies: PowerSupplies(
          included: 1, bays: 2, part: PartID("dell-s4810-psu"), inlet: "C14"),
        airflow: [.portToPSU, .psuToPort], managementPort: .yes,
        managementPortName: "ManagementEthernet 0/0", thirdPartyMedia: .yes,
        requires: [
          RequiredPart(part: PartID("cord-c13"), when: .perPowerSupply),
          RequiredPart(part: PartID("cord-cee"), when: .perPowerSupply),
          RequiredPart(part: PartID("dell-rails")),
        ])))

  /// 24 x 10G and a bay, OS6.
  public static let tor = Part(
    id: PartID("dell-n4032f"), vendor: "Dell", model: "N4032F", status: .legacy,
    spec: .networkSwitch(
      SwitchSpec(
        roles: [.tor, .standalone], os: .os6,
        ports: [
          PortGroup(
            id: "sfp", connector: .sfpPlus, rates: [.gigabits(1), .gigabits(10)], count: 24,
            naming: PortNaming(prefix: "Te1/0/", first: 1))
        ], bays: 1, modules: [PartID("dell-n4000-qsfp")], multiChassis: .mlag, maxLAGMembers: 8,
        pfc: .yes, ets: .yes, dcbx: .yes, uplinkTracking: .unknown, maxMTU: 9216,
        halfRackUnits: 2, maxPower: .watts(200),
        powerSupplies: PowerSupplies(included: 1, bays: 2), airflow: [.portToPSU],
        managementPort: .yes, managementPortName: "out-of-band", thirdPartyMedia: .yes,
        requires: [RequiredPart(part: PartID("cord-c13"), when: .perPowerSupply)])))

  /// Two 40G ports for the bay.
  public static let module = Part(
    id: PartID("dell-n4000-qsfp"), vendor: "Dell", model: "N4000-QSFP", status: .legacy,
    spec: .module(
      ModuleSpec(ports: [
        PortGroup(
          id: "qsfp", connector: .qsfpPlus, rates: [.gigabits(40)], count: 2,
          naming: PortNaming(prefix: "Fo1/1/", first: 1),
          split: SplitSpec(
            lanes: 4, laneRate: .gigabits(10), laneConnector: .sfpPlus, lanePrefix: "Te1/0/",
            laneNumbering: .blockOfFour(base: 49)))
      ])))

  /// RoCE, two ports.
  public static let rdmaCard = Part(
    id: PartID("mellanox-mcx312a"), vendor: "Mellanox", model: "MCX312A-XCBT", status: .legacy,
    spec: .nic(
      NICSpec(
        ports: 2, rate: .gigabits(10), connector: .sfpPlus, rdma: .roceV1, dcb: .yes, sriov: .yes,
        maxMTU: 9600, thirdPartyMedia: .yes)))

  /// No RDMA, two ports.
  public static let plainCard = Part(
    id: PartID("intel-x520-da2"), vendor: "Intel", model: "X520-DA2", status: .legacy,
    spec: .nic(
      NICSpec(
        ports: 2, rate: .gigabits(10), connector: .sfpPlus, rdma: RDMA.none, dcb: .yes,
        maxMTU: 15500, thirdPartyMedia: .yes)))

  static func accessory(_ id: String, _ kind: AccessorySpec.Kind, plug: String = "") -> Part {
    Part(
      id: PartID(id), vendor: "Dell", model: id, status: .current,
      spec: .accessory(AccessorySpec(kind: kind, plug: plug)))
  }

  public static let supply = accessory("dell-s4810-psu", .powerSupply)
  public static let rails = accessory("dell-rails", .rackKit)
  public static let cord = accessory("cord-c13", .powerCord, plug: "C13")

  static func cable(
    _ id: String, _ family: CableFamily, _ medium: Medium?, _ endA: Connector, _ endB: Connector,
    lanes: Int = 1, rate: Int?, metres: Int, pack: Int = 1
  ) -> Part {
    Part(
      id: PartID(id), vendor: "generic", model: id, status: .current, packSize: pack,
      spec: .cable(
        CableSpec(
          family: family, medium: medium, endA: endA, endB: endB, lanes: lanes,
          rate: rate.map(DataRate.gigabits), length: .metres(metres))))
  }

  public static let dac = cable(
    "generic-dac-3m", .passiveDAC, nil, .sfpPlus, .sfpPlus, rate: 10, metres: 3)
  public static let dac1 = cable(
    "generic-dac-1m", .passiveDAC, nil, .sfpPlus, .sfpPlus, rate: 10, metres: 1)
  public static let qsfpDAC = cable(
    "generic-qsfp-dac-3m", .passiveDAC, nil, .qsfpPlus, .qsfpPlus, rate: 40, metres: 3)
  public static let breakout = cable(
    "generic-breakout-3m", .passiveDAC, nil, .qsfpPlus, .sfpPlus, lanes: 4, rate: 10, metres: 3)
  public static let om3 = cable("generic-om3-3m", .fibre, .om3, .lc, .lc, rate: nil, metres: 3)
  public static let om3Long = cable(
    "generic-om3-10m", .fibre, .om3, .lc, .lc, rate: nil, metres: 10)
  public static let cat6a = cable(
    "generic-cat6a-10m", .twistedPair, .cat6a, .rj45, .rj45, rate: nil, metres: 10, pack: 10)

  static func optic(
    _ id: String, vendor: String, standard: String, reach: [Reach], milliwatts: Int64 = 800
  ) -> Part {
    Part(
      id: PartID(id), vendor: vendor, model: id, status: .current,
      spec: .optic(
        OpticSpec(
          form: .sfpPlus, standard: standard, rates: [.gigabits(10)], socket: .lc, reach: reach,
          power: Power(milliwatts: milliwatts))))
  }

  /// Short reach, third party.
  public static let sr = optic(
    "fs-sfp-10g-sr", vendor: "FS", standard: "10gbase-sr",
    reach: [
      Reach(medium: .om3, length: .metres(300)), Reach(medium: .om4, length: .metres(400)),
    ])
  /// Single mode: never used by an undamaged fabric.
  public static let lr = optic(
    "fs-sfp-10g-lr", vendor: "FS", standard: "10gbase-lr",
    reach: [Reach(medium: .os2, length: .metres(10_000))])

  /// All of them.
  public static let all: [Part] = [
    spine, tor, module, rdmaCard, plainCard, supply, rails, cord, dac, dac1, qsfpDAC, breakout,
    om3, om3Long, cat6a, sr,
  ]

  /// One price a part, of several kinds and currencies.
  public static func price(of part: Part) -> Price {
    func make(
      _ units: Int64, _ kind: PriceKind, _ condition: Condition = .new, on day: String?,
      currency: Currency = .eur, low: Int64? = nil, high: Int64? = nil
    ) -> Price {
      func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
      return Price(
        part: part.id, amount: money(units), kind: kind, condition: condition,
        asOf: day.flatMap(date), source: "https://example.com/\(part.id)", low: low.map(money),
        high: high.map(money))
    }
    switch part.id {
    case spine.id: return make(31_050, .refurbished, .used, on: "2026-04")
    case tor.id:
      return make(64_000, .estimate, .used, on: "2026-11-01", low: 50_000, high: 80_000)
    case module.id:
      return make(21_000, .estimate, .used, on: "2026-11-01", low: 15_000, high: 30_000)
    case rdmaCard.id: return make(5_555, .street, on: "2026-06", currency: .usd)
    case supply.id: return make(9_999, .list, on: "2023-01")
    case sr.id: return make(1_899, .street, on: "2026-08", currency: .usd)
    case cat6a.id: return make(2_500, .street, on: nil)
    case breakout.id: return make(6_101, .list, on: "2026-02-03")
    default: return make(1_000 + Int64(part.id.rawValue.utf8.count) * 37, .street, on: "2026-09")
    }
  }
}
