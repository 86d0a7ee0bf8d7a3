import Mustache
import Quantities

/// Templates that know one another as partials, each parsed once.
package struct ParsedTemplates: Sendable {
  /// For templates that are rendered piece by piece.
  package let library: MustacheLibrary
  private let templates: [String: MustacheTemplate]
  /// Fixed text of all templates.
  private let literals: Literals

  /// Parses files by the name that templates call them.
  /// - Throws: `Findings` for those that cannot be read.
  package init(_ files: [String: TemplateFile]) throws(Findings) {
    var templates: [String: MustacheTemplate] = [:]
    var literals = Literals()
    var findings: [Finding] = []
    for key in files.keys.sorted() {
      guard let file = files[key] else { continue }
      if file.text.utf8.contains(where: { $0 < 9 }) {
        findings.append(
          Finding(
            rule: "template", position: SourcePosition(file: file.displayPath),
            message: "holds a control character"))
        continue
      }
      do {
        templates[key] = try MustacheTemplate(string: literals.encode(file.text))
      } catch {
        findings.append(ParsedTemplates.finding(error, in: file))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
    self.templates = templates
    self.literals = literals
    library = MustacheLibrary(templates: templates)
  }

  /// The template with a name; `nil` when there is none.
  package subscript(name: String) -> MustacheTemplate? { templates[name] }

  /// What a template makes of a value, marks included; nothing when there is no such template.
  package func render(_ view: Node, with name: String) -> [UInt8] {
    literals.decode(library.render(view, withTemplate: name) ?? "")
  }

  private static func finding(_ error: any Error, in file: TemplateFile) -> Finding {
    guard let error = error as? MustacheTemplate.ParserError else {
      return Finding(
        rule: "template", position: SourcePosition(file: file.displayPath), message: "\(error)")
    }
    return Finding(
      rule: "template",
      position: SourcePosition(
        file: file.displayPath, line: error.context.lineNumber,
        column: error.context.columnNumber),
      message: "\(error.error)")
  }
}
