/// Finds the menu of each command.
struct MenuPath {
  private let menus: Menus
  /// Menu of the commands that name none.
  private var menu = ""
  /// What is kept as not understood.
  private(set) var text = UnfoldedText()

  init(menus: Menus) { self.menus = menus }

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
    if words.count == 1, let word = words.first, word.key == nil, word.isPlain {
      let below = Self.below(menu, word.value)
      if word.value == ".." || menus.leads(to: below) {
        menu = below
        return nil
      }
    }
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
      // It may lead to a menu that nobody knows: what follows may be of that.
      if command.words.count == 1, command.prompt == nil { menu = "/" + verb.value }
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
  mutating func keep(_ command: MenuCommand) {
    unread.append(UnknownLine(number: command.line, text: UnfoldedText.shown(command.text)))
  }
}
