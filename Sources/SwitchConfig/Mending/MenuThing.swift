/// Something that commands under menus are about, such as a VLAN of a bridge, with its properties.
struct MenuThing: Hashable, Sendable {
  /// A property and the line that it stands for.
  struct Property: Hashable, Sendable {
    var key: String
    var line: String
  }

  var menu: String
  /// Its name; empty where the menu is about one thing.
  var name: String
  /// Whether a command makes it; otherwise it is there from the start.
  var isMade: Bool
  var properties: [Property]
  /// Number of its first command.
  var number: Int

  /// What it is told from others by.
  var key: String { menu + " " + name }

  /// The lines that it stands for.
  var lines: [String] {
    ["\(menu) \(isMade ? "add" : "set")" + (name.isEmpty ? "" : " " + name)]
      + properties.map { " " + $0.line }
  }

  /// A property as the last command has it.
  mutating func set(_ property: Property) {
    if let known = properties.firstIndex(where: { $0.key == property.key }) {
      properties[known] = property
    } else {
      properties.append(property)
    }
  }

  /// The things that a text is about, each once, in the order in which they are first named.
  static func all(_ text: UnfoldedText) -> [MenuThing] {
    var things: [MenuThing] = []
    var places: [String: Int] = [:]
    var current = 0
    for (row, line) in text.bytes.split(separator: 10).enumerated() {
      let line = String(decoding: line, as: UTF8.self)
      guard line.hasPrefix(" ") else {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count > 1 else { continue }
        let thing = MenuThing(
          menu: words[0], name: words.count > 2 ? words[2] : "", isMade: words[1] == "add",
          properties: [], number: text.places.indices.contains(row) ? text.places[row] : 0)
        current = places[thing.key] ?? things.count
        places[thing.key] = current
        if current == things.count { things.append(thing) }
        if thing.isMade { things[current].isMade = true }
        continue
      }
      guard things.indices.contains(current) else { continue }
      let start = things[current].menu + " " + things[current].name
      let rest = line.dropFirst(1 + start.count).drop { $0 == " " }
      let key = rest.prefix { $0 != " " }
      things[current].set(Property(key: String(key), line: String(line.dropFirst())))
    }
    return things
  }
}

/// A command in which the parts of a planned one stand apart.
struct MenuCommandText {
  /// Words outside quotation marks.
  private let words: [String]

  init(_ line: String) {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    self.words = words
  }

  var text: String { words.joined(separator: " ") }

  /// `[find KEY=VALUE KEY=VALUE]` of a command that makes something.
  func find(_ identity: [String]) -> String {
    "[find " + words.filter { isOne($0, of: identity) }.joined(separator: " ") + "]"
  }

  /// The command that sets the same properties of what is there already.
  func setting(_ identity: [String]) -> String {
    guard words.count > 1, words[1] == "add" else { return text }
    let others = words.dropFirst(2).filter { !isOne($0, of: identity) }
    return ([words[0], "set", find(identity)] + others).joined(separator: " ")
  }

  private func isOne(_ word: String, of keys: [String]) -> Bool {
    keys.contains { word.hasPrefix($0 + "=") }
  }
}
