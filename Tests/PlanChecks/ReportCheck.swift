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
    outcome.pages = written.pages.count
    outcome.failures = ReportChecks.complaints(pages: written.pages, of: plan.fabric)
      .map { "\(plan.name): \($0)" }
    return outcome
  }
}
