import Audit
import CatalogModel
import Fabric
import Quantities
import SiteModel

/// What a run of `plan` came to, for a terminal or as JSON.
struct PlanSummary: Encodable {
  /// A model and how many of it.
  struct Model: Encodable {
    var model: String
    var count: Int
  }
  var site: String
  var design: DesignKind
  /// In the order in which the plan names them.
  var switches: [Model]
  var total: Money
  var budget: Money?
  var estimated: Money
  var low: Money
  var high: Money
  var starter: Money?
  var oversubscription: Rational?
  var oversubscriptionAfterFailure: Rational?
  /// Proofs that hold, over the plan and over the configurations read back.
  var proofs: Int
  /// Facts that they looked at.
  var facts: Int
  var configurations: Int
  /// Host names of the switches that have none and are set up by hand, in the order of the plan.
  var unconfigured: [String]
  /// Points to confirm before anybody pays.
  var confirmations: Int
  var output: String
  /// Paths of the files below `output`.
  var files: [String]

  init(_ fabric: Fabric, _ made: PlanFiles, output: String) {
    site = fabric.site.name
    design = fabric.design
    switches = []
    for device in fabric.devices {
      let part = fabric.catalog.part(device.part)
      let name = part.map { "\($0.vendor) \($0.model)" } ?? device.part.rawValue
      if let index = switches.firstIndex(where: { $0.model == name }) {
        switches[index].count += 1
      } else {
        switches.append(Model(model: name, count: 1))
      }
    }
    total = fabric.totals.total
    budget = fabric.site.budget.total
    estimated = fabric.totals.estimated
    (low, high) = (fabric.totals.low, fabric.totals.high)
    starter = fabric.totals.starter
    oversubscription = fabric.totals.oversubscription
    oversubscriptionAfterFailure = fabric.totals.oversubscriptionAfterFailure
    let rules = made.audits.flatMap(\.rules)
    proofs = rules.count { $0.outcome == .passed }
    facts = rules.reduce(0) { $0 + $1.checked }
    configurations = made.configurations
    unconfigured = made.unconfigured
    confirmations = made.confirmations
    self.output = Files.withoutTrailingSlash(output)
    files = made.paths.sorted { $0.precedesInBytes($1) }
  }

  /// For a terminal: one thing a line.
  var text: String {
    let models = switches.map { "\($0.count) x \($0.model)" }.joined(separator: ", ")
    var rows = [("design", "\(design.rawValue): \(models)")]
    var cost = Format.money(total)
    if let budget { cost += " of \(Format.money(budget))" }
    rows.append(("cost", cost))
    if estimated.minorUnits > 0 {
      rows.append(
        (
          "",
          "\(Format.money(estimated)) of it rests on estimates: between \(Format.money(low)) and"
            + " \(Format.money(high))"
        ))
    }
    if let starter { rows.append(("starter", Format.money(starter))) }
    if let oversubscription, let after = oversubscriptionAfterFailure {
      rows.append(
        (
          "load",
          "\(Format.ratio(oversubscription)) oversubscribed, \(Format.ratio(after)) after any"
            + " single failure"
        ))
    }
    rows.append(
      (
        "audit",
        "\(proofs) proofs over \(facts) facts hold, \(configurations) configurations read back"
      ))
    if !unconfigured.isEmpty {
      rows.append(
        (
          "by hand",
          "no configuration is written for \(unconfigured.joined(separator: ", "))"
        ))
    }
    rows.append(("confirm", "\(confirmations) points before anybody pays: \(output)/report.md"))
    rows.append(("written", "\(files.count) files in \(output)"))
    return rows.map { name, value in
      name + String(repeating: " ", count: max(0, 9 - name.utf8.count)) + value + "\n"
    }.joined()
  }
}
