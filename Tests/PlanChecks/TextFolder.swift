import CatalogModel
import DialectTestSupport
import Fabric
import Foundation

/// Writes plans with their configurations into a folder, for programs of others that judge them.
///
/// `FOLDER/DIALECT/N/plan.json` and `FOLDER/DIALECT/N/switches/NAME.cfg`, of switches of that
/// dialect alone, with the files of the hosts in `hosts/` and `ansible/`.
public enum TextFolder {
  /// Writes so many plans of each dialect.
  /// - Returns: dialects of which there were fewer.
  public static func write(
    to folder: String, dialects: [SwitchOS], seed: UInt64, count: Int
  ) throws -> [String] {
    var failures: [String] = []
    for os in dialects {
      let source = try DialectPlans(of: os)
      let plans = try source.map(seed: seed, count: count) { $0 }
      for (place, plan) in plans.enumerated() {
        try write(plan, source.texts(of: plan), to: "\(folder)/\(os.rawValue)/\(place + 1)")
      }
      print("\(os.rawValue): \(plans.count) plans")
      if plans.count < count {
        failures.append("\(os.rawValue): \(plans.count) plans, not \(count)")
      }
    }
    return failures
  }

  private static func write(
    _ plan: PlannedCase, _ intents: [SwitchIntent], to folder: String
  ) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/switches", withIntermediateDirectories: true)
    let bytes = try FabricJSON.bytes(plan.fabric)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/plan.json"))
    for intent in intents {
      let config = try ShippedTemplates.render(
        intent, of: plan.fabric, hash: FabricJSON.hash(bytes))
      try Data(config.text.utf8).write(
        to: URL(fileURLWithPath: "\(folder)/switches/\(intent.hostname).cfg"))
    }
    for file in try ShippedTemplates.hosts(of: plan.fabric, hash: FabricJSON.hash(bytes)).files {
      let place = URL(fileURLWithPath: "\(folder)/\(file.path)")
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: place)
    }
  }
}
