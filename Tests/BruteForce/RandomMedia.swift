import CatalogModel
import Quantities
import SiteModel

extension InstanceMaker {
  /// Twelve kinds at most, with lengths around those that the site's links need.
  mutating func addMedia(for site: Site) {
    let model = Model(
      site: site, catalog: Catalog(parts: [], prices: []), dialects: [], pairDialects: [])
    let racks = site.room.racks.indices
    let centre = model.centreRacks()
    let inRack = racks.map { model.routedLength($0, isHost: true, $0, isHost: false) }
    let toCentre = racks.flatMap { rack in
      centre.map {
        model.routedLength(rack, isHost: !isSpineLeaf, $0, isHost: false)
      }
    }
    let between = model.routedLength(centre[0], isHost: false, centre[1], isHost: false)
    let management = racks.map {
      model.routedLength(
        $0, isHost: false, model.rackIndex(site.management.rack) ?? 0, isHost: false)
    }
    let hosts = isSpineLeaf ? inRack : inRack + toCentre
    let far = (toCentre + [between]).max() ?? 0
    addCords(needs: management)
    // Cords over existing cabling need only cover the racks at both ends.
    let cords = racks.map { model.cordLength($0, isHost: !isSpineLeaf, $0, isHost: false) }
    addHostCables(needs: reached(hosts))
    addUplinkCables(needs: reached(toCentre + [between]))
    addOptics(longest: max(far, hosts.max() ?? 0), cord: cords.max() ?? 0)
    // Room for more: copies under another name at nearly the same price.
    while mediaCount < 12, random.chance(flavour == .ties ? 60 : 30) { addTwin() }
    for _ in 0..<(flavour == .spares ? 3 : 1) where random.chance(65) {
      addMixedLength(hosts + toCentre)
    }
  }

  /// The needs that cables with fixed plugs are made for.
  private func reached(_ needs: [Int64]) -> [Int64] {
    needsFibre ? needs.min().map { [$0] } ?? [] : needs
  }

  private var mediaCount: Int {
    parts.count { $0.asOptic != nil || $0.asCable != nil }
  }

  /// A stock length that covers the need, and now and then one that does not.
  private mutating func stock(_ need: Int64) -> Length {
    let half = (need + 499) / 500 * 500
    return Length(
      millimetres: max(500, half + random.pick([0, 0, 0, 0, 0, 500, 500, 1000, 1000, -500])))
  }

  private mutating func addCords(needs: [Int64]) {
    let medium: Medium = hostForm == .rj45 ? .cat6a : random.pick([.cat5e, .cat6, .cat6a])
    let longest = needs.max() ?? 1000
    let length = Length(millimetres: (longest + 999) / 1000 * 1000)
    add(
      "cord-long", vendor: "generic",
      .cable(
        CableSpec(
          family: .twistedPair, medium: medium, endA: .rj45, endB: .rj45, length: length)),
      cents: 600, packSize: random.pick([1, 1, 5]))
    if random.chance(30), let shortest = needs.min() {
      add(
        "cord-short", vendor: "generic",
        .cable(
          CableSpec(
            family: .twistedPair, medium: medium, endA: .rj45, endB: .rj45,
            length: stock(shortest))),
        cents: random.pick([300, 595, 600]))
    }
  }

  private mutating func attached(
    _ id: String, _ a: Connector, _ b: Connector, gigabits: Int, lanes: Int = 1,
    _ length: Length, cents: Int, packSize: Int = 1
  ) {
    let family: CableFamily = random.chance(80) ? .passiveDAC : .activeOptical
    add(
      id, vendor: random.pick(["generic", "generic", "acme"]),
      .cable(
        CableSpec(
          family: family, endA: a, endB: b, lanes: lanes, rate: .gigabits(gigabits),
          length: length,
          powerPerEnd: random.chance(30) ? Power(milliwatts: random.pick([100, 800])) : nil)),
      cents: cents, packSize: packSize)
  }

  private mutating func addHostCables(needs: [Int64]) {
    let sorted = Set(needs).sorted()
    guard hostForm != .rj45 else {
      add(
        "cat6a-host", vendor: "generic",
        .cable(
          CableSpec(
            family: .twistedPair, medium: .cat6a, endA: .rj45, endB: .rj45,
            length: stock(sorted.last ?? 3000))),
        cents: 900, packSize: random.pick([1, 1, 10]))
      return
    }
    let rate = hostForm == .sfp28 ? 25 : 10
    let longest = sorted.last ?? 3000
    attached(
      "dac10-b", hostForm, hostForm, gigabits: rate, stock(longest), cents: 2500,
      packSize: random.pick([1, 1, 1, 2]))
    if random.chance(60), let shortest = sorted.first {
      attached(
        "dac10-a", .sfpPlus, .sfpPlus, gigabits: 10, stock(shortest),
        cents: random.pick([2000, 2400, 2499]))
    }
    if flavour == .breakouts || random.chance(12) {
      attached(
        "fan-host", random.chance(85) ? .qsfpPlus : .qsfp28, .sfpPlus, gigabits: 10, lanes: 4,
        stock(longest), cents: random.pick([5000, 8000]))
    }
  }

  private mutating func addUplinkCables(needs: [Int64]) {
    let longest = needs.max() ?? 3000
    if random.chance(85) {
      attached("dac40-b", .qsfpPlus, .qsfpPlus, gigabits: 40, stock(longest), cents: 8000)
    }
    if random.chance(45), let shortest = needs.min() {
      attached(
        "dac40-a", .qsfpPlus, .qsfpPlus, gigabits: 40, stock(shortest),
        cents: random.pick([6000, 7900, 8000]))
    }
    if random.chance(50) {
      attached("dac10-c", .sfpPlus, .sfpPlus, gigabits: 10, stock(longest), cents: 3500)
    }
    if flavour == .breakouts || random.chance(25) {
      attached(
        "fan-up", .qsfpPlus, .sfpPlus, gigabits: 10, lanes: 4, stock(longest), cents: 9000)
    }
  }

  private mutating func addOptics(longest: Int64, cord: Int64) {
    let limit = 12
    if mediaCount + 3 <= limit, needsFibre || random.chance(45) {
      add(
        "lc-om3", vendor: "generic",
        .cable(
          CableSpec(
            family: .fibre, medium: random.pick([.om3, .om3, .om4]), endA: .lc, endB: .lc,
            length: stock(random.chance(needsFibre ? 50 : 85) ? longest : cord))),
        cents: 800, packSize: random.pick([1, 1, 2]))
      let vendors = random.chance(50) ? ["generic"] : ["generic", "acme"]
      for vendor in vendors {
        add(
          "sr-" + vendor, vendor: vendor,
          .optic(
            OpticSpec(
              form: .sfpPlus, standard: "10gbase-sr", rates: [.gigabits(10)], socket: .lc,
              reach: [
                Reach(medium: .om3, length: .metres(random.pick([10, 300]))),
                Reach(medium: .om4, length: .metres(400)),
              ], power: random.chance(70) ? Power(milliwatts: 1000) : nil)),
          cents: vendor == "acme" ? random.pick([1600, 6000]) : 1500)
      }
    }
    if mediaCount + 2 <= limit, random.chance(needsFibre ? 60 : 15) {
      add(
        "mpo-om3", vendor: "generic",
        .cable(
          CableSpec(
            family: .fibre, medium: .om3, endA: .mpo12, endB: .mpo12,
            length: stock(random.chance(70) ? longest : cord))),
        cents: 2000)
      add(
        "sr4", vendor: random.pick(["generic", "acme"]),
        .optic(
          OpticSpec(
            form: .qsfpPlus, standard: "40gbase-sr4", rates: [.gigabits(40)], socket: .mpo12,
            reach: [Reach(medium: .om3, length: .metres(100))], power: Power(milliwatts: 1500))),
        cents: 3000)
    }
    if mediaCount < limit, random.chance(25) {
      add(
        "sfp-t", vendor: random.pick(["generic", "acme"]),
        .optic(
          OpticSpec(
            form: .sfpPlus, standard: "10gbase-t",
            rates: random.chance(60) ? [.gigabits(1)] : [.gigabits(1), .gigabits(10)],
            socket: .rj45,
            reach: [
              Reach(medium: .cat5e, length: .metres(100)),
              Reach(medium: .cat6a, length: .metres(30)),
            ], power: Power(milliwatts: 2500))), cents: 3500)
    }
  }

  /// A copy of a cable or optic under another name.
  private mutating func addTwin() {
    let media = parts.filter {
      ($0.asOptic != nil || $0.asCable != nil) && !$0.id.rawValue.hasSuffix("x")
    }
    guard !media.isEmpty else { return }
    var twin = random.pick(media)
    guard !parts.contains(where: { $0.id.rawValue == twin.id.rawValue + "x" }) else { return }
    let amount = prices.first { $0.part == twin.id }?.amount.minorUnits ?? 1000
    twin.id = PartID(twin.id.rawValue + "x")
    let cents = flavour == .ties ? Int(amount) : Int(amount) + random.int(-20...20)
    add(twin.id.rawValue, vendor: twin.vendor, twin.spec, cents: cents, packSize: twin.packSize)
  }

  /// One more length of a cable with fixed plugs, a little cheaper: where it reaches it pays only if
  /// the spares of one more kind do not eat it up.
  private mutating func addMixedLength(_ needs: [Int64]) {
    let cables = parts.filter { $0.asCable?.family.isAttached ?? false }
    guard mediaCount < 12, !cables.isEmpty, !needs.isEmpty else { return }
    let from = random.pick(cables)
    guard var spec = from.asCable,
      !parts.contains(where: { $0.id.rawValue == from.id.rawValue + "y" })
    else { return }
    spec.length = stock(random.pick(needs))
    let amount = Int(prices.first { $0.part == from.id }?.amount.minorUnits ?? 1000)
    add(
      from.id.rawValue + "y", vendor: from.vendor, .cable(spec),
      cents: amount * random.pick([92, 96, 98, 99, 100]) / 100, exactly: true)
  }
}
