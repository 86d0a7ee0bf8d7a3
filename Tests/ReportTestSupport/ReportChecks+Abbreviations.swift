import Fabric
import Reports

extension ReportChecks {
  /// Abbreviations that reports may use.
  static let terms = Set(Glossary.entries.map(\.term))

  static func abbreviations(_ page: ParsedMarkdown, _ names: [String]) -> [String] {
    let glossary = Set(
      page.texts.filter { $0.section == "Abbreviations" }.compactMap { text in
        text.text.split(separator: "**").first.map { text in
          String(text).split(separator: ":").first.map(String.init) ?? ""
        }
      })
    var words: Set<String> = []
    for text in page.texts where text.subsection != "Abbreviations" {
      // A word inside a product's name is a part of the name; anywhere else it is not.
      var plain = text.text
      for name in names { plain = plain.replacing(name, with: " ") }
      words.formUnion(Glossary.words(of: plain))
    }
    return words.sorted().filter { word in
      isAbbreviation(word) && !glossary.contains(word)
        && !word.split(separator: "-").allSatisfy {
          glossary.contains(String($0)) || !isAbbreviation(String($0))
        }
    }.map { "the abbreviation \($0) is not in the glossary" }
  }

  /// Two capitals or more, or a capital after a small letter, or one of the units.
  static func isAbbreviation(_ word: String) -> Bool {
    let capitals = word.utf8.count { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let startsSmall = word.utf8.first.map { $0 > UInt8(ascii: "Z") } ?? false
    return capitals > 1 || capitals == 1 && startsSmall
      || ["Gbps", "W", "m", "mm"].contains(word)
      || capitals == 1 && word.utf8.contains { (48...57).contains($0) }
  }
}
