import Fabric
import Quantities
import SwitchConfig
import Threads

/// The configurations in a folder, read for the plan that they belong to or for themselves.
struct ConfigFolder {
  /// What the configurations say; a switch of the plan whose dialect nobody reads stands for itself
  /// where the folder has nothing of it.
  var intents: [SwitchIntent]
  /// The texts, each with what it says.
  var running: [(intent: SwitchIntent, text: [UInt8], isUnsound: Bool)] = []
  /// Contradictions within a configuration, files of no dialect, and files without a host name.
  var findings: [Finding]
  /// Lines that are not understood, by file.
  var unknown: [(file: String, lines: [UnknownLine])]

  /// Reads all files of a folder.
  /// - Parameter fabric: the plan; `nil` for configurations without one.
  /// - Throws: `Failure` or `Findings` when the folder or a file cannot be read.
  init(_ folder: String, of fabric: Fabric?, templates: Templates) throws {
    let stem = Files.withoutTrailingSlash(folder)
    let files = try Files.names(in: folder).filter { !$0.hasPrefix(".") }.map { "\(stem)/\($0)" }
      .filter { !Files.isFolder($0) }
    let texts = try concurrentMap(files) { (file: $0, text: try ConfigReaders.text($0)) }
    try self.init(texts, of: fabric, templates: templates)
  }

  /// Reads texts.
  /// - Parameters:
  ///   - fabric: the plan; `nil` for configurations without one.
  ///   - isWhole: whether texts that are parts of a configuration, or none at all, are left out.
  /// - Throws: `Failure` or `Findings` when the templates cannot be read.
  init(
    _ texts: [(file: String, text: [UInt8])], of fabric: Fabric?, templates: Templates,
    onlyWhole isWhole: Bool = false
  ) throws {
    let readers = try ConfigReaders.all(templates)
    let read = concurrentMap(texts) { file, text in
      (text, ConfigReaders.read(text, file: file, by: readers))
    }
    (intents, findings, unknown) = ([], [], [])
    for (file, (text, result)) in zip(texts.map(\.file), read) {
      switch result {
      case .failure(let failure): if !isWhole { findings += failure.all }
      case .success(let config) where isWhole && config.isPart: continue
      case .success(let config):
        // The plan gives no switch an address in a VLAN: one that has it routes what must stay apart.
        let own = config.findings.map { finding in
          var finding = finding
          if fabric != nil, finding.rule == "config-vlan-address" { finding.severity = .error }
          return finding
        }
        findings += own
        if !config.unknown.isEmpty { unknown.append((file, config.unknown)) }
        if let intent = config.intent, !intent.hostname.isEmpty {
          intents.append(intent)
          running.append((intent, text, own.contains { $0.severity == .error }))
        }
      }
    }
    guard let fabric else { return }
    let known = Set(intents.map(\.hostname))
    let readable = Set(readers.map(\.os))
    intents += fabric.intents.filter {
      !readable.contains($0.os) && !known.contains($0.hostname)
    }
  }

  /// A warning for each line that is not understood: no proof speaks of it.
  var notUnderstood: [Finding] {
    unknown.flatMap { file, lines in
      lines.map { line in
        Finding(
          rule: "config-unknown-line", severity: .warning,
          position: SourcePosition(file: file, line: line.number),
          message: "not understood, so that no proof takes it into account: \(line.text)")
      }
    }
  }
}
