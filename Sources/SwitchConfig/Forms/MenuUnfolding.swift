/// Unfolds commands under menus into lines: `MENU VERB NAME` for a command, then
/// ` MENU NAME KEY VALUE` for each of its properties, whatever their order. A menu without an
/// identity has `MENU VERB` and ` MENU KEY VALUE`.
struct MenuUnfolding {
  private let menus: Menus
  private let names: MenuNames
  private var text: UnfoldedText

  /// The lines that a text stands for.
  static func unfold(_ bytes: [UInt8], _ menus: Menus) -> UnfoldedText {
    var path = MenuPath()
    var words = MenuWords(bytes)
    var statements: [MenuStatement] = []
    while let command = words.next() {
      if let statement = path.statement(command) { statements.append(statement) }
    }
    var unfolding = MenuUnfolding(
      menus: menus, names: MenuNames(statements, menus), text: path.text)
    for statement in statements { unfolding.statement(statement) }
    return unfolding.text
  }

  private mutating func statement(_ statement: MenuStatement) {
    guard menus.known.isEmpty || menus.known.contains(statement.menu) else {
      return text.keep(statement.command)
    }
    switch statement.verb.value {
    case "add": add(statement)
    case "set": set(statement)
    case "enable", "disable": toggle(statement)
    default: text.keep(statement.command)
    }
  }

  private mutating func add(_ statement: MenuStatement) {
    let keys = menus.identities[statement.menu] ?? []
    var subject: [String] = []
    for key in keys {
      let value = statement.value(key.name) ?? key.usual ?? ""
      let name = isName(key.name, in: statement.menu) ? names.list(value) : value
      guard UnfoldedText.isWord(name) else { return text.keep(statement.command) }
      subject.append(name)
    }
    let identity = Set(keys.map(\.name))
    guard statement.words.allSatisfy({ $0.key != nil || Self.isUnset($0) }) else {
      return text.keep(statement.command)
    }
    emit(statement, subject, statement.words.filter { !identity.contains($0.key ?? "") })
  }

  private mutating func set(_ statement: MenuStatement) {
    var properties = statement.words
    guard menus.identities[statement.menu] != nil else {
      guard properties.allSatisfy({ $0.key != nil || Self.isUnset($0) }) else {
        return text.keep(statement.command)
      }
      return emit(statement, [], properties)
    }
    guard let place = properties.firstIndex(where: { $0.key == nil || $0.key == "numbers" }),
      let subjects = subjects(properties.remove(at: place), statement.menu),
      properties.allSatisfy({ $0.key != nil || Self.isUnset($0) })
    else { return text.keep(statement.command) }
    let naming = menus.namings[statement.menu]?.key
    for subject in subjects {
      emit(statement, [subject], properties.filter { $0.key == nil || $0.key != naming })
    }
  }

  /// `disable telnet,ftp` is `set telnet disabled=yes`, and so on.
  private mutating func toggle(_ statement: MenuStatement) {
    guard statement.words.count == 1, let word = statement.words.first,
      let subjects = subjects(word, statement.menu)
    else { return text.keep(statement.command) }
    var verb = statement
    verb.verb.value = "set"
    let value = statement.verb.value == "disable" ? "yes" : "no"
    for subject in subjects {
      emit(verb, [subject], [MenuWord(line: word.line, key: "disabled", value: value)])
    }
  }

  /// What a command is about that names it: by the identity of its menu, or by a name that somebody
  /// gave it.
  private func subjects(_ word: MenuWord, _ menu: String) -> [String]? {
    guard let keys = menus.identities[menu], keys.count == 1, let key = keys.first else {
      return nil
    }
    if word.isBracketed {
      guard word.key == nil, let found = word.found,
        found.key == key.name || found.key == menus.namings[menu]?.key
      else { return nil }
      let name = names.known(found.name)
      return UnfoldedText.isWord(name) ? [name] : nil
    }
    if word.key == nil, Self.isUnset(word) { return nil }
    let list = names.list(word.value).split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    return list.allSatisfy(UnfoldedText.isWord) ? list : nil
  }

  private func isName(_ key: String, in menu: String) -> Bool {
    menus.nameKeys.contains(key) || menus.namings[menu]?.key == key
  }

  /// `!pvid` takes a property back.
  private static func isUnset(_ word: MenuWord) -> Bool {
    word.key == nil && word.isPlain && word.value.hasPrefix("!")
  }

  private mutating func emit(
    _ statement: MenuStatement, _ subject: [String], _ properties: [MenuWord]
  ) {
    let name = subject.map { " " + $0 }.joined()
    text.append("\(statement.menu) \(statement.verb.value)\(name)", at: statement.verb.line)
    let start = " \(statement.menu)\(name) "
    var seen: Set<String> = []
    for property in properties {
      let key = property.key ?? property.value
      if !seen.insert(key).inserted {
        text.report("repeated", "\(key) stands there already", at: property.line)
      }
      guard UnfoldedText.isPlain(property.value), UnfoldedText.isWord(key) else {
        text.unread.append(
          UnknownLine(number: property.line, text: UnfoldedText.shown(key)))
        continue
      }
      let value =
        menus.nameKeys.contains(key) ? names.list(property.value) : property.value
      text.append(start + key + (property.key == nil ? "" : " " + value), at: property.line)
    }
  }
}

/// Finds the menu of each command.
private struct MenuPath {
  /// Menu of the commands that name none.
  private var menu = ""
  /// What is kept as not understood.
  private(set) var text = UnfoldedText()

  private static let verbs: Set<String> = [
    "add", "set", "remove", "enable", "disable", "print", "export", "edit", "move", "unset",
    "find", "get", "reset-configuration", "reboot", "import", "comment", "monitor",
    "monitor-slaves",
  ]

  /// What somebody asks at a prompt.
  private static let requests: Set<String> = [
    "print", "export", "monitor", "monitor-slaves", "get", "quit", "ping",
  ]

  /// A command with its menu; `nil` where it only goes to a menu, asks for something, or cannot be
  /// understood.
  mutating func statement(_ command: MenuCommand) -> MenuStatement? {
    if command.isBroken {
      text.report("quotes", "a quotation mark or bracket is not closed", at: command.line)
      text.keep(command)
      return nil
    }
    if let prompt = command.prompt { menu = Self.below("", prompt) }
    if command.words.isEmpty { return nil }
    var words = command.words[...]
    let isFromTop = words.first.map { $0.key == nil && $0.value.hasPrefix("/") } ?? false
    var path = isFromTop ? "" : menu
    // The last word of a command that stays in its menu is a verb, known or not.
    while let word = words.first, word.key == nil, word.isPlain, isFromTop || words.count > 1,
      !Self.verbs.contains(word.value)
    {
      path = Self.below(path, word.value)
      words.removeFirst()
      // `/interface/bridge/port/add interface=x`
      if let slash = path.lastIndex(of: "/"),
        Self.verbs.contains(String(path[path.index(after: slash)...]))
      {
        let verb = MenuWord(line: word.line, value: String(path[path.index(after: slash)...]))
        words.insert(verb, at: words.startIndex)
        path = String(path[..<slash])
        break
      }
    }
    guard let verb = words.popFirst() else {
      menu = path
      return nil
    }
    if command.prompt != nil, verb.key == nil, Self.requests.contains(verb.value) { return nil }
    guard verb.key == nil, Self.verbs.contains(verb.value) else {
      text.keep(command)
      return nil
    }
    return MenuStatement(menu: path, verb: verb, words: Array(words), command: command)
  }

  /// The menu that a path leads to from another.
  private static func below(_ menu: String, _ path: String) -> String {
    var parts = path.hasPrefix("/") ? [] : menu.split(separator: "/")
    for part in path.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.map { "/" + $0 }.joined()
  }
}

extension UnfoldedText {
  /// Keeps a command as not understood.
  fileprivate mutating func keep(_ command: MenuCommand) {
    unread.append(UnknownLine(number: command.line, text: UnfoldedText.shown(command.text)))
  }
}
