import CatalogModel
import Fabric
import Quantities

extension ReportChecks {
  /// What may stand after a number.
  static let units: Set<String> = [
    "%", "m", "mm", "W", "kW", "Gbps", "byte", "bytes", "error", "errors", "fact", "facts",
    "feed", "feeds", "host", "hosts", "line", "lines", "link", "links", "lane", "lanes",
    "member", "members", "month", "months", "note", "notes", "pack", "packs", "piece",
    "pieces", "point", "points", "port", "ports", "rack", "racks", "rule", "rules", "supplies",
    "supply", "switch", "switches", "warning", "warnings", "minutes", "cards", "card", "unit",
    "units", "LAGs", "run", "runs", "value", "values", "cables", "cable", "optics", "widths",
    "pitch", "pitches", "second", "seconds",
  ]

  /// What may stand before a number that is a name and no amount.
  static let labels: Set<String> = [
    "VLAN", "VLANs", "LAG", "priority", "priorities", "class", "step", "steps", "bay", "feed",
    "supply", "dated", "category", "path", "queue", "group", "groups", "version", "box", "unit",
    "number", "system", "server",
  ]

  /// - Parameter own: words that the owner chose as names, which may be numbers.
  static func numbers(_ page: ParsedMarkdown, _ names: [String], own: Set<String>) -> [String] {
    page.texts.flatMap { text -> [String] in
      var plain = text.text
      for name in names { plain = plain.replacing(name, with: " NAME ") }
      let words = plain.split(whereSeparator: { " ();\"*".contains($0) }).map(String.init)
      var found: [String] = []
      var labelled = false
      for (index, raw) in words.enumerated() {
        let word = raw.trimmingMarks
        if own.contains(word) { continue }
        if isGlued(word), !isTimes(word, before: index + 1 < words.count ? words[index + 1] : "") {
          found.append("line \(text.line): \(word) is a number without its own unit: \(text.text)")
          continue
        }
        guard word.contains(where: \.isNumber), !word.contains(where: \.isLetter) else {
          if labels.contains(word.lowercased()) || labels.contains(word) {
            labelled = true
          } else if !["and", "to", "or", "is", "of"].contains(word) {
            labelled = false
          }
          continue
        }
        if !labelled, !explains(words, at: index, text) {
          found.append("line \(text.line): the number \(word) has no unit: \(text.text)")
        }
      }
      return found
    }
  }

  /// Whether what stands around a number says what it counts.
  private static func explains(
    _ words: [String], at index: Int, _ text: ParsedMarkdown.Text
  ) -> Bool {
    let word = words[index].trimmingMarks
    let endsHere = [",", ".", ":"].contains { words[index].hasSuffix($0) }
    let isDate = CalendarDate(iso: word) != nil && (word.count > 4 || text.column == "Dated")
    if isDate || isRatio(word) || isAddress(word) || word.hasSuffix("%") { return true }
    guard !endsHere else { return false }
    // "2 free RJ45 ports": up to two words may stand between, but the sentence must not end.
    var following: [String] = []
    for next in words[(index + 1)...].prefix(3) {
      following.append(next.trimmingMarks)
      if next.hasSuffix(".") || next.hasSuffix(",") { break }
    }
    if following.contains(where: isUnit) { return true }
    // "2 to 4 hosts"
    return ["to", "and"].contains(following.first ?? "") && index + 3 < words.count
      && isUnit(words[index + 3].trimmingMarks)
  }

  /// "4x SFP+" says what there are four of.
  private static func isTimes(_ word: String, before next: String) -> Bool {
    word.hasSuffix("x") && word.dropLast().allSatisfy(\.isNumber)
      && next.first?.isLetter == true
  }

  /// A number with letters after it that is no known term, such as `10G` or `4x`.
  private static func isGlued(_ word: String) -> Bool {
    guard word.first?.isNumber == true, word.contains(where: \.isLetter) else { return false }
    // "19-inch" carries its unit.
    let isPaired = word.split(separator: "-").last?.allSatisfy(\.isLetter) ?? false
    return !terms.contains(word) && !word.contains("§") && !isPaired
  }

  private static func isUnit(_ word: String) -> Bool {
    units.contains(word) || Currency(rawValue: word) != nil
  }

  private static func isAddress(_ word: String) -> Bool {
    IPv4Address(word) != nil || IPv4Subnet(word) != nil
  }

  private static func isRatio(_ word: String) -> Bool {
    let sides = word.split(separator: ":")
    return sides.count == 2 && sides[1] == "1" && Rational(decimal: sides[0]) != nil
  }
}

extension String {
  /// Without punctuation around it.
  fileprivate var trimmingMarks: String {
    var text = self[...]
    while let last = text.last, ",.;:!?*".contains(last) { text.removeLast() }
    while let first = text.first, "*-[]^".contains(first) { text.removeFirst() }
    return String(text)
  }
}
