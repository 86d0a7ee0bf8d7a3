import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import TenfoldTestSupport

/// Writes plans with their configurations into a folder, for programs of others that judge them.
///
/// `FOLDER/DIALECT/N/plan.json` and `FOLDER/DIALECT/N/switches/NAME.cfg`, of switches of that
/// dialect alone; each plan was made from switches of the dialect, and where it writes no pairs of
/// those of one that does.
public enum TextFolder {
  /// Sites that are tried for one plan before a dialect is given up.
  private static let patience = 40

  /// Writes so many plans of each dialect.
  /// - Returns: dialects of which there were fewer.
  public static func write(
    to folder: String, dialects: [SwitchOS], seed: UInt64, count: Int
  ) throws -> [String] {
    var failures: [String] = []
    for os in dialects {
      let maker = try PlanMaker { keeps($0, os) }
      var written = 0
      for number in seed..<seed + UInt64(count * patience) where written < count {
        guard case .planned(let plan) = maker.random(seed: number),
          try write(plan, os, to: "\(folder)/\(os.rawValue)/\(written + 1)")
        else { continue }
        written += 1
      }
      print("\(os.rawValue): \(written) plans")
      if written < count { failures.append("\(os.rawValue): \(written) plans, not \(count)") }
    }
    return failures
  }

  private static func keeps(_ part: Part, _ os: SwitchOS) -> Bool {
    guard let spec = part.asSwitch else { return true }
    if spec.roles == [.outOfBand] || spec.os == os { return true }
    return ShippedTraits.of(os)?.pair == nil && spec.os == .os9
  }

  /// Whether there was a switch of the dialect to write.
  private static func write(
    _ plan: PlannedCase, _ os: SwitchOS, to folder: String
  ) throws -> Bool {
    let own = plan.fabric.intents.filter {
      $0.os == os && ShippedTraits.of(os)?.writes($0) == true
    }
    guard !own.isEmpty else { return false }
    try FileManager.default.createDirectory(
      atPath: "\(folder)/switches", withIntermediateDirectories: true)
    let bytes = try FabricJSON.bytes(plan.fabric)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/plan.json"))
    for intent in own {
      let config = try ShippedTemplates.render(
        intent, of: plan.fabric, hash: FabricJSON.hash(bytes))
      try Data(config.text.utf8).write(
        to: URL(fileURLWithPath: "\(folder)/switches/\(intent.hostname).cfg"))
    }
    return true
  }
}
