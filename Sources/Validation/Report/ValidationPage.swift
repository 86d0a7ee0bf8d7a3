import Fabric
import Quantities

/// A validation as one HTML page for the hand-over file: it needs nothing from a network, and prints.
public struct ValidationPage {
  private let result: ValidationResult
  private let fabric: Fabric
  private let planHash: String
  private let collected: (first: Timestamp, last: Timestamp)?

  /// Makes a page.
  /// - Parameters:
  ///   - planHash: SHA-256 of the plan's file.
  ///   - evidence: What was checked; the page names when it was collected.
  public init(
    _ result: ValidationResult, of fabric: Fabric, planHash: String, evidence: [HostEvidence]
  ) {
    self.result = result
    self.fabric = fabric
    self.planHash = planHash
    let times = evidence.map(\.collected)
    collected = times.min().flatMap { first in times.max().map { (first, $0) } }
  }

  /// The page, UTF-8.
  public var html: String {
    let title = MarkupText.escaped("Validation of \(fabric.site.name)")
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      \(verdict)
      <h2>Causes</h2>
      \(causes)
      <h2>Hosts</h2>
      \(RackPicture(result, fabric).html)
      <h2>Checks</h2>
      \(checks)
      <h2>What nobody could tell</h2>
      \(unknown)
      <footer>Plan \(planHash.prefix(16)) of \(fabric.date.iso)\(times)</footer>
      </body>
      </html>

      """
  }

  private var times: String {
    guard let collected else { return "" }
    return "; evidence collected \(collected.first)"
      + (collected.first == collected.last ? "" : " to \(collected.last)")
  }

  private var verdict: String {
    let text =
      switch result.verdict {
      case .green: "Green: everything that was asked is known and holds."
      case .incomplete: "Not green: nothing is known to be wrong, but not everything is known."
      case .failed:
        "Failed: \(result.findings.count) \(result.findings.count == 1 ? "cause" : "causes")."
      }
    return "<p class=\"verdict \(result.verdict.rawValue)\">\(text) Evidence of"
      + " \(result.hostsWithEvidence) of \(result.hosts) hosts.</p>"
  }

  private var causes: String {
    guard !result.findings.isEmpty else { return "<p>None.</p>" }
    return "<ol class=\"causes\">\n"
      + result.findings.map { finding in
        var text = "<li class=\"\(finding.severity.rawValue)\"><strong>"
        text += MarkupText.escaped(finding.message) + "</strong>"
        text += " <span class=\"rule\">\(MarkupText.escaped(finding.rule))</span>"
        if !finding.expected.isEmpty {
          text += "<br>Expected: \(MarkupText.escaped(finding.expected))"
        }
        if !finding.hint.isEmpty {
          text += "<br>To do: <code>\(MarkupText.escaped(finding.hint))</code>"
        }
        return text + "</li>"
      }.joined(separator: "\n") + "\n</ol>"
  }

  private var checks: String {
    var text =
      "<table>\n<thead><tr><th>Check</th><th>What it proves</th><th>Hold</th><th>Do not</th>"
      + "<th>Unknown</th><th>Skipped</th></tr></thead>\n<tbody>\n"
    for check in result.checks {
      let kind =
        check.fail > 0
        ? "failed" : check.unknown > 0 ? "incomplete" : check.pass > 0 ? "green" : "none"
      text += "<tr class=\"\(kind)\"><th>\(check.check.rawValue)</th><td>"
      text += MarkupText.escaped(check.claim) + "</td>"
      for count in [check.pass, check.fail, check.unknown, check.skipped] {
        text += "<td class=\"count\">\(count)</td>"
      }
      text += "</tr>\n"
    }
    return text + "</tbody>\n</table>"
  }

  /// Reasons, each once with how many rows it stands for.
  private var unknown: String {
    let rows = result.rows.filter { $0.outcome == .unknown }
    guard !rows.isEmpty else { return "<p>Nothing.</p>" }
    var counts: [String: Int] = [:]
    let reasons = rows.map { "\($0.check.rawValue): \($0.found)" }
    for reason in reasons { counts[reason, default: 0] += 1 }
    return "<ul>\n"
      + unique(reasons).map { "<li>\(MarkupText.escaped($0)) (\(counts[$0] ?? 0))</li>" }
      .joined(separator: "\n") + "\n</ul>"
  }

  private static let style = """
    :root { color-scheme: light dark; --ok: #2e7d32; --bad: #c62828; --open: #b26a00;
      --none: #8a8a8a; --line: #8886; }
    body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto;
      padding: 0 1rem; }
    h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
    .verdict { padding: .7rem 1rem; border-left: .5rem solid; font-weight: 600; }
    .verdict.green { border-color: var(--ok); } .verdict.failed { border-color: var(--bad); }
    .verdict.incomplete { border-color: var(--open); }
    .causes li { margin: 0 0 .9rem; } .rule { color: var(--none); font-size: .85em; }
    .causes li.error strong { color: var(--bad); } .causes li.warning strong { color: var(--open); }
    code { background: #8882; padding: .1em .3em; border-radius: .2em; overflow-wrap: anywhere;
      white-space: pre-wrap; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line);
      vertical-align: top; font-weight: 400; }
    thead th { font-weight: 600; } .count { text-align: right; }
    tr.failed th { color: var(--bad); font-weight: 600; }
    tr.incomplete th { color: var(--open); font-weight: 600; }
    tr.green th { color: var(--ok); } tr.none { color: var(--none); }
    .racks { display: flex; flex-wrap: wrap; gap: 1rem; }
    .rack { border: 1px solid var(--line); padding: .4rem .6rem; min-width: 9rem; }
    .rack h3 { font-size: .9rem; margin: 0 0 .3rem; }
    .host { display: flex; justify-content: space-between; gap: .8rem; font-size: .8rem; }
    .port { display: inline-block; width: .8rem; height: .8rem; border-radius: .15rem;
      margin-left: .2rem; background: var(--ok); }
    .port.bad { background: var(--bad); } .port.open { background: var(--open); }
    .port.none { background: none; border: 1px solid var(--none); box-sizing: border-box; }
    .bad-name { color: var(--bad); font-weight: 600; }
    .key { font-size: .8rem; margin-top: .6rem; } .key .port { margin-left: .9rem; }
    footer { margin-top: 2rem; color: var(--none); font-size: .8rem; }
    @media print { .rack, li { break-inside: avoid; } }
    """
}
