import CatalogModel
import Quantities
import SiteModel

extension InstanceMaker {
  /// Six models at most: one or two for the centre, two or three ToRs, one for out of band.
  mutating func addSwitches(for site: Site) {
    addAccessories()
    // Links of each side by rack: cards have two ports, one for each side.
    let most = site.room.racks.map { rack in
      site.hosts.flatMap { group in
        let cards = group.nics.filter { $0.attach == .newFabric }.reduce(0) { $0 + $1.count }
        return group.placements.filter { $0.rack == rack.name }.map { $0.count * cards }
      }.reduce(0, +)
    }
    let largest = most.max() ?? 1
    if isSpineLeaf {
      addSpine("spine-1", cents: 250_000)
      if random.chance(35) { addSpine("spine-2", cents: random.pick([200_000, 250_000, 300_000])) }
      // Small and cheap, middling, large: where racks differ a mixture pays.
      let small = max(2, (most.min() ?? 1) + random.int(0...2))
      addTor("tor-1", ports: small, cents: 60_000)
      addTor("tor-2", ports: largest + random.int(0...3), cents: random.pick([90_000, 110_000]))
      if random.chance(35) { addTor("tor-3", ports: largest + 6, cents: 120_000) }
    } else {
      let all = most.reduce(0, +)
      addTor("tor-1", ports: all + random.int(0...4), cents: 150_000)
      addTor("tor-2", ports: all + random.int(-2...8), cents: random.pick([150_000, 170_000]))
      if random.chance(60) { addSpine("spine-1", cents: 200_000) }
    }
    if site.management.buySwitch || random.chance(10) {
      for name in random.chance(30) ? ["oob-1", "oob-2"] : ["oob-1"] {
        guard parts.count(where: { $0.asSwitch != nil }) < 6 else { break }
        addOutOfBand(name)
      }
    }
  }

  private mutating func addAccessories() {
    add("cord-c13", vendor: "generic", .accessory(.init(kind: .powerCord, plug: "C13")), cents: 500)
    add("cord-c19", vendor: "generic", .accessory(.init(kind: .powerCord, plug: "C19")), cents: 900)
    add("psu", vendor: "acme", .accessory(.init(kind: .powerSupply)), cents: 15_000)
    add("kit", vendor: "acme", .accessory(.init(kind: .rackKit)), cents: 4000, packSize: 2)
    add("licence", vendor: "acme", .accessory(.init(kind: .licence)), cents: 20_000)
    add(
      "module-q", vendor: "acme",
      .module(
        ModuleSpec(
          ports: [group("q", .qsfpPlus, [40], 2, split: random.chance(30) ? fourLanes() : nil)],
          maxPower: random.chance(80) ? .watts(20) : nil,
          requires: random.chance(20) ? [RequiredPart(part: PartID("kit"))] : [])),
      cents: 30_000)
    if random.chance(50) {
      add(
        "module-s", vendor: "acme",
        .module(
          ModuleSpec(ports: [group("s", .sfpPlus, [10], 4)], maxPower: .watts(15))),
        cents: 25_000)
    }
  }

  private func fourLanes(maxPorts: Int? = nil, disables: Int = 0) -> SplitSpec {
    SplitSpec(
      lanes: 4, laneRate: .gigabits(10), laneConnector: .sfpPlus, maxPorts: maxPorts,
      disables: disables, lanePrefix: "Te", laneNumbering: .slash)
  }

  private mutating func split() -> SplitSpec? {
    guard flavour == .breakouts || random.chance(35) else { return nil }
    return fourLanes(
      maxPorts: random.chance(30) ? random.int(1...4) : nil,
      disables: random.chance(20) ? 1 : 0)
  }

  private func group(
    _ id: String, _ connector: Connector, _ rates: [Int], _ count: Int, split: SplitSpec? = nil,
    maxOpticPower: Power? = nil, sharedWith: String? = nil
  ) -> PortGroup {
    PortGroup(
      id: id, connector: connector, rates: rates.map { .gigabits($0) }, count: max(1, count),
      naming: PortNaming(prefix: "P", first: 1), split: split, maxOpticPower: maxOpticPower,
      sharedWith: sharedWith)
  }

  private mutating func opticPower() -> Power? {
    random.chance(20) ? Power(milliwatts: random.pick([900, 1500, 3500])) : nil
  }

  /// What all switches have in common.
  private mutating func common(
    roles: [SwitchRole], ports: [PortGroup], watts: Int, bays: Int = 0, modules: [PartID] = []
  ) -> SwitchSpec {
    var requires: [RequiredPart] = []
    if random.chance(60) {
      requires.append(RequiredPart(part: PartID("cord-c13"), when: .perPowerSupply))
      if random.chance(60) {
        requires.append(RequiredPart(part: PartID("cord-c19"), when: .perPowerSupply))
      }
    }
    if random.chance(25) { requires.append(RequiredPart(part: PartID("kit"))) }
    let triggers: [RequirementTrigger] = [.multiChassis, .dataCenterBridging, .split, .always]
    if flavour == .licences || random.chance(12) {
      requires.append(RequiredPart(part: PartID("licence"), when: random.pick(triggers)))
    }
    let airflows: [[Airflow]] = [
      [.portToPSU, .psuToPort], [.portToPSU, .psuToPort], [.portToPSU], [.psuToPort], [],
      [.fanless],
    ]
    return SwitchSpec(
      roles: roles,
      os: random.pick([.os9, .os9, .os9, .os9, .os6, .os6, .os6, SwitchOS(rawValue: "osx")]),
      ports: ports, bays: bays, modules: modules,
      multiChassis: random.pick([.vlt, .vlt, .mlag, .vpc, .stacking, .unknown, .vlt, .vlt]),
      maxLAGMembers: random.pick([4, 4, 6, 8, nil]), pfc: capability(yes: 85, no: 7),
      ets: capability(yes: 88, no: 4), uplinkTracking: capability(yes: 88, no: 4),
      halfRackUnits: random.pick([2, 2, 2, 1, 4, nil]),
      maxPower: random.chance(94) ? .watts(watts) : nil,
      powerSupplies: supplies(),
      airflow: random.chance(70) ? airflows[0] : random.pick(airflows),
      managementPort: capability(
        yes: 80, no: ports.contains { $0.rates.contains(.gigabits(1)) } ? 15 : 2),
      thirdPartyMedia: capability(yes: 85, no: 5),
      requires: requires)
  }

  private mutating func supplies() -> PowerSupplies {
    let bays = random.chance(8) ? nil : random.chance(6) ? 1 : 2
    let included = random.chance(8) ? nil : min(bays ?? 2, random.int(1...2))
    return PowerSupplies(
      included: included, bays: bays, part: random.chance(92) ? PartID("psu") : nil)
  }

  private var vendors: [String] { ["acme", "acme", "bolt"] }

  private mutating func addSpine(_ id: String, cents: Int) {
    var ports: [PortGroup] = []
    let kind = random.int(0...3)
    if kind <= 2 {
      ports.append(
        group("q", .qsfpPlus, [40], random.pick([6, 8, 12, 16]), split: split()))
    }
    if kind >= 2 || hostForm != .sfpPlus {
      ports.append(
        group(
          "s", .sfpPlus, random.chance(50) ? [1, 10] : [10], random.pick([8, 16, 24]),
          maxOpticPower: opticPower()))
    }
    if kind == 3 { ports.append(group("q", .qsfpPlus, [40], random.pick([2, 4]), split: split())) }
    if coreForm == .sfpPlus, !ports.contains(where: { $0.connector == .sfpPlus }),
      random.chance(60)
    {
      ports.append(group("s", .sfpPlus, [1, 10], 4))
    }
    let isModular = flavour == .modules && random.chance(40)
    var spec = common(
      roles: random.chance(80) ? [.spine] : [.spine, .tor], ports: ports,
      watts: random.int(2...6) * 50, bays: isModular ? 1 : 0,
      modules: isModular ? [PartID("module-q")] : [])
    if random.chance(95) {
      (spec.os, spec.multiChassis) = (.os9, random.pick([.vlt, .vlt, .mlag]))
    }
    spec.maxLAGMembers = random.pick([4, 8, nil])
    add(id, vendor: random.pick(vendors), .networkSwitch(spec), cents: cents)
  }

  private mutating func addTor(_ id: String, ports count: Int, cents: Int) {
    var ports: [PortGroup] = []
    let hostRates = hostForm == .sfp28 ? [10, 25] : random.chance(40) ? [1, 10] : [10]
    var isModular = flavour == .modules ? random.chance(70) : random.chance(6)
    let usesOwnPorts = random.chance(30)
    // Uplinks may take ports of the hosts' own group.
    ports.append(
      group(
        "h", hostForm, hostRates, count + (usesOwnPorts ? random.pick([4, 8]) : random.int(0...1)),
        maxOpticPower: opticPower()))
    let uplinks = isSpineLeaf ? random.pick([2, 4, 4]) : random.pick([2, 4])
    if !isModular, !usesOwnPorts || random.chance(30) {
      ports.append(group("u", .qsfpPlus, [40], uplinks, split: split()))
    } else if random.chance(25) {
      isModular = true
    }
    if random.chance(12) {
      // A combo: the same ports with another socket.
      let other: Connector = hostForm == .rj45 ? .sfpPlus : .rj45
      ports.append(
        group("c", other, [1, 10], random.int(2...4), sharedWith: "h"))
    }
    if random.chance(15) {
      ports.append(group("x", .sfpPlus, [10], random.pick([2, 4]), maxOpticPower: opticPower()))
    }
    var modules: [PartID] = []
    if isModular {
      modules = [PartID("module-q"), PartID("module-s")].filter { id in
        parts.contains { $0.id == id }
      }
    }
    var spec = common(
      roles: random.chance(75) ? [.tor] : [.standalone, .tor], ports: ports,
      watts: random.int(1...4) * 50, bays: isModular ? random.int(1...2) : 0, modules: modules)
    if !isSpineLeaf, random.chance(85) { (spec.os, spec.multiChassis) = (.os9, .vlt) }
    if random.chance(60), spec.os?.rawValue == "osx" { spec.os = .os6 }
    add(
      id, vendor: random.pick(vendors), .networkSwitch(spec), cents: cents,
      model: id == "tor-1" ? "Leaf t1" : nil)
  }

  private mutating func addOutOfBand(_ id: String) {
    var spec = common(
      roles: [.outOfBand], ports: [group("g", .rj45, [1], random.pick([5, 8, 24]))], watts: 20)
    spec.managementPort = .no
    add(id, vendor: "corvid", .networkSwitch(spec), cents: random.pick([8000, 10_000]))
  }
}
