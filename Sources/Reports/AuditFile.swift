import Fabric
import JSONText
import Quantities

/// `audit.json`: the verdict, what every rule looked at, and the findings.
enum AuditFile {
  static func json(_ input: ReportInput) throws -> [UInt8] {
    try JSONWriter.bytes(
      Report(
        plan: input.planHash,
        holds: !input.findings.contains { $0.severity == .error },
        errors: input.findings.count { $0.severity == .error },
        warnings: input.findings.count { $0.severity == .warning },
        notes: input.findings.count { $0.severity == .note }, rules: input.rules,
        findings: input.findings))
  }

  private struct Report: Encodable {
    var plan: String
    var holds: Bool
    var errors: Int
    var warnings: Int
    var notes: Int
    var rules: [AuditedRule]
    var findings: [Finding]
  }
}
