import Fabric
import ReportTestSupport

/// Writes the reports of a plan and reads them as somebody who pays would.
public enum ReportCheck {
  /// What became of one plan.
  public struct Outcome: Sendable {
    /// Pages read.
    public var pages = 0
    public var failures: [String] = []
  }

  /// Every page of a plan.
  public static func check(_ plan: PlannedCase) throws -> Outcome {
    let written = try WrittenPlan(plan.fabric)
    var outcome = Outcome()
    for (path, text) in written.pages.sorted(by: { $0.key < $1.key }) {
      outcome.pages += 1
      let complaints =
        path == "report.md"
        ? ReportChecks.complaints(report: text, of: plan.fabric)
        : ReportChecks.complaints(page: text, of: plan.fabric)
      outcome.failures += complaints.map { "\(plan.name): \(path): \($0)" }
    }
    return outcome
  }
}
