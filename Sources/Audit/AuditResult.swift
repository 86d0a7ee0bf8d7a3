import Quantities

/// What one proof did.
public struct RuleReport: Hashable, Sendable, Codable {
  /// How a proof ended: nothing to look at is never a pass.
  public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// Things were checked and all of them held.
    case passed
    /// At least one thing did not hold.
    case failed
    /// There was nothing of the kind in the plan.
    case notApplicable = "not-applicable"
  }
  /// Name of the proof, as its findings carry it.
  public var rule: String
  /// What it proves, as one sentence without a full stop.
  public var claim: String
  /// Single facts that were looked at.
  public var checked: Int
  /// Findings it made.
  public var findings: Int
  /// Failed with a finding, passed with something checked, not applicable otherwise.
  public var outcome: Outcome {
    findings > 0 ? .failed : checked > 0 ? .passed : .notApplicable
  }
  /// Makes a report.
  public init(rule: String, claim: String, checked: Int, findings: Int) {
    self.rule = rule
    self.claim = claim
    self.checked = checked
    self.findings = findings
  }

  private enum CodingKeys: String, CodingKey { case rule, claim, checked, findings, outcome }
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rule = try container.decode(String.self, forKey: .rule)
    claim = try container.decode(String.self, forKey: .claim)
    checked = try container.decode(Int.self, forKey: .checked)
    findings = try container.decode(Int.self, forKey: .findings)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(claim, forKey: .claim)
    try container.encode(checked, forKey: .checked)
    try container.encode(findings, forKey: .findings)
    try container.encode(outcome, forKey: .outcome)
  }
}

/// Everything an audit found, and everything it looked at.
public struct AuditResult: Hashable, Sendable, Codable {
  /// In the order of the proofs, then as found.
  public var findings: [Finding]
  /// One report a proof, those with nothing to check included.
  public var rules: [RuleReport]
  /// Whether no error was found; warnings and notes do not count.
  public var holds: Bool { !findings.contains { $0.severity == .error } }
  /// Makes a result.
  public init(findings: [Finding], rules: [RuleReport]) {
    self.findings = findings
    self.rules = rules
  }
}
