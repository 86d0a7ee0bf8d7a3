import Audit
import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import TenfoldTestSupport

/// Writes plans with their configurations into a folder, for programs of others that judge them.
///
/// `FOLDER/DIALECT/N/plan.json` and `FOLDER/DIALECT/N/switches/NAME.cfg`, of switches of that
/// dialect alone, with the files of the hosts in `hosts/` and `ansible/`; each plan was made from switches of the dialect, and where it writes no pairs of
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
      let plans = try plans(of: os, seed: seed, count: count)
      for (place, plan) in plans.enumerated() {
        try write(plan, os, to: "\(folder)/\(os.rawValue)/\(place + 1)")
      }
      print("\(os.rawValue): \(plans.count) plans")
      if plans.count < count {
        failures.append("\(os.rawValue): \(plans.count) plans, not \(count)")
      }
    }
    return failures
  }

  /// So many random plans with a switch of a dialect whose text is written, or fewer.
  public static func plans(
    of os: SwitchOS, seed: UInt64, count: Int
  ) throws -> [PlannedCase] {
    let maker = try PlanMaker { keeps($0, os) }
    var plans: [PlannedCase] = []
    for number in seed..<seed + UInt64(count * patience) where plans.count < count {
      guard case .planned(let plan) = maker.random(seed: number), !texts(of: plan, os).isEmpty
      else { continue }
      // The command publishes no plan that fails its own audit, and says so.
      guard Auditor.audit(plan.fabric).holds else {
        print("\(os.rawValue): seed \(number) fails its audit")
        continue
      }
      plans.append(plan)
    }
    return plans
  }

  private static func texts(of plan: PlannedCase, _ os: SwitchOS) -> [SwitchIntent] {
    plan.fabric.intents.filter { $0.os == os && ShippedTraits.of(os)?.writes($0) == true }
  }

  private static func keeps(_ part: Part, _ os: SwitchOS) -> Bool {
    guard let spec = part.asSwitch else { return true }
    if spec.roles == [.outOfBand] || spec.os == os { return true }
    return ShippedTraits.of(os)?.pair == nil && spec.os == .os9
  }

  private static func write(_ plan: PlannedCase, _ os: SwitchOS, to folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/switches", withIntermediateDirectories: true)
    let bytes = try FabricJSON.bytes(plan.fabric)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/plan.json"))
    for intent in texts(of: plan, os) {
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
