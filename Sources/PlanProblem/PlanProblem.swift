import CatalogModel
import Quantities
import SiteModel

/// A card of a host group on the new fabric: given, or to be chosen (model, M5.2).
public struct CardNeed: Hashable, Sendable {
  /// Index of the host group in the site.
  public var group: Int
  /// Index in the group's card list.
  public var slot: Int
  /// Cards of this kind in each host.
  public var count: Int
  /// Index of the given card's part; `nil` when one must be chosen.
  public var given: Int?
  public var carriesStorage: Bool
  public var carriesTenant: Bool
}

/// Hosts of one group in one rack.
public struct HostCount: Hashable, Sendable {
  /// Index of the group in the site.
  public var group: Int
  public var count: Int
}

/// A rack that holds hosts with a card on the new fabric.
public struct HostRack: Hashable, Sendable {
  /// Index in `site.room.racks`.
  public var rack: Int
  /// Groups with a card on the new fabric, in the order of the site; no count is zero.
  public var hosts: [HostCount]
}

/// Site and catalogue as data of the formal model: what the search needs and nothing else.
public struct PlanProblem: Sendable {
  public private(set) var site: Site
  public let catalog: Catalog
  public let options: PlanOptions
  public private(set) var prices: PriceBook
  public let geometry: Geometry
  /// In the order of groups and slots.
  public let cards: [CardNeed]
  /// Sorted by name of the rack.
  public let hostRacks: [HostRack]
  /// Whether the plan is to carry RDMA (M6); `preferred` is settled by whoever builds the problem.
  public let wantsRDMA: Bool

  /// Reads site and catalogue.
  /// - Throws: `Findings` for a card or switch that the catalogue does not know, or a card whose
  ///   data do not allow it on the new fabric.
  public init(
    site: Site, catalog: Catalog, options: PlanOptions, wantsRDMA: Bool
  ) throws(Findings) {
    var findings: [Finding] = []
    let catalog = SiteCards.complete(catalog, for: site, findings: &findings)
    self.site = site
    self.catalog = catalog
    self.options = options
    self.wantsRDMA = wantsRDMA
    prices = PriceBook(site: site, catalog: catalog)
    geometry = Geometry(room: site.room)
    cards = PlanProblem.cards(site: site, catalog: catalog, findings: &findings)
    findings += PlanProblem.modelFindings(site: site, catalog: catalog)
    if !findings.isEmpty { throw Findings(findings) }
    var racks: [HostRack] = []
    for (index, rack) in site.room.racks.enumerated() {
      var hosts: [HostCount] = []
      for (group, data) in site.hosts.enumerated()
      where data.joinsNewFabric {
        let count = data.placements.filter { $0.rack == rack.name }.reduce(0) { $0 + $1.count }
        if count > 0 { hosts.append(HostCount(group: group, count: count)) }
      }
      if !hosts.isEmpty { racks.append(HostRack(rack: index, hosts: hosts)) }
    }
    hostRacks = racks.sorted {
      site.room.racks[$0.rack].name.precedesInBytes(site.room.racks[$1.rack].name)
    }
  }

  /// The same problem at other prices.
  public func priced(_ prices: PriceBook) -> PlanProblem {
    var copy = self
    copy.prices = prices
    return copy
  }

  /// The same problem for one design and some models of switches; no models for all.
  public func limited(to design: DesignKind, spines: [String], tors: [String]) -> PlanProblem {
    var copy = self
    copy.site.requirements.designs = [design]
    copy.site.requirements.spineModels = spines
    copy.site.requirements.torModels = tors
    return copy
  }

  /// Index of a part by id.
  public func index(of id: PartID) -> Int? {
    var (low, high) = (0, catalog.parts.count)
    while low < high {
      let middle = (low + high) / 2
      if catalog.parts[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < catalog.parts.count && catalog.parts[low].id == id ? low : nil
  }

  /// Index of a part that has a price.
  public func buyable(_ id: PartID) -> Int? {
    index(of: id).flatMap { prices.chosen[$0] == nil ? nil : $0 }
  }

  /// The rack with a name; `nil` when there is none.
  public func rack(named name: String) -> Rack? { site.room.racks.first { $0.name == name } }

  /// Whether a part is meant by a name in the site: id, model, the model's last word (`N4032F` for
  /// `Networking N4032F`) or SKU, letters' case ignored.
  public static func isMeant(_ part: Part, by name: String) -> Bool {
    let wanted = name.lowercased()
    let model = part.model.lowercased()
    return part.id.rawValue == wanted || model == wanted || model.hasSuffix(" " + wanted)
      || (!part.sku.isEmpty && part.sku.lowercased() == wanted)
  }
}

extension PlanProblem {
  /// Whether SMB Direct can run on a card: RDMA, and DCB not known to be missing where lossless
  /// Ethernet is needed.
  public static func isAble(_ card: NICSpec) -> Bool {
    card.rdma.isCapable && !(card.rdma.needsLossless && card.dcb == .no)
  }

  /// Rates at which a card's port can run (M3).
  public static func rates(of card: NICSpec) -> [DataRate] {
    var rates = [card.rate]
    if card.connector == .sfp28, card.rate == .gigabits(25) { rates.append(.gigabits(10)) }
    if card.connector == .qsfp28, card.rate == .gigabits(100) { rates.append(.gigabits(40)) }
    return rates.sorted()
  }

  /// Cards that may be chosen for a need, in order of id.
  public func candidates(for need: CardNeed) -> [Int] {
    if let given = need.given { return [given] }
    return catalog.parts.indices.filter { index in
      guard prices.chosen[index] != nil, let card = catalog.parts[index].asNIC else { return false }
      guard PlanProblem.isUsable(card, count: need.count) else { return false }
      return !(wantsRDMA && need.carriesStorage) || PlanProblem.isAble(card)
    }
  }

  private static func isUsable(_ card: NICSpec, count: Int) -> Bool {
    guard let ports = card.ports, ports > 0, card.connector != nil, ports * count % 2 == 0,
      let best = rates(of: card).last
    else { return false }
    return best >= .gigabits(10)
  }

  private static func cards(
    site: Site, catalog: Catalog, findings: inout [Finding]
  ) -> [CardNeed] {
    let known = catalog.parts.indices.filter { catalog.parts[$0].asNIC != nil }
    var needs: [CardNeed] = []
    for (group, hosts) in site.hosts.enumerated() {
      for (slot, card) in hosts.nics.enumerated() where card.attach == .newFabric {
        var given: Int?
        if !card.onboard.isEmpty {
          let id = SiteCards.id(onboard: card.onboard)
          given = known.first { catalog.parts[$0].id == id }
        } else if let model = card.model {
          given = known.first { isMeant(catalog.parts[$0], by: model) }
          guard given != nil else {
            findings.append(unknownCard(model, card.position, known.map { catalog.parts[$0] }))
            continue
          }
        }
        if let index = given {
          let part = catalog.parts[index]
          if let spec = part.asNIC, !isUsable(spec, count: card.count) {
            findings.append(unusableCard(part, spec, card))
            continue
          }
        }
        needs.append(
          CardNeed(
            group: group, slot: slot, count: card.count, given: given,
            carriesStorage: card.carries.contains { $0 != .tenant },
            carriesTenant: card.carries.contains(.tenant)))
      }
    }
    return needs
  }

  private static func unknownCard(
    _ model: String, _ position: SourcePosition?, _ known: [Part]
  ) -> Finding {
    let names = known.map { $0.sku.isEmpty ? $0.model : $0.sku }
    let near = NearestName.nearest(to: model, among: names)
    return Finding(
      rule: "unknown-nic", position: position,
      message: "network card \"\(model)\" is not in the catalogue",
      hint: near.map { "did you mean \"\($0)\"? `tenfold catalog list --kind nic` shows all" }
        ?? "`tenfold catalog list --kind nic` shows all; add yours with --catalog FILE")
  }

  private static func unusableCard(_ part: Part, _ spec: NICSpec, _ card: HostNIC) -> Finding {
    let message: String
    let hint: String
    if spec.ports == nil || spec.connector == nil {
      message =
        "the catalogue does not say how many ports or which connector \(part.model) has"
      hint =
        "write `ports` and `connector` beside `model`, such as `ports: 2, connector: sfp+`, or take"
        + " another card"
    } else if let ports = spec.ports, ports * card.count % 2 != 0 {
      message =
        "\(card.count) x \(part.model) gives \(Format.count(ports * card.count, "port")): half of"
        + " them go to each fabric, so the number must be even"
      hint = "write `count: \(card.count + 1)`, or take a card with an even number of ports"
    } else {
      message = "\(part.model) does not run at 10 Gbps or more"
      hint = "take another card, or leave this one where it is with `attach: existing-lan`"
    }
    return Finding(
      rule: "nic-not-usable", position: card.position, message: message, hint: hint)
  }

  private static func modelFindings(site: Site, catalog: Catalog) -> [Finding] {
    let switches = catalog.parts.filter { $0.asSwitch != nil }
    let lists = [
      ("requirements.spine-models", site.requirements.spineModels),
      ("requirements.tor-models", site.requirements.torModels),
    ]
    var findings: [Finding] = []
    for (key, names) in lists {
      for name in names where !switches.contains(where: { isMeant($0, by: name) }) {
        let near = NearestName.nearest(to: name, among: switches.map(\.model))
        findings.append(
          Finding(
            rule: "unknown-switch", subject: [key],
            message: "\(key): switch \"\(name)\" is not in the catalogue",
            hint: near.map { "did you mean \"\($0)\"?" }
              ?? "`tenfold catalog list --kind switch` shows all"))
      }
    }
    return findings
  }
}
