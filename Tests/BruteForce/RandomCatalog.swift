import CatalogModel
import Quantities
import SiteModel

extension InstanceMaker {
  mutating func makeCatalog(for site: Site) -> Catalog {
    addCards()
    addSwitches(for: site)
    addMedia(for: site)
    return Catalog(
      parts: parts, prices: prices, compatibility: makeRules(), exchangeRates: makeRates(),
      references: References(cableRules: makeCableRules()))
  }

  /// Now and then some of the passive cables are too long for their kind, so that active ones or
  /// fibre must do.
  private mutating func makeCableRules() -> [CableRule] {
    let lengths = parts.compactMap(\.asCable).filter { $0.family == .passiveDAC }.map(\.length)
    guard !lengths.isEmpty, random.chance(30) else { return [] }
    return (0..<random.int(1...2)).map { number in
      CableRule(
        subject: "limit \(number)",
        family: random.pick([.passiveDAC, .passiveDAC, .activeOptical]),
        maxLength: random.pick(lengths))
    } + [CableRule(subject: "bend", family: .passiveDAC, bendRadius: Length(millimetres: 30))]
  }

  private mutating func makeRules() -> [CompatibilityRule] {
    guard random.chance(40) else { return [] }
    return (0..<random.int(1...2)).map { _ in
      CompatibilityRule(
        device: random.pick(["vendor:acme", "vendor:bolt", "os:os9", "tor-1"]),
        medium: random.pick(["third-party", "vendor:generic", "sr-generic", "third-party-dac"]),
        verdict: random.pick([.yes, .withCommand, .unknown, .no]),
        source: FactSource(id: "s", url: "https://example.com/", accessed: day(1)))
    }
  }

  private func makeRates() -> [ReferenceRate] {
    guard let pound = Currency(rawValue: "GBP") else { return [] }
    let list: [(Currency, Currency, Int, Int)] = [
      (.usd, .eur, 90, 1), (.usd, .eur, 91, 2), (.usd, .eur, 89, 2), (.eur, pound, 80, 1),
    ]
    let rates = list.map { from, to, percent, on in
      ReferenceRate(from: from, to: to, rate: .percent(percent), on: day(on), source: "bank")
    }
    return rates
  }

  func day(_ day: Int) -> CalendarDate {
    guard let date = CalendarDate(year: 2026, month: 3, day: day) else {
      preconditionFailure("no day \(day)")
    }
    return date
  }

  /// A part with a price near `cents`, and now and then prices that must not be taken.
  mutating func add(
    _ id: String, vendor: String, _ spec: PartSpec, cents: Int, packSize: Int = 1,
    model: String? = nil, exactly: Bool = false
  ) {
    let id = PartID(id)
    parts.append(
      Part(
        id: id, vendor: vendor, model: model ?? id.rawValue, packSize: packSize, spec: spec))
    var amount = cents
    if flavour != .ties, !exactly {
      if random.chance(50) { amount = cents * random.int(85...115) / 100 }
      // Near-equal prices: what is a cent apart decides, what is equal ties.
      if random.chance(30) { amount = cents + random.int(-1...1) }
    }
    let kind = random.pick([PriceKind.street, .street, .list, .contract, .quote, .estimate])
    let isPlain = flavour == .ties || exactly
    price(id, amount, isPlain ? .street : kind, day: random.chance(80) ? 9 : nil, isPlain: isPlain)
    guard flavour != .ties, !exactly, random.chance(35) else { return }
    switch random.int(0...5) {
    case 0: price(id, amount / 2, .historical, day: 20)
    case 1: price(id, amount / 2, .estimate, day: 20)
    case 2: price(id, amount * 7 / 10, .refurbished, .used, day: 9)
    case 3: price(id, amount * 9 / 10, .street, .used, day: nil)
    case 4: price(id, amount - 1, kind, day: 9)
    default: price(id, amount, kind, day: 12)
    }
  }

  private mutating func price(
    _ id: PartID, _ cents: Int, _ kind: PriceKind, _ condition: Condition = .new, day: Int?,
    isPlain: Bool = false
  ) {
    var currency = Currency.eur
    if !isPlain, random.chance(15) { currency = .usd }
    if !isPlain, random.chance(4), let pound = Currency(rawValue: "GBP") {
      currency = pound
    }
    prices.append(
      Price(
        part: id, amount: Money(minorUnits: Int64(max(1, cents)), currency: currency),
        kind: kind, condition: condition, asOf: day.map { self.day($0) }, source: "shop"))
  }

  /// Chances in a hundred; what is left is unknown, and rare where it is not allowed.
  mutating func capability(yes: Int, no: Int) -> Capability {
    let roll =
      allowsUnknown || random.chance(15) ? random.int(0...99) : random.int(0...(yes + no - 1))
    return roll < yes ? .yes : roll < yes + no ? .no : .unknown
  }

  private mutating func addCards() {
    let rate = hostForm == .sfp28 ? 25 : 10
    let kinds: [RDMA] = [.none, .roceV1, .roceV2, .iwarp, .both, .unknown]
    for (name, connector) in [
      ("nic-a", hostForm), ("nic-b", random.chance(85) ? hostForm : .sfpPlus),
    ] {
      let spec = NICSpec(
        ports: random.chance(98) ? 2 : 1, rate: .gigabits(connector == .sfp28 ? rate : 10),
        connector: connector, rdma: random.pick(kinds + [.roceV2, .iwarp]),
        dcb: capability(yes: 60, no: 15), thirdPartyMedia: capability(yes: 80, no: 8))
      add(name, vendor: random.pick(["acme", "corvid"]), .nic(spec), cents: 30_000)
    }
  }
}
