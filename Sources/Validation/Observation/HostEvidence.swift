import Evidence
import Quantities

/// The evidence of one host, ready to be checked.
public struct HostEvidence: Sendable {
  public var facts: HostFacts
  /// Commands whose outputs the facts were read from, by `Source.output`.
  public var commands: [String]
  /// SHA-256 of the plan that the collector knew; empty when it knew none.
  public var plan: String
  public var collected: Timestamp
  public var isPrivileged: Bool
  public var probes: [ProbeColumn]
  /// What it reached over the LAN that was there before; `nil` when nobody tried.
  public var reach: [ReachProbe]?

  /// Reads what tools said.
  public init(_ file: EvidenceFile) {
    self.init(
      facts: HostFactsReader.facts(of: file), commands: file.outputs.map(\.command),
      plan: file.plan, collected: file.collected, isPrivileged: file.isPrivileged,
      probes: file.probes, reach: file.reach)
  }

  /// Makes evidence of facts.
  public init(
    facts: HostFacts, commands: [String] = [], plan: String, collected: Timestamp,
    isPrivileged: Bool, probes: [ProbeColumn], reach: [ReachProbe]? = nil
  ) {
    self.facts = facts
    self.commands = commands
    self.plan = plan
    self.collected = collected
    self.isPrivileged = isPrivileged
    self.probes = probes
    self.reach = reach
  }
}
