import Audit
import CatalogModel
import Fabric
import HostConfig
import Planner
import Quantities
import Reports
import SwitchConfig
import Threads

/// The files that were made of a plan, and the proofs that they passed.
struct PlanFiles {
  /// Takes a file as soon as it is made, from any thread, with its SHA-256 where that is known.
  typealias Sink = @Sendable (_ file: OutputFile, _ hash: String?) -> Void

  /// Paths of the files, `plan.json` first.
  var paths: [String]
  /// The audit of the plan, then that of the configurations read back.
  var audits: [AuditResult]
  /// Number of switch configurations.
  var configurations: Int
  /// Host names of the switches that have none and are set up by hand, in the order of the plan.
  var unconfigured: [String]
  /// Points to confirm before anybody pays, as `report.md` lists them.
  var confirmations: Int

  /// Audits a plan, writes its configurations, reads them back, audits again, makes the reports.
  /// - Parameter write: takes the files; those of a plan that fails must not be published.
  /// - Throws: `Failure` with the findings when a proof fails; a plan that Tenfold itself made and
  ///   cannot prove is a defect of Tenfold.
  static func make(
    _ draft: PlanDraft, templates: Templates, write: Sink
  ) throws -> PlanFiles {
    // What the plan was preferred to stands in plan.json alone, so all else is proved meanwhile.
    let (proved, (fabric, hash)) = try both(
      { try Proved(draft.fabric, templates) },
      {
        let fabric = draft.compared()
        let plan = try FabricJSON.bytes(fabric)
        let hash = FabricJSON.hash(plan)
        write(OutputFile(path: "plan.json", bytes: plan), hash)
        return (fabric, hash)
      })
    let (configs, audits) = (proved.configs, proved.audits)
    let hosts = try hostFiles(of: fabric, hash: hash, templates: templates)
    let input = ReportInput(
      fabric: fabric, planHash: hash, findings: audits.flatMap(\.findings),
      rules: audits.flatMap(\.rules).map {
        AuditedRule(rule: $0.rule, claim: $0.claim, checked: $0.checked, findings: $0.findings)
      },
      configNotes: configs.flatMap(notes) + hosts.files.flatMap(notes),
      configured: configs.map(\.hostname),
      hostPoints: hosts.notes.map { HostPoint(subject: $0.subject, text: $0.text) },
      hostFolders: hosts.folders)
    let (reports, _) = try both(
      { try Reports(input) { write($0, nil) } },
      {
        for config in configs {
          write(OutputFile(path: path(config), text: config.sealed(hash).text), nil)
        }
        for file in hosts.files { write(OutputFile(path: file.path, text: file.text), nil) }
      })
    return PlanFiles(
      paths: ["plan.json"] + reports.files.map(\.path) + configs.map(path)
        + hosts.files.map(\.path),
      audits: audits, configurations: configs.count,
      unconfigured: input.unconfigured,
      confirmations: reports.confirmations)
  }

  /// A plan that passed its audit, with configurations that say what it says.
  private struct Proved {
    /// Without the hash of the plan.
    var configs: [RenderedConfig]
    /// The audit of the plan, then that of the configurations read back.
    var audits: [AuditResult]

    /// - Throws: `Failure` with the findings when a proof fails.
    init(_ fabric: Fabric, _ templates: Templates) throws {
      let planned = Auditor.audit(fabric)
      try require(planned.holds, planned.findings)
      configs = try configurations(of: fabric, templates: templates)
      let (intents, complaints) = try readBack(configs, fabric, templates)
      let emitted = Auditor.audit(fabric, intentsReadBack: intents, planned: planned)
      try require(emitted.holds && complaints.isEmpty, complaints + emitted.findings)
      audits = [planned, emitted]
    }
  }

  /// The configuration of every switch that has a dialect with words for all it is to do.
  static func configurations(
    of fabric: Fabric, hash: String = ConfigHeader.hashToCome, templates: Templates
  ) throws -> [RenderedConfig] {
    let intents = fabric.intents.filter { intent in
      templates.dialects.contains(intent.os) && fabric.traits(intent.os)?.writes(intent) ?? true
    }
    return try concurrentMap(intents) { intent in
      let part = fabric.device(intent.hostname).flatMap { fabric.catalog.part($0.part) }
      return try templates.renderer(for: intent.os).render(
        intent,
        header: ConfigHeader(
          planName: fabric.site.name, planHash: hash, date: fabric.date, model: part?.model ?? ""))
    }
  }

  /// What hosts need.
  static func hostFiles(
    of fabric: Fabric, hash: String, templates: Templates
  ) throws -> HostConfig {
    try HostConfig(
      fabric,
      header: HostConfig.Header(
        planName: fabric.site.name, planHash: hash, date: fabric.date),
      templates: templates.ofHosts())
  }

  /// What the configurations say, and what is wrong with the texts themselves. A switch whose
  /// dialect has no reader stands for itself.
  private static func readBack(
    _ configs: [RenderedConfig], _ fabric: Fabric, _ templates: Templates
  ) throws -> (intents: [SwitchIntent], complaints: [Finding]) {
    let texts = Dictionary(
      configs.map { ($0.hostname, $0) }, uniquingKeysWith: { first, _ in first })
    let read = try concurrentMap(fabric.intents) { intent in
      guard let config = texts[intent.hostname] else {
        return (intent: Optional(intent), complaints: [Finding]())
      }
      guard let reader = try templates.reader(for: intent.os) else {
        return (intent: intent, complaints: [])
      }
      return readBack(config, reader)
    }
    return (read.compactMap(\.intent), read.flatMap(\.complaints))
  }

  private static func path(_ config: RenderedConfig) -> String {
    "switches/\(config.hostname).cfg"
  }

  private static func readBack(
    _ config: RenderedConfig, _ reader: SwitchConfigReader
  ) -> (intent: SwitchIntent?, complaints: [Finding]) {
    let file = path(config)
    let read = reader.read(config.text, file: file)
    let unknown = read.unknown.map {
      Finding(
        rule: "config-unknown-line", position: SourcePosition(file: file, line: $0.number),
        message: "the reader does not understand \"\($0.text)\"")
    }
    return (read.intent, read.findings.filter { $0.severity == .error } + unknown)
  }

  /// Lines that rest on something that no source shows.
  private static func notes(_ config: RenderedConfig) -> [ConfigNote] {
    config.unverified.map {
      ConfigNote(
        device: config.hostname, line: $0.number, text: $0.text,
        note: "\($0.doubt) (\($0.facts.joined(separator: ", ")))")
    }
  }

  private static func notes(_ file: HostFile) -> [ConfigNote] {
    file.unverified.map {
      ConfigNote(
        device: file.path, line: $0.number, text: String($0.text.drop { $0 == " " }),
        note: "\($0.doubt) (\($0.facts.joined(separator: ", ")))")
    }
  }

  private static func require(_ holds: Bool, _ findings: [Finding]) throws(Failure) {
    if holds { return }
    let defect = Finding(
      rule: "defect",
      message: "the plan does not pass its own audit, so nothing was written",
      hint: "this is a defect of Tenfold: please report it with the site file")
    throw Failure(findings.filter { $0.severity == .error } + [defect], .failed)
  }
}
