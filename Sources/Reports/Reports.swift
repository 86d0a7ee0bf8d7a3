import Fabric

/// All files that are made from a plan, apart from `plan.json` itself and the configurations.
public enum Reports {
  /// The files, in the order of their paths. `core-change.md` is left out where the plan does not
  /// touch a core.
  /// - Throws: `EncodingError`; no fabric is known to cause it.
  public static func files(_ input: ReportInput) throws -> [OutputFile] {
    let index = PlanIndex(input.fabric)
    let fabric = input.fabric
    var files = [
      OutputFile(path: "addresses.csv", text: NetworkFiles.addresses(fabric)),
      OutputFile(path: "audit.json", bytes: try AuditFile.json(input)),
      OutputFile(path: "bom.csv", text: BillFiles.csv(fabric, index)),
      OutputFile(
        path: "bom.json", bytes: try BillFiles.json(fabric, index, planHash: input.planHash)),
      OutputFile(path: "cabling.csv", text: CablingFile.csv(index)),
      OutputFile(path: "install.md", text: Install(input, index).markdown),
      OutputFile(path: "report.md", text: PlanReport(input, index).markdown),
      OutputFile(path: "vlans.csv", text: NetworkFiles.vlans(fabric)),
    ]
    if let change = CoreChange(input, index) {
      files.insert(OutputFile(path: "core-change.md", text: change.markdown), at: 5)
    }
    return files
  }

  /// How many points `report.md` lists to confirm before anybody pays.
  public static func confirmationCount(_ input: ReportInput) -> Int {
    ConfirmationList(input, PlanIndex(input.fabric)).count
  }
}
