import Fabric
import Quantities

extension Proof {
  /// Every intent can be written in the words of its switch's operating system, and would read
  /// back as it is.
  static let fitsDialect = Proof(
    "fits-dialect", claim: "each switch can be told what is planned in its own dialect",
    readsIntents: true
  ) { context, ledger in
    for view in context.switches {
      guard let intent = view.intent else { continue }
      // A pair that no text can hold is set up by hand, like a switch without a dialect.
      guard let traits = DialectTraits.of(intent.os), traits.writes(intent) else {
        ledger.expect(
          context.site.requirements.allowsUnconfigured, at: [view.name],
          "no configuration can be written for \(intent.os.rawValue)"
            + (intent.pair == nil ? "" : " in a pair"),
          expected: "an operating system with a dialect, unless the site allows others")
        continue
      }
      ledger.expect(true, at: [], "")
      for finding in traits.check(intent) {
        ledger.fail(
          at: finding.subject, finding.message, expected: finding.expected, hint: finding.hint)
      }
    }
  }
}
