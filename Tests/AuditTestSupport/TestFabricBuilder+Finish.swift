import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SiteModel

extension TestFabricBuilder {
  /// VLANs, intents, addresses, bill and list to confirm, from what was built.
  func finish() -> Fabric {
    let vlans = vlans()
    let bom = bill()
    let used = Set(bom.map(\.part)).union(hosts.flatMap { $0.cards.compactMap(\.part) })
    return Fabric(
      date: TestSite.sure(CalendarDate(iso: "2026-11-01")), site: site, design: design,
      catalog: Catalog(
        parts: TestParts.all.filter { used.contains($0.id) },
        prices: TestParts.all.filter { used.contains($0.id) }.map(TestParts.price),
        references: References(cableRules: [
          CableRule(subject: "passive twinax", family: .passiveDAC, maxLength: .metres(7))
        ])),
      devices: devices, hosts: hosts, cables: cables, links: links, vlans: vlans,
      subnets: subnets(), intents: devices.map { intent($0, vlans) },
      dialects: ShippedTraits.all, bom: bom,
      totals: totals(bom), alternatives: [], confirmations: confirmations(bom), reasons: [])
  }

  private func vlans() -> [VLAN] {
    var result: [VLAN] = []
    let isLossless = site.traffic.rdma == .required
    for entry in site.addressing.entries {
      for (id, _, side) in networks(entry) {
        let suffix = side.map { "-" + $0.rawValue.lowercased() } ?? ""
        result.append(
          VLAN(
            id: id, name: entry.traffic.rawValue + suffix,
            purpose: entry.traffic == .csv ? .csv : .liveMigration, side: side, mayLeave: false,
            lossless: isLossless, mtu: site.addressing.mtu))
      }
    }
    for id in site.traffic.tenantVLANs {
      result.append(
        VLAN(
          id: id, name: "tenant-\(id.number)", purpose: .tenant, side: nil, mayLeave: true,
          lossless: false, mtu: 1500))
    }
    result.append(
      VLAN(
        id: site.addressing.nativeVLAN, name: "unused", purpose: .native, side: nil,
        mayLeave: false, lossless: false, mtu: 1500))
    return result.sorted { $0.id < $1.id }
  }

  /// Whether all hosts have one network on both fabrics for a class.
  func isShared(_ traffic: TrafficClass) -> Bool {
    site.hosts.allSatisfy { site.isShared(traffic, by: $0) }
  }

  /// One on each fabric, or one on both.
  private func networks(
    _ entry: Addressing.Entry
  ) -> [(vlan: VLANID, prefix: IPv4Subnet, side: FabricSide?)] {
    isShared(entry.traffic)
      ? [(entry.vlanA, entry.subnetA, nil)]
      : [(entry.vlanA, entry.subnetA, .a), (entry.vlanB, entry.subnetB, .b)]
  }

  private func subnets() -> [Subnet] {
    var result: [Subnet] = []
    for entry in site.addressing.entries {
      for (id, prefix, side) in networks(entry) {
        var assignments: [AddressAssignment] = []
        for link in links where link.role == .host {
          guard let device = devices.first(where: { $0.name == link.a.node }),
            device.side == side ?? .a, carries(link.b, entry.traffic)
          else { continue }
          assignments.append(
            AddressAssignment(
              node: link.b.node, port: link.b.port,
              address: TestSite.sure(prefix.address(assignments.count + 11))))
        }
        result.append(Subnet(vlan: id, prefix: prefix, gateway: nil, assignments: assignments))
      }
    }
    return result.sorted { $0.vlan < $1.vlan }
  }

  func carries(_ endpoint: Endpoint, _ traffic: TrafficClass) -> Bool {
    guard let host = hosts.first(where: { $0.name == endpoint.node }),
      let card = host.cards.first(where: { $0.ports.contains(endpoint.port) })
    else { return false }
    return site.hosts.first { $0.name == host.group }?.nics[card.slot].carries.contains(traffic)
      ?? false
  }

  private func bill() -> [BOMLine] {
    var counts: [PartID: Int] = [:]
    var tested: Set<PartID> = []
    var firstCables: Set<PartID> = []
    for device in devices {
      for id in [device.part] + device.modules { counts[id, default: 0] += 1 }
      for extra in device.accessories { counts[extra.part, default: 0] += extra.count }
    }
    for card in hosts.flatMap(\.cards) where card.bought {
      if let part = card.part { counts[part, default: 0] += 1 }
    }
    for cable in cables {
      counts[cable.part, default: 0] += cable.pieces
      let isAttached =
        TestParts.all.first { $0.id == cable.part }?.asCable?.family.isAttached == true
      for end in [cable.a] + cable.b {
        if isAttached, devices.contains(where: { $0.name == end.endpoint.node }) {
          firstCables.insert(cable.part)
        }
        guard let optic = end.optic else { continue }
        counts[optic, default: 0] += 1
        if devices.contains(where: { $0.name == end.endpoint.node }) { tested.insert(optic) }
      }
    }
    return TestParts.all.compactMap { part in
      guard let needed = counts[part.id] else { return nil }
      let rates = site.requirements.spares
      let rate: Rational =
        switch part.spec {
        case .optic: rates.optics
        case .cable: rates.cables
        case .networkSwitch, .module: rates.switches
        case .nic: rates.nics
        case .accessory: .zero
        }
      var batch = tested.contains(part.id) ? site.requirements.testFirst : 0
      let spares = max(Int(rate.timesRoundedUp(Int64(needed)) ?? 0), batch - needed)
      if firstCables.contains(part.id) {
        batch = min(site.requirements.testFirst, needed + spares)
      }
      let packs = (needed + spares + part.packSize - 1) / part.packSize
      let price = TestParts.price(of: part)
      return BOMLine(
        part: part.id, needed: needed, spares: spares, packs: packs, packSize: part.packSize,
        price: price, unitPrice: converted(price.amount, part, price),
        total: times(converted(price.amount, part, price), packs),
        low: times(converted(price.low, part, price), packs),
        high: times(converted(price.high, part, price), packs),
        isStale: price.asOf.map { $0.year < 2024 } ?? true, testFirst: batch, purpose: "the plan")
    }
  }

  private func times(_ money: Money, _ count: Int) -> Money {
    Money(minorUnits: money.minorUnits * Int64(count), currency: money.currency)
  }

  /// 0.92 EUR for a dollar; 7 % off Dell's list prices.
  private func converted(_ money: Money, _ part: Part, _ price: Price) -> Money {
    let exchange: Int64 = money.currency == .usd ? 92 : 100
    let discount: Int64 = part.vendor == "Dell" && price.kind == .list ? 93 : 100
    let top = money.minorUnits * exchange * discount
    return Money(minorUnits: (top + 5_000) / 10_000, currency: .eur)
  }

  private func totals(_ bom: [BOMLine]) -> Totals {
    func euros(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }
    func sum(_ value: (BOMLine) -> Money, _ test: (BOMLine) -> Bool = { _ in true }) -> Int64 {
      bom.filter(test).reduce(0) { $0 + value($1).minorUnits }
    }
    func extra(_ goods: Int64) -> Int64 { (goods * 19 + 50) / 100 }
    let goods = sum(\.total)
    let isLeaf = design == .spineLeaf
    // Two cards of one port a side in each host; 80 Gbps up from r1 and 40 Gbps from the others.
    let perToR = Int64(site.hosts[0].placements[0].count) * 2 * 10
    return Totals(
      goods: euros(goods), freightAndVAT: euros(extra(goods)), total: euros(goods + extra(goods)),
      estimated: euros(sum(\.total) { $0.price.kind == .estimate }),
      used: euros(sum(\.total) { $0.price.condition == .used }),
      low: euros(sum(\.low) + extra(sum(\.low))), high: euros(sum(\.high) + extra(sum(\.high))),
      oversubscription: isLeaf ? Rational(perToR, over: 40) : nil,
      oversubscriptionAfterFailure: isLeaf ? Rational(perToR, over: 20) : nil,
      power: Power(
        milliwatts: devices.reduce(0) {
          $0 + ($1.part == TestParts.spine.id ? 350_000 : 200_000)
        }), powerIsComplete: !devices.contains { !$0.modules.isEmpty })
  }

  private func confirmations(_ bom: [BOMLine]) -> [Confirmation] {
    var result: [Confirmation] = []
    func ask(_ kind: Confirmation.Kind, _ subject: String, _ question: String) {
      result.append(Confirmation(kind: kind, subject: subject, question: question))
    }
    for line in bom {
      let id = line.part.rawValue
      if line.price.kind == .estimate { ask(.estimate, id, "the price is an estimate") }
      if line.isStale { ask(.stalePrice, id, "the price is old or undated") }
      let status = TestParts.all.first { $0.id == line.part }?.status
      if line.price.condition == .used || status == .legacy {
        ask(.availability, id, "it is sold used only")
      }
      if id.hasPrefix("fs-") || id.hasPrefix("generic-"), line.part != TestParts.cat6a.id,
        line.part != TestParts.om3.id, line.part != TestParts.om3Long.id
      {
        ask(.untestedOptic, id, "another maker's part is untested in these switches")
      }
    }
    ask(.unknown, "dell-n4000-qsfp", "how much power does it draw")
    ask(.unknown, "dell-n4032f", "does it take host ports down when its uplinks are lost")
    ask(.owner, "management", "how many ports of the management switch are free")
    if let core = site.core, core.kind == .separate {
      ask(.owner, core.name, "the way to its second box is the standby, shut until it is opened")
    }
    for rack in site.room.racks where rack.freeUnits == nil {
      ask(.owner, rack.name, "how many rack units are free in it")
      ask(.owner, rack.name, "how much power is free in it")
    }
    return result
  }
}
