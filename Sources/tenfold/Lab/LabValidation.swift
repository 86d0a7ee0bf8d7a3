import Fabric
import Lab
import Quantities
import Validation

/// Validation, applied to a lab.
enum LabValidation {
  /// Compares evidence with the plan of a lab, by the checks that a lab can show.
  /// - Parameter notes: what is known of hosts beside their evidence.
  static func validate(
    _ runner: LabRunner, _ target: String, notes: [AgentNote]
  ) throws -> ValidationResult {
    let (fabric, hash) = try Pipeline.hashedFabric(at: runner.folder.planPath)
    let folder = try EvidenceFolder([target], of: fabric)
    return Validator.validate(
      fabric, planHash: hash, evidence: folder.hosts, switches: folder.switches,
      throughput: folder.throughput, leastRate: leastRate,
      only: checks(runner.plan).union(folder.throughput.isEmpty ? [] : [.pathRate])
    ).adding(notes)
  }

  /// What every way of a lab carries: Open vSwitch in user space brings some 500 Mbps (`docs/lab.md`),
  /// less beside other work, and a slow link 100.
  private static let leastRate = DataRate(bitsPerSecond: 130_000_000)

  /// Addresses that the hosts of a plan have: those that their collectors are told.
  static func addresses(_ fabric: Fabric) -> Set<IPv4Address> {
    Set(
      KitTable.lines(fabric, hash: "", core: []).compactMap { line in
        let words = line.split(separator: " ")
        return words.first == "network" && words.count > 3 ? IPv4Address(words[3]) : nil
      })
  }

  /// Checks of which a lab shows all that they look at.
  static func checks(_ plan: LabPlan) -> Set<CheckID> {
    var checks: Set<CheckID> = [
      .evidence, .evidencePlan, .nicPresent, .linkUp, .linkErrors, .lldpSeen, .lldpPlan, .address,
      .vlanID, .mtuHost, .pathReach, .pathMTU, .pathLoss, .vlanIsolated, .hostsAlike,
    ]
    // What the tables of switches tell.
    checks.formUnion([.switchLink, .switchMTU, .switchTree, .switchLoop])
    if plan.showsTeams { checks.formUnion([.teamMode, .teamMembers]) }
    return checks
  }
}
