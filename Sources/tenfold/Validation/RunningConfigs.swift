import Audit
import Fabric
import Quantities
import Validation

/// Compares the running configurations among the texts of switches with the plan.
enum RunningConfigs {
  /// - Throws: `Failure` or `Findings` when the shipped dialects cannot be read.
  static func all(
    _ texts: [(file: String, text: [UInt8])], of fabric: Fabric
  ) throws -> (configs: [RunningConfig], findings: [Finding]) {
    guard !texts.isEmpty else { return ([], []) }
    let templates = try ConfigReaders.templates([])
    var folder = try ConfigFolder(texts, of: fabric, templates: templates, onlyWhole: true)
    let names = Set(folder.running.map(\.intent.hostname))
    // What nobody brought is not held against the plan.
    folder.intents.removeAll { !names.contains($0.hostname) }
    var brought = fabric
    brought.intents.removeAll { !names.contains($0.hostname) }
    let drift = Auditor.drift(of: folder.intents, from: brought)
    let mends = try DriftMends.all(folder, fabric: fabric, templates: templates)
    let configs = brought.intents.map { intent in
      RunningConfig(
        device: intent.hostname,
        differences: drift.filter { $0.subject.first == intent.hostname }.map { finding in
          RunningConfig.Difference(
            place: finding.subject.dropFirst().joined(separator: " "), found: finding.message,
            planned: finding.expected)
        },
        commands: mends.first { $0.device == intent.hostname }.map { $0.lines + $0.accessLines }
          ?? [])
    }
    return (configs, folder.findings)
  }
}
