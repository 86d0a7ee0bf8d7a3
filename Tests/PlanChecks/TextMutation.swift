import TenfoldTestSupport

/// A change of one word or one line of a configuration, made by somebody who sees the text alone.
struct TextMutation {
  /// What was done, such as `line 12 dropped`.
  var name: String
  var text: String

  /// Lines that say something: neither empty nor comments.
  private static func isStatement(_ line: Substring) -> Bool {
    // Notes in JSON have numbers.
    if line.hasPrefix("      \"0") || line.hasPrefix("      \"1") || line.contains("\"NOTES\"") {
      let name = line.split(separator: "\"").dropFirst().first ?? ""
      return !(name == "NOTES" || (name.count == 2 && name.allSatisfy(\.isNumber)))
    }
    let words = line.split(separator: " ")
    return !words.isEmpty && !words[0].hasPrefix("!") && !words[0].hasPrefix("#")
  }

  /// A change of a text; `nil` when the draw makes none.
  static func draw(_ text: String, _ random: inout SplitMix64) -> TextMutation? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let places = lines.indices.filter { isStatement(lines[$0]) }
    guard let place = places.randomElement(using: &random) else { return nil }
    let old = lines[place]
    let kind = Int.random(in: 0...6, using: &random)
    switch kind {
    case 0: lines.remove(at: place)
    case 1: lines.insert(old, at: place)
    default:
      guard let new = changed(old, kind, lines, &random), new != String(old) else { return nil }
      lines[place] = new[...]
    }
    let what = kind == 0 ? "dropped" : kind == 1 ? "doubled" : "now \(lines[place])"
    return TextMutation(
      name: "line \(place + 1) \"\(old)\" \(what)", text: lines.joined(separator: "\n"))
  }

  /// One word of a line changed: a number in it, the whole word for one that stands at its place in
  /// another line of the same kind, a letter, or the word left out.
  private static func changed(
    _ line: Substring, _ kind: Int, _ lines: [Substring], _ random: inout SplitMix64
  ) -> String? {
    let indent = line.prefix { $0 == " " }
    var words = line.split(separator: " ").map(String.init)
    let at = Int.random(in: 0..<words.count, using: &random)
    switch kind {
    case 2, 3:
      guard let number = numberChanged(words[at], &random) else { return nil }
      words[at] = number
    case 4:
      let others = lines.map { $0.split(separator: " ").map(String.init) }
        .filter { $0.count == words.count && $0.first == words.first && $0[at] != words[at] }
      guard let other = others.randomElement(using: &random) else { return nil }
      words[at] = other[at]
    case 5:
      guard words.count > 1 else { return nil }
      words.remove(at: at)
    default:
      var letters = Array(words[at])
      let place = Int.random(in: 0..<letters.count, using: &random)
      guard letters[place].isLetter else { return nil }
      letters[place] = letters[place] == "q" ? "z" : "q"
      words[at] = String(letters)
    }
    return indent + words.joined(separator: " ")
  }

  /// A word with one of its numbers changed by a little.
  private static func numberChanged(_ word: String, _ random: inout SplitMix64) -> String? {
    let digits = word.indices.filter { word[$0].isNumber }
    guard let place = digits.randomElement(using: &random), let value = word[place].wholeNumberValue
    else { return nil }
    let other = (value + Int.random(in: 1...9, using: &random)) % 10
    return word[..<place] + "\(other)" + word[word.index(after: place)...]
  }
}
