import CatalogModel
import Quantities

/// A sample value that is known to be well formed.
func sure<Value>(_ value: Value?) -> Value {
  guard let value else { preconditionFailure("a sample value is malformed") }
  return value
}

/// A small catalogue with made-up facts, for reports over hand-made fabrics.
enum SampleParts {
  static let source = FactSource(
    id: "sheet", url: "https://example.com/data-sheet", accessed: date("2026-01-15"))

  static func date(_ text: String) -> CalendarDate {
    sure(CalendarDate(iso: text))
  }

  static let gig10 = DataRate.gigabits(10)
  static let gig40 = DataRate.gigabits(40)

  static func spine(reportsPower: Bool = true) -> Part {
    Part(
      id: PartID("dell-s4810"), vendor: "Dell", model: "S4810", sku: "S4810P-AC", status: .legacy,
      spec: .networkSwitch(
        SwitchSpec(
          roles: [.spine, .tor], os: .os9,
          ports: [
            PortGroup(
              id: "sfp", connector: .sfpPlus, rates: [gig10], count: 48,
              naming: PortNaming(prefix: "TenGigabitEthernet 0/", first: 0)),
            PortGroup(
              id: "qsfp", connector: .qsfpPlus, rates: [gig40], count: 4,
              naming: PortNaming(prefix: "fortyGigE 0/", first: 48, step: 4),
              split: SplitSpec(
                lanes: 4, laneRate: gig10, laneConnector: .sfpPlus,
                lanePrefix: "TenGigabitEthernet 0/", laneNumbering: .consecutive)),
          ],
          multiChassis: .vlt, maxLAGMembers: 8, pfc: .yes, ets: .yes, dcbx: .yes,
          uplinkTracking: .yes, maxMTU: 12000, halfRackUnits: 2,
          maxPower: reportsPower ? .watts(220) : nil, typicalPower: .watts(170),
          powerSupplies: PowerSupplies(
            included: 2, bays: 2, part: PartID("dell-psu-450"), inlet: "C14"),
          airflow: [.portToPSU], managementPort: .yes,
          managementPortName: "ManagementEthernet 0/0", thirdPartyMedia: .yes)),
      facts: [Fact(name: "power/max", value: "220 W", sources: ["sheet"])], sources: [source])
  }

  static let tor = Part(
    id: PartID("dell-n4032f"), vendor: "Dell", model: "N4032F", sku: "210-ABVS", status: .legacy,
    spec: .networkSwitch(
      SwitchSpec(
        roles: [.tor], os: .os6,
        ports: [
          PortGroup(
            id: "sfp", connector: .sfpPlus, rates: [gig10], count: 24,
            naming: PortNaming(prefix: "Te1/0/", first: 1))
        ],
        bays: 1, modules: [PartID("dell-n4000-qsfp")], multiChassis: .mlag, maxLAGMembers: 8,
        pfc: .yes, ets: .yes, dcbx: .yes, uplinkTracking: .yes, maxMTU: 9216, halfRackUnits: 2,
        maxPower: nil, powerSupplies: PowerSupplies(included: 1, bays: 2, inlet: "C14"),
        airflow: [.portToPSU], managementPort: .yes, managementPortName: "out-of-band",
        thirdPartyMedia: .unknown)),
    facts: [], sources: [source])

  static let module = Part(
    id: PartID("dell-n4000-qsfp"), vendor: "Dell", model: "N4000 2x QSFP+ module",
    sku: "409-BBCX", status: .unknown,
    spec: .module(
      ModuleSpec(ports: [
        PortGroup(
          id: "qsfp", connector: .qsfpPlus, rates: [gig40], count: 2,
          naming: PortNaming(prefix: "Fo1/1/", first: 1))
      ])), sources: [source])

  static let nic = Part(
    id: PartID("mellanox-mcx312a"), vendor: "Mellanox", model: "MCX312A-XCBT",
    sku: "MCX312A-XCBT", status: .legacy,
    spec: .nic(
      NICSpec(
        ports: 2, rate: gig10, connector: .sfpPlus, rdma: .roceV1, dcb: .yes,
        thirdPartyMedia: .yes)), sources: [source])

  static func dac(_ metres: Int) -> Part {
    Part(
      id: PartID("generic-sfp-dac-\(metres)m"), vendor: "generic", model: "SFP+ DAC \(metres) m",
      sku: "SFP-H10GB-CU\(metres)M", status: .current,
      spec: .cable(
        CableSpec(
          family: .passiveDAC, endA: .sfpPlus, endB: .sfpPlus, rate: gig10,
          length: .metres(metres))), sources: [source])
  }

  static let qsfpDAC = Part(
    id: PartID("generic-qsfp-dac-3m"), vendor: "generic", model: "QSFP+ DAC 3 m",
    sku: "QSFP-H40G-CU3M", status: .current,
    spec: .cable(
      CableSpec(
        family: .passiveDAC, endA: .qsfpPlus, endB: .qsfpPlus, rate: gig40, length: .metres(3))),
    sources: [source])

  static let breakout = Part(
    id: PartID("generic-qsfp-4sfp-5m"), vendor: "generic", model: "QSFP+ to 4x SFP+ DAC 5 m",
    sku: "QSFP-4SFP10G-CU5M", status: .current,
    spec: .cable(
      CableSpec(
        family: .passiveDAC, endA: .qsfpPlus, endB: .sfpPlus, lanes: 4, rate: gig10,
        length: .metres(5))), sources: [source])

  static let sr = Part(
    id: PartID("finisar-ftlx8571"), vendor: "Finisar", model: "FTLX8571D3BCL",
    sku: "FTLX8571D3BCL", status: .current,
    spec: .optic(
      OpticSpec(
        form: .sfpPlus, standard: "10gbase-sr", rates: [gig10], socket: .lc,
        reach: [Reach(medium: .om3, length: .metres(300))])), sources: [source])

  static let om3 = Part(
    id: PartID("generic-om3-lc-10m"), vendor: "generic", model: "OM3 LC-LC duplex 10 m",
    sku: "OM3-LCLC-10", status: .current,
    spec: .cable(
      CableSpec(family: .fibre, medium: .om3, endA: .lc, endB: .lc, length: .metres(10))),
    sources: [source])

  static let cat6 = Part(
    id: PartID("generic-cat6-5m"), vendor: "generic", model: "CAT6 patch cord 5 m",
    sku: "CAT6-5-GR", status: .current, packSize: 10,
    spec: .cable(
      CableSpec(
        family: .twistedPair, medium: .cat6, endA: .rj45, endB: .rj45, length: .metres(5))),
    sources: [source])

  static let cord = Part(
    id: PartID("generic-c13-c14"), vendor: "generic", model: "Power cord C13 to C14 2 m",
    sku: "PC-C13C14-2", status: .current,
    spec: .accessory(AccessorySpec(kind: .powerCord, plug: "C14")), sources: [source])

  static func price(
    _ part: PartID, _ amount: Int64, _ kind: PriceKind, _ condition: Condition = .new,
    _ asOf: String? = "2026-03"
  ) -> Price {
    let money = Money(minorUnits: amount, currency: .eur)
    let isEstimate = kind == .estimate
    return Price(
      part: part, amount: money, kind: kind, condition: condition,
      asOf: asOf.map { date($0) },
      source: isEstimate
        ? "estimate from 9 sourced prices of like parts" : "https://example.com/shop/\(part)",
      low: isEstimate ? Money(minorUnits: amount * 7 / 10, currency: .eur) : nil,
      high: isEstimate ? Money(minorUnits: amount * 14 / 10, currency: .eur) : nil)
  }
}
