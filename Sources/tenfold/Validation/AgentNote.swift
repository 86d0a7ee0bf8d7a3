import Agent
import Glibc
import Quantities
import Validation

/// What should be known of a host beside its evidence: why there is none, or a clock that is off.
struct AgentNote: Sendable {
  var finding: Finding
  /// Whether nothing at its address answered at all, as when the host is off.
  var isAway: Bool

  /// `nil` when all is well.
  init?(_ result: HostResult) {
    guard let finding = result.finding else { return nil }
    self.finding = finding
    isAway =
      switch result.outcome {
      // Who refuses a connection is there.
      case .failure(.unreachable(let why)): why == System.message(EHOSTUNREACH)
      case .failure(.timedOut(.connecting)): true
      default: false
      }
  }
}

extension ValidationResult {
  /// The result with what asking the agents told. Of a host that is away, and that other hosts do not
  /// reach either, one finding speaks.
  func adding(_ notes: [AgentNote]) -> ValidationResult {
    var result = self
    var told: [Finding] = []
    for note in notes {
      let host = note.finding.subject.first ?? ""
      let silent = result.findings.firstIndex { finding in
        finding.rule == CheckID.pathReach.rawValue
          && finding.subject.first.map { $0 == host || $0.hasPrefix(host + " ") } ?? false
      }
      guard note.isAway, let silent else {
        told.append(note.finding)
        continue
      }
      result.findings[silent].hint +=
        "; its agent does not answer either: look first whether \(host) is on"
    }
    result.findings = told + result.findings
    return result
  }
}
