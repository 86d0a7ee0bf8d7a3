/// Goes through the lines of a configuration by the rules of a grammar.
struct ConfigWalk {
  let grammar: Grammar
  var recorder: ConfigRecorder
  private var line: LineCursor
  /// Open blocks, the innermost last.
  private var stack: [Frame] = []

  /// An open block.
  private struct Frame {
    /// Place in the grammar; `nil` for a block that no intent holds: its lines are all unknown.
    var block: Int?
    var subject: ConfigRecorder.Subject
    var indent: Int
  }

  init(_ bytes: [UInt8], _ grammar: Grammar) {
    self.grammar = grammar
    recorder = ConfigRecorder(grammar)
    line = LineCursor(bytes, comment: grammar.comment)
  }

  /// What all lines say.
  static func model(_ bytes: [UInt8], _ grammar: Grammar) -> ConfigModel {
    var walk = ConfigWalk(bytes, grammar)
    while walk.line.advance() {
      if walk.line.isBlank { continue }
      walk.recorder.line = walk.line.number
      if walk.line.isComment { walk.comment() } else { walk.read() }
    }
    return walk.recorder.model
  }

  private mutating func read() {
    if grammar.nesting == .indent, line.isIndented {
      while let frame = stack.last, frame.indent >= line.indent { stack.removeLast() }
    }
    if line.isOne("exit") {
      if !stack.isEmpty { stack.removeLast() }
      return
    }
    if line.isOne("end") || (grammar.nesting == .exit && line.isOne("configure")) {
      stack.removeAll()
      return
    }
    if let frame = stack.last, isKnown(in: frame) { return }
    switch grammar.nesting {
    case .exit: readAfterExit()
    case .indent where line.isIndented:
      if stack.isEmpty, isKnownOutside() { return }
      unknown()
      stack.append(Frame(block: nil, subject: .device, indent: line.indent))
    case .indent: readFlat()
    }
  }

  /// In a text without exits the opening lines of the outermost block open one from anywhere but a
  /// foreign block.
  private mutating func readAfterExit() {
    if stack.last.map({ $0.block != nil }) ?? true {
      let open = stack
      if !stack.isEmpty { stack = [] }
      if isKnownOutside(opening: !open.isEmpty) { return }
      stack = open
    }
    unknown()
    if opensForeign() { stack.append(Frame(block: nil, subject: .device, indent: line.indent)) }
  }

  /// In a text without indentation a line may belong to any open block or to none.
  private mutating func readFlat() {
    let open = stack
    while stack.count > 1 {
      stack.removeLast()
      if let frame = stack.last, isKnown(in: frame) { return }
    }
    stack.removeAll()
    if isKnownOutside() { return }
    unknown()
    stack = opensForeign() ? [] : open
  }

  private func opensForeign() -> Bool {
    grammar.foreign.first { $0.pattern.values(line, grammar.kinds) != nil }?.opens ?? false
  }

  private mutating func unknown() {
    recorder.model.unknown.append(UnknownLine(number: line.number, text: line.text))
  }

  // MARK: Rules

  private mutating func isKnownOutside(opening: Bool = false) -> Bool {
    isKnown(in: Frame(block: 0, subject: .device, indent: line.indent), opening: opening)
  }

  /// Whether a block knows the line; then it is carried out.
  /// - Parameter opening: whether only lines that open a block count.
  private mutating func isKnown(in frame: Frame, opening: Bool = false) -> Bool {
    guard let block = frame.block else { return false }
    for rule in grammar.blocks[block].rules where !opening || rule.opens != nil {
      if let first = rule.pattern.first, !first.matches(line.bytes(0)) { continue }
      guard let values = rule.pattern.values(line, grammar.kinds) else { continue }
      var subject = frame.subject
      guard recorder.carryOut(rule.actions, values, &subject) else { return false }
      if rule.isBeyond {
        unknown()
      }
      if let opened = rule.opens {
        stack.append(Frame(block: opened, subject: subject, indent: line.indent))
      } else if rule.isBeyond, grammar.nesting == .indent, line.isIndented {
        stack.append(Frame(block: nil, subject: .device, indent: line.indent))
      }
      return true
    }
    return false
  }

  /// A running configuration may show members of the default VLAN as comments.
  private mutating func comment() {
    guard let frame = stack.last, let block = frame.block else { return }
    let isMeant = grammar.blocks[block].rules.contains {
      $0.pattern.first.map { $0.bytes.first == grammar.comment && $0.matches(line.bytes(0)) }
        ?? false
    }
    if isMeant, !isKnown(in: frame) { unknown() }
  }
}
