/// Goes through the lines of a configuration by the rules of a grammar.
struct ConfigWalk {
  let grammar: Grammar
  var recorder: ConfigRecorder
  var line: LineCursor
  /// What ends the text of somebody's own that the line is in; `nil` outside one.
  var verbatimEnd: [UInt8]?
  /// Marks that no later line has.
  var lostMarks: Set<[UInt8]> = []
  /// Lines of each block so far.
  private var said: [BlockKey: Set<String>] = [:]
  /// Blocks that expect certain lines, in the order of the text, with those that came.
  private var expecting: [Expectation] = []
  private var expectingPlaces: [BlockKey: Int] = [:]
  /// Blocks that end by their indentation, and the kinds that some line `exit` ended.
  private var leftOpen: [(block: Int, line: Int)] = []
  private var closedKinds: Set<Int> = []
  /// Whether a line closed a block so far, and whether `configure` waits for its own.
  private var usesExits = false
  /// A block that another one followed before any line closed one.
  private var unclosed: Int?
  /// The last line that opened a block, and how many statements stood up to it.
  private var opened = (text: "", lines: 0)
  private var isConfiguring = false
  /// Open blocks, the innermost last.
  private var stack: [Frame] = []
  /// In an indented text, the blocks that lines with a prompt opened: what the switch prints between
  /// two of them does not close these.
  private var typed: [Frame] = []
  private var isAfterPrompt = false
  /// Whether some line stood deeper than the one that opened its block, or one that must be of the
  /// block did not before that: then blanks at the start of lines say nothing.
  private var hasDepth = false
  private var isFlat = false
  /// Number of the statement before.
  private var lastStatement = 0
  /// Whether lines that are missing say that something is as from the factory.
  private var isExport = false
  /// The lines so far, where somebody wants them.
  var log: StatementLog?

  /// What of the lines that a block expects has come.
  private struct Expectation {
    var block: Int
    var line: Int
    var isMet: [Bool]
    /// Whether the block holds what makes it expect the lines.
    var isDue: [Bool]
  }

  /// A block, opened once or several times.
  struct BlockKey: Hashable {
    var block: Int
    var subject: ConfigRecorder.Subject
  }

  /// An open block.
  struct Frame {
    /// Place in the grammar; `nil` for a block that no intent holds: its lines are all unknown.
    var block: Int?
    var subject: ConfigRecorder.Subject
    var indent: Int
    /// The line that opened it.
    var line = 0
    /// What its lines stand in, where they are taken down.
    var scopes: [Statement.Scope] = []
  }

  init(_ bytes: [UInt8], _ grammar: Grammar, lastVLAN: Int) {
    self.grammar = grammar
    recorder = ConfigRecorder(grammar, lastVLAN: lastVLAN)
    let unfolded = grammar.form.unfolded(bytes)
    let shown = unfolded == nil ? TerminalText(bytes) : nil
    line = LineCursor(
      unfolded?.bytes ?? shown?.bytes ?? bytes, comment: grammar.comment, quotes: grammar.quotes,
      places: unfolded?.places ?? [])
    if let shown {
      recorder.model.oddities = shown.oddities
    }
    if let unfolded {
      recorder.model.oddities = unfolded.oddities
      recorder.model.unknown = unfolded.unread
      isExport = unfolded.isExport
      recorder.model.lines = unfolded.unread.count
    }
  }

  /// What all lines say.
  /// - Parameter lastVLAN: the last VLAN that the platform has.
  static func model(
    _ bytes: [UInt8], _ grammar: Grammar, lastVLAN: Int = 4094
  ) -> ConfigModel {
    var walk = ConfigWalk(bytes, grammar, lastVLAN: lastVLAN)
    walk.run()
    return walk.recorder.model
  }

  /// The lines that are understood, one for each thing that they are about.
  static func statements(
    _ bytes: [UInt8], _ grammar: Grammar, lastVLAN: Int
  ) -> [Statement] {
    var walk = ConfigWalk(bytes, grammar, lastVLAN: lastVLAN)
    walk.log = StatementLog()
    walk.run()
    return walk.log?.statements ?? []
  }

  private mutating func run() {
    expect(0, .device)
    while line.advance() {
      recorder.line = line.number
      if verbatimEnd != nil {
        verbatim()
      } else if line.isBlank || isOfSession {
        continue
      } else if line.isComment {
        comment()
      } else {
        recorder.model.lines += 1
        read()
        lastStatement = line.number
      }
    }
    end()
  }

  /// What only the whole text shows.
  private mutating func end() {
    recorder.finish()
    for frame in stack { leave(frame) }
    if grammar.form != .lines { recorder.model.sortUnknown() }
    // A text without a name of the switch is a part of one.
    let isWhole = recorder.model.hostname != nil
    for expectation in expecting where !isExport && (expectation.block != 0 || isWhole) {
      let all = grammar.blocks[expectation.block].expected
      for (place, expected) in all.enumerated()
      where !expectation.isMet[place] && expectation.isDue[place]
        && (usesExits || expected.forms.first?.words != "exit")
      {
        let words = expected.forms.first?.words ?? ""
        recorder.model.oddities.append(
          ConfigModel.Oddity(
            line: expectation.line, rule: "unsaid",
            message: "without a line \"\(words)\" the matter is left to the platform", isNote: true)
        )
      }
    }
    if usesExits, let unclosed {
      recorder.model.oddities.append(
        ConfigModel.Oddity(
          line: unclosed, rule: "exit", message: "the block above is not closed, as others are",
          isNote: true))
    }
    if isConfiguring, usesExits {
      recorder.model.oddities.append(
        ConfigModel.Oddity(
          line: 0, rule: "exit", message: "`configure` is not closed: a line `exit` is missing",
          isNote: true))
    }
    for (block, line) in leftOpen where closedKinds.contains(block) {
      recorder.model.oddities.append(
        ConfigModel.Oddity(
          line: line, rule: "exit", message: "the block is not closed, as others of its kind are"))
    }
  }

  private mutating func leave(_ frame: Frame) {
    if grammar.nesting == .indent, let block = frame.block { leftOpen.append((block, frame.line)) }
  }

  /// Notes that a block is open, and which lines it waits for.
  mutating func expect(_ block: Int, _ subject: ConfigRecorder.Subject) {
    let all = grammar.blocks[block].expected
    guard !all.isEmpty else { return }
    for key in keys(block, subject) where expectingPlaces[key] == nil {
      expectingPlaces[key] = expecting.count
      expecting.append(
        Expectation(
          block: block, line: line.number, isMet: all.map { _ in false },
          isDue: all.map(\.condition.isEmpty)))
    }
  }

  /// Notes that a line came which its block waits for.
  mutating func meet(_ block: Int, _ subject: ConfigRecorder.Subject) {
    guard !grammar.blocks[block].expected.isEmpty else { return }
    for key in keys(block, subject) { meet(key) }
  }

  private mutating func meet(_ key: BlockKey) {
    guard let place = expectingPlaces[key] else { return }
    func isOne(of forms: [Pattern]) -> Bool {
      forms.contains { form in
        form.first.map { $0.matches(line.bytes(0)) } ?? true
          && form.values(line, grammar.kinds) != nil
      }
    }
    for (index, expected) in grammar.blocks[key.block].expected.enumerated() {
      if isOne(of: expected.forms) { expecting[place].isMet[index] = true }
      if isOne(of: expected.condition) { expecting[place].isDue[index] = true }
    }
  }

  /// Whether the line asks the switch for something, in a session that was copied with its prompts.
  private var isOfSession: Bool {
    guard line.hasPrompt else { return false }
    let request = line.bytes(line.count > 1 && ConfigWalk.outside.matches(line.bytes(0)) ? 1 : 0)
    return ConfigWalk.requests.contains { $0.matches(request) }
  }

  /// What stands before a request in a block.
  private static let outside = keyword("do")

  private static let requests = [
    "sh(ow)", "ter(minal)", "en(able)", "wr(ite)", "copy", "ping", "dir",
  ]
  .compactMap { Keyword($0[...]) }

  private mutating func read() {
    if startsVerbatim() { return }
    if grammar.nesting == .indent, line.isIndented, line.hasPrompt != isAfterPrompt {
      isAfterPrompt = line.hasPrompt
      if isAfterPrompt {
        for frame in stack { leave(frame) }
        stack = typed
      } else {
        typed = stack
        stack = []
      }
    }
    // A line with a prompt has no indentation of its own.
    let isByIndent = grammar.nesting == .indent && line.isIndented && !line.hasPrompt && !isFlat
    let opened = stack.last
    if isByIndent {
      // A line `exit` stands as deep as the block that it ends, or as its opening.
      let isExit = line.isOne("exit")
      while let frame = stack.last, frame.indent >= line.indent {
        if isExit, stack.count == 1 || frame.indent == line.indent { break }
        stack.removeLast()
        leave(frame)
      }
    }
    if line.isOne("exit") {
      close()
      return
    }
    if line.isOne("end") || isConfigure {
      if isConfigure {
        if isConfiguring { odd("repeated", "the line stands there already") }
        isConfiguring = true
      }
      stack.removeAll()
      return
    }
    if let frame = stack.last, isKnown(in: frame) {
      if line.indent > frame.indent { hasDepth = true }
      return
    }
    switch grammar.nesting {
    case .exit: readAfterExit()
    case .indent where isByIndent:
      if stack.isEmpty, isKnownOutside() || isFirstOfFlat(opened) { return }
      unknown()
      stack.append(Frame(block: nil, subject: .device, indent: line.indent))
    case .indent, .flat: readFlat()
    }
  }

  /// Whether the line is the first of a block and no deeper than the one that opened it, in a text
  /// where none was so far.
  private mutating func isFirstOfFlat(_ frame: Frame?) -> Bool {
    guard !hasDepth, let frame, frame.line == lastStatement, line.indent == frame.indent,
      isKnown(in: frame)
    else { return false }
    stack.insert(frame, at: 0)
    leftOpen.removeAll()
    isFlat = true
    return true
  }

  private mutating func close() {
    usesExits = true
    if let frame = stack.popLast() {
      if let block = frame.block {
        closedKinds.insert(block)
        meet(block, frame.subject)
      }
      return
    }
    if isConfiguring {
      isConfiguring = false
    } else {
      odd("exit", "closes no block")
    }
  }

  private mutating func odd(_ rule: String, _ message: String) {
    recorder.model.oddities.append(
      ConfigModel.Oddity(line: line.number, rule: rule, message: message))
  }

  /// `configure`, as it stands in a session or in what somebody typed.
  private var isConfigure: Bool {
    line.isOne("configure")
      || (ConfigWalk.configure.matches(line.bytes(0)) && line.count == 2
        && ConfigWalk.terminal.matches(line.bytes(1)))
      || (line.count == 1 && (line.hasPrompt || stack.isEmpty)
        && ConfigWalk.configure.matches(line.bytes(0)))
  }

  private static let configure = keyword("conf(igure)")
  private static let terminal = keyword("t(erminal)")
  private static func keyword(_ text: Substring) -> Keyword { Keyword(text) ?? Keyword.never }

  /// In a text without exits the opening lines of the outermost block open one from anywhere but a
  /// foreign block.
  private mutating func readAfterExit() {
    if stack.last.map({ $0.block != nil }) ?? true {
      let open = stack
      if !stack.isEmpty { stack = [] }
      if isKnownOutside(opening: !open.isEmpty) {
        if !open.isEmpty {
          if usesExits {
            odd("exit", "the block above is not closed")
          } else {
            unclosed = unclosed ?? line.number
          }
        }
        return
      }
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

  mutating func unknown() {
    recorder.model.unknown.append(UnknownLine(number: line.number, text: line.text))
  }

  // MARK: Rules

  private mutating func isKnownOutside(opening: Bool = false) -> Bool {
    isKnown(in: Frame(block: 0, subject: .device, indent: line.indent), opening: opening)
  }

  /// Whether a block knows the line; then it is carried out.
  /// - Parameter opening: whether only lines that open a block count.
  mutating func isKnown(in frame: Frame, opening: Bool = false) -> Bool {
    guard let block = frame.block else { return false }
    if !opening, isKnownInline(in: frame) { return true }
    for rule in grammar.blocks[block].rules where !opening || rule.opens != nil {
      if let first = rule.pattern.first, !first.matches(line.bytes(0)) { continue }
      guard let values = rule.pattern.values(line, grammar.kinds) else { continue }
      var subject = frame.subject
      guard recorder.carryOut(rule.actions, values, &subject) else { return false }
      if rule.isBeyond { unknown() }
      let scopes =
        log?.add(rule, values, line, in: frame.scopes, of: grammar, block: block) ?? frame.scopes
      noteSigns(isOpening: rule.opens != nil)
      // Platforms that close their blocks may open one again.
      let isReopening = rule.opens != nil && grammar.nesting == .exit
      let key = BlockKey(block: block, subject: frame.subject)
      let isSaid =
        isReopening
        ? isOpenedTwice() : !said[key, default: []].insert(line.text).inserted
      if isSaid { odd("repeated", "the line stands there already") }
      meet(block, frame.subject)
      if let opened = rule.opens {
        stack.append(
          Frame(
            block: opened, subject: subject, indent: line.indent, line: line.number, scopes: scopes)
        )
        expect(opened, subject)
      } else if rule.isBeyond, grammar.nesting == .indent, line.isIndented, !line.hasPrompt {
        stack.append(Frame(block: nil, subject: .device, indent: line.indent))
      }
      return true
    }
    return false
  }

  /// Notes what shows that the line was printed by a system of the dialect.
  private mutating func noteSigns(isOpening: Bool) {
    if line.hasPrompt { return }
    // Where blocks are not indented a text without any blanks shows it.
    if line.indent == grammar.indent, grammar.indent > 0 || !line.isIndented {
      recorder.model.signs.indents += 1
    }
    guard isOpening else { return }
    let name = line.rest(from: 1)
    let isExact = grammar.kinds.contains {
      !$0.text.isEmpty && name.starts(with: $0.text.utf8)
        && name.dropFirst($0.text.utf8.count).first.map { (48...57).contains($0) } == true
    }
    if isExact { recorder.model.signs.names += 1 }
  }

  /// Notes that the line opens a block; whether the statement before is the same.
  private mutating func isOpenedTwice() -> Bool {
    let before = opened
    opened = (line.text, recorder.model.lines)
    return before.lines + 1 == opened.lines && before.text == opened.text
  }

  /// A running configuration may show members of the default VLAN as comments.
  private mutating func comment() {
    if grammar.signs.contains(where: { line.rest(from: 0).starts(with: $0.utf8) }) {
      recorder.model.signs.marks += 1
    }
    guard let frame = stack.last, let block = frame.block else { return }
    let isMeant = grammar.blocks[block].rules.contains {
      $0.pattern.first.map { $0.bytes.first == grammar.comment && $0.matches(line.bytes(0)) }
        ?? false
    }
    if isMeant, !isKnown(in: frame) { unknown() }
  }
}
