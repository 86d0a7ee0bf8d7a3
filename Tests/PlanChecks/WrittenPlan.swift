import Audit
import CatalogModel
import DialectTestSupport
import Fabric
import Foundation
import HostConfig
import Quantities
import Reports
import SwitchConfig
import TemplateText
import TenfoldTestSupport

/// The shipped templates, read and parsed once.
public enum ShippedTemplates {
  private static let shared = Result {
    let dialects = ShippedTraits.all.map(\.os)
    let set = try TemplateSet(layers: [files(dialects)], only: dialects)
    return (
      renderer: SwitchConfigRenderer(templates: set),
      readers: try Dictionary(uniqueKeysWithValues: dialects.map { ($0, try set.reader($0)) })
    )
  }

  /// Reads the configuration of one switch.
  static func read(_ config: RenderedConfig) throws -> ReadConfig? {
    (try shared.get().readers[config.os] ?? nil)?.read(config.text, file: config.hostname)
  }

  /// The reader of a dialect.
  static func reader(_ os: SwitchOS) throws -> SwitchConfigReader? {
    try shared.get().readers[os] ?? nil
  }

  /// Reads a text of a dialect.
  static func read(_ bytes: [UInt8], _ os: SwitchOS, file: String) throws -> ReadConfig? {
    (try shared.get().readers[os] ?? nil)?.read(bytes, file: file)
  }

  /// Reads a text of which nobody says whose it is.
  static func read(_ bytes: [UInt8], file: String) throws -> ReadConfig? {
    let readers = try shared.get().readers
    return SwitchConfigReader.read(
      bytes, file: file, by: ShippedTraits.all.compactMap { readers[$0.os] ?? nil })
  }

  /// Writes the configuration of one switch of a plan.
  static func render(
    _ intent: SwitchIntent, of fabric: Fabric, hash: String
  ) throws -> RenderedConfig {
    let part = fabric.device(intent.hostname).flatMap { fabric.catalog.part($0.part) }
    return try shared.get().renderer.render(
      intent,
      header: ConfigHeader(
        planName: fabric.site.name, planHash: hash, date: fabric.date, model: part?.model ?? ""))
  }

  /// The configurations of plans in one dialect, each with what it is to say.
  static func configurations(
    of plans: [PlannedCase], _ os: SwitchOS, hash: (PlannedCase) throws -> String
  ) throws -> [(config: RenderedConfig, intent: SwitchIntent, plan: PlannedCase)] {
    try plans.flatMap { plan in
      let hash = try hash(plan)
      return try plan.fabric.intents
        .filter { $0.os == os && ShippedTraits.of(os)?.writes($0) == true }
        .map { (try render($0, of: plan.fabric, hash: hash), $0, plan) }
    }
  }

  private static let hostTemplates = Result { try HostTemplates(layers: [try hostFiles()]) }

  /// The shipped templates of hosts, as they stand in their folder.
  public static func hostFiles() throws -> [TemplateFile] {
    let root = "templates/hosts"
    let paths =
      ["systems.txt"]
      + HostTemplates.kinds.flatMap { kind in
        Repository.names(in: "\(root)/\(kind)", ending: "").map { "\(kind)/\($0)" }
      }
    return try paths.map { path in
      TemplateFile(
        path: path, displayPath: "\(root)/\(path)",
        text: String(decoding: try Repository.bytes("\(root)/\(path)"), as: UTF8.self))
    }
  }

  /// What the hosts of a plan need, by the shipped templates.
  public static func hosts(of fabric: Fabric, hash: String) throws -> HostConfig {
    try HostConfig(
      fabric,
      header: HostConfig.Header(planName: fabric.site.name, planHash: hash, date: fabric.date),
      templates: hostTemplates.get())
  }

  private static func files(_ dialects: [SwitchOS]) throws -> [TemplateFile] {
    try dialects.map(\.rawValue).flatMap { dialect in
      let folder = "templates/\(dialect)"
      return try Repository.names(in: folder, ending: "").map { name in
        TemplateFile(
          path: "\(dialect)/\(name)", displayPath: "\(folder)/\(name)",
          text: String(decoding: try Repository.bytes("\(folder)/\(name)"), as: UTF8.self))
      }
    }
  }
}

/// A plan with its configurations, the audits of both, and the reports: what the command writes.
public struct WrittenPlan {
  public var fabric: Fabric
  public var configs: [RenderedConfig]
  /// Every finding of the audit of the plan and of the configurations read back.
  public var findings: [Finding]
  /// What the hosts need.
  public var hosts: HostConfig
  /// Markdown files by path.
  public var pages: [String: String]

  /// Writes a plan.
  /// - Throws: what the writers threw.
  public init(_ fabric: Fabric) throws {
    self.fabric = fabric
    let hash = FabricJSON.hash(try FabricJSON.bytes(fabric))
    configs = try fabric.intents.filter { ShippedTraits.of($0.os)?.writes($0) ?? false }.map {
      try ShippedTemplates.render($0, of: fabric, hash: hash)
    }
    hosts = try ShippedTemplates.hosts(of: fabric, hash: hash)
    let audit = Auditor.audit(fabric)
    findings = audit.findings
    let input = ReportInput(
      fabric: fabric, planHash: hash, findings: audit.findings,
      rules: audit.rules.map {
        AuditedRule(rule: $0.rule, claim: $0.claim, checked: $0.checked, findings: $0.findings)
      },
      configNotes: configs.flatMap { config in
        config.unverified.map {
          ConfigNote(
            device: config.hostname, line: $0.number, text: $0.text,
            note: "\($0.doubt) (\($0.facts.joined(separator: ", ")))")
        }
      }, configured: configs.map(\.hostname),
      hostPoints: hosts.notes.map { HostPoint(subject: $0.subject, text: $0.text) },
      hostFolders: hosts.folders)
    pages = [:]
    for file in try Reports(input).files where file.path.hasSuffix(".md") {
      pages[file.path] = String(decoding: file.bytes, as: UTF8.self)
    }
  }
}
