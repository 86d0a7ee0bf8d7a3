import Quantities

/// One proof: a name, what it claims, and the check.
///
/// Each file under `Rules/` extends `PlanProof`, each under `Texts/` `TextProof`, with one static
/// proof; `all` lists them.
struct Proof<Context>: Sendable {
  /// Kebab case; findings carry it as their rule.
  let name: String
  /// What holds when the proof passes, one sentence without a full stop.
  let claim: String
  /// Whether it looks at what the switches are told to do, so that it runs again over intents that
  /// were read back from configuration text.
  let readsIntents: Bool
  /// Looks at everything of its kind and writes down what it saw.
  let check: @Sendable (Context, inout Ledger) -> Void

  init(
    _ name: String, claim: String, readsIntents: Bool = false,
    check: @escaping @Sendable (Context, inout Ledger) -> Void
  ) {
    self.name = name
    self.claim = claim
    self.readsIntents = readsIntents
    self.check = check
  }
}

/// A proof over a plan.
typealias PlanProof = Proof<AuditContext>

/// A proof over configurations alone. Its claim is what can be said without a plan.
typealias TextProof = Proof<TextContext>

/// Counts what a proof looked at and keeps what it found.
struct Ledger {
  let rule: String
  private(set) var checked = 0
  private(set) var findings: [Finding] = []

  init(rule: String) { self.rule = rule }

  /// Looks at one fact; texts are only made when it does not hold.
  mutating func expect(
    _ holds: Bool, at subject: @autoclosure () -> [String],
    _ message: @autoclosure () -> String, expected: @autoclosure () -> String = "",
    hint: @autoclosure () -> String = "", severity: Severity = .error
  ) {
    checked += 1
    guard !holds else { return }
    findings.append(
      Finding(
        rule: rule, severity: severity, subject: subject(), message: message(),
        expected: expected(), hint: hint()))
  }

  /// Writes down one fact that does not hold.
  mutating func fail(
    at subject: [String], _ message: String, expected: String = "", hint: String = ""
  ) {
    expect(false, at: subject, message, expected: expected, hint: hint)
  }

  /// Looks at one fact that no source states: it must stand on the list to confirm.
  ///
  /// - Parameters:
  ///   - fact: what is unknown, such as `PFC of dell-8164f`.
  ///   - names: subjects under which it may stand there.
  ///   - words: at least one of them must occur in the question, so that a question about one
  ///     unknown fact does not answer for another; empty accepts any.
  ///   - isCapability: such an unknown is refused when the site allows none.
  mutating func expectConfirmed(
    _ fact: @autoclosure () -> String, at subject: @autoclosure () -> [String],
    in context: AuditContext, names: [String], words: [String], isCapability: Bool = false
  ) {
    if isCapability, !context.site.requirements.allowsUnknown {
      return expect(
        false, at: subject(), "nobody has said: \(fact())",
        expected: "a known fact, since the site allows no unknown ones",
        hint: "choose another part, add the fact to the catalogue, or allow unknown facts")
    }
    expect(
      context.confirmations.asks(names: names, words: words), at: subject(),
      "nobody has said: \(fact())", expected: "an entry on the list to confirm",
      hint: "ask the maker or the owner before anybody pays")
  }
}
