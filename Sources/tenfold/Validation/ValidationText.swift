import Quantities
import Validation

/// The result of a validation for a terminal.
enum ValidationText {
  /// One line a check that looked at something, why things are unknown, then the sum.
  static func text(_ result: ValidationResult) -> String {
    let shown = result.checks.filter { $0.pass + $0.fail + $0.unknown > 0 }
    let width = shown.map(\.check.rawValue.utf8.count).max() ?? 0
    var text = ""
    for check in shown {
      let name = check.check.rawValue
      let padding = String(repeating: " ", count: max(0, width - name.utf8.count))
      text += "\(word(check)) \(name)\(padding)  \(check.claim) (\(counts(check)))\n"
      for (why, count) in reasons(check.check, in: result) {
        text += String(repeating: " ", count: 8) + "\(count) unknown: \(why)\n"
      }
    }
    return text + summary(result) + "\n"
  }

  private static func word(_ check: ValidationResult.Summary) -> String {
    if check.fail > 0 { return "FAILED " }
    return check.unknown > 0 ? "unknown" : "ok     "
  }

  private static func counts(_ check: ValidationResult.Summary) -> String {
    var parts: [String] = []
    if check.pass > 0 { parts.append("\(check.pass) hold") }
    if check.fail > 0 { parts.append("\(check.fail) do not") }
    if check.unknown > 0 { parts.append("\(check.unknown) unknown") }
    if check.skipped > 0 { parts.append("\(check.skipped) skipped") }
    return parts.joined(separator: ", ")
  }

  /// Why rows of a check are unknown, the most frequent first; at most three.
  private static func reasons(
    _ check: CheckID, in result: ValidationResult
  ) -> [(String, Int)] {
    let own = result.rows.filter { $0.check == check && $0.outcome == .unknown }.map(\.found)
    return unique(own).map { why in (why, own.count { $0 == why }) }
      .sorted { $0.1 > $1.1 }.prefix(3).map { $0 }
  }

  /// `green: 31 checks hold over 48 hosts`.
  static func summary(_ result: ValidationResult) -> String {
    let hosts = "\(result.hostsWithEvidence) of \(result.hosts) hosts"
    switch result.verdict {
    case .green:
      let checks = result.checks.count { $0.pass > 0 }
      return "green: \(checks) checks hold over \(result.hosts) hosts"
    case .incomplete:
      let unknown = result.checks.count { $0.unknown > 0 }
      return "not green: nothing is known to be wrong, but \(unknown) checks could not tell"
        + " everything; evidence of \(hosts)"
    case .failed:
      let causes = result.findings.count
      return "failed: \(causes) \(causes == 1 ? "cause" : "causes"); evidence of \(hosts)"
    }
  }
}
