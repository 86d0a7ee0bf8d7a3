import Quantities

/// The facts of one dialect, from its `facts.tsv`.
public struct FactTable: Sendable {
  /// In the order of the file.
  public let facts: [Fact]
  private let places: [String: Int]

  /// No facts.
  public static let empty = FactTable(facts: [], places: [:])

  private init(facts: [Fact], places: [String: Int]) {
    self.facts = facts
    self.places = places
  }

  /// The fact with an id; `nil` when there is none.
  public func fact(_ id: String) -> Fact? { places[id].map { facts[$0] } }

  /// Reads a table: one line a fact and line form, columns parted by tabs:
  /// id, grade, context, pattern, unverified-on (parted by commas), source, meaning.
  /// Lines that start with `#` and empty ones are left out. A fact with several line forms repeats
  /// its id and may leave the later columns empty.
  ///
  /// - Throws: `Findings` for a wrong number of columns or an unknown grade.
  public init(_ text: String, file: String) throws(Findings) {
    var facts: [Fact] = []
    var places: [String: Int] = [:]
    var findings: [Finding] = []
    var number = 0
    for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
      number += 1
      let line = line.last == 13 ? line.dropLast() : line
      if line.isEmpty || line.first == 35 { continue }
      let fields = line.split(separator: 9, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      func fail(_ message: String) {
        findings.append(
          Finding(
            rule: "fact-table", position: SourcePosition(file: file, line: number),
            message: message))
      }
      guard fields.count == 7 else {
        fail("\(fields.count) columns, expected 7")
        continue
      }
      let form =
        fields[3].isEmpty ? [] : [FactLine(context: fields[2], pattern: fields[3])]
      if let place = places[fields[0]] {
        if !fields[1].isEmpty, fields[1] != facts[place].grade.rawValue {
          fail("fact \(fields[0]) has two grades")
        }
        facts[place].lines += form
        continue
      }
      guard let grade = FactGrade(rawValue: fields[1]) else {
        fail("unknown grade \"\(fields[1])\", expected M, V, C, D or U")
        continue
      }
      if fields[0].isEmpty || fields[5].isEmpty || fields[6].isEmpty {
        fail("a fact needs an id, a source and a meaning")
        continue
      }
      places[fields[0]] = facts.count
      facts.append(
        Fact(
          id: fields[0], grade: grade,
          unverifiedOn: fields[4].utf8.split(separator: 44).map {
            String(decoding: $0, as: UTF8.self)
          },
          source: fields[5], meaning: fields[6], lines: form))
    }
    guard findings.isEmpty else { throw Findings(findings) }
    self.init(facts: facts, places: places)
  }
}
