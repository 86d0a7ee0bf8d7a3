import Audit

/// The result of an audit for a terminal.
enum AuditText {
  /// One line a proof, then the sum.
  static func text(_ result: AuditResult) -> String {
    let width = result.rules.map(\.rule.utf8.count).max() ?? 0
    var text = ""
    for rule in result.rules {
      let verdict =
        switch rule.outcome {
        case .passed: "ok     "
        case .failed: "FAILED "
        case .notApplicable: "-      "
        }
      let padding = String(repeating: " ", count: max(0, width - rule.rule.utf8.count))
      text += verdict + rule.rule + padding + "  " + claim(rule) + "\n"
    }
    return text + summary(result) + "\n"
  }

  /// `31 proofs over 4210 facts hold; 4 had nothing to check`.
  static func summary(_ result: AuditResult) -> String {
    let outcomes = result.rules.map(\.outcome)
    let passed = outcomes.count { $0 == .passed }
    let failed = outcomes.count { $0 == .failed }
    let idle = outcomes.count { $0 == .notApplicable }
    let facts = result.rules.reduce(0) { $0 + $1.checked }
    var text = "\(passed) proofs over \(facts) facts hold"
    if failed > 0 { text += ", \(failed) failed" }
    return idle > 0 ? text + "; \(idle) had nothing to check" : text
  }

  private static func claim(_ rule: RuleReport) -> String {
    switch rule.outcome {
    case .notApplicable: rule.claim + " (nothing to check)"
    case .passed: rule.claim + " (\(rule.checked) checked)"
    case .failed: rule.claim + " (\(rule.findings) of \(rule.checked) wrong)"
    }
  }
}
