import Quantities
import TemplateText

/// The templates of hosts: what `hosts/` of the template directories holds, parsed when it is used.
///
/// `systems.txt` and a folder for each kind of file, `windows`, `linux` and `ansible`, with
/// `facts.tsv` and templates. A later directory replaces single files of earlier ones; its facts are
/// added to theirs.
public struct HostTemplates: Sendable {
  struct Kind: Sendable {
    var templates: ParsedTemplates
    var facts: FactTable
  }
  private let kinds: [String: Kind]
  let systems: SystemTable

  /// Names of the folders.
  public static let kinds = ["windows", "linux", "ansible"]

  /// Parses templates, each once.
  /// - Parameter layers: contents of the `hosts/` folders of the template directories, the built-in
  ///   one first; paths are from `hosts/` on.
  /// - Throws: `Findings` for files that cannot be read or are missing.
  public init(layers: [[TemplateFile]]) throws(Findings) {
    var files: [String: [String: TemplateFile]] = [:]
    var facts: [String: [TemplateFile]] = [:]
    var systems: TemplateFile?
    for file in layers.joined() {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if file.path == "systems.txt" { systems = file }
      guard parts.count == 2 else { continue }
      if parts[1] == "facts.tsv" {
        facts[parts[0], default: []].append(file)
      } else if parts[1].hasSuffix(".mustache") {
        files[parts[0], default: [:]][String(parts[1].dropLast(9))] = file
      }
    }
    var kinds: [String: Kind] = [:]
    var findings: [Finding] = []
    for name in Self.kinds {
      do throws(Findings) {
        let tables = facts[name] ?? []
        kinds[name] = Kind(
          templates: try ParsedTemplates(files[name] ?? [:]),
          facts: try FactTable(
            tables.map(\.text).joined(separator: "\n"), file: tables.first?.displayPath ?? name))
      } catch {
        findings += error.all
      }
    }
    self.kinds = kinds
    do throws(Findings) {
      self.systems = try SystemTable(
        systems?.text ?? "", file: systems?.displayPath ?? "systems.txt"
      ) { fact in kinds.values.contains { $0.facts.fact(fact) != nil } }
    } catch {
      throw Findings(findings + error.all)
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }

  /// The fact with an id; `nil` when no table has it.
  public func fact(_ id: String) -> Fact? {
    Self.kinds.lazy.compactMap { kinds[$0]?.facts.fact(id) }.first
  }

  /// What a template makes of a value, with the facts of each line.
  /// - Parameter system: what the text is for, as `unverified-on` of a fact names it.
  /// - Throws: `Findings` for facts that the table lacks.
  func render(
    _ template: String, of kind: String, _ view: Node, system: String, name: String
  ) throws(Findings) -> MarkedText {
    guard let kind = kinds[kind], kind.templates[template] != nil else {
      throw Findings([
        Finding(rule: "template", message: "hosts/\(kind) has no \(template).mustache")
      ])
    }
    var marked = MarkedText(facts: kind.facts, model: system, name: name, comment: "#")
    marked.read(kind.templates.render(view, with: template))
    guard marked.findings.isEmpty else { throw Findings(marked.findings) }
    return marked
  }
}
