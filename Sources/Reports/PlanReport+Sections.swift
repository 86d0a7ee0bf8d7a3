import CatalogModel
import Fabric
import Quantities
import SiteModel

extension PlanReport {
  // MARK: Design

  func writeDesign(_ page: inout Markdown) {
    page.heading(2, "Design and alternatives")
    page.paragraph(
      "Chosen: `\(fabric.design.rawValue)`, \(fabric.design.words).",
      "It is the cheapest of the allowed designs; costs are \(index.grossWords).")
    let chosen = [
      "`\(fabric.design.rawValue)`", modelSummary, Format.money(fabric.totals.total), "chosen", "-",
    ]
    page.table(
      ["Design", "What it takes", ">Cost", "Why not", "Could win within the estimates"],
      [chosen]
        + fabric.alternatives.map { other in
          [
            "`\(other.design.rawValue)`", other.summary.isEmpty ? "-" : other.summary,
            costText(of: other), other.reason.sentence,
            other.couldWin ? "yes" : "no",
          ]
        })
    page.heading(3, "Oversubscription")
    let asked = fabric.site.requirements
    if let now = fabric.totals.oversubscription {
      let after = fabric.totals.oversubscriptionAfterFailure
      page.table(
        ["State of the network", ">Worst ToR", ">Allowed"],
        [
          ["everything works", Format.ratio(now), Format.ratio(asked.oversubscription)],
          [
            "after the worst single failure", after.map { Format.ratio($0) } ?? "unknown",
            Format.ratio(asked.oversubscriptionAfterFailure),
          ],
        ])
      page.paragraph("The ratio is the host rate of a ToR over the rate of its live uplinks.")
    } else {
      page.paragraph(
        "None: every host plugs into the switches that carry its traffic, so no uplink is shared.")
    }
    page.heading(3, "Defaults that were taken")
    if fabric.site.defaults.isEmpty {
      page.paragraph("None: the site file gives every value.")
    }
    page.table(
      ["Key of the site file", "Value taken", "Why"],
      fabric.site.defaults.map {
        [Markdown.code($0.key), DefaultText.value($0), $0.reason.sentence]
      })
  }

  /// What an alternative costs, or why it has no cost.
  private func costText(of other: Alternative) -> String {
    if let total = other.total { return Format.money(total) }
    if !other.summary.isEmpty { return "not computed" }
    return fabric.site.requirements.designs.contains(other.design) ? "not possible" : "not allowed"
  }

  /// `2 pieces Dell S4810, 4 pieces Dell N4032F`.
  var modelSummary: String {
    unique(fabric.devices.map(\.part)).map { id in
      let count = fabric.devices.count { $0.part == id }
      return "\(Format.count(count, "piece")) \(index.label(id))"
    }.joined(separator: ", ")
  }

  // MARK: Order

  func writeOrder(_ page: inout Markdown) {
    page.heading(2, "Order lines")
    page.paragraph("Unit prices and sums are net. The number in brackets leads to the source.")
    page.table(
      [
        "Part", "Still made", "Needed", "Spare", "Order", ">Unit price", ">Sum", "Interval",
        "Price kind", "Dated", "Condition", "Marks", "For", "Source",
      ],
      fabric.bom.map(longRow))
    let airflows = fabric.bom.compactMap { line in
      fabric.airflowOrder(of: line.part).map { "\(index.label(line.part)): \($0)." }
    }
    if !airflows.isEmpty {
      page.paragraph("Order numbers that do not tell the direction of the air; the order says it:")
      page.bullets(airflows)
    }
    for (number, text) in sources.texts.enumerated() { page.footnote(number + 1, text) }
    page.heading(3, "Test first")
    let batch = fabric.bom.filter { $0.testFirst > 0 }
    page.paragraph(
      batch.isEmpty
        ? "No part of this plan asks for a first batch."
        : "Order these first, test them in the switches and cards that they are for, and order "
          + "the rest when they work.")
    page.bullets(
      batch.map { "\(Format.count($0.testFirst, "piece")) of \(index.label($0.part))" })
  }

  private func longRow(_ line: BOMLine) -> [String] {
    let isEstimate = line.price.kind == .estimate
    return [
      index.label(line.part), index.part(line.part)?.status.stillMade ?? "unknown",
      Format.count(line.needed, "piece"),
      line.spares == 0 ? "none" : Format.count(line.spares, "piece"), orderText(line),
      Format.money(line.unitPrice), Format.money(line.total),
      isEstimate ? Format.interval(line.low, line.high) : "-", line.price.kind.rawValue,
      Format.date(line.price.asOf), line.price.condition.rawValue, marks(line),
      line.purpose.isEmpty ? "-" : line.purpose, sources.mark(line.price),
    ]
  }

  // MARK: Network

  func writeNetwork(_ page: inout Markdown) {
    page.heading(2, "Racks")
    page.paragraph(
      "Height and largest draw are those of the new switches. A feed is one of the power circuits "
        + "that reach a rack.",
      powerSentence)
    page.table(
      ["Rack", "Hosts", "Switches", "Height", "Free", "Power", "Free on a feed", "Feeds"],
      fabric.site.room.racks.compactMap(rackRow))
    page.heading(2, "VLANs")
    page.table(
      [
        "VLAN", "Name", "For", "Fabric", "May reach the core", "Lossless", "Payload MTU", "Subnet",
      ],
      fabric.vlans.map { vlan in
        let subnets = fabric.subnets.filter { $0.vlan == vlan.id }.map(\.prefix.description)
        return [
          "VLAN \(vlan.id.number)", Markdown.code(vlan.name), vlan.purpose.words,
          vlan.side?.rawValue ?? "both", vlan.mayLeave ? "yes" : "no", vlan.lossless ? "yes" : "no",
          Format.count(vlan.mtu, "byte"),
          subnets.isEmpty ? "-" : Markdown.code(subnets.joined(separator: " ")),
        ]
      })
    page.bullets(rdmaLines)
    if let qos = fabric.intents.compactMap(\.qos).first {
      page.heading(3, "Lossless Ethernet")
      page.paragraph("Every hop has the same classes (DCB: PFC for loss, ETS for the share).")
      page.table(
        ["Class", "Priorities", "Share", "Lossless"],
        qos.groups.map { group in
          [
            "class \(group.id)",
            "priority " + listing(group.priorities.map { String($0.number) }),
            "\(group.bandwidth) %", group.lossless ? "yes" : "no",
          ]
        })
    }
  }

  /// The flavour of RDMA on each kind of card on the new network, and whether its network is
  /// lossless; nothing where the site wants none.
  private var rdmaLines: [String] {
    guard fabric.site.traffic.rdma != .none else { return [] }
    let givenUp = fabric.reasons.filter { $0.subject == "rdma" }.map(\.text.sentence)
    guard givenUp.isEmpty else { return givenUp }
    let isLossless = fabric.intents.contains { $0.qos != nil }
    let ports = Set(
      fabric.links.filter { $0.role == .host }.flatMap { [$0.a, $0.b] })
    let cards = unique(
      fabric.hosts.flatMap { host in
        host.cards.filter { card in
          card.ports.contains { ports.contains(Endpoint(node: host.name, port: $0)) }
        }.compactMap(\.part)
      })
    return cards.sorted().compactMap { id in
      guard let card = index.part(id)?.asNIC else { return nil }
      let lossless = "lossless Ethernet: \(isLossless ? "yes" : "no")"
      let flavour: String
      switch card.rdma {
      case .none: return nil
      case .unknown: flavour = "whether it has RDMA is not known"
      case .roceV1: flavour = "RoCE version 1"
      case .roceV2: flavour = "RoCE version 2"
      case .iwarp: flavour = "iWARP, for which lossless Ethernet is advised and not needed"
      case .both: flavour = "iWARP, to be set in its driver; it can do RoCE version 2 as well"
      }
      return "RDMA of \(index.label(id)): \(flavour); \(lossless)."
    }
  }

  private var powerSentence: String {
    let power = Format.power(fabric.totals.power)
    if fabric.totals.powerIsComplete { return "All switches together draw at most \(power)." }
    return fabric.totals.power.milliwatts == 0
      ? "How much the switches draw is unknown."
      : "All switches together draw at least \(power); the draw of some is unknown."
  }

  private func rackRow(_ rack: Rack) -> [String]? {
    let devices = fabric.devices.filter { $0.rack == rack.name }
    let hosts = fabric.hosts.count { $0.rack == rack.name }
    guard !devices.isEmpty || hosts > 0 else { return nil }
    let heights = devices.map { index.part($0.part)?.asSwitch?.halfRackUnits }
    let known = heights.compactMap { $0 }
    let draws = devices.map { index.maxPower($0) }
    let draw = Power(milliwatts: draws.reduce(0) { $0 + ($1?.milliwatts ?? 0) })
    func sum<Value>(_ text: String, of all: [Value?]) -> String {
      let known = all.count { $0 != nil }
      return known == all.count ? text : known == 0 ? "unknown" : "at least \(text), rest unknown"
    }
    let needsFree = !devices.isEmpty
    return [
      Markdown.code(rack.name), Format.count(hosts, "host"),
      devices.isEmpty ? "-" : devices.map { Markdown.code($0.name) }.joined(separator: " "),
      devices.isEmpty
        ? "-" : sum(Format.rackUnits(halves: known.reduce(0, +)), of: heights),
      rack.freeUnits.map { Format.count($0, "rack unit") } ?? (needsFree ? "unknown" : "-"),
      devices.isEmpty ? "-" : sum(Format.power(draw), of: draws),
      rack.freePower.map { Format.power($0) } ?? (needsFree ? "unknown" : "-"),
      Format.count(rack.feeds, "feed"),
    ]
  }

  // MARK: Roll-out and audit

  func writeRollOut(_ page: inout Markdown) {
    page.heading(2, "Firmware upgrade order")
    page.paragraph(
      "All of fabric A first, then verify, then fabric B; never two switches at once.",
      "Every host stays connected through the other fabric.")
    page.paragraph(UpgradeOrder.pairRule(fabric))
    page.paragraph(UpgradeOrder.coreRule(fabric))
    page.steps(UpgradeOrder.steps(fabric))
    page.heading(2, "Audit")
    let errors = input.findings.count { $0.severity == .error }
    let warnings = input.findings.count { $0.severity == .warning }
    let notes = input.findings.count { $0.severity == .note }
    page.paragraph(
      "The audit knows nothing of the planner and found \(Format.count(errors, "error")), "
        + "\(Format.count(warnings, "warning")) and \(Format.count(notes, "note")).",
      input.rules.isEmpty
        ? ""
        : "It ran \(Format.count(input.rules.count, "rule")) over "
          + "\(Format.count(input.rules.reduce(0) { $0 + $1.checked }, "fact")); "
          + "\(Format.count(input.rules.count { $0.checked == 0 }, "rule")) found nothing in this "
          + "network to check.",
      "All of it stands in `audit.json`.")
    page.table(
      ["Severity", "Rule", "Where", "What", "What to do"],
      input.findings.filter { $0.severity != .note }.map { finding in
        [
          finding.severity.rawValue, Markdown.code(finding.rule),
          finding.subject.isEmpty ? "-" : Markdown.code(finding.subject.joined(separator: " ")),
          finding.message.sentence, finding.hint.isEmpty ? "-" : finding.hint.sentence,
        ]
      })
  }

  func writeFoot(_ page: inout Markdown) {
    page.heading(2, "Where this comes from")
    let prices = fabric.site.prices
    var items = [
      "Prices were judged on \(fabric.date.iso); a price older than "
        + "\(Format.count(prices.staleAfterMonths, "month")) is marked as old.",
      "Plan `\(input.planHash)` (SHA-256 of `plan.json`).",
    ]
    let currencies = Set(fabric.bom.map(\.price.amount.currency))
    for rate in prices.exchange where currencies.contains(rate.from) {
      let origin =
        rate.reference.map { ", a reference rate of the catalogue: \(Footnotes.source($0.source))" }
        ?? ", as the site file says"
      items.append(
        "Exchange: 1 \(rate.from.rawValue) is \(Format.decimal(rate.rate, places: 6)) "
          + "\(fabric.site.currency.rawValue) (\(Format.date(prices.day(of: rate)))"
          + (prices.isStale(rate, on: fabric.date) ? ", old" : "") + origin + ").")
    }
    // Only list and contract prices are discounted.
    let discounted = fabric.bom.filter { $0.price.kind == .list || $0.price.kind == .contract }
    func scope(_ lines: [BOMLine]) -> String {
      lines.isEmpty
        ? "on no line of this order: none has such a price"
        : "on " + Format.count(lines.count, "line") + " of this order"
    }
    for discount in prices.discounts {
      let own = discounted.filter { index.part($0.part)?.vendor == discount.vendor }
      items.append(
        "Discount: \(Markdown.code(discount.vendor)) gives \(Format.percent(discount.rate)) of list"
          + " and contract prices, \(scope(own)).")
    }
    if prices.directOrder > .zero {
      items.append(
        "Direct order: \(Format.percent(prices.directOrder)) less of list and contract prices,"
          + " \(scope(discounted)).")
    }
    page.bullets(items)
  }
}
