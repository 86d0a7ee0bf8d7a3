/// Lines that name the block which they belong to, as `interface ethernet 1/1 mtu 9216`.
extension ConfigWalk {
  /// Whether the line starts with an inline form, alone or behind `no`, and the block of the form
  /// knows what is left of it, with the `no`; then it is carried out. No block stays open.
  mutating func isKnownInline(in frame: Frame) -> Bool {
    guard let block = frame.block, !grammar.blocks[block].inlines.isEmpty, !line.isHiding else {
      return false
    }
    let start = line.isWord(0, "no") ? 1 : 0
    for rule in grammar.blocks[block].inlines {
      if let first = rule.pattern.first, !first.matches(line.bytes(start)) { continue }
      guard let inner = rule.opens,
        let (values, next) = rule.pattern.start(of: line, at: start, grammar.kinds),
        next < line.count
      else { continue }
      // An interface that no known line is about is none of the switch's.
      line.hide(start..<next)
      let isOfBlock = hasRule(inner)
      var subject = frame.subject
      guard isOfBlock, recorder.carryOut(rule.actions, values, &subject) else {
        line.restore()
        continue
      }
      expect(inner, subject)
      log?.start(rule, values, grammar.kinds)
      let isKnown = isKnown(
        in: Frame(block: inner, subject: subject, indent: line.indent, scopes: frame.scopes))
      log?.endStart()
      line.restore()
      if isKnown {
        meet(block, frame.subject)
        return true
      }
    }
    return false
  }

  /// Whether a block has a rule for what is left of the line.
  private func hasRule(_ block: Int) -> Bool {
    grammar.blocks[block].rules.contains { rule in
      rule.pattern.first?.matches(line.bytes(0)) ?? true
        && rule.pattern.values(line, grammar.kinds) != nil
    }
  }

  /// What lines of a block are kept under: each interface or VLAN for itself where lines name them,
  /// since one line may name several and another one of them.
  func keys(_ block: Int, _ subject: ConfigRecorder.Subject) -> [BlockKey] {
    guard grammar.blocks[block].isInline else { return [BlockKey(block: block, subject: subject)] }
    let few = 2...64
    switch subject {
    case .interfaces(let places) where few.contains(places.count):
      return places.map { BlockKey(block: block, subject: .interfaces([$0])) }
    case .vlans(let ids) where few.contains(ids.count):
      return ids.map { BlockKey(block: block, subject: .vlans([$0])) }
    default: return [BlockKey(block: block, subject: subject)]
    }
  }
}
