import Evidence

extension Sheet {
  /// Checks a value that may not be known: unknown then, and never a pass.
  mutating func judge<Value>(
    _ check: CheckID, _ place: String, _ reading: Reading<Value>, expected: String = "",
    shown: (Value) -> String, holds: (Value) -> Bool
  ) {
    switch reading {
    case .known(let value, let source):
      let isGood = holds(value)
      add(
        check, place, isGood ? .pass : .fail, shown(value), expected: isGood ? "" : expected,
        output: source.output)
    case .unknown(let why): add(check, place, .unknown, why.shown)
    }
  }

  mutating func skip(_ check: CheckID, _ place: String, _ why: String) {
    add(check, place, .skipped, why)
  }
}

extension Unknown {
  /// One sentence without a full stop.
  var shown: String {
    let text =
      switch reason {
      case .notCollected: "the evidence does not say it"
      case .toolMissing: "the tool is not on the host"
      case .notPermitted: "the collector was not allowed to look"
      case .notSupported: "the host does not tell"
      case .notUnderstood: "what the tool said was not understood"
      }
    return detail.isEmpty ? text : "\(text): \(detail)"
  }
}
