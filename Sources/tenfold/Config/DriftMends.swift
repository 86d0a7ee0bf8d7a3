import Audit
import CatalogModel
import Fabric
import Reports
import SwitchConfig
import Threads

/// What brings all switches back to their plan that say something else: one switch at a time, so that
/// the two of a pair are never touched together, and first those that nobody depends on alone.
enum DriftMends {
  /// - Parameter configs: what the switches say, at most one text a switch.
  /// - Throws: `Failure` or `Findings` when the planned configurations cannot be written.
  static func all(
    _ configs: ConfigFolder, fabric: Fabric, templates: Templates
  ) throws -> [SwitchMend] {
    var left = UpgradeOrder.devices(fabric).map(\.name).filter { name in
      let running = configs.running.filter { $0.intent.hostname == name }
      return running.count == 1 && fabric.intent(name) != nil
        && (running[0].intent != fabric.intent(name) || running[0].isUnsound)
    }
    let mends = try mends(left, configs, fabric, templates)
    var now = fabric
    now.intents = fabric.intents.map { intent in
      configs.running.first { $0.intent.hostname == intent.hostname }?.intent ?? intent
    }
    var steps: [SwitchMend] = []
    while let first = left.first {
      let safe = left.first { Auditor.cutOff(without: $0, in: now) == nil }
      let name = safe ?? first
      let risk = safe == nil ? Auditor.cutOff(without: name, in: now) ?? "" : ""
      left.removeAll { $0 == name }
      guard let intent = fabric.intent(name) else { continue }
      steps.append(SwitchMend(intent, fabric.traits(intent.os), mends[name], risk: risk))
      now.intents = now.intents.map { $0.hostname == name ? intent : $0 }
    }
    return steps
  }

  /// The commands of each switch that has some.
  private static func mends(
    _ names: [String], _ configs: ConfigFolder, _ fabric: Fabric, _ templates: Templates
  ) throws -> [String: Mend] {
    var wanted = fabric
    wanted.intents = fabric.intents.filter { names.contains($0.hostname) }
    let planned = try PlanFiles.configurations(of: wanted, templates: templates)
    let found = try concurrentMap(planned) { config -> (String, Mend?) in
      guard let running = configs.running.first(where: { $0.intent.hostname == config.hostname }),
        let intent = fabric.intent(config.hostname), running.intent.os == config.os,
        let reader = try templates.reader(for: config.os)
      else { return (config.hostname, nil) }
      return (
        config.hostname,
        reader.mend(running.text, to: (text: Array(config.text.utf8), intent: intent))
      )
    }
    return Dictionary(found.compactMap { name, mend in mend.map { (name, $0) } }) { first, _ in
      first
    }
  }
}
