import Agent
import Quantities
import Validation

/// What should be known of a host beside its evidence: why there is none, or a clock that is off.
struct AgentNote: Sendable {
  var finding: Finding
  /// Whether nothing at its address answered, as when the host is off.
  var isAway: Bool

  /// `nil` when all is well.
  init?(_ result: HostResult) {
    guard let finding = result.finding else { return nil }
    self.finding = finding
    isAway =
      switch result.outcome {
      case .failure(.unreachable), .failure(.timedOut(.connecting)): true
      default: false
      }
  }
}

extension ValidationResult {
  /// The result with what asking the agents told. Of a host that answers nobody at all, nothing is
  /// said twice.
  func adding(_ notes: [AgentNote]) -> ValidationResult {
    var result = self
    let silent = Set(
      findings.filter { $0.rule == CheckID.pathReach.rawValue && $0.subject.count == 1 }
        .flatMap(\.subject))
    let told = notes.filter { note in
      !(note.isAway && note.finding.subject.contains(where: silent.contains))
    }
    result.findings = told.map(\.finding) + findings
    return result
  }
}
