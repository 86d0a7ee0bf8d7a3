import Fabric
import Reports

extension SampleFabric {
  /// Text of one of the reports' files of a plan without findings; `nil` when there is none.
  public static func file(_ path: String, of fabric: Fabric) throws -> String? {
    let input = ReportInput(
      fabric: fabric, planHash: FabricJSON.hash(try FabricJSON.bytes(fabric)), findings: [],
      rules: [], configNotes: [], configured: fabric.intents.map(\.hostname))
    let file = try Reports(input).files.first { $0.path == path }
    return file.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
