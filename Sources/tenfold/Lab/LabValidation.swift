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
      only: checks(runner.plan)
    ).adding(notes)
  }

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
    checks.formUnion(
      ["switch.link", "switch.mtu", "switch.tree", "switch.loop"].compactMap {
        CheckID(rawValue: $0)
      }
    )
    if plan.showsTeams { checks.formUnion([.teamMode, .teamMembers]) }
    return checks
  }
}
