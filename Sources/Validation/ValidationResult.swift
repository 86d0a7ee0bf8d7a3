import Quantities

/// What a validation found, and all that it looked at.
public struct ValidationResult: Sendable, Codable {
  /// One check over all hosts.
  public struct Summary: Hashable, Sendable, Codable {
    public var check: CheckID
    public var claim: String
    public var pass: Int
    public var fail: Int
    public var skipped: Int
    public var unknown: Int

    /// Makes a summary.
    public init(
      check: CheckID, claim: String, pass: Int, fail: Int, skipped: Int, unknown: Int
    ) {
      self.check = check
      self.claim = claim
      self.pass = pass
      self.fail = fail
      self.skipped = skipped
      self.unknown = unknown
    }
  }

  /// How the whole ended.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// Everything that was asked holds.
    case green
    /// Nothing failed, but something could not be told.
    case incomplete
    case failed
  }

  /// One a cause, those of cabling first, then by host, then paths.
  public var findings: [Finding]
  /// One a check that was asked for, in the order of `CheckID`.
  public var checks: [Summary]
  /// Rows that did not pass, in the order of hosts; those of pairs of hosts are counted alone.
  public var rows: [CheckRow]
  /// Hosts of the plan, and how many of them have evidence.
  public var hosts: Int
  public var hostsWithEvidence: Int
  /// What each link of a host with evidence showed, in the order of hosts.
  public var links: [LinkReading]

  /// No data is never green: a check without a single pass or skip counts as unknown.
  public var verdict: Verdict {
    if checks.contains(where: { $0.fail > 0 }) || !findings.isEmpty { return .failed }
    let isWhole = !checks.contains { $0.unknown > 0 } && checks.contains { $0.pass > 0 }
    return isWhole ? .green : .incomplete
  }

  private enum CodingKeys: String, CodingKey {
    case verdict, hosts, hostsWithEvidence, findings, checks, rows, links
  }

  /// Makes a result.
  public init(
    findings: [Finding], checks: [Summary], rows: [CheckRow], hosts: Int, hostsWithEvidence: Int,
    links: [LinkReading]
  ) {
    self.links = links
    self.findings = findings
    self.checks = checks
    self.rows = rows
    self.hosts = hosts
    self.hostsWithEvidence = hostsWithEvidence
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    findings = try container.decode([Finding].self, forKey: .findings)
    checks = try container.decode([Summary].self, forKey: .checks)
    rows = try container.decode([CheckRow].self, forKey: .rows)
    hosts = try container.decode(Int.self, forKey: .hosts)
    links = try container.decode([LinkReading].self, forKey: .links)
    hostsWithEvidence = try container.decode(Int.self, forKey: .hostsWithEvidence)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(hosts, forKey: .hosts)
    try container.encode(hostsWithEvidence, forKey: .hostsWithEvidence)
    try container.encode(findings, forKey: .findings)
    try container.encode(checks, forKey: .checks)
    try container.encode(rows, forKey: .rows)
    try container.encode(links, forKey: .links)
  }
}
