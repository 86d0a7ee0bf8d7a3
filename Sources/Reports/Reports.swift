import Fabric
import Threads

/// All files that are made from a plan, apart from `plan.json` itself and the configurations.
public struct Reports: Sendable {
  /// In the order of their paths. `core-change.md` is left out where the plan does not touch a core.
  public let files: [OutputFile]
  /// How many points `report.md` lists to confirm before anybody pays.
  public let confirmations: Int

  /// Writes all files.
  /// - Parameter made: gets each as soon as it is made, from any thread.
  /// - Throws: `EncodingError`; no fabric is known to cause it.
  public init(_ input: ReportInput, made: @Sendable (OutputFile) -> Void = { _ in }) throws {
    let index = PlanIndex(input.fabric)
    let fabric = input.fabric
    let points = ConfirmationList(input, index)
    confirmations = points.count
    // The longest first, so that no thread is left with it at the end.
    let writers: [@Sendable () throws -> OutputFile?] = [
      { OutputFile(path: "report.md", text: PlanReport(input, index, points).markdown) },
      { OutputFile(path: "install.md", text: Install(input, index).markdown) },
      { OutputFile(path: "cabling.csv", text: CablingFile.csv(index)) },
      { CoreChange(input, index).map { OutputFile(path: "core-change.md", text: $0.markdown) } },
      { OutputFile(path: "addresses.csv", text: NetworkFiles.addresses(fabric)) },
      { OutputFile(path: "audit.json", bytes: try AuditFile.json(input)) },
      { OutputFile(path: "bom.csv", text: BillFiles.csv(fabric, index)) },
      {
        OutputFile(
          path: "bom.json", bytes: try BillFiles.json(fabric, index, planHash: input.planHash))
      },
      { OutputFile(path: "runbook.md", text: Runbook(input, index).markdown) },
      { OutputFile(path: "vlans.csv", text: NetworkFiles.vlans(fabric)) },
    ]
    files = try concurrentMap(writers) { write in
      let file = try write()
      if let file { made(file) }
      return file
    }.compactMap { $0 }.sorted { $0.path < $1.path }
  }
}
