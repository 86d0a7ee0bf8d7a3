import Quantities
import Validation

/// What changed from one run to a later one.
public struct RunComparison: Sendable, Encodable {
  /// A check whose counts changed.
  public struct CheckChange: Hashable, Sendable, Codable {
    public var check: CheckID
    public var failBefore: Int
    public var failNow: Int
    public var unknownBefore: Int
    public var unknownNow: Int
  }
  /// A link that runs at another rate, or counts more damage.
  public struct LinkChange: Hashable, Sendable, Codable {
    public var before: LinkReading
    public var now: LinkReading
  }

  /// Findings that the later run has and the earlier had not.
  public var new: [Finding] = []
  /// Findings of the earlier run that are gone.
  public var gone: [Finding] = []
  public var checks: [CheckChange] = []
  public var links: [LinkChange] = []
  /// Whether both runs saw the same evidence.
  public var isSameEvidence: Bool
  /// Whether both are of one plan.
  public var isSamePlan: Bool

  /// Compares two runs.
  public init(_ before: ValidationRun, _ now: ValidationRun) {
    isSameEvidence = before.evidence == now.evidence
    isSamePlan = before.plan == now.plan
    // Counts in messages change from run to run: rule and subject say what a finding is about.
    func key(_ finding: Finding) -> [String] { [finding.rule] + finding.subject }
    let (old, later) = (Set(before.findings.map(key)), Set(now.findings.map(key)))
    new = now.findings.filter { !old.contains(key($0)) }
    gone = before.findings.filter { !later.contains(key($0)) }
    for check in now.checks {
      guard let earlier = before.checks.first(where: { $0.check == check.check }),
        earlier.fail != check.fail || earlier.unknown != check.unknown
      else { continue }
      checks.append(
        CheckChange(
          check: check.check, failBefore: earlier.fail, failNow: check.fail,
          unknownBefore: earlier.unknown, unknownNow: check.unknown))
    }
    let places = Dictionary(
      before.links.map { ([$0.host, $0.port], $0) }, uniquingKeysWith: { first, _ in first })
    for link in now.links {
      guard let earlier = places[[link.host, link.port]] else { continue }
      let isWorse = (link.errors ?? 0) > (earlier.errors ?? 0)
      if link.rate != earlier.rate || isWorse || link.cable != earlier.cable {
        links.append(LinkChange(before: earlier, now: link))
      }
    }
  }

  /// Whether nothing that is kept changed.
  public var isEmpty: Bool { new.isEmpty && gone.isEmpty && checks.isEmpty && links.isEmpty }
}
