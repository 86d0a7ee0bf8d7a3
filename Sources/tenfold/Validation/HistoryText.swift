import Quantities
import Validation
import ValidationHistory

/// Runs, links and differences of runs for a terminal.
enum HistoryText {
  static func text(_ runs: [RunSummary]) -> String {
    guard !runs.isEmpty else { return "no run of this plan\n" }
    return runs.map { run in
      "\(padded("\(run.number)", 5, left: true))  \(run.time)  \(padded(word(run.verdict), 10))"
        + "  \(padded("\(run.causes)", 3, left: true)) causes"
        + "  \(run.hostsWithEvidence) of \(run.hosts) hosts  \(run.planName)\n"
    }.joined()
  }

  static func text(_ trend: [LinkTrend]) -> String {
    guard !trend.isEmpty else { return "no run saw this link\n" }
    return trend.map { one in
      let reading = one.reading
      let rate = reading.rate.map { Format.rate(DataRate(bitsPerSecond: $0)) } ?? "no link"
      func count(_ value: Int64?, _ unit: String) -> String {
        "\(value.map(String.init) ?? "?") \(unit)"
      }
      return "\(padded("\(one.run)", 5, left: true))  \(one.time)  \(padded(rate, 9))"
        + "  \(count(reading.errors, "damaged")), \(count(reading.drops, "dropped"))"
        + " of \(count(reading.packets, "frames"))  \(reading.cable)\n"
    }.joined()
  }

  static func text(_ comparison: RunComparison) -> String {
    var text = ""
    if !comparison.isSamePlan { text += "the plan changed between both runs\n" }
    if comparison.isSameEvidence { text += "both runs saw the same evidence\n" }
    for finding in comparison.new { text += "new:  \(finding.message)\n" }
    for finding in comparison.gone { text += "gone: \(finding.message)\n" }
    for check in comparison.checks {
      text +=
        "\(check.check.rawValue): \(check.failBefore) -> \(check.failNow) failed,"
        + " \(check.unknownBefore) -> \(check.unknownNow) unknown\n"
    }
    for link in comparison.links {
      func shown(_ reading: LinkReading) -> String {
        let rate = reading.rate.map { Format.rate(DataRate(bitsPerSecond: $0)) } ?? "no link"
        return "\(rate), \(reading.errors.map(String.init) ?? "?") damaged, \(reading.cable)"
      }
      text +=
        "\(link.now.host) \(link.now.port): \(shown(link.before)) -> \(shown(link.now))\n"
    }
    return text.isEmpty ? "nothing changed\n" : text
  }

  private static func word(_ verdict: ValidationResult.Verdict) -> String {
    switch verdict {
    case .green: "green"
    case .incomplete: "not green"
    case .failed: "failed"
    }
  }

  private static func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.utf8.count))
    return left ? blanks + text : text + blanks
  }
}
