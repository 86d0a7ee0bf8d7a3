import Quantities

/// Reads a grammar file. Its form is described in `templates/README.md`.
struct GrammarText {
  private let file: String
  private var findings: [Finding] = []
  private var form = TextForm.lines
  private var nesting = Grammar.Nesting.indent
  private var comment = UInt8(ascii: "!")
  private var quotes = [UInt8(ascii: "\"")]
  private var signs: [String] = []
  private var indent = 0
  private var kinds: [InterfaceKind] = []
  private var session: Grammar.Session?
  private var start: [Grammar.Action] = []
  private var hints: [String: String] = [:]
  private var blocks: [Grammar.Block] = []
  /// Line in which a block is first named without its rules.
  private var wanted: [Int: Int] = [:]
  private var foreign: [Grammar.Foreign] = []
  private var verbatim: [Grammar.Verbatim] = []
  /// Block that the rules go to.
  private var current = 0
  private var line = 0

  private init(file: String) { self.file = file }

  /// Reads a grammar.
  /// - Throws: `Findings` with the lines that cannot be understood.
  static func grammar(_ text: String, file: String) throws(Findings) -> Grammar {
    var reader = GrammarText(file: file)
    reader.read(text)
    guard reader.findings.isEmpty else { throw Findings(reader.findings) }
    if case .menus(var menus) = reader.form {
      menus.know(reader.blocks)
      reader.form = .menus(menus)
    }
    return Grammar(
      form: reader.form, nesting: reader.nesting, comment: reader.comment, quotes: reader.quotes,
      signs: reader.signs, indent: reader.indent, kinds: reader.kinds,
      session: reader.session, start: reader.start,
      hints: reader.hints, blocks: reader.blocks, verbatim: reader.verbatim, foreign: reader.foreign
    )
  }

  private mutating func fail(_ message: String, hint: String = "", line: Int? = nil) {
    findings.append(
      Finding(
        rule: "grammar", position: SourcePosition(file: file, line: line ?? self.line),
        message: message, hint: hint))
  }

  private mutating func read(_ text: String) {
    _ = block("top")
    for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      var words = row.split(separator: " ", omittingEmptySubsequences: true)
      // `## FACT` names what a line about sessions rests on.
      let facts =
        words.firstIndex(of: "##").map { words.suffix(from: $0 + 1).map(String.init) } ?? []
      // `comment #` names the character that starts a comment here as well.
      if words.count != 2 || words[0] != "comment",
        let mark = words.firstIndex(where: { $0.hasPrefix("#") })
      {
        words.removeSubrange(mark...)
      }
      guard let first = words.first else { continue }
      switch first {
      case "form": form(words)
      case "identity", "naming", "names", "export": menus(words)
      case "nesting": self.nesting = oneOf(words, Grammar.Nesting.init(rawValue:)) ?? nesting
      case "comment":
        let byte = words.count == 2 && words[1].utf8.count == 1 ? words[1].utf8.first : nil
        if let byte { comment = byte } else { fail("a comment starts with one character") }
      case "quote":
        let byte = words.count == 2 && words[1].utf8.count == 1 ? words[1].utf8.first : nil
        if let byte { quotes.append(byte) } else { fail("a quotation mark is one character") }
      case "sign" where words.count > 1:
        signs.append(words.dropFirst().joined(separator: " "))
      case "indent":
        indent = oneOf(words) { Int($0).flatMap { (1...16).contains($0) ? $0 : nil } } ?? 0
      case "kind": kind(row, words)
      case "start":
        start += actions(words.dropFirst(), captures: 0)
      case "hint" where words.count > 2:
        hints[String(words[1])] = words.dropFirst(2).joined(separator: " ")
      case "in":
        if words.count == 2 {
          current = block(String(words[1]))
          wanted[current] = nil
        } else {
          fail("a block is \"in NAME\"")
        }
      case "with":
        let known = words.count == 2 ? blocks.first { $0.name == words[1] } : nil
        if let known, !known.rules.isEmpty {
          blocks[current].rules += known.rules
          blocks[current].expected += known.expected
          blocks[current].undos += known.undos
        } else {
          fail("\"with\" is followed by the name of a block above")
        }
      case "expects" where words.count > 1:
        let parts = words.dropFirst().split(separator: "if", maxSplits: 1)
        let sides = parts.map { $0.split(separator: "|").flatMap { patterns($0) } }
        blocks[current].expected.append(
          Grammar.Expected(
            forms: sides.first ?? [], condition: sides.count > 1 ? sides[1] : []))
      case "verbatim" where words.count > 2:
        for pattern in patterns(words.dropFirst(2)) {
          verbatim.append(
            Grammar.Verbatim(pattern: pattern, end: words[1] == "$" ? nil : String(words[1])))
        }
      case "unknown", "unknown-block":
        for pattern in patterns(words.dropFirst()) {
          foreign.append(Grammar.Foreign(pattern: pattern, opens: first == "unknown-block"))
        }
      case "session": session(words, facts)
      case "undo", "undo-first": undo(words, facts)
      case "undo-inside" where words.count > 1 && facts.count == 1:
        blocks[current].undos += patterns(words.dropFirst()).map {
          Grammar.Undo(pattern: $0, words: [], isInside: true, fact: facts[0])
        }
      case "privileged" where words.count > 1:
        if session == nil { fail("\"privileged\" stands below \"session\"") }
        let forms = patterns(words.dropFirst())
        session?.privileged += forms
      case "inline" where words.count > 1: rule(Array(words.dropFirst()), isInline: true)
      default: rule(words)
      }
    }
    for (block, line) in wanted.sorted(by: { $0.value < $1.value }) {
      fail("block \"\(blocks[block].name)\" has no rules", line: line)
    }
  }

  /// `form json NOTES` or `form menus`. The words of lines that JSON stands for are exact.
  private mutating func form(_ words: [Substring]) {
    if let form = TextForm(words.dropFirst()) {
      self.form = form
      if case .json = form { quotes = [] }
    } else {
      fail("\"\(words.joined(separator: " "))\" is no form of texts")
    }
  }

  /// What the grammar says of menus.
  private mutating func menus(_ words: [Substring]) {
    guard case .menus(var menus) = form else {
      return fail("\"\(words[0])\" stands below \"form menus\"")
    }
    if let problem = menus.read(words) { return fail(problem) }
    form = .menus(menus)
  }

  /// `session UNDO COMMAND ## FACT`: the command opens a session in which `UNDO LINE` takes a line
  /// back.
  private mutating func session(_ words: [Substring], _ facts: [String]) {
    guard words.count > 2, !facts.isEmpty else {
      return fail("a session is \"session UNDO COMMAND ## FACT\"")
    }
    session = Grammar.Session(
      opening: words.dropFirst(2).joined(separator: " "), undo: String(words[1]), facts: facts)
  }

  /// `undo FORM -> COMMAND ## FACT`
  private mutating func undo(_ words: [Substring], _ facts: [String]) {
    guard let arrow = words.firstIndex(of: "->"), arrow + 1 < words.count, facts.count == 1 else {
      return fail("what takes a line back is \"undo FORM -> COMMAND ## FACT\"")
    }
    for pattern in patterns(words[1..<arrow]) {
      let command = words[(arrow + 1)...].map(String.init)
      let isKnown = command.allSatisfy { word in
        !word.hasPrefix("$")
          || Int(word.dropFirst()).map { (1..<pattern.captureCount + 1).contains($0) } ?? false
      }
      if !isKnown {
        fail("\"\(command.joined(separator: " "))\" names a value that the line does not have")
      }
      blocks[current].undos.append(
        Grammar.Undo(
          pattern: pattern, words: command, isFirst: words[0] == "undo-first", fact: facts[0]))
    }
  }

  private mutating func oneOf<Value>(_ words: [Substring], _ make: (String) -> Value?) -> Value? {
    let value = words.count == 2 ? make(String(words[1])) : nil
    if value == nil { fail("\"\(words.joined(separator: " "))\" is not understood") }
    return value
  }

  private mutating func block(_ name: String) -> Int {
    if let known = blocks.firstIndex(where: { $0.name == name }) { return known }
    blocks.append(Grammar.Block(name: name, rules: []))
    return blocks.count - 1
  }

  /// `kind port "TenGigabitEthernet " 2-3 te(ngigabitethernet) ...`
  private mutating func kind(_ row: Substring, _ words: [Substring]) {
    let parts = row.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count == 3, words.count > 2, let role = InterfaceRole(rawValue: String(words[1]))
    else {
      return fail(
        "a kind is: kind ROLE \"NAME\" NUMBERS WORD...",
        hint: "roles are \(InterfaceRole.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    var rest = parts[2].split(separator: " ")
    let numbers = rest.isEmpty ? "" : rest.removeFirst()
    let ends = numbers.split(separator: ":", omittingEmptySubsequences: false)
    let lanes = ends.count == 2 && Int(ends[0]).map { $0 + 1 } == Int(ends[1])
    let isHyphenated = numbers == "-2"
    let counts = isHyphenated ? 2...2 : Self.range(lanes ? ends[0] + "-" + ends[1] : numbers)
    let fixed = rest.filter { $0.hasSuffix("/") && $0.utf8.first.map { $0 < 58 } == true }
    let keywords = rest.filter { !fixed.contains($0) }.compactMap {
      form == .lines ? Keyword($0) : Keyword(exact: $0)
    }
    guard let counts, counts.upperBound <= 4, keywords.count + fixed.count == rest.count,
      !keywords.isEmpty || parts[1].isEmpty
    else {
      return fail("a kind has how many numbers, 0 to 4, and words that it is known by")
    }
    kinds.append(
      InterfaceKind(
        role: role, text: String(parts[1]), keywords: keywords, fixed: fixed.map { Array($0.utf8) },
        counts: counts, lastMark: UInt8(ascii: isHyphenated ? "-" : lanes ? ":" : "/")))
  }

  /// `3` or `2-3`.
  static func range(_ text: Substring) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1],
      low >= 0, low <= high
    else { return nil }
    return low...high
  }

  // MARK: Rules

  /// `FORM -> ACTION; ACTION => BLOCK`; `~>` for a line that is listed as not understood too.
  /// - Parameter isInline: whether the form is the start of lines of the block alone.
  private mutating func rule(_ words: [Substring], isInline: Bool = false) {
    let arrow = words.firstIndex { $0 == "->" || $0 == "~>" }
    let opening = words.firstIndex { $0 == "=>" }
    let end = arrow ?? opening ?? words.count
    let isBeyond = arrow.map { words[$0] == "~>" } ?? false
    var opens: Int?
    if let opening {
      if opening + 2 == words.count, opening > (arrow ?? -1) {
        let known = blocks.count
        let opened = block(String(words[opening + 1]))
        if opened == known { wanted[opened] = line }
        opens = opened
      } else {
        fail("\"=>\" is followed by the name of a block at the end of the line")
      }
    }
    if isInline {
      if let opens {
        blocks[opens].isInline = true
      } else {
        fail("an inline form ends in \"=>\" and the name of its block")
      }
    }
    for pattern in patterns(words[..<end]) {
      let actions =
        arrow.map {
          self.actions(words[($0 + 1)..<(opening ?? words.count)], captures: pattern.captureCount)
        } ?? []
      let rule = Grammar.Rule(pattern: pattern, actions: actions, opens: opens, isBeyond: isBeyond)
      if isInline {
        blocks[current].inlines.append(rule)
      } else {
        blocks[current].rules.append(rule)
      }
    }
  }

  private mutating func actions(_ words: ArraySlice<Substring>, captures: Int) -> [Grammar.Action] {
    var actions: [Grammar.Action] = []
    for part in words.joined(separator: " ").split(separator: ";") {
      let words = part.split(separator: " ")
      guard let name = words.first else { continue }
      guard let setting = Setting(rawValue: String(name)) else {
        fail("there is no setting \"\(name)\"")
        continue
      }
      let arguments = words.dropFirst().map { word -> Grammar.Action.Argument in
        if word.hasPrefix("$"), let number = Int(word.dropFirst()) { return .capture(number - 1) }
        return .word(String(word))
      }
      let isKnown = arguments.allSatisfy {
        if case .capture(let place) = $0 { (0..<captures).contains(place) } else { true }
      }
      if !isKnown { fail("\"\(part)\" names a value that the line does not have") }
      if !setting.arity.contains(arguments.count) {
        fail("\"\(name)\" takes \(setting.arity.lowerBound) to \(setting.arity.upperBound) values")
      }
      actions.append(Grammar.Action(setting: setting, arguments: arguments))
    }
    return actions
  }

  // MARK: Forms

  /// The forms of a line: two for each word in brackets, with it and without.
  private mutating func patterns(_ words: ArraySlice<Substring>) -> [Pattern] {
    var forms: [[Pattern.Element]] = [[]]
    for word in words {
      let isOptional = word.hasPrefix("[") && word.hasSuffix("]")
      let inner = isOptional ? word.dropFirst().dropLast() : word
      guard let element = element(inner, isExact: form != .lines) else {
        fail("\"\(word)\" is no word and no value", hint: "values are {n}, {n:0-7}, {ports}, ...")
        return []
      }
      let without = isOptional ? forms : []
      forms = forms.map { $0 + [element] } + without
    }
    return forms.map { Pattern(elements: $0) }
  }

  private func element(_ word: Substring, isExact: Bool) -> Pattern.Element? {
    if word == "..." { return .anything }
    guard word.hasPrefix("{") else {
      return (isExact ? Keyword(exact: word) : Keyword(word)).map { .keyword($0) }
    }
    guard word.hasSuffix("}") else { return nil }
    if word.hasPrefix("{like:") {
      return .like(Array(word.dropFirst("{like:".count).dropLast().utf8))
    }
    let parts = word.dropFirst().dropLast().split(separator: ":")
    let limits = parts.count == 2 ? GrammarText.range(parts[1]) : nil
    guard let name = parts.first, parts.count == 1 || limits != nil else { return nil }
    switch name {
    case "n": return .capture(.number(limits ?? 0...999_999_999))
    case "hex": return .capture(.hexadecimal(limits ?? 0...0xFFFF_FFFF))
    case "numbers": return .capture(.numbers(limits ?? 0...999_999_999))
    case "series": return .capture(.series(limits ?? 0...999_999_999))
    case "vlan": return .capture(.number(1...4094))
    case "vlans": return .capture(.numbers(1...4094))
    case "ports": return .capture(.interfaces([.port]))
    case "lags": return .capture(.interfaces([.lag, .pairLAG]))
    case "pair-lags": return .capture(.interfaces([.pairLAG]))
    case "links": return .capture(.interfaces([.port, .lag, .pairLAG]))
    case "svis": return .capture(.interfaces([.vlan]))
    case "management": return .capture(.interfaces([.management]))
    case "interfaces": return .capture(.interfaces(InterfaceRole.allCases))
    case "ip": return .capture(.address)
    case "prefix": return .capture(.prefix)
    case "mask": return .capture(.mask)
    case "word": return .capture(.word)
    case "text": return .capture(.text)
    default: return nil
    }
  }
}
