import Audit
import AuditTestSupport
import Fabric
import Quantities
import TenfoldTestSupport

/// Puts every kind of defect into a plan and looks whether its own rule finds it.
public enum DefectCheck {
  /// What became of one plan.
  public struct Outcome: Sendable {
    /// Indices in `Defect.all` of what was planted.
    public var planted: Set<Int> = []
    public var found: Set<Int> = []
    public var failures: [String] = []
  }

  /// Audits a plan as it is, then with one defect after the other.
  public static func check(_ plan: PlannedCase) -> Outcome {
    var outcome = Outcome()
    let sound = Auditor.audit(plan.fabric).findings
    outcome.failures = sound.map { "\(plan.name) is sound and has a finding: \($0.shown)" }
    for (index, defect) in Defect.all.enumerated() {
      var fabric = plan.fabric
      var rng = SplitMix64(seed: UInt64(index))
      guard let subject = defect.apply(&fabric, &rng) else {
        if fabric != plan.fabric {
          outcome.failures.append("\(defect.name) touched \(plan.name), which it does not fit")
        }
        continue
      }
      outcome.planted.insert(index)
      let findings = Auditor.audit(fabric).findings
      let isFound = findings.contains {
        defect.rules.contains($0.rule) && (subject.isEmpty || $0.subject.contains(subject))
      }
      if isFound {
        outcome.found.insert(index)
      } else {
        outcome.failures.append(
          "\(defect.name) in \(plan.name): no finding of \(defect.rules) names \"\(subject)\"; "
            + "found \(findings.prefix(3).map(\.shown))")
      }
    }
    return outcome
  }

  /// One line a kind: in how many plans it was planted, and in how many found; then the kinds that
  /// were planted nowhere.
  public static func table(_ outcomes: [Outcome]) -> (text: String, failures: [String]) {
    var lines = ["planted found kind"]
    var failures: [String] = []
    for (index, defect) in Defect.all.enumerated() {
      let planted = outcomes.count { $0.planted.contains(index) }
      let found = outcomes.count { $0.found.contains(index) }
      lines.append("\(padded(planted)) \(padded(found)) \(defect.name)")
      if planted == 0 { failures.append("\(defect.name) fits none of the plans") }
    }
    return (lines.joined(separator: "\n"), failures)
  }

  private static func padded(_ number: Int) -> String {
    String(repeating: " ", count: max(0, 6 - "\(number)".count)) + "\(number)"
  }
}
