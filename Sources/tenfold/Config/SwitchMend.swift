import CatalogModel
import Fabric
import Reports
import SwitchConfig

/// What brings one switch back to its plan, in its turn.
struct SwitchMend: Encodable {
  var device: String
  /// Who is cut off should the switch go away meanwhile; empty when nobody is.
  var risk: String
  /// What to look at on it before.
  var before: [String]
  /// In privileged mode; empty where no commands are known.
  var lines: [String]
  /// Lines that change the way in, for administrators: last, on the console.
  var accessLines: [String]
  /// How they are kept after a restart.
  var saving: [String]
  var after: [String]
  /// Why the planned configuration is loaded as a whole instead; empty where commands are known.
  var load: String
  /// What the way of typing and taking back rests on.
  var facts: [String]

  init(_ intent: SwitchIntent, _ traits: DialectTraits?, _ mend: Mend?, risk: String) {
    device = intent.hostname
    self.risk = risk
    before = SwitchChecks.lines(traits, intent, isBefore: true)
    after = SwitchChecks.lines(traits, intent, isBefore: false)
    lines = mend?.lines ?? []
    accessLines = mend?.accessLines ?? []
    facts = mend?.facts ?? []
    saving = mend == nil ? [] : traits?.command(.saveConfiguration)?.lines ?? []
    load =
      mend == nil
      ? "no commands are known that surely bring it back: load its planned configuration as a "
        + "whole, as the head of switches/\(intent.hostname).cfg and "
        + "docs/caveats-\(intent.os.rawValue).md say" : ""
  }

  /// For a terminal.
  func text(step: Int) -> String {
    var text = "\(step). \(device)\n"
    text +=
      risk.isEmpty
      ? "   should it go away meanwhile, nobody is cut off\n"
      : "   should it go away meanwhile, \(risk): stop what they carry first\n"
    guard load.isEmpty else { return text + "   \(load)\n" }
    text += "   before:\n" + bullets(before)
    if !lines.isEmpty {
      text += "   type:\n" + typed(lines)
    }
    if !accessLines.isEmpty {
      text +=
        "   type last and on the console, since these lines change the way in:\n"
        + typed(accessLines)
    }
    let all = lines + accessLines
    if all.contains(where: { $0.contains("<FILL IN") }) {
      text += "   with a secret of your own where it says <FILL IN SECRET>\n"
    }
    if all.contains(where: { $0.contains("<NUMBER>") }) {
      text += "   with the number that the switch shows where it says <NUMBER>\n"
    }
    if !saving.isEmpty { text += "   and to keep it after a restart:\n" + typed(saving) }
    return text + "   after:\n" + bullets(after)
  }

  private func bullets(_ lines: [String]) -> String {
    lines.map { "     - \($0)\n" }.joined()
  }

  private func typed(_ lines: [String]) -> String {
    lines.map { "     \($0)\n" }.joined()
  }
}
