import Validation

/// The result of a validation as JUnit XML, for servers that show test results: a test case a check,
/// its failures and what is unknown inside.
enum JUnitText {
  /// Most rows that are written out for one check.
  private static let longest = 200

  static func text(_ result: ValidationResult, plan: String) -> String {
    let failures = result.checks.count { $0.fail > 0 }
    let errors = result.checks.count { $0.fail == 0 && $0.unknown > 0 }
    let skipped = result.checks.count { $0.pass + $0.fail + $0.unknown == 0 }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text +=
      "<testsuite name=\"\(MarkupText.escaped("tenfold validate \(plan)"))\" tests=\"\(result.checks.count)\""
      + " failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\">\n"
    for check in result.checks {
      text +=
        "  <testcase classname=\"tenfold\" name=\"\(check.check.rawValue): \(MarkupText.escaped(check.claim))\""
      let body = body(check, result)
      text += body.isEmpty ? "/>\n" : ">\n\(body)  </testcase>\n"
    }
    return text + "</testsuite>\n"
  }

  private static func body(
    _ check: ValidationResult.Summary, _ result: ValidationResult
  ) -> String {
    if check.fail > 0 {
      let causes = result.findings.filter { $0.rule == check.check.rawValue }.map(\.message)
      return element("failure", "\(check.fail) do not hold", causes + rows(check, .fail, result))
    }
    if check.unknown > 0 {
      return element("error", "\(check.unknown) unknown", rows(check, .unknown, result))
    }
    return check.pass == 0 ? "    <skipped/>\n" : ""
  }

  private static func rows(
    _ check: ValidationResult.Summary, _ outcome: Outcome, _ result: ValidationResult
  ) -> [String] {
    result.rows.lazy.filter { $0.check == check.check && $0.outcome == outcome }.prefix(longest)
      .map { row in
        "\(row.host) \(row.place): \(row.found)"
          + (row.expected.isEmpty ? "" : "; expected \(row.expected)")
      }
  }

  private static func element(_ name: String, _ message: String, _ lines: [String]) -> String {
    "    <\(name) message=\"\(MarkupText.escaped(message))\">"
      + MarkupText.escaped(lines.joined(separator: "\n")) + "</\(name)>\n"
  }
}
