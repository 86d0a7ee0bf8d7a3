/// How a grammar tells of menus.
extension Menus {
  /// Takes in a line of a grammar; what is wrong with it, or `nil`.
  mutating func read(_ words: [Substring]) -> String? {
    switch (words.first, words.count) {
    case ("identity", 3...):
      identities[String(words[1])] = words.dropFirst(2).map { word in
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        return Key(name: parts.first ?? "", usual: parts.count > 1 ? parts[1] : nil)
      }
    case ("naming", 3...5):
      namings[String(words[1])] = Naming(
        key: String(words[2]), prefix: words.count > 3 ? String(words[3]) : nil,
        number: words.count > 4 ? String(words[4]) : nil)
    case ("names", 2...): nameKeys.formUnion(words.dropFirst().map(String.init))
    case ("export", 2...): exportMark = words.dropFirst().joined(separator: " ")
    default:
      return
        "what is said of menus is \"identity MENU KEY\", \"naming MENU KEY PREFIX NUMBER-KEY\", "
        + "\"names KEY\" or \"export TEXT\""
    }
    return nil
  }

  /// Takes the menus that some form starts with for all that there are.
  mutating func know(_ blocks: [Grammar.Block]) {
    for rule in blocks.flatMap(\.rules) {
      guard case .keyword(let word) = rule.pattern.elements.first else { continue }
      known.insert(String(decoding: word.bytes, as: UTF8.self))
    }
  }
}
