import CatalogModel
import Fabric
import Quantities
import SiteModel

/// `report.md`: page one for the one who pays, then the detail.
struct PlanReport {
  let input: ReportInput
  let index: PlanIndex
  let confirmations: ConfirmationList
  let sources: Footnotes
  var fabric: Fabric { input.fabric }

  init(_ input: ReportInput, _ index: PlanIndex, _ confirmations: ConfirmationList) {
    self.input = input
    self.index = index
    self.confirmations = confirmations
    sources = Footnotes(input.fabric.bom)
  }

  /// The whole text.
  var markdown: String {
    var page = Markdown()
    writePageOne(&page)
    writeDesign(&page)
    writeOrder(&page)
    writeNetwork(&page)
    writeRollOut(&page)
    writeFoot(&page)
    Glossary.append(to: &page)
    return page.text
  }

  // MARK: Page one

  private func writePageOne(_ page: inout Markdown) {
    page.heading(1, "Plan of the network `\(fabric.site.name)`")
    page.paragraph(openingSentence, verdict.sentence, handSentence)
    page.heading(2, "What it costs")
    page.table(["Item", ">Amount"], costRows)
    page.heading(2, "What to buy")
    page.table(
      ["Part", "Order number", "Order", ">Net", "Price kind", "Dated", "Condition", "Marks"],
      fabric.bom.map(shortRow))
    page.paragraph(
      "Marks: E rests on an estimate; O is an old or undated price; U is bought used; N is no "
        + "longer made; ? may no longer be made, no source says; T has a first batch to test.",
      "Everything about each line stands in \"Order lines\" below.")
    page.heading(2, "Why")
    page.bullets(reasonLines)
    writeConfirmations(&page)
  }

  private var openingSentence: String {
    let hosts = Format.count(fabric.hosts.count, "host")
    let racks = Format.count(unique(fabric.hosts.map(\.rack)).count, "rack")
    let switches = Format.count(fabric.devices.count, "switch", "switches")
    return "Connects \(hosts) in \(racks) with \(Format.rate(index.hostRate)) of host ports "
      + "through \(switches): \(fabric.design.words) (`\(fabric.design.rawValue)`), for "
      + "**\(Format.money(fabric.totals.total))** \(index.grossWords)."
  }

  /// What the audit and the list to confirm say, for the first paragraph.
  private var verdict: String {
    let errors = input.findings.count { $0.severity == .error }
    let audit =
      errors == 0
      ? "The audit found no errors"
      : "**The audit found \(Format.count(errors, "error")): do not order before they are "
        + "understood**"
    let points = Format.count(confirmations.count, "point")
    return confirmations.count == 0
      ? audit : "\(audit); \(points) wait to be confirmed before anybody pays"
  }

  /// Which switches come without a configuration; empty for none.
  private var handSentence: String {
    let names = input.unconfigured.map { Markdown.code($0) }
    guard !names.isEmpty else { return "" }
    return "**No configuration is written for \(listing(names))**: set "
      + (names.count == 1 ? "it" : "them") + " up by hand."
  }

  private var costRows: [[String]] {
    let totals = fabric.totals
    let rate = fabric.site.prices.freightAndVAT
    var rows =
      rate == .zero
      ? [
        ["**Total**, net", "**\(Format.money(totals.total))**"],
        ["Freight and VAT", index.leavesFreightOpen ? "not given" : "none, says the site file"],
      ]
      : [
        ["Goods, net", Format.money(totals.goods)],
        [
          "Freight and VAT, \(Format.percent(rate)) of the goods",
          Format.money(totals.freightAndVAT),
        ],
        ["**Total**", "**\(Format.money(totals.total))**"],
      ]
    rows += budgetRows("Budget", fabric.site.budget.total, totals.total)
    if let starter = totals.starter {
      rows.append([starterWords, Format.money(starter)])
      rows += budgetRows("Starter budget", fabric.site.budget.starter, starter)
    }
    rows += [
      ["Of the goods, priced by estimate", Format.money(totals.estimated)],
      ["Of the goods, bought used", Format.money(totals.used)],
      ["Total with every estimate at its low end", Format.money(totals.low)],
      ["Total with every estimate at its high end", Format.money(totals.high)],
    ]
    if let share = totals.total.divided(by: fabric.hosts.count) {
      rows.append(["Total a host", Format.money(share)])
    }
    if let share = totals.total.divided(by: index.hostRate.wholeGigabits) {
      rows.append(["Total a Gbps of host ports", Format.money(share)])
    }
    return rows
  }

  /// What the first phase holds, which works by itself.
  private var starterWords: String {
    let centre = fabric.devices.filter { $0.role == .spine || $0.role == .central }
    let racks = Set(fabric.hosts.map(\.rack))
    let first =
      fabric.site.room.racks.first { racks.contains($0.name) }
      .map { " and all of rack \(Markdown.code($0.name))" } ?? ""
    return "Of it, the first phase that works by itself: "
      + listing(centre.map { Markdown.code($0.name) }) + " with their links\(first)"
  }

  private func budgetRows(_ name: String, _ budget: Money?, _ cost: Money) -> [[String]] {
    guard let budget, let left = budget.subtracting(cost) else { return [] }
    let missing = left.minorUnits < 0
    let gap = missing ? Money(minorUnits: -left.minorUnits, currency: left.currency) : left
    return [
      [name, Format.money(budget)],
      [missing ? "**Over the budget by**" : "Left of it", Format.money(gap)],
    ]
  }

  private func shortRow(_ line: BOMLine) -> [String] {
    [
      index.label(line.part), index.orderNumber(line.part), orderText(line),
      Format.money(line.total), line.price.kind.rawValue, Format.date(line.price.asOf),
      line.price.condition.rawValue, marks(line),
    ]
  }

  /// `3 pieces`, `2 packs of 10 pieces`.
  func orderText(_ line: BOMLine) -> String {
    line.packSize == 1
      ? Format.count(line.packs, "piece")
      : Format.count(line.packs, "pack") + " of \(line.packSize) pieces"
  }

  func marks(_ line: BOMLine) -> String {
    var marks: [String] = []
    if line.price.kind == .estimate { marks.append("E") }
    if line.isStale, line.price.kind != .estimate { marks.append("O") }
    if line.price.condition == .used { marks.append("U") }
    switch index.part(line.part)?.status {
    case .current: break
    case .legacy: marks.append("N")
    case .unknown, nil: marks.append("?")
    }
    if line.testFirst > 0 { marks.append("T") }
    return marks.joined(separator: " ")
  }

  /// Why the design and its switches were taken, and what lost.
  private var reasonLines: [String] {
    let parts = Set(fabric.devices.map(\.part.rawValue))
    var lines = fabric.reasons.filter { $0.subject == "design" }.map(\.text.sentence)
    lines += fabric.reasons.filter { $0.subject == "rdma" }.map { "**\($0.text.sentence)**" }
    lines += fabric.reasons.filter { parts.contains($0.subject) }.map {
      "\(index.label(PartID($0.subject))): \($0.text.sentence)"
    }
    lines += fabric.alternatives.map { other in
      let cost = other.total.map { " for \(Format.money($0))" } ?? ""
      return "Not \(name(of: other))\(cost): \(other.reason.sentence)"
    }
    let flips = fabric.alternatives.filter(\.couldWin).map(name)
    if !flips.isEmpty {
      lines.append(
        "**Within the intervals of the estimates the choice could turn to \(listing(flips))**: "
          + "ask for quotes first.")
    } else if fabric.totals.estimated.minorUnits > 0 {
      lines.append("The choice of design stays the same within the intervals of the estimates.")
    }
    return lines
  }

  /// An alternative of the plan's own design is told apart by its switches.
  private func name(of other: Alternative) -> String {
    let design = "`\(other.design.rawValue)`"
    return other.design == fabric.design ? "\(design) with \(other.summary)" : design
  }

  private func writeConfirmations(_ page: inout Markdown) {
    page.heading(2, "Confirm before anybody pays")
    if confirmations.groups.isEmpty {
      page.paragraph("Nothing is left to confirm.")
    }
    for group in confirmations.groups {
      page.heading(
        3, "\(group.kind.heading): \(Format.count(group.entries.count, "point"))")
      page.paragraph(group.kind.preface)
      page.checklist(group.entries.map { index.point($0) })
    }
    if !fabric.site.defaults.isEmpty {
      page.paragraph(
        "The site file leaves \(Format.count(fabric.site.defaults.count, "value")) to Tenfold: see "
          + "\"Defaults that were taken\".")
    }
  }
}

extension PlanIndex {
  /// Whether the site file says nothing of freight and VAT.
  var leavesFreightOpen: Bool {
    fabric.site.defaults.contains { $0.key == "prices.freight-and-vat" }
  }

  /// What the total holds.
  var grossWords: String {
    if fabric.site.prices.freightAndVAT > .zero { return "with freight and VAT" }
    return leavesFreightOpen ? "net; freight and VAT are not given" : "net, with no freight and VAT"
  }

  /// A point to confirm as one line; the subject is named once.
  func point(_ entry: Confirmation) -> String {
    if entry.kind == .assumption,
      let taken = fabric.site.defaults.first(where: { $0.key == entry.subject })
    {
      return "\(Markdown.code(taken.key)), taken as \(DefaultText.value(taken)): "
        + taken.reason.sentence
    }
    var question = entry.question[...]
    if question.hasPrefix(entry.subject + " ") {
      return Markdown.code(entry.subject)
        + String(question.dropFirst(entry.subject.count)).sentence
    }
    if let model = part(PartID(entry.subject))?.model, question.hasPrefix(model + ": ") {
      question = question.dropFirst(model.count + 2)
    }
    return "\(subjectText(entry.subject)): \(String(question).sentence)"
  }

  /// The subject of a confirmation for people: a part by its name, everything else as code.
  func subjectText(_ subject: String) -> String {
    let words = subject.split(separator: " ").map { word in
      part(PartID(String(word))) != nil
        ? label(PartID(String(word))) : word == "in" ? "in" : Markdown.code(String(word))
    }
    // A name of several words that holds no part is one thing, such as a line of configuration.
    let holdsPart = subject.split(separator: " ").contains { part(PartID(String($0))) != nil }
    return holdsPart ? words.joined(separator: " ") : Markdown.code(subject)
  }
}

extension Money {
  /// An equal share, rounded half away from zero; `nil` for no shares.
  func divided(by shares: Int) -> Money? {
    guard shares > 0, let units = Rational(1, over: Int64(shares))?.timesRoundedHalfAway(minorUnits)
    else { return nil }
    return Money(minorUnits: units, currency: currency)
  }

  /// The difference; `nil` between currencies or when it does not fit.
  func subtracting(_ other: Money) -> Money? {
    let (units, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
    guard !overflow, currency == other.currency else { return nil }
    return Money(minorUnits: units, currency: currency)
  }
}
