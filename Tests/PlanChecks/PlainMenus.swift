/// A switch with commands under menus that knows none of them: `add` keeps a command, `set` changes
/// properties of the command that it finds, `remove` drops it.
struct PlainMenus {
  private var commands: [[String]]

  init(_ text: String) {
    commands = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { Self.words($0) }.filter { !$0.isEmpty }
  }

  /// Words, blanks within quotation marks and brackets kept.
  private static func words(_ line: Substring) -> [String] {
    var words = [""]
    var depth = 0
    var isQuoted = false
    // What somebody fills in is one word.
    for character in line.split(separator: "<FILL IN SECRET>", omittingEmptySubsequences: false)
      .joined(separator: "<SECRET>")
    {
      if character == "\"" { isQuoted.toggle() }
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == " ", !isQuoted, depth == 0 {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// Takes a command.
  mutating func type(_ line: String) {
    let words = Self.words(line[...])
    guard words.count > 2, words[1] != "add" else { return commands.append(words) }
    let isFound = words[2].hasPrefix("[find ")
    let wanted =
      isFound
      ? words[2].dropFirst("[find ".count).dropLast().split(separator: " ").map(String.init) : []
    let place = commands.lastIndex { command in
      command.first == words[0]
        && (isFound
          ? command.count > 1 && command[1] == "add" && wanted.allSatisfy(command.contains)
          : command.count > 2 && command[1] == "set" && command[2] == words[2])
    }
    guard let place else { return commands.append(words) }
    if words[1] == "remove" {
      commands.remove(at: place)
      return
    }
    for word in words.dropFirst(3) {
      let key = word.prefix { $0 != "=" } + "="
      if let known = commands[place].firstIndex(where: { $0.hasPrefix(key) }) {
        commands[place][known] = word
      } else {
        commands[place].append(word)
      }
    }
  }

  /// Its configuration.
  var text: String { commands.map { $0.joined(separator: " ") + "\n" }.joined() }
}
