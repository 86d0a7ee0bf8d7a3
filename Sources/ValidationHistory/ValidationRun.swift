import Quantities
import Validation

/// One validation as the history keeps it.
public struct ValidationRun: Sendable, Encodable {
  public var plan: String
  public var planName: String
  /// When it ran, by the clock of the machine that ran it.
  public var time: Timestamp
  /// SHA-256 over all files of evidence, in the order of their names.
  public var evidence: String
  public var verdict: ValidationResult.Verdict
  public var hosts: Int
  public var hostsWithEvidence: Int
  public var findings: [Finding]
  public var checks: [ValidationResult.Summary]
  public var links: [LinkReading]

  /// Makes a run of what a validation found.
  public init(
    _ result: ValidationResult, plan: String, planName: String, time: Timestamp, evidence: String
  ) {
    self.plan = plan
    self.planName = planName
    self.time = time
    self.evidence = evidence
    verdict = result.verdict
    hosts = result.hosts
    hostsWithEvidence = result.hostsWithEvidence
    findings = result.findings
    checks = result.checks
    links = result.links
  }

  init(
    plan: String, planName: String, time: Timestamp, evidence: String,
    verdict: ValidationResult.Verdict, hosts: Int, hostsWithEvidence: Int, findings: [Finding],
    checks: [ValidationResult.Summary], links: [LinkReading]
  ) {
    self.plan = plan
    self.planName = planName
    self.time = time
    self.evidence = evidence
    self.verdict = verdict
    self.hosts = hosts
    self.hostsWithEvidence = hostsWithEvidence
    self.findings = findings
    self.checks = checks
    self.links = links
  }
}

/// A line of the list of runs.
public struct RunSummary: Hashable, Sendable, Codable {
  /// Ascending from 1 over all plans.
  public var number: Int64
  public var time: Timestamp
  public var planName: String
  /// SHA-256 of the plan.
  public var plan: String
  public var verdict: ValidationResult.Verdict
  public var causes: Int
  public var hosts: Int
  public var hostsWithEvidence: Int
  /// SHA-256 over its evidence.
  public var evidence: String
}

/// A link in one run.
public struct LinkTrend: Hashable, Sendable, Codable {
  public var run: Int64
  public var time: Timestamp
  public var reading: LinkReading
}
