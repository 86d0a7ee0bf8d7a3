/// What the menus of a dialect call a thing by: the property that names what a command is about.
struct Menus: Hashable, Sendable {
  /// Property by menu, such as `interface` of `/interface/bridge/port`.
  var identities: [String: String] = [:]
}

/// Unfolds commands under menus into lines: `MENU VERB IDENTITY` for a command, then
/// ` MENU IDENTITY KEY VALUE` for each of its properties, whatever their order. A menu without an
/// identity has `MENU VERB` and ` MENU KEY VALUE`.
struct MenuUnfolding {
  private let menus: Menus
  private var text = UnfoldedText()
  /// Menu of the commands that name none.
  private var menu = ""

  /// The lines that a text stands for.
  static func unfold(_ bytes: [UInt8], _ menus: Menus) -> UnfoldedText {
    var unfolding = MenuUnfolding(menus: menus)
    var words = MenuWords(bytes)
    while let command = words.next() { unfolding.command(command) }
    return unfolding.text
  }

  private init(menus: Menus) { self.menus = menus }

  private mutating func unknown(_ command: MenuCommand) {
    text.unread.append(
      UnknownLine(number: command.line, text: UnfoldedText.shown(command.text)))
  }

  private static let verbs: Set<String> = [
    "add", "set", "remove", "enable", "disable", "print", "export", "edit", "move", "unset",
    "find", "get", "reset-configuration", "reboot", "import",
  ]

  private mutating func command(_ command: MenuCommand) {
    if command.isBroken {
      text.report("quotes", "a quotation mark or bracket is not closed", at: command.line)
      return unknown(command)
    }
    var words = command.words[...]
    var menu = self.menu
    if let first = words.first, first.key == nil, first.value.hasPrefix("/") {
      menu = ""
      while let word = words.first, word.key == nil, word.isPlain,
        !Self.verbs.contains(word.value)
      {
        for part in word.value.split(separator: "/") { menu += "/" + part }
        words.removeFirst()
      }
      if words.isEmpty {
        self.menu = menu
        return
      }
    } else {
      // Words below the menu that the line stands in.
      while let word = words.first, word.key == nil, word.isPlain, words.count > 1,
        !Self.verbs.contains(word.value)
      {
        for part in word.value.split(separator: "/") { menu += "/" + part }
        words.removeFirst()
      }
    }
    guard let verb = words.popFirst(), verb.key == nil, verb.value == "add" || verb.value == "set"
    else { return unknown(command) }
    properties(words, menu, verb, command)
  }

  private mutating func properties(
    _ words: ArraySlice<MenuWord>, _ menu: String, _ verb: MenuWord, _ command: MenuCommand
  ) {
    let key = menus.identities[menu]
    var subject: String?
    var properties: [MenuWord] = []
    for word in words {
      if let name = word.key {
        if verb.value == "add", name == key {
          subject = word.value
        } else {
          properties.append(word)
        }
      } else if verb.value == "set", subject == nil, key != nil, let found = word.found {
        subject = found
      } else if word.value.hasPrefix("!"), word.isPlain {
        properties.append(word)
      } else {
        return unknown(command)
      }
    }
    guard key == nil || subject.map(UnfoldedText.isWord) == true else { return unknown(command) }
    text.append(
      "\(menu) \(verb.value)" + (subject.map { " " + $0 } ?? ""), at: verb.line)
    let start = " " + menu + (subject.map { " " + $0 } ?? "") + " "
    var seen: Set<String> = []
    for property in properties {
      let name = property.key ?? property.value
      if !seen.insert(name).inserted {
        text.report("repeated", "\(name) stands there already", at: property.line)
      }
      guard UnfoldedText.isPlain(property.value), UnfoldedText.isWord(name) else {
        text.unread.append(
          UnknownLine(number: property.line, text: UnfoldedText.shown(name)))
        continue
      }
      text.append(
        start + name + (property.key == nil ? "" : " " + property.value), at: property.line)
    }
  }
}

/// A word of a command: bare, or a property.
struct MenuWord {
  var line: Int
  /// Name of a property; `nil` for a bare word.
  var key: String?
  /// Without quotation marks and escapes.
  var value: String
  /// Whether no part of it stood in quotation marks or brackets.
  var isPlain = true
  /// Whether it stood in brackets.
  var isBracketed = false

  /// What a `set` is about: a name, or that of `[ find KEY=NAME ]`.
  var found: String? {
    guard isBracketed else { return value }
    let words = value.split(separator: " ")
    guard words.first == "find", let last = words.last, let equals = last.firstIndex(of: "=") else {
      return nil
    }
    let rest = words.dropFirst().filter { $0 != "where" }
    guard rest.count == 1 else { return nil }
    return String(last[last.index(after: equals)...].filter { $0 != "\"" })
  }
}

/// A command: a line with its continuations, or a part of one between semicolons.
struct MenuCommand {
  var line: Int
  var words: [MenuWord] = []
  /// As it stands, continuations joined.
  var text = ""
  /// Whether a quotation mark or bracket is open at its end.
  var isBroken = false
}

/// Parts a text into commands and their words.
struct MenuWords {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Longest text of a command that is kept for showing.
  private static let shownBytes = 160

  /// The next command that says something; `nil` at the end of the text.
  mutating func next() -> MenuCommand? {
    while index < bytes.count {
      prompt()
      blanks()
      if index < bytes.count, bytes[index] == 35 {
        while index < bytes.count, bytes[index] != 10 { index += 1 }
      }
      let command = command()
      if !command.words.isEmpty || command.isBroken { return command }
    }
    return nil
  }

  /// Goes behind `[admin@name] /menu> `.
  private mutating func prompt() {
    guard index < bytes.count, bytes[index] == 91 else { return }
    var end = index
    var hasAt = false
    while end < bytes.count, bytes[end] != 10, bytes[end] != 62, end - index < 200 {
      hasAt = hasAt || bytes[end] == 64
      end += 1
    }
    if hasAt, end < bytes.count, bytes[end] == 62 { index = end + 1 }
  }

  private mutating func blanks() {
    while index < bytes.count {
      if bytes[index] == 32 || bytes[index] == 9 || bytes[index] == 13 {
        index += 1
      } else if !continuation() {
        return
      }
    }
  }

  /// Goes behind a backslash at the end of a line, the line end and the blanks of the next line.
  private mutating func continuation() -> Bool {
    guard index < bytes.count, bytes[index] == 92 else { return false }
    var next = index + 1
    if next < bytes.count, bytes[next] == 13 { next += 1 }
    guard next < bytes.count, bytes[next] == 10 else { return false }
    index = next + 1
    line += 1
    while index < bytes.count, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
    return true
  }

  /// Words up to the end of the command, which is passed.
  private mutating func command() -> MenuCommand {
    var command = MenuCommand(line: line)
    let start = index
    while true {
      blanks()
      guard index < bytes.count else { break }
      if bytes[index] == 10 {
        command.text = shown(start)
        index += 1
        line += 1
        return command
      }
      if bytes[index] == 59 {
        command.text = shown(start)
        index += 1
        return command
      }
      guard let word = word() else {
        command.isBroken = true
        while index < bytes.count, bytes[index] != 10 { index += 1 }
        continue
      }
      command.words.append(word)
    }
    command.text = shown(start)
    return command
  }

  private func shown(_ start: Int) -> String {
    String(decoding: bytes[start..<min(index, start + MenuWords.shownBytes)], as: UTF8.self)
  }

  /// A word; `nil` where a quotation mark or bracket in it is not closed on its line.
  private mutating func word() -> MenuWord? {
    var word = MenuWord(line: line, value: "")
    var value: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 32, 9, 13, 10, 59:
        word.value = String(decoding: value, as: UTF8.self)
        return word
      case 61 where word.key == nil && word.isPlain && !value.isEmpty:
        word.key = String(decoding: value, as: UTF8.self)
        value = []
        index += 1
        // A line may end behind the sign.
        _ = continuation()
        word.isPlain = true
      case 34:
        word.isPlain = false
        guard quoted(&value) else { return nil }
      case 91 where value.isEmpty:
        word.isPlain = false
        word.isBracketed = true
        guard bracketed(&value) else { return nil }
      case 92 where continuation():
        continue
      default:
        value.append(byte)
        index += 1
      }
    }
    word.value = String(decoding: value, as: UTF8.self)
    return word
  }

  private mutating func quoted(_ value: inout [UInt8]) -> Bool {
    index += 1
    while index < bytes.count, bytes[index] != 10 {
      switch bytes[index] {
      case 34:
        index += 1
        return true
      case 92:
        if continuation() { continue }
        index += 1
        guard index < bytes.count else { return false }
        escape(&value)
      default:
        value.append(bytes[index])
        index += 1
      }
    }
    return false
  }

  /// The sign behind a backslash.
  private mutating func escape(_ value: inout [UInt8]) {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 48...57: byte - 48
      case 65...70: byte - 55
      default: nil
      }
    }
    let byte = bytes[index]
    if index + 1 < bytes.count, let high = digit(byte), let low = digit(bytes[index + 1]) {
      value.append(high << 4 | low)
      index += 2
      return
    }
    switch byte {
    case 110: value.append(10)
    case 114: value.append(13)
    case 116: value.append(9)
    default: value.append(byte)
    }
    index += 1
  }

  private mutating func bracketed(_ value: inout [UInt8]) -> Bool {
    index += 1
    while index < bytes.count, bytes[index] != 10 {
      if bytes[index] == 93 {
        index += 1
        return true
      }
      if continuation() { continue }
      value.append(bytes[index])
      index += 1
    }
    return false
  }
}
