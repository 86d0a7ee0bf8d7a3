import CatalogModel
import Quantities
import SiteModel

extension InstanceMaker {
  mutating func makeSite() -> Site {
    hostForm = random.chance(80) ? .sfpPlus : random.pick([.rj45, .sfp28])
    if flavour == .breakouts { hostForm = .sfpPlus }
    coreForm = random.chance(80) ? .sfpPlus : .qsfpPlus
    allowsUnknown = random.chance(85)
    needsFibre = hostForm == .sfpPlus && random.chance(30)
    let racks = makeRacks()
    let groups = makeHosts(racks: racks)
    let hasCore = random.chance(flavour == .pair ? 75 : isSpineLeaf ? 35 : 15)
    let mayLeave = hasCore && random.chance(85)
    return Site(
      name: "random", currency: .eur, budget: Budget(), prices: makePriceRules(),
      room: Room(
        rowPitch: Length(millimetres: 1800), rackWidth: Length(millimetres: 600),
        trayHeight: Length(millimetres: random.pick([300, 500])),
        slack: random.pick([.zero, .percent(10), .percent(15)]), racks: racks,
        existingCabling: makeExistingCabling(racks)),
      hosts: groups,
      traffic: Traffic(
        rdma: flavour == .cards || random.chance(25)
          ? random.pick([.required, .preferred, .preferred]) : .none,
        csv: true, liveMigration: true, storage: false,
        backup: mayLeave && random.chance(20) ? .viaCore : .eastWest,
        tenantVLANs: mayLeave ? [20, 30].compactMap { VLANID($0) } : [], gateways: .core,
        northSouth: mayLeave && random.chance(25) ? .gigabits(random.pick([10, 20])) : nil),
      requirements: makeRequirements(racks: racks),
      core: hasCore ? makeCore(racks) : nil, management: makeManagement(racks),
      addressing: Addressing(entries: [], nativeVLAN: vlan(999), mtu: 9000), defaults: [])
  }

  private func vlan(_ number: Int) -> VLANID {
    guard let vlan = VLANID(number) else { preconditionFailure("no VLAN \(number)") }
    return vlan
  }

  private mutating func makeRacks() -> [Rack] {
    let count: Int
    switch flavour {
    case .mixedTors: count = random.int(2...4)
    case .pair, .islands: count = random.int(1...4)
    default: count = random.int(1...3)
    }
    // Names out of order: the key sorts by name, the room by file.
    var names = ["r1", "r2", "r3", "r4"]
    if random.chance(30) { names = ["rb", "ra", "r10", "r2"] }
    let tight = 6
    return (0..<count).map { index in
      Rack(
        name: names[index], row: index / 3, rowName: index / 3 == 0 ? "A" : "B",
        position: index % 3 + (random.chance(20) ? 2 : 1), units: random.pick([24, 42]),
        freeUnits: random.chance(tight) ? random.int(3...8) : nil,
        freePower: random.chance(tight) ? .watts(random.int(8...30) * 50) : nil,
        airflow: random.chance(5) ? random.pick(["port-to-psu", "psu-to-port"]) : nil,
        outlet: random.chance(40) ? random.pick(["C13", "C13", "C19"]) : nil)
    }
  }

  private mutating func makeExistingCabling(_ racks: [Rack]) -> [ExistingCabling] {
    if random.chance(needsFibre ? 50 : 3) {
      // Panels everywhere: from every rack to every rack.
      return racks.indices.flatMap { a in
        racks.indices.filter { a <= $0 }.map { b in
          ExistingCabling(
            medium: "om3", rackA: racks[b].name, rackB: racks[a].name,
            length: Length(millimetres: a == b ? 2000 : 15_000))
        }
      }
    }
    guard random.chance(25) else { return [] }
    return (0..<random.int(1...3)).map { _ in
      ExistingCabling(
        medium: random.pick(["om3", "om3", "om4", "cat6a", "cat5e"]),
        rackA: random.pick(racks).name,
        rackB: random.pick(racks).name,
        length: Length(millimetres: Int64(random.pick([5, 20, 60]) * 1000)))
    }
  }

  private mutating func makeHosts(racks: [Rack]) -> [HostGroup] {
    let groups = random.chance(25) ? 2 : 1
    let most = flavour == .mixedTors ? 10 : 6
    return (0..<groups).map { index in
      var placements = racks.map {
        HostGroup.Placement(rack: $0.name, count: random.int(1...most))
      }
      if index > 0 { placements = [random.pick(placements)] }
      let asked = flavour == .cards || random.chance(15)
      let tenant = random.chance(flavour == .islands ? 5 : 30)
      var nics = [
        HostNIC(
          model: asked ? nil : random.pick(["nic-a", "nic-a", "NIC-A"]),
          count: random.chance(10) ? 2 : 1, attach: .newFabric,
          carries: tenant ? [.csv, .tenant] : [.csv, .liveMigration])
      ]
      if random.chance(12) {
        nics.append(HostNIC(model: "nic-b", attach: .newFabric, carries: [.backup]))
      }
      nics.append(
        HostNIC(model: nil, onboard: "4x1G base-t", attach: .existingLAN, carries: []))
      return HostGroup(
        name: "h\(index)", placements: placements,
        os: random.chance(95) ? "windows-server-2016" : "debian-12", nics: nics)
    }
  }

  private mutating func makePriceRules() -> PriceRules {
    let discounts = random.chance(30) ? [Discount(vendor: "acme", rate: .percent(7))] : []
    let exchange = random.chance(60) ? [ExchangeRate(from: .usd, rate: .percent(92))] : []
    return PriceRules(
      kinds: ["contract", "estimate", "list", "quote", "refurbished", "street"],
      allowsUsed: random.chance(60), discounts: discounts, exchange: exchange,
      exchangeDate: nil, staleAfterMonths: 24, freightAndVAT: .percent(20),
      directOrder: random.chance(15) ? .percent(6) : .zero)
  }

  private mutating func makeRequirements(racks: [Rack]) -> Requirements {
    let ratio = random.pick([Rational(1), Rational(2), Rational(3), Rational(4), half(5), half(3)])
    // After a failure twice the ratio comes of itself, so that less than that is what binds.
    let after =
      random.chance(8)
      ? random.pick([ratio, ratio.multiplied(by: half(3)) ?? ratio])
      : ratio.multiplied(by: Rational(2)) ?? ratio
    var designs: [DesignKind]
    switch flavour {
    case .pair: designs = random.chance(60) ? [.vltPair] : [.vltPair, .spineLeaf]
    case .islands: designs = random.chance(60) ? [.standalonePair] : [.standalonePair, .vltPair]
    default: designs = random.chance(80) ? [.spineLeaf] : DesignKind.allCases
    }
    if random.chance(5) { designs = DesignKind.allCases }
    let rates = [Rational.zero] + [20, 10, 7].compactMap { Rational(1, over: $0) }
    let spares =
      random.chance(flavour == .spares ? 0 : 12)
      ? SpareRates(optics: .zero, cables: .zero, switches: .zero, nics: .zero)
      : SpareRates(
        optics: random.pick(rates), cables: random.pick(rates),
        switches: random.chance(70) ? .zero : random.pick(rates), nics: random.pick(rates))
    return Requirements(
      oversubscription: ratio, oversubscriptionAfterFailure: after, designs: designs,
      spares: spares, thirdPartyOptics: random.chance(85), testFirst: random.pick([0, 0, 2, 4, 8]),
      spinePowerSupplies: random.int(1...2), torPowerSupplies: random.int(1...2),
      spineModels: [], torModels: random.chance(6) ? ["T1", "tor-2"] : [],
      spineRacks: random.chance(20) ? [random.pick(racks).name] : [],
      allowsUnconfigured: random.chance(15), allowsUnknown: allowsUnknown,
      freePorts: random.chance(20) ? random.int(1...3) : 0)
  }

  private func half(_ value: Int64) -> Rational { Rational(value, over: 2) ?? .one }

  private mutating func makeCore(_ racks: [Rack]) -> Core {
    let rate = coreForm == .sfpPlus ? 10 : 40
    let uplinks = random.pick([2, 2, 4])
    let free = random.chance(8) ? uplinks - 1 : uplinks + random.int(0...1)
    return Core(
      name: "core", kind: .chassis, rack: random.pick(racks).name,
      vendor: random.pick(["", "acme", "bolt"]),
      spanningTree: CoreSpanningTree(mode: .rstp, priority: 4096),
      ports: (0..<free).map {
        Core.Port(name: "Te1/\($0)", connector: coreForm.rawValue, rate: .gigabits(rate))
      }, uplinks: uplinks, carries: [])
  }

  private mutating func makeManagement(_ racks: [Rack]) -> Management {
    guard let subnet = IPv4Subnet("10.0.0.0/24") else { preconditionFailure("a good subnet") }
    return Management(
      rack: random.pick(racks).name, buySwitch: random.chance(25),
      freePorts: random.chance(10) ? random.int(4...12) : nil, subnet: subnet, gateway: nil,
      firstAddress: 10, ntp: [], syslog: [], vlan: vlan(998))
  }
}
