extension TextProof {
  /// In the order in which they run.
  static let all: [TextProof] = [
    .names, .pairs, .links, .chains, .isolation, .loops, .classes, .groups,
  ]
}
