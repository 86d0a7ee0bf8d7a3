import Quantities
import SiteModel

/// Random valid sites: the same seed gives the same site everywhere.
public struct RandomSite {
  /// What the sites may hold.
  public struct Limits: Sendable {
    /// Number of racks.
    public var racks: ClosedRange<Int>
    /// Hosts of one group in one rack.
    public var hostsPerRack: ClosedRange<Int>
    /// Cards that groups may list; a group may also leave the choice to the planner.
    public var cards: [String]
    /// Makes limits.
    public init(
      racks: ClosedRange<Int> = 1...4, hostsPerRack: ClosedRange<Int> = 1...12,
      cards: [String] = ["X520-DA2", "MCX312A-XCBT", "X540-T2"]
    ) {
      self.racks = racks
      self.hostsPerRack = hostsPerRack
      self.cards = cards
    }
  }

  /// A valid site without defaults: every value is as if it was written in the file.
  public static func make(seed: UInt64, limits: Limits = Limits()) -> Site {
    var maker = RandomSite(limits: limits, random: SplitMix64(seed: seed))
    return maker.site(name: "site-\(seed % 1_000_000)")
  }

  private let limits: Limits
  private var random: SplitMix64

  private mutating func site(name: String) -> Site {
    let racks = racks()
    let tenants = random.chance(50) ? [VLANID(20), VLANID(30)].compactMap { $0 } : []
    let core = tenants.isEmpty && random.chance(60) ? nil : core(racks: racks, tenants: tenants)
    let rdma = random.pick([Demand.none, .none, .preferred, .required])
    let traffic = Traffic(
      rdma: rdma, csv: true, liveMigration: random.chance(80), storage: random.chance(20),
      backup: random.pick(core == nil ? [.none, .eastWest] : [.none, .eastWest, .viaCore]),
      tenantVLANs: tenants, gateways: core == nil ? .none : .core,
      northSouth: core != nil && random.chance(30) ? .gigabits(10) : nil)
    return Site(
      name: name, currency: random.pick([.eur, .eur, .usd]), budget: Budget(),
      prices: prices(), room: room(racks), hosts: hosts(racks, traffic: traffic),
      traffic: traffic, requirements: requirements(racks), core: core,
      management: management(racks), addressing: addressing(traffic), defaults: []
    ).withBudget(&random)
  }

  private mutating func racks() -> [Rack] {
    let count = random.int(limits.racks)
    let perRow = random.int(1...max(1, count))
    let states = random.chance(60)
    return (0..<count).map { index in
      let row = index / perRow
      return Rack(
        name: "r\(index + 1)", row: row, rowName: "row\(row + 1)", position: index % perRow + 1,
        units: random.pick([24, 42, 42, 47]),
        freeUnits: states ? random.int(2...12) : nil,
        freePower: states ? .watts(random.pick([400, 600, 900, 1500, 3000])) : nil,
        power: nil, feeds: random.pick([1, 2]),
        airflow: random.chance(10) ? "port-to-psu" : nil, outlet: random.chance(20) ? "C13" : nil)
    }
  }

  private mutating func room(_ racks: [Rack]) -> Room {
    var cabling: [ExistingCabling] = []
    if racks.count > 1, random.chance(25) {
      cabling.append(
        ExistingCabling(
          medium: random.pick(["om3", "om4", "cat6a"]), rackA: racks[0].name,
          rackB: racks[racks.count - 1].name, length: .metres(random.int(5...40))))
    }
    return Room(
      rowPitch: Length(millimetres: Int64(random.int(12...40)) * 100),
      rackWidth: Length(millimetres: random.pick([600, 600, 800])),
      trayHeight: Length(millimetres: Int64(random.int(0...10)) * 100),
      slack: .percent(random.pick([0, 5, 10, 15])), racks: racks, existingCabling: cabling)
  }

  private mutating func hosts(_ racks: [Rack], traffic: Traffic) -> [HostGroup] {
    let groups = random.chance(80) ? 1 : 2
    return (0..<groups).map { index in
      var placements = racks.filter { _ in random.chance(85) }.map {
        HostGroup.Placement(rack: $0.name, count: random.int(limits.hostsPerRack))
      }
      if placements.isEmpty, let rack = racks.first {
        placements = [HostGroup.Placement(rack: rack.name, count: limits.hostsPerRack.lowerBound)]
      }
      let os = random.pick(["windows-server-2012r2", "windows-server-2019", "debian-12"])
      return HostGroup(
        name: "hv\(index + 1)", placements: placements,
        memory: random.chance(70)
          ? ByteCount(bytes: Int64(random.pick([64, 128, 256])) << 30) : nil,
        os: os, nics: nics(traffic, os: os))
    }
  }

  private mutating func nics(_ traffic: Traffic, os: String) -> [HostNIC] {
    var own: [TrafficClass] = [.csv]
    if traffic.liveMigration { own.append(.liveMigration) }
    if traffic.storage { own.append(.storage) }
    if traffic.backup == .eastWest { own.append(.backup) }
    let hasTenants = !traffic.tenantVLANs.isEmpty
    let mustSplit = os == "windows-server-2012r2" && traffic.rdma != .none
    var nics: [HostNIC] = []
    if hasTenants, mustSplit || random.chance(50) {
      nics = [card(own), card([.tenant])]
    } else {
      nics = [card(hasTenants ? own + [.tenant] : own)]
    }
    if random.chance(50) {
      nics.append(
        HostNIC(model: nil, onboard: "4x1G base-t", attach: .existingLAN, carries: []))
    }
    return nics
  }

  private mutating func card(_ carries: [TrafficClass]) -> HostNIC {
    HostNIC(
      model: limits.cards.isEmpty || random.chance(25) ? nil : random.pick(limits.cards),
      attach: .newFabric, carries: carries.sorted())
  }

  private mutating func core(racks: [Rack], tenants: [VLANID]) -> Core {
    let uplinks = random.pick([2, 2, 4])
    let kind = random.pick([CoreKind.chassis, .chassis, .stack, .mlag])
    let ports = (0..<(uplinks + random.int(0...2))).map { index in
      Core.Port(
        name: "Te1/\(index + 1)", connector: "sfp+", rate: .gigabits(10),
        box: kind == .mlag ? "core-\(index % 2 + 1)" : "")
    }
    return Core(
      name: "core-1", kind: kind, rack: random.pick(racks).name,
      vendor: random.chance(30) ? "Cisco" : "",
      spanningTree: CoreSpanningTree(
        mode: random.pick([.rstp, .rstp, .mstp]), priority: random.int(0...12) * 4096),
      ports: ports, uplinks: uplinks, carries: tenants, mtu: random.chance(20) ? 1500 : nil)
  }

  private mutating func prices() -> PriceRules {
    PriceRules(
      kinds: ["contract", "estimate", "list", "quote", "refurbished", "street"],
      allowsUsed: random.chance(80),
      discounts: random.chance(30) ? [Discount(vendor: "Dell", rate: .percent(7))] : [],
      exchange: [], exchangeDate: nil, staleAfterMonths: 24,
      freightAndVAT: .percent(random.pick([0, 0, 8, 19])),
      directOrder: .percent(random.pick([0, 0, 6])))
  }

  private mutating func requirements(_ racks: [Rack]) -> Requirements {
    let ratio = random.pick(["1", "2", "2.5", "3", "4", "5", "8"])
    let now = Rational(decimal: ratio) ?? Rational(4)
    return Requirements(
      oversubscription: now,
      oversubscriptionAfterFailure: random.chance(70)
        ? now.multiplied(by: Rational(2)) ?? now : Rational(random.int(2...16)),
      designs: random.chance(60) ? DesignKind.allCases : [random.pick(DesignKind.allCases)],
      spares: SpareRates(
        optics: .percent(random.pick([0, 5, 10])), cables: .percent(random.pick([0, 5, 10])),
        switches: .percent(random.pick([0, 0, 10])), nics: .percent(random.pick([0, 0, 5]))),
      thirdPartyOptics: random.chance(80), testFirst: random.pick([0, 2, 4]),
      spinePowerSupplies: random.pick([1, 2]), torPowerSupplies: random.pick([1, 1, 2]),
      spineRacks: random.chance(20) ? [racks[0].name] : [],
      allowsUnconfigured: random.chance(50), allowsUnknown: random.chance(90),
      freePorts: random.pick([0, 0, 0, 2]))
  }

  private mutating func management(_ racks: [Rack]) -> Management {
    let subnet = IPv4Subnet("10.99.0.0/16") ?? .everything
    let isRouted = random.chance(50)
    return Management(
      rack: random.pick(racks).name, buySwitch: random.chance(30),
      freePorts: random.chance(50) ? random.int(4...48) : nil, subnet: subnet,
      gateway: isRouted ? IPv4Address("10.99.0.1") : nil, firstAddress: 11,
      ntp: [IPv4Address("10.99.0.5")].compactMap { $0 }, syslog: [],
      vlan: VLANID(99) ?? .byDefault)
  }

  private mutating func addressing(_ traffic: Traffic) -> Addressing {
    var wanted: [(TrafficClass, Int)] = [(.csv, 711)]
    if traffic.backup == .eastWest { wanted.append((.backup, 741)) }
    if traffic.liveMigration { wanted.append((.liveMigration, 721)) }
    if traffic.storage { wanted.append((.storage, 731)) }
    let entries = wanted.sorted { $0.0 < $1.0 }.map { kind, vlan in
      let second = vlan - 700
      return Addressing.Entry(
        traffic: kind, vlanA: VLANID(vlan) ?? .byDefault, vlanB: VLANID(vlan + 1) ?? .byDefault,
        subnetA: IPv4Subnet("10.\(second).0.0/16") ?? .everything,
        subnetB: IPv4Subnet("10.\(second + 1).0.0/16") ?? .everything)
    }
    return Addressing(entries: entries, nativeVLAN: VLANID(666) ?? .byDefault, mtu: 9000)
  }
}

extension Site {
  /// With a budget in the site's currency, or none.
  fileprivate func withBudget(_ random: inout SplitMix64) -> Site {
    guard random.chance(50) else { return self }
    var site = self
    let total = random.int(5...500) * 1000
    site.budget.total = Money(minorUnits: Int64(total) * 100, currency: currency)
    if random.chance(30) {
      site.budget.starter = Money(minorUnits: Int64(total) * 40, currency: currency)
    }
    return site
  }
}
