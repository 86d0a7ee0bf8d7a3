import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Collects what a plan rests on and nobody has confirmed.
struct ConfirmationDrafting {
  let problem: PlanProblem
  let choice: PlanChoice
  /// The fabric but for this list and the reasons.
  let fabric: Fabric
  let switches: [SwitchDraft]
  let networks: NetworkPlan

  var site: Site { problem.site }

  /// Every entry once, by kind, subject and question.
  func list() -> [Confirmation] {
    var all = switchFacts() + mediaFacts() + cardFacts() + rdmaFacts() + bill()
    all += offersLeftOut()
    all += rates() + defaults() + room() + leftovers() + core() + tenants() + people()
    let ranks = Confirmation.Kind.allCases
    func rank(_ kind: Confirmation.Kind) -> Int { ranks.firstIndex(of: kind) ?? ranks.count }
    all.sort { left, right in
      if left.kind != right.kind { return rank(left.kind) < rank(right.kind) }
      if left.subject != right.subject {
        return left.subject.precedesInBytes(right.subject)
      }
      return left.question.precedesInBytes(right.question)
    }
    var list: [Confirmation] = []
    for entry in all where list.last != entry { list.append(entry) }
    return list
  }

  /// Offers in a currency that nobody states a rate for do not count, which must not go unsaid.
  private func offersLeftOut() -> [Confirmation] {
    let kinds = site.prices.kinds
    let offers = problem.catalog.prices.filter { price in
      (price.kind == .quote || price.kind == .contract) && kinds.contains(price.kind.rawValue)
    }
    let currencies = Set(offers.map(\.amount.currency)).sorted().filter {
      PriceBook.rate(from: $0, site: site, catalog: problem.catalog) == nil
    }
    return currencies.map { currency in
      let parts = Set(offers.filter { $0.amount.currency == currency }.map(\.part))
      let (own, other) = (site.currency.rawValue, currency.rawValue)
      return Confirmation(
        kind: .owner, subject: "prices.exchange",
        question: "offers in \(other) for \(Format.count(parts.count, "part")) do not count, since"
          + " there is no rate from \(other) to \(own): state one, or leave them out")
    }
  }

  func part(_ index: Int) -> Part { problem.catalog.parts[index] }

  /// Parts of the bill, by line: what a price and an offer rest on.
  private func bill() -> [Confirmation] {
    fabric.bom.flatMap { line -> [Confirmation] in
      guard let part = fabric.catalog.part(line.part) else { return [] }
      return [estimate(line, part), age(line, part), availability(line, part)].compactMap { $0 }
    }
  }

  private func estimate(_ line: BOMLine, _ part: Part) -> Confirmation? {
    guard line.price.kind == .estimate,
      let chosen = problem.index(of: part.id).flatMap({ problem.prices.chosen[$0] })
    else { return nil }
    let low = Format.money(Money(minorUnits: chosen.low, currency: site.currency))
    let high = Format.money(Money(minorUnits: chosen.high, currency: site.currency))
    return Confirmation(
      kind: .estimate, subject: part.id.rawValue,
      question:
        "the price, \(Format.money(line.unitPrice)), is an estimate between \(low) and \(high): get"
        + " an offer")
  }

  private func age(_ line: BOMLine, _ part: Part) -> Confirmation? {
    guard line.isStale else { return nil }
    let age = line.price.asOf.map { "of \($0.iso)" } ?? "undated"
    return Confirmation(
      kind: .stalePrice, subject: part.id.rawValue,
      question:
        "the price, \(Format.money(line.unitPrice)) (\(line.price.kind.rawValue)), is \(age): get an"
        + " offer")
  }

  private func availability(_ line: BOMLine, _ part: Part) -> Confirmation? {
    let units = line.packs * line.packSize
    let isUsed = line.price.condition == .used
    let status: String
    switch part.status {
    case .legacy: status = "it is no longer made"
    case .unknown where part.vendor != "generic": status = "whether it is still made is not known"
    case .unknown, .current: status = ""
    }
    guard isUsed || !status.isEmpty else { return nil }
    return Confirmation(
      kind: .availability, subject: part.id.rawValue,
      question:
        "\(units) \(isUsed ? "used" : "new") \(units == 1 ? "unit" : "units") can be had, with a"
        + " warranty" + (status.isEmpty ? "" : ": \(status)"))
  }
}

extension ConfirmationDrafting {
  /// Rates of exchange that are too old.
  private func rates() -> [Confirmation] {
    let prices = fabric.site.prices
    return prices.exchange.filter { prices.isStale($0, on: fabric.date) }.map { rate in
      let age = prices.day(of: rate).map { "of \($0.iso)" } ?? "undated"
      return Confirmation(
        kind: .stalePrice, subject: "prices.exchange",
        question: "the rate of exchange from \(rate.from.rawValue) to \(site.currency.rawValue) is"
          + " \(age): give today's")
    }
  }

  /// Tenant VLANs that end inside the new network.
  private func tenants() -> [Confirmation] {
    let inside = fabric.vlans.filter { $0.purpose == .tenant && !$0.mayLeave }
    guard !inside.isEmpty else { return [] }
    let ids = inside.map { String($0.id.number) }.joined(separator: ", ")
    let (vlans, them) =
      inside.count == 1 ? ("VLAN \(ids) stays", "it") : ("VLANs \(ids) stay", "them")
    let cause =
      site.core == nil || choice.centre.core == nil
      ? "the new network is not connected to a core" : "core.carries does not name \(them)"
    return [
      Confirmation(
        kind: .owner, subject: "traffic.tenant-vlans",
        question:
          "the tenant \(vlans) inside: \(cause), so guests in \(them) reach nothing outside by"
          + " this network")
    ]
  }

  /// Values that the site file did not give and that addresses, VLANs, the core or the length of
  /// cables rest on.
  private func defaults() -> [Confirmation] {
    let sections = ["addressing", "core", "hosts", "management", "room", "traffic"]
    // What is not stated has a question of its own; counts and names need none.
    let plain = [".count", ".name", ".memory"]
    return site.defaults.filter { entry in
      guard entry.value != "not stated", !plain.contains(where: entry.key.hasSuffix) else {
        return false
      }
      if entry.key == "prices.freight-and-vat" { return true }
      // Numbers that this plan does not use are nobody's concern.
      if entry.key == "management.vlan" { return switches.contains { $0.managementData != nil } }
      if entry.key == "addressing.native-vlan" {
        return fabric.vlans.contains { $0.purpose == .native }
      }
      return sections.contains { section in
        guard entry.key.hasPrefix(section) else { return false }
        let next = entry.key.utf8.dropFirst(section.utf8.count).first
        return next == nil || next == UInt8(ascii: ".") || next == UInt8(ascii: "[")
      }
    }.map { entry in
      Confirmation(
        kind: .assumption, subject: entry.key,
        question: "\(entry.key) was not given and is taken as \(entry.value)"
          + (entry.reason.isEmpty ? "" : " (\(entry.reason))"))
    }
  }

  /// What is free in the racks, and the existing cabling.
  private func room() -> [Confirmation] {
    var list: [Confirmation] = []
    // What the reader took for the rows stands among the defaults.
    if let words = Room.rowWords(of: site.room.racks),
      !site.defaults.contains(where: { $0.key == "room.rows" })
    {
      list.append(
        Confirmation(
          kind: .owner, subject: "room.rows",
          question: "the rows stand in the order \(words.order): \(words.distances)"))
    }
    for rack in site.room.racks {
      let here = switches.filter { site.room.racks.indices.contains($0.rack) }
        .filter { site.room.racks[$0.rack].name == rack.name }
      guard !here.isEmpty else { continue }
      let names = here.map(\.name).joined(separator: ", ")
      var open: [String] = []
      if rack.freeUnits == nil {
        let units = (here.reduce(0) { $0 + ($1.spec.halfRackUnits ?? 2) } + 1) / 2
        open.append("\(units) free rack \(units == 1 ? "unit" : "units")")
      }
      if rack.freePower == nil { open.append("enough free power on one feed") }
      if rack.outlet == nil { open.append("PDU outlets that fit the cords") }
      if rack.airflow == nil { open.append("room for the switches' direction of airflow") }
      guard !open.isEmpty else { continue }
      list.append(
        Confirmation(
          kind: .owner, subject: rack.name,
          question: "rack \(rack.name) has \(open.joined(separator: ", ")) for \(names)"))
    }
    var runs: [(name: String, count: Int)] = []
    for cable in fabric.cables where !cable.existing.isEmpty {
      if let at = runs.firstIndex(where: { $0.name == cable.existing }) {
        runs[at].count += 1
      } else {
        runs.append((cable.existing, 1))
      }
    }
    for run in runs {
      list.append(
        Confirmation(
          kind: .owner, subject: run.name,
          question: "\(Format.count(run.count, "run")) of the existing cabling can be used: free"
            + " and tested"))
    }
    return list
  }

  /// Ports and settings of the existing core.
  private func core() -> [Confirmation] {
    guard let core = site.core, let choice = choice.centre.core else { return [] }
    var list: [Confirmation] = []
    func ask(_ question: String, kind: Confirmation.Kind = .owner) {
      list.append(Confirmation(kind: kind, subject: core.name, question: question))
    }
    let ports = fabric.links.filter { $0.role == .core }.map(\.b.port).sorted {
      $0.precedesInBytes($1)
    }
    ask(
      "ports \(ports.joined(separator: ", ")) of \(core.name) are free, run at"
        + " \(Format.rate(choice.rate)) and are of form \(core.ports.first?.connector ?? "")")
    switch core.kind {
    case .separate:
      let names = fabric.intents.prefix(2).map(\.hostname)
      ask(
        "\(core.name) is two separate boxes, so no LAG can end on both: the way of"
          + " \(names.first ?? "") is active, that of \(names.last ?? "") is standby and shut."
          + " When the active way fails, somebody shuts it and opens the standby by hand")
    case .chassis, .stack, .mlag:
      ask(
        "\(core.name) ends the LAG of all these ports with LACP (it is one \(core.kind.rawValue))")
    }
    let mode = core.spanningTree.mode
    ask(
      mode == .none
        ? "\(core.name) runs no spanning tree: the links of this plan are the only ones between it"
          + " and the new switches"
        : "spanning tree of \(core.name) is \(mode.rawValue) with root priority"
          + " \(core.spanningTree.priority)"
          + (mode == .mstp ? " in the common tree (instance zero)" : ""))
    if mode == .pvst || mode == .rapidPVST {
      ask(
        "\(core.name) runs \(mode.rawValue) and the new switches RSTP: its owner says how spanning"
          + " tree works between the two before they are joined")
    }
    if core.vendor.isEmpty { ask("the maker of \(core.name) is not stated: it decides on optics") }
    if core.mtu == nil { ask("the link MTU of \(core.name)'s ports holds 1500 bytes of payload") }
    if networks.leaving.isEmpty {
      ask(
        "no VLAN may leave to \(core.name): its list of VLANs and the tenants' have none in common")
    } else {
      let ids = networks.leaving.map { String($0.number) }.joined(separator: ", ")
      ask("\(core.name) carries the VLANs \(ids) on these ports, and no others")
    }
    if site.traffic.backup == .viaCore {
      let networks = fabric.vlans.filter { $0.purpose == .backup }.map { vlan in
        let prefixes = fabric.subnets.filter { $0.vlan == vlan.id }.map(\.prefix.description)
        return "VLAN \(vlan.id.number), subnet \(prefixes.joined(separator: ", "))"
      }
      ask(
        networks.isEmpty
          ? "backup leaves through \(core.name): no card on the new network carries it, so that it"
            + " has no VLAN there"
          : "backup leaves through \(core.name) in \(networks.joined(separator: "; ")): its owner"
            + " routes it, says which address the gateway has, and that the links suffice")
    }
    if site.traffic.northSouth == nil {
      let rate = Format.rate(
        DataRate(bitsPerSecond: choice.rate.bitsPerSecond * Int64(choice.perNode)))
      ask(
        "how much traffic must leave is not stated: \(rate) are left after the loss of a central"
          + " switch", kind: .assumption)
    }
    switch site.traffic.gateways {
    case .core: ask("gateways are in \(core.name): routed traffic between VLANs leaves through it")
    case .none: break
    }
    return list
  }

  /// What hosts, management network and addresses need from their owners.
  private func people() -> [Confirmation] {
    var list: [Confirmation] = []
    func ask(_ subject: String, _ question: String) {
      list.append(Confirmation(kind: .owner, subject: subject, question: question))
    }
    ask(
      "existing LAN",
      "the hosts' existing LAN stays as it is: DNS, domain controllers and management of the hosts"
        + " go over it, and migrations fail without it")
    let managed = switches.filter { $0.role != .outOfBand }
    if !switches.contains(where: { $0.role == .outOfBand }) {
      ask(
        "management",
        "the management network in rack \(site.management.rack) has \(managed.count) free RJ45 ports"
      )
    }
    let addresses = switches.compactMap(\.address)
    let shared = fabric.intents.compactMap { $0.pair?.sharedAddress }
    if let first = (addresses + shared).min(), let last = (addresses + shared).max() {
      ask(
        "management addresses",
        "the management addresses \(first) to \(last) in \(site.management.subnet) are free")
    }
    if addresses.count < switches.count {
      ask(
        "management addresses", "\(site.management.subnet) has too few addresses for the switches")
    }
    list += services()
    for draft in managed where draft.managementData != nil {
      ask(
        draft.name,
        "\(draft.name) is managed through a data port in VLAN \(site.management.vlan.number): the"
          + " management network's port facing it runs no spanning tree")
    }
    let storage = networks.vlans.filter { vlan in
      fabric.subnets.contains { $0.vlan == vlan.id }
    }.map { String($0.id.number) }
    if !storage.isEmpty {
      ask(
        "addressing",
        "the VLANs \(storage.joined(separator: ", ")) and the subnets "
          + fabric.subnets.map(\.prefix.description).joined(separator: ", ") + " are free")
    }
    list += hostPorts()
    for subnet in networks.overfull {
      ask(subnet.description, "the subnet \(subnet) is too small for all hosts' ports")
    }
    if networks.storageMTU < site.addressing.mtu {
      list.append(
        Confirmation(
          kind: .assumption, subject: "addressing.mtu",
          question:
            "\(networks.mtuLimit) takes no more than \(networks.storageMTU) bytes of payload, so"
            + " storage traffic uses an MTU of \(networks.storageMTU) bytes"))
    }
    for group in site.hosts.indices
    where choice.cards.indices.contains(where: { at in
      problem.cards[at].group == group && problem.cards[at].given == nil
    }) {
      let needs = choice.cards.indices.filter {
        problem.cards[$0].group == group && problem.cards[$0].given == nil
      }
      let cards = needs.map {
        "\(Format.count(problem.cards[$0].count, "card")) \(part(choice.cards[$0]).model)"
      }
      ask(
        site.hosts[group].name,
        "each host of \(site.hosts[group].name) has a free slot for \(cards.joined(separator: ", "))"
      )
    }
    return list
  }
}
