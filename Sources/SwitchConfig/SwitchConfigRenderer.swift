import CatalogModel
import Fabric
import Quantities
import TemplateText

/// Writes intents as configurations, through the templates of their dialects.
///
/// Each template line may end in ` ## FACT,FACT`: the renderer takes this off and keeps it beside
/// the line. A line `## TEXT` names the part of the intent that the lines after it say. Lines that
/// rest on a fact of grade U get a comment above them that says so.
public struct SwitchConfigRenderer: Sendable {
  private let templates: TemplateSet

  /// Makes a renderer; keep it, since the templates are parsed once only.
  public init(templates: TemplateSet) { self.templates = templates }

  /// Facts of a dialect.
  public func facts(_ os: SwitchOS) -> FactTable { templates.facts(os) }

  /// Writes one switch.
  ///
  /// - Throws: `Findings` when there are no templates for its dialect, when the intent does not fit
  ///   the dialect (`DialectTraits.check`), when a text of it holds a control character, or when a
  ///   template names a fact that its table lacks.
  public func render(_ intent: SwitchIntent, header: ConfigHeader) throws(Findings)
    -> RenderedConfig
  {
    guard let dialect = templates.dialect(intent.os) else {
      throw Findings([
        Finding(
          rule: "template", subject: [intent.hostname],
          message: "there are no templates for switch system \"\(intent.os.rawValue)\"",
          expected: "one of \(templates.names.joined(separator: ", "))",
          hint: "add a folder \(intent.os.rawValue)/ to a directory given with --templates")
      ])
    }
    let traits = templates.traits(intent.os)
    var findings = traits?.check(intent) ?? []
    findings += SwitchConfigRenderer.controlCharacters(intent, header)
    guard findings.isEmpty else { throw Findings(findings) }
    let ports = PortBlocks(intent, traits: traits).render(
      dialect.port, library: dialect.templates.library)
    let view = IntentView(intent, header: header, traits: traits).node(portBlocks: ports)
    var marker = MarkedText(
      facts: dialect.facts, model: header.model, name: intent.hostname)
    marker.read(dialect.templates.render(view, with: "switch"))
    guard marker.findings.isEmpty else { throw Findings(marker.findings) }
    return RenderedConfig(
      hostname: intent.hostname, os: intent.os, text: marker.text, lines: marker.lines)
  }

  /// A text with a control character could smuggle a line of its own into a configuration.
  private static func controlCharacters(_ intent: SwitchIntent, _ header: ConfigHeader) -> [Finding]
  {
    var texts = [
      intent.hostname, intent.management?.interface ?? "", intent.pair?.systemMAC ?? "",
      intent.qos?.policy ?? "", header.planName, header.planHash, header.model,
    ]
    texts += intent.users.map(\.name) + intent.vlans.map(\.name) + intent.splits.map(\.port)
    texts += intent.lags.map(\.description)
    for port in intent.ports {
      texts.append(port.name)
      texts.append(port.description)
    }
    for group in intent.uplinkGroups { texts += group.downstream }
    return texts.filter { $0.utf8.contains { $0 < 32 || $0 == 127 } }.map { _ in
      Finding(
        rule: "control-character", subject: [intent.hostname],
        message: "a name or description holds a control character")
    }
  }
}
