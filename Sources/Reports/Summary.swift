import CatalogModel
import Fabric
import Quantities
import SiteModel

/// What `tenfold plan` prints at its end: for people, or with `--json` for programs.
public enum Summary {
  /// At most fifteen lines, each ended by a line feed.
  /// - Parameter folder: Where the files lie, as the user named it.
  public static func text(_ input: ReportInput, folder: String) -> String {
    let fabric = input.fabric
    let index = PlanIndex(fabric)
    let totals = fabric.totals
    let confirmations = ConfirmationList(input, index)
    let switches = unique(fabric.devices.map(\.part)).map { id in
      "\(fabric.devices.count { $0.part == id }) x \(index.label(id))"
    }
    var lines = [
      (
        "site",
        "\(fabric.site.name): \(Format.count(fabric.hosts.count, "host")), "
          + "\(Format.rate(index.hostRate)) of host ports"
      ),
      ("design", "\(fabric.design.rawValue): \(fabric.design.words)"),
      ("switches", switches.joined(separator: ", ")),
      ("cables", Format.count(fabric.cables.count, "cable")),
      ("total", "\(Format.money(totals.total)) with freight and VAT" + budgetText(fabric)),
    ]
    lines += ratioLine(totals)
    lines.append(("estimates", estimateText(totals)))
    if totals.used.minorUnits > 0 {
      lines.append(("used", "\(Format.money(totals.used)) of the goods are bought used"))
    }
    let flips = fabric.alternatives.filter(\.couldWin).map(\.design.rawValue)
    if !flips.isEmpty {
      lines.append(("could turn", "within the estimates to \(listing(flips))"))
    }
    lines.append(
      ("confirm", "\(Format.count(confirmations.count, "point")) before anybody pays, on page one"))
    lines.append(("audit", auditText(input)))
    lines.append(("files", "\(folder)/report.md first; everything else beside it"))
    lines.append(("plan", input.planHash))
    return lines.map { label, text in
      label + String(repeating: " ", count: max(1, 12 - label.utf8.count)) + text + "\n"
    }.joined()
  }

  /// The same for programs.
  /// - Throws: `EncodingError`; no fabric is known to cause it.
  public static func json(_ input: ReportInput, folder: String) throws -> [UInt8] {
    let fabric = input.fabric
    let index = PlanIndex(fabric)
    return try JSONWriter.bytes(
      Digest(
        site: fabric.site.name, design: fabric.design, hosts: fabric.hosts.count,
        switches: unique(fabric.devices.map(\.part)).map { id in
          PartCount(part: id, count: fabric.devices.count { $0.part == id })
        }, cables: fabric.cables.count, totals: fabric.totals, budget: fabric.site.budget.total,
        confirmations: ConfirmationList(input, index).count,
        audit: Verdict(
          holds: !input.findings.contains { $0.severity == .error },
          errors: input.findings.count { $0.severity == .error },
          warnings: input.findings.count { $0.severity == .warning }), folder: folder,
        plan: input.planHash))
  }

  private struct Digest: Encodable {
    var site: String
    var design: DesignKind
    var hosts: Int
    var switches: [PartCount]
    var cables: Int
    var totals: Totals
    var budget: Money?
    var confirmations: Int
    var audit: Verdict
    var folder: String
    var plan: String
  }

  private struct Verdict: Encodable {
    var holds: Bool
    var errors: Int
    var warnings: Int
  }

  private static func budgetText(_ fabric: Fabric) -> String {
    guard let budget = fabric.site.budget.total,
      let left = budget.subtracting(fabric.totals.total)
    else { return "" }
    return left.minorUnits < 0
      ? "; over the budget of \(Format.money(budget))"
      : "; the budget is \(Format.money(budget))"
  }

  private static func ratioLine(_ totals: Totals) -> [(String, String)] {
    guard let now = totals.oversubscription else { return [] }
    let after = totals.oversubscriptionAfterFailure.map {
      ", \(Format.ratio($0)) after the worst single failure"
    }
    return [("uplinks", "\(Format.ratio(now)) oversubscribed" + (after ?? ""))]
  }

  private static func estimateText(_ totals: Totals) -> String {
    totals.estimated.minorUnits == 0
      ? "no price is an estimate"
      : "\(Format.money(totals.estimated)) of the goods; the total is between "
        + "\(Format.money(totals.low)) and \(Format.money(totals.high))"
  }

  private static func auditText(_ input: ReportInput) -> String {
    let errors = input.findings.count { $0.severity == .error }
    let warnings = input.findings.count { $0.severity == .warning }
    let verdict = errors == 0 ? "holds" : "FAILS: \(Format.count(errors, "error"))"
    let proofs = input.rules.isEmpty ? "" : ", \(Format.count(input.rules.count, "rule")) checked"
    return verdict + ", \(Format.count(warnings, "warning"))" + proofs
  }
}
