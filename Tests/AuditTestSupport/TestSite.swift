import CatalogModel
import Quantities
import SiteModel

/// Sites for hand-made fabrics.
enum TestSite {
  /// Stops a test whose constants are wrong.
  static func sure<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a constant of the test support is wrong") }
    return value
  }

  static func vlan(_ number: Int) -> VLANID { sure(VLANID(number)) }
  static func subnet(_ text: String) -> IPv4Subnet { sure(IPv4Subnet(text)) }
  static func address(_ text: String) -> IPv4Address { sure(IPv4Address(text)) }

  static func rack(_ number: Int) -> Rack {
    Rack(
      name: "r\(number)", row: 0, rowName: "A", position: number,
      freeUnits: number == 1 ? 8 : nil, freePower: number == 1 ? .watts(1200) : nil,
      feeds: number == 1 ? 2 : 1, airflow: number == 1 ? "port-to-psu" : nil,
      outlet: number == 1 ? "C13" : nil)
  }

  static func core() -> Core {
    Core(
      name: "core-1", kind: .chassis, rack: "r1", vendor: "Cisco",
      spanningTree: CoreSpanningTree(mode: .rstp, priority: 24576),
      ports: (1...3).map {
        Core.Port(name: "Te1/\($0)", connector: "sfp+", rate: .gigabits(10))
      }, uplinks: 2, carries: [vlan(20), vlan(30)], mtu: 1522)
  }

  /// Two boxes that are not one.
  static func separateCore() -> Core {
    var core = core()
    core.kind = .separate
    core.ports = ["left", "right"].map {
      Core.Port(name: "Te1/1", connector: "sfp+", rate: .gigabits(10), box: $0)
    }
    return core
  }

  static func entry(_ traffic: TrafficClass, _ number: Int) -> Addressing.Entry {
    Addressing.Entry(
      traffic: traffic, vlanA: vlan(700 + number * 10 + 1), vlanB: vlan(700 + number * 10 + 2),
      subnetA: subnet("10.7.\(number * 10 + 1).0/24"),
      subnetB: subnet("10.7.\(number * 10 + 2).0/24"))
  }

  static func site(
    name: String, design: DesignKind, nics: [HostNIC], core: Core?, rdma: Demand,
    racks count: Int = 2, hostsPerRack: Int, existing: [ExistingCabling] = []
  ) -> Site {
    let racks = (1...count).map(rack)
    return Site(
      name: name, currency: .eur,
      budget: Budget(total: Money(minorUnits: 50_000_000, currency: .eur)),
      prices: PriceRules(
        kinds: ["estimate", "list", "refurbished", "street"], allowsUsed: true,
        discounts: [Discount(vendor: "Dell", rate: .percent(7))],
        exchange: [ExchangeRate(from: .usd, rate: sure(Rational(92, over: 100)))],
        exchangeDate: CalendarDate(iso: "2026-11-01"), staleAfterMonths: 24,
        freightAndVAT: .percent(19)),
      room: Room(
        rowPitch: Length(millimetres: 1800), rackWidth: Length(millimetres: 600),
        trayHeight: Length(millimetres: 300), slack: .percent(10), racks: racks,
        existingCabling: existing),
      hosts: [
        HostGroup(
          name: "hv",
          placements: racks.map { HostGroup.Placement(rack: $0.name, count: hostsPerRack) },
          os: "windows-server-2012r2", nics: nics)
      ],
      traffic: Traffic(
        rdma: rdma, csv: true, liveMigration: true, storage: false, backup: .none,
        tenantVLANs: core?.carries ?? [], gateways: core == nil ? .none : .core,
        northSouth: core == nil ? nil : .gigabits(10)),
      requirements: Requirements(
        oversubscription: Rational(4), oversubscriptionAfterFailure: Rational(8),
        designs: [design],
        spares: SpareRates(
          optics: .percent(5), cables: .percent(5), switches: .zero, nics: .percent(10)),
        thirdPartyOptics: true, testFirst: 6, spinePowerSupplies: 2, torPowerSupplies: 1,
        allowsUnconfigured: false, allowsUnknown: true, freePorts: 2),
      core: core,
      management: Management(
        rack: "r1", buySwitch: false, freePorts: nil, subnet: subnet("192.168.50.0/24"),
        gateway: address("192.168.50.1"), firstAddress: 10, ntp: [address("192.168.50.2")],
        syslog: [address("10.1.1.1")], vlan: vlan(99)),
      addressing: Addressing(
        entries: [entry(.csv, 1), entry(.liveMigration, 2)], nativeVLAN: vlan(999), mtu: 9000),
      defaults: [])
  }
}
