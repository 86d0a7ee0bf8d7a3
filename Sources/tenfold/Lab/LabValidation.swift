import Fabric
import Lab
import Quantities
import Validation

/// The kit and the validation, applied to a lab.
enum LabValidation {
  /// Runs the collector that `tenfold kit linux` would write.
  static func collect(_ runner: LabRunner, to target: String) throws {
    let (fabric, hash) = try Pipeline.hashedFabric(at: runner.folder.planPath)
    let script = try KitScript(
      .linux,
      table: KitTable.lines(
        fabric, hash: hash, core: [runner.plan.core?.address].compactMap { $0 }))
    try runner.collect(script: script.bytes, to: target)
  }

  /// Compares evidence with the plan of a lab, by the checks that a lab can show.
  static func validate(_ runner: LabRunner, _ target: String) throws -> ValidationResult {
    let (fabric, hash) = try Pipeline.hashedFabric(at: runner.folder.planPath)
    let folder = try EvidenceFolder([target], of: fabric)
    return Validator.validate(
      fabric, planHash: hash, evidence: folder.hosts, switches: folder.switches,
      only: checks(runner.plan))
  }

  /// Checks of which a lab shows all that they look at.
  static func checks(_ plan: LabPlan) -> Set<CheckID> {
    var checks: Set<CheckID> = [
      .evidence, .evidencePlan, .nicPresent, .linkUp, .linkErrors, .lldpSeen, .lldpPlan, .address,
      .vlanID, .mtuHost, .pathReach, .pathMTU, .pathLoss, .vlanIsolated, .hostsAlike,
    ]
    if plan.showsTeams { checks.formUnion([.teamMode, .teamMembers]) }
    return checks
  }
}
