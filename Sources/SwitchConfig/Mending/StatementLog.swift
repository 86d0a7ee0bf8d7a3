import Quantities

/// Takes down the lines that a reader understands, each once for everything that it is about.
struct StatementLog {
  private(set) var statements: [Statement] = []
  /// The start of a line that names the block it belongs to, once for each thing that it names.
  private var inline: [(key: String, text: String)] = []
  private var inlineSettings: [Setting] = []

  /// Settings whose lines add to a list, so that each item of theirs stands for itself.
  private static let gathering: Set<Setting> = [
    .tagged, .untagged, .members, .upstream, .downstream, .allowedAdd, .generalMember,
    .generalTag, .generalTagged, .generalUntagged, .peerMembers, .vlan, .interface,
  ]

  /// Notes that the line starts with the name of the block that it belongs to.
  mutating func start(
    _ rule: Grammar.Rule, _ values: [Pattern.Value], _ kinds: [InterfaceKind]
  ) {
    inlineSettings = rule.actions.map(\.setting)
    inline = Self.items(values).map { item in
      let values = Self.shown(values, item, kinds)
      return (
        "\(rule.opens ?? 0) " + values.joined(separator: " "),
        rule.pattern.text(values) ?? ""
      )
    }
  }

  mutating func endStart() { inline = [] }

  /// Takes down a line.
  /// - Returns: the scopes of the lines in the block that it opens.
  mutating func add(
    _ rule: Grammar.Rule, _ values: [Pattern.Value], _ line: LineCursor,
    in scopes: [Statement.Scope], of grammar: Grammar, block: Int
  ) -> [Statement.Scope] {
    let kinds = grammar.kinds
    let undo = undoForm(of: line, grammar.blocks[block].undos, kinds)
    let isGathering = rule.actions.contains { Self.gathering.contains($0.setting) }
    let items = isGathering ? Self.items(values) : [nil]
    let words = line.rest
    let isPrivileged =
      grammar.session?.privileged.contains { $0.values(line, kinds) != nil } ?? false
    var inner: [Statement.Scope] = []
    for scope in scopes.isEmpty ? [Statement.Scope()] : scopes {
      for item in items {
        let shown = Self.shown(values, item, kinds)
        let canonical = rule.pattern.text(shown)
        let meaning = canonical ?? words
        var statement = Statement(
          scope: scope, text: item == nil ? words : meaning, meaning: meaning,
          undo: undo?.undo(item, kinds)
            ?? Statement.Undo(
              text: grammar.undo(of: item == nil && Self.hasList(values) ? words : meaning)),
          settings: rule.actions.map(\.setting))
        statement.undo.isNegation = grammar.negates(statement.undo.text, statement.text)
        statement.isPrivileged = scope.keys.isEmpty ? isPrivileged : scope.isPrivileged
        if let opened = rule.opens {
          let key = "\(opened) " + shown.joined(separator: " ")
          statement.opens = key
          inner.append(
            Statement.Scope(
              keys: scope.keys + [key], path: scope.path + [statement.text],
              isPrivileged: statement.isPrivileged))
        }
        append(statement)
      }
    }
    return inner
  }

  /// Takes down a statement, behind each start of its line.
  private mutating func append(_ statement: Statement) {
    guard !inline.isEmpty else { return statements.append(statement) }
    for start in inline {
      var whole = statement
      whole.scope.keys.append(start.key)
      whole.settings += inlineSettings
      whole.text = Self.joined(start.text, statement.text)
      whole.meaning = Self.joined(start.text, statement.meaning)
      whole.undo.text = Self.joined(start.text, statement.undo.text)
      statements.append(whole)
    }
  }

  /// `interface ethernet 1/1` and `no mtu` make `no interface ethernet 1/1 mtu`.
  private static func joined(_ start: String, _ rest: String) -> String {
    rest.hasPrefix("no ") ? "no \(start) \(rest.dropFirst(3))" : "\(start) \(rest)"
  }

  /// A form that says how a line is taken back, and the values that it finds there.
  private struct UndoForm {
    var place: Int
    var form: Grammar.Undo
    var values: [Pattern.Value]

    func undo(_ item: Int?, _ kinds: [InterfaceKind]) -> Statement.Undo {
      let shown = StatementLog.shown(values, item, kinds)
      let words = form.words.map { word in
        let place = word.hasPrefix("$") ? Int(word.dropFirst()) : nil
        return place.flatMap { shown.indices.contains($0 - 1) ? shown[$0 - 1] : nil } ?? word
      }
      return Statement.Undo(
        text: words.joined(separator: " "), form: place, isFirst: form.isFirst,
        isInside: form.isInside, fact: form.fact)
    }
  }

  private func undoForm(
    of line: LineCursor, _ forms: [Grammar.Undo], _ kinds: [InterfaceKind]
  ) -> UndoForm? {
    for (place, form) in forms.enumerated() {
      if let values = form.pattern.values(line, kinds) {
        return UndoForm(place: place, form: form, values: values)
      }
    }
    return nil
  }

  /// Whether a value is a list of numbers, which the platform may want in a form of its own.
  private static func hasList(_ values: [Pattern.Value]) -> Bool {
    values.contains { if case .numbers = $0 { true } else { false } }
  }

  /// Places in the first list among the values; one `nil` where there is none.
  private static func items(_ values: [Pattern.Value]) -> [Int?] {
    for value in values {
      switch value {
      case .interfaces(let names) where !names.isEmpty: return Array(names.indices)
      case .numbers(let numbers) where !numbers.isEmpty: return Array(numbers.indices)
      default: continue
      }
    }
    return [nil]
  }

  /// The values as words, of a list one item or all.
  private static func shown(
    _ values: [Pattern.Value], _ item: Int?, _ kinds: [InterfaceKind]
  ) -> [String] {
    values.map { value in
      switch value {
      case .interfaces(let names):
        if let item, names.indices.contains(item) { return names[item].text(kinds) }
        return names.map { $0.text(kinds) }.joined(separator: ",")
      case .numbers(let numbers):
        if let item, numbers.indices.contains(item) { return String(numbers[item]) }
        return PortLists.ranges(numbers)
      case .number(let number): return String(number)
      case .address(let address): return address.description
      case .prefix(let address, let length): return "\(address)/\(length)"
      case .text(let text): return text
      }
    }
  }
}

extension Pattern {
  /// A line of this form with these values; `nil` where the form leaves words open.
  func text(_ values: [String]) -> String? {
    var words: [String] = []
    var next = 0
    for element in elements {
      switch element {
      case .keyword(let keyword): words.append(String(decoding: keyword.bytes, as: UTF8.self))
      case .capture(.mask): return nil
      case .capture:
        guard next < values.count else { return nil }
        words.append(values[next])
        next += 1
      case .like, .anything: return nil
      }
    }
    return words.joined(separator: " ")
  }
}
