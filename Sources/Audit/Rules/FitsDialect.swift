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
      guard let traits = DialectTraits.of(intent.os) else {
        ledger.expect(
          context.site.requirements.allowsUnconfigured, at: [view.name],
          "no configuration can be written for \(intent.os.rawValue)",
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
