import Fabric
import Quantities

extension PlanProof {
  /// Every intent can be written in the words of its switch's operating system, and would read
  /// back as it is.
  static let fitsDialect = PlanProof(
    "fits-dialect", claim: "each switch can be told what is planned in its own dialect",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      guard let intent = view.intent else { continue }
      guard let traits = context.fabric.traits(intent.os), traits.writes(intent) else {
        checkUnwritten(view, intent, context, &ledger)
        continue
      }
      ledger.expect(true, at: [], "")
      for finding in traits.check(intent) {
        ledger.fail(
          at: finding.subject, finding.message, expected: finding.expected, hint: finding.hint)
      }
    }
  }

  /// A switch of an unknown dialect, or a pair that no text can hold: it is set up by hand, or by
  /// templates that were added, and the list to confirm says which.
  private static func checkUnwritten(
    _ view: SwitchView, _ intent: SwitchIntent, _ context: AuditContext, _ ledger: inout Ledger
  ) {
    let part = view.device.part.rawValue
    let traits = context.fabric.traits(intent.os)
    if traits == nil, context.confirmations.asks(names: [part], words: ["added templates"]) {
      return ledger.expect(true, at: [], "")
    }
    ledger.expect(
      context.site.requirements.allowsUnconfigured, at: [view.name],
      "no configuration can be written for \(intent.os.rawValue)"
        + (traits?.wordless(intent).map { ": it has no words for \($0)" } ?? ""),
      expected: "an operating system with a dialect, unless the site allows others")
    ledger.expectConfirmed(
      "that \(part) is set up by hand", at: [view.name], in: context, names: [part],
      words: ["by hand"])
  }
}
