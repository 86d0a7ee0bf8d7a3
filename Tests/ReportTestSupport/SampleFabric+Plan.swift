import CatalogModel
import Fabric
import Quantities
import SiteModel

extension SampleFabric {
  /// Puts the pieces together: site, VLANs, intents, bill and the rest.
  func fabric(design: DesignKind, core: Core?, budget: Int64?) -> Fabric {
    let vlans = vlans(linked: core != nil)
    let prices = prices()
    let bom = bill(prices)
    let parts = [
      SampleParts.spine(), SampleParts.tor, SampleParts.module, SampleParts.nic,
      SampleParts.dac(3), SampleParts.qsfpDAC, SampleParts.breakout, SampleParts.sr,
      SampleParts.om3, SampleParts.cat6, SampleParts.cord,
    ]
    let used = Set(bom.map(\.part)).union(hosts.flatMap { $0.cards.compactMap(\.part) })
    return Fabric(
      date: SampleParts.date("2026-11-01"), site: site(design, core: core, budget: budget),
      design: design,
      catalog: Catalog(
        parts: parts.filter { used.contains($0.id) },
        prices: prices.filter { used.contains($0.part) }),
      devices: fabricDevices, hosts: hosts, cables: cables, links: links, vlans: vlans,
      subnets: subnets(vlans), intents: fabricDevices.map { intent($0, vlans, core: core) },
      dialects: [],
      bom: bom, totals: totals(bom, design: design), alternatives: alternatives(design),
      confirmations: [
        Confirmation(
          kind: .unknown, subject: "dell-n4032f",
          question: "largest power draw is not known; ask the seller or measure it"),
        Confirmation(
          kind: .owner, subject: "core-1",
          question: "ports Te1/1 and Te1/2 are free and take SFP+ optics"),
      ].filter { $0.kind != .owner || core != nil },
      reasons: [
        Reason(
          subject: "design",
          text: "It is the cheapest allowed design that has enough ports for every host."),
        Reason(subject: "dell-s4810", text: "It is the cheapest switch that forms a pair."),
      ])
  }

  private func prices() -> [Price] {
    [
      SampleParts.price(SampleParts.spine().id, 31_050, .refurbished, .used, "2023-04"),
      SampleParts.price(SampleParts.tor.id, 64_000, .estimate, .used, "2026-11-01"),
      SampleParts.price(SampleParts.module.id, 21_000, .estimate, .used, "2026-11-01"),
      SampleParts.price(SampleParts.dac(3).id, 1_450, .street),
      SampleParts.price(SampleParts.qsfpDAC.id, 3_900, .street),
      SampleParts.price(SampleParts.breakout.id, 6_100, .list, .new, nil),
      SampleParts.price(SampleParts.sr.id, 1_800, .street),
      SampleParts.price(SampleParts.om3.id, 900, .street),
      SampleParts.price(SampleParts.cat6.id, 2_500, .street),
      SampleParts.price(SampleParts.cord.id, 400, .street),
    ]
  }

  private func bill(_ prices: [Price]) -> [BOMLine] {
    var counts: [PartID: Int] = [:]
    for device in fabricDevices {
      counts[device.part, default: 0] += 1
      for module in device.modules { counts[module, default: 0] += 1 }
      for extra in device.accessories { counts[extra.part, default: 0] += extra.count }
    }
    for cable in cables {
      counts[cable.part, default: 0] += cable.pieces
      for end in [cable.a] + cable.b { if let optic = end.optic { counts[optic, default: 0] += 1 } }
    }
    return prices.compactMap { price in
      guard let needed = counts[price.part] else { return nil }
      let packSize = price.part == SampleParts.cat6.id ? 10 : 1
      let isConsumable = price.part.rawValue.hasPrefix("generic") || price.part == SampleParts.sr.id
      let spares = isConsumable ? (needed + 19) / 20 : 0
      let packs = Int64((needed + spares + packSize - 1) / packSize)
      func times(_ money: Money) -> Money {
        Money(minorUnits: money.minorUnits * packs, currency: money.currency)
      }
      return BOMLine(
        part: price.part, needed: needed, spares: spares, packs: Int(packs), packSize: packSize,
        price: price, unitPrice: price.amount, total: times(price.amount), low: times(price.low),
        high: times(price.high),
        isStale: price.asOf.map { $0 < SampleParts.date("2024-11-01") } ?? true,
        testFirst: price.part == SampleParts.sr.id ? 2 : 0,
        purpose: price.part == SampleParts.spine().id ? "the two spine switches" : "")
    }
  }

  private func totals(_ bom: [BOMLine], design: DesignKind) -> Totals {
    func sum(_ value: (BOMLine) -> Money, where test: (BOMLine) -> Bool = { _ in true }) -> Money {
      Money(
        minorUnits: bom.filter(test).reduce(0) { $0 + value($1).minorUnits }, currency: .eur)
    }
    func gross(_ net: Money) -> Money {
      Money(minorUnits: net.minorUnits * 119 / 100, currency: .eur)
    }
    let goods = sum(\.total)
    let total = gross(goods)
    return Totals(
      goods: goods,
      freightAndVAT: Money(minorUnits: total.minorUnits - goods.minorUnits, currency: .eur),
      total: total, estimated: sum(\.total) { $0.price.kind == .estimate },
      used: sum(\.total) { $0.price.condition == .used }, low: gross(sum(\.low)),
      high: gross(sum(\.high)),
      oversubscription: design == .spineLeaf ? Rational(Int64(hostsPerRack), over: 4) : nil,
      oversubscriptionAfterFailure: design == .spineLeaf
        ? Rational(Int64(hostsPerRack), over: 2) : nil,
      power: .watts(440), powerIsComplete: design != .spineLeaf)
  }

  private func alternatives(_ design: DesignKind) -> [Alternative] {
    [
      Alternative(
        design: design == .standalonePair ? .vltPair : .standalonePair, summary: "", total: nil,
        reason: "Traffic to the core is asked for, and two islands have no uplink.",
        couldWin: false),
      Alternative(
        design: design == .spineLeaf ? .vltPair : .spineLeaf,
        summary: "2 pieces Dell S4810 for all racks",
        total: Money(minorUnits: 612_345, currency: .eur),
        reason: "It costs more because of longer cables.", couldWin: design == .spineLeaf),
    ]
  }

  private func vlans(linked: Bool) -> [VLAN] {
    func vlan(
      _ id: Int, _ name: String, _ purpose: VLANPurpose, _ side: FabricSide?, leaves: Bool = false,
      lossless: Bool = false, mtu: Int = 1500
    ) -> VLAN? {
      VLANID(id).map {
        VLAN(
          id: $0, name: name, purpose: purpose, side: side, mayLeave: leaves, lossless: lossless,
          mtu: mtu)
      }
    }
    var all = [
      vlan(711, "csv-a", .csv, .a, lossless: true, mtu: 9000),
      vlan(712, "csv-b", .csv, .b, lossless: true, mtu: 9000),
      vlan(721, "live-migration-a", .liveMigration, .a, lossless: true, mtu: 9000),
      vlan(722, "live-migration-b", .liveMigration, .b, lossless: true, mtu: 9000),
      vlan(999, "unused", .native, nil),
    ]
    if linked {
      all.insert(vlan(30, "tenant-30", .tenant, nil, leaves: true), at: 0)
      all.insert(vlan(20, "tenant-20", .tenant, nil, leaves: true), at: 0)
    }
    return all.compactMap { $0 }
  }

  private func subnets(_ vlans: [VLAN]) -> [Subnet] {
    vlans.compactMap { vlan in
      guard let side = vlan.side, let prefix = IPv4Subnet("10.71.\(vlan.id.number % 100).0/24")
      else { return nil }
      let assignments = hosts.enumerated().compactMap { index, host in
        prefix.address(index + 11).map {
          AddressAssignment(node: host.name, port: side == .a ? "nic1-p1" : "nic1-p2", address: $0)
        }
      }
      return Subnet(vlan: vlan.id, prefix: prefix, gateway: nil, assignments: assignments)
    }
  }
}
