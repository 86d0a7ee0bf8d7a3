/// Unfolds commands under menus into lines: `MENU VERB NAME` for a command, then
/// ` MENU NAME KEY VALUE` for each of its properties, whatever their order. A menu without an
/// identity has `MENU VERB` and ` MENU KEY VALUE`.
struct MenuUnfolding {
  private let menus: Menus
  private let names: MenuNames
  private var text: UnfoldedText

  /// The lines that a text stands for.
  static func unfold(_ bytes: [UInt8], _ menus: Menus) -> UnfoldedText {
    var path = MenuPath(menus: menus)
    var words = MenuWords(bytes, mark: menus.exportMark)
    var statements: [MenuStatement] = []
    while let command = words.next() {
      if let statement = path.statement(command) { statements.append(statement) }
    }
    var unfolding = MenuUnfolding(
      menus: menus, names: MenuNames(statements, menus), text: path.text)
    for statement in statements { unfolding.statement(statement) }
    unfolding.text.isExport = words.isMarked
    unfolding.text.hasOwnNames = unfolding.names.areOwn
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
    // It says nothing of the thing that it names.
    guard !properties.isEmpty else { return text.keep(statement.command) }
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
      // Its name from the factory stays whatever somebody calls it.
      let isGiven = isName(found.key, in: menu) || menus.namings[menu]?.prefix != nil
      let name = isGiven ? names.known(found.name) : found.name
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
