import Fabric

/// One proof over configurations alone. Its claim is what can be said without a plan.
struct TextProof: Sendable {
  let name: String
  /// One sentence without a full stop.
  let claim: String
  let check: @Sendable (TextContext, inout Ledger) -> Void

  /// In the order in which they run.
  static let all: [TextProof] = [
    .names, .pairs, .links, .chains, .isolation, .loops, .classes, .groups,
  ]
}
