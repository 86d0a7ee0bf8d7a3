/// What the menus of a dialect call things by.
struct Menus: Hashable, Sendable {
  /// A property that names what a command is about.
  struct Key: Hashable, Sendable {
    var name: String
    /// Its value where a command does not have it.
    var usual: String?
  }
  /// How things get names of somebody's own.
  struct Naming: Hashable, Sendable {
    /// The property with that name.
    var key: String
    /// What such things are called instead, a number after it; `nil` where they have a name of the
    /// platform's as well.
    var prefix: String?
    /// The property with the number.
    var number: String?
  }

  /// Properties by menu, such as `interface` of `/interface/bridge/port`.
  var identities: [String: [Key]] = [:]
  var namings: [String: Naming] = [:]
  /// Properties whose values are such names, or lists of them.
  var nameKeys: Set<String> = []
  /// What a comment in a text says that leaves out all that is as from the factory; empty where there
  /// are no such texts.
  var exportMark = ""
  /// Menus of which some line is known; of any other each command is kept as it stands. All where it
  /// is empty.
  var known: Set<String> = []

  /// Whether some known menu is this one or lies below it.
  func leads(to menu: String) -> Bool {
    known.contains { $0 == menu || $0.hasPrefix(menu + "/") }
  }
}

/// A command with its menu.
struct MenuStatement: Hashable, Sendable {
  /// `/interface/bridge/port`; `""` where none was named.
  var menu: String
  var verb: MenuWord
  var words: [MenuWord]
  var command: MenuCommand

  /// Value of a property.
  func value(_ key: String) -> String? { words.last { $0.key == key }?.value }
}

/// The names that people gave to the things of a text, each with the one that its grammar knows.
struct MenuNames {
  private var names: [String: String] = [:]
  private var taken: [String: Set<Int>] = [:]
  /// The names that the grammar knows for them.
  private var given: Set<String> = []

  /// Longest number at the end of a name that is taken for that of the thing.
  private static let maxNumber = 9999

  init(_ statements: [MenuStatement], _ menus: Menus) {
    var later: [(name: String, prefix: String)] = []
    for statement in statements {
      guard let naming = menus.namings[statement.menu], let name = statement.value(naming.key),
        UnfoldedText.isPlain(name), !name.isEmpty
      else { continue }
      guard let prefix = naming.prefix else {
        if statement.verb.value == "set", let own = statement.words.first?.found?.name,
          UnfoldedText.isWord(own)
        {
          names[name] = own
        }
        continue
      }
      guard statement.verb.value == "add", names[name] == nil else { continue }
      let wanted = naming.number.flatMap { statement.value($0) }.flatMap { Int($0) }
      if let number = wanted ?? ReaderValues.number(endOf: name),
        (1...Self.maxNumber).contains(number),
        taken[prefix, default: []].insert(number).inserted
      {
        names[name] = prefix + String(number)
      } else {
        later.append((name, prefix))
      }
    }
    for (name, prefix) in later where names[name] == nil {
      var number = 1
      while !taken[prefix, default: []].insert(number).inserted { number += 1 }
      names[name] = prefix + String(number)
    }
    given = Set(names.values)
  }

  /// Whether somebody calls something otherwise than the grammar does.
  var areOwn: Bool { names.contains { $0.key != $0.value } }

  /// The name that the grammar knows. One that something else is called by here is nobody's own any
  /// more, and stays unknown.
  func known(_ name: String) -> String {
    names[name] ?? (given.contains(name) ? "?" + name : name)
  }

  /// The same for each name of a list.
  func list(_ text: String) -> String {
    if let name = names[text] { return name }
    return text.split(separator: ",", omittingEmptySubsequences: false)
      .map { known(String($0)) }.joined(separator: ",")
  }
}
