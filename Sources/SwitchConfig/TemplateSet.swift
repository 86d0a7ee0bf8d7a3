import CatalogModel
import Fabric
import Mustache
import Quantities
import TemplateText

/// The templates and facts of all dialects.
///
/// Each dialect is a folder `DIALECT/` with `switch.mustache`, `port.mustache`, further `*.mustache`
/// files that these take in as partials, `facts.tsv`, `traits.txt`, and `grammar.txt` for reading. A
/// later directory adds dialects and replaces single files of earlier ones; the facts of a later
/// directory are added to those of the earlier.
public struct TemplateSet: Sendable {
  struct Dialect: Sendable {
    var templates: ParsedTemplates
    /// Renders one port.
    var port: MustacheTemplate
    var facts: FactTable
  }
  private let dialects: [String: Dialect]
  private let grammars: [String: TemplateFile]
  private let traits: [String: DialectTraits]

  /// Names of the dialects, ascending.
  public var names: [String] {
    dialects.keys.sorted { $0.precedesInBytes($1) }
  }

  /// Parses templates, each once.
  ///
  /// - Parameter layers: contents of the template directories, the built-in one first. Files of a
  ///   dialect that have other names are left out.
  /// - Parameter only: dialects that will be rendered; `nil` for all. Others are not parsed.
  /// - Throws: `Findings` for templates or fact tables that cannot be read.
  public init(layers: [[TemplateFile]], only: [SwitchOS]? = nil) throws(Findings) {
    var templates: [String: [String: TemplateFile]] = [:]
    var factText: [String: [TemplateFile]] = [:]
    var grammars: [String: TemplateFile] = [:]
    var traitTexts: [String: TemplateFile] = [:]
    for file in layers.joined() {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else { continue }
      let dialect = String(parts[0])
      if let only, !only.contains(SwitchOS(rawValue: dialect)) { continue }
      if parts[1] == "facts.tsv" {
        factText[dialect, default: []].append(file)
      } else if parts[1] == "grammar.txt" {
        grammars[dialect] = file
      } else if parts[1] == "traits.txt" {
        traitTexts[dialect] = file
      } else if parts[1].hasSuffix(".mustache") {
        templates[dialect, default: [:]][String(parts[1].dropLast(9))] = file
      }
    }
    var dialects: [String: Dialect] = [:]
    var traits: [String: DialectTraits] = [:]
    var findings: [Finding] = []
    for name in templates.keys.sorted() {
      let files = templates[name] ?? [:]
      var parsed: ParsedTemplates?
      do { parsed = try ParsedTemplates(files) } catch { findings += error.all }
      for needed in ["switch", "port"] where files[needed] == nil {
        findings.append(
          Finding(
            rule: "template", message: "dialect \(name) has no \(needed).mustache",
            hint: "copy templates/os9/\(needed).mustache and change it"))
      }
      guard let parsed, let port = parsed["port"], parsed["switch"] != nil else { continue }
      let tables = factText[name] ?? []
      do {
        let facts = try FactTable(
          tables.map(\.text).joined(separator: "\n"), file: tables.first?.displayPath ?? name)
        dialects[name] = Dialect(templates: parsed, port: port, facts: facts)
        if let text = traitTexts[name] {
          traits[name] = try TraitsText.traits(
            SwitchOS(rawValue: name), text.text, file: text.displayPath, facts: facts)
        }
      } catch {
        findings += error.all
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
    self.dialects = dialects
    self.grammars = grammars
    self.traits = traits
  }

  /// The reader of a dialect; `nil` for one that has no grammar or no traits.
  /// - Throws: `Findings` for a grammar that cannot be understood.
  public func reader(_ os: SwitchOS) throws(Findings) -> SwitchConfigReader? {
    guard let file = grammars[os.rawValue], let traits = traits(os) else { return nil }
    return try SwitchConfigReader(
      os, grammar: file.text, file: file.displayPath, traits: traits)
  }

  /// Facts of a dialect; none for one that has no table.
  public func facts(_ os: SwitchOS) -> FactTable { dialects[os.rawValue]?.facts ?? .empty }

  /// What the texts of a dialect can hold; `nil` for one without `traits.txt`.
  public func traits(_ os: SwitchOS) -> DialectTraits? { traits[os.rawValue] }

  func dialect(_ os: SwitchOS) -> Dialect? { dialects[os.rawValue] }
}
