import Fabric
import Quantities

/// A file of the output folder.
public struct OutputFile: Hashable, Sendable {
  /// Path inside the folder, with `/` between its parts, such as `switches/tor-r1-a.cfg`.
  public var path: String
  /// Its content.
  public var bytes: [UInt8]
  /// Makes a file from bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
  /// Makes a file from a text, written as UTF-8.
  public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}

/// A line of an emitted configuration whose syntax nobody has verified.
public struct ConfigNote: Hashable, Sendable {
  /// Host name of the switch.
  public var device: String
  /// Line number in the switch's file, from 1.
  public var line: Int
  /// The line as emitted.
  public var text: String
  /// What is not known of it, one sentence without full stop.
  public var note: String
  /// Makes a note.
  public init(device: String, line: Int, text: String, note: String) {
    self.device = device
    self.line = line
    self.text = text
    self.note = note
  }
}

/// Something that the hosts of a group do otherwise than the plan has it, or cannot do.
public struct HostPoint: Hashable, Sendable {
  /// What it is about, such as `nic1-p1 of hosts hv`.
  public var subject: String
  /// One sentence without full stop.
  public var text: String
  /// Makes a point.
  public init(subject: String, text: String) {
    self.subject = subject
    self.text = text
  }
}

/// What one rule of the audit looked at.
public struct AuditedRule: Hashable, Sendable, Codable {
  /// Name in kebab case.
  public var rule: String
  /// What it proves, one sentence without full stop.
  public var claim: String
  /// Single facts that it looked at; 0 when the plan holds nothing of the kind.
  public var checked: Int
  /// Findings that it made.
  public var findings: Int
  /// Makes an entry.
  public init(rule: String, claim: String, checked: Int, findings: Int) {
    self.rule = rule
    self.claim = claim
    self.checked = checked
    self.findings = findings
  }
}

/// Everything that reports are made from: plain values, so that this target needs neither the
/// planner nor the audit nor the templates.
public struct ReportInput: Hashable, Sendable {
  public var fabric: Fabric
  /// Hash of `plan.json`, see `FabricJSON.hash`.
  public var planHash: String
  /// What the audit found, in its order.
  public var findings: [Finding]
  /// What each rule of the audit looked at, in its order.
  public var rules: [AuditedRule]
  /// In the order of the switches, then of the lines.
  public var configNotes: [ConfigNote]
  /// Host names of the switches whose configuration is written, in the order of the switches.
  public var configured: [String]
  /// In the order of the groups of hosts.
  public var hostPoints: [HostPoint]
  /// Groups of hosts for which files are written, in the order of the site.
  public var hostFolders: [String]
  /// Makes an input.
  public init(
    fabric: Fabric, planHash: String, findings: [Finding] = [], rules: [AuditedRule] = [],
    configNotes: [ConfigNote] = [], configured: [String], hostPoints: [HostPoint] = [],
    hostFolders: [String] = []
  ) {
    self.fabric = fabric
    self.planHash = planHash
    self.findings = findings
    self.rules = rules
    self.configNotes = configNotes
    self.configured = configured
    self.hostPoints = hostPoints
    self.hostFolders = hostFolders
  }

  /// Host names of the switches that are told something and have no configuration: they are set up
  /// by hand. In the order of the switches.
  public var unconfigured: [String] {
    let written = Set(configured)
    return fabric.intents.map(\.hostname).filter { !written.contains($0) }
  }
}
