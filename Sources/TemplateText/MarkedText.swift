import Quantities

/// Takes the marks off a rendered template and builds the text and its lines.
package struct MarkedText {
  private let facts: FactTable
  private let model: String
  private let name: String
  package private(set) var text = ""
  package private(set) var lines: [ConfigLine] = []
  package private(set) var findings: [Finding] = []
  private var subject = ""
  /// Known answers by the text of a mark: marks repeat on most lines.
  private var marks: [String: Mark] = [:]
  /// What a comment starts with; `nil` for the first character of the text, whose head is one.
  private let comment: Character?
  /// First unverified fact of the line before, so that a run of lines gets one mark.
  private var openFact = ""

  private struct Mark {
    var facts: [String]
    var grade: FactGrade?
    /// First unverified fact and what it says; empty when all are known.
    var unverified = ""
    var meaning = ""
  }

  /// - Parameter model: what the text is for; some facts hold on some models only.
  /// - Parameter name: whose text it is, for messages.
  /// - Parameter comment: what a comment of the text starts with; `nil` for its first character.
  package init(facts: FactTable, model: String, name: String, comment: Character? = nil) {
    self.facts = facts
    self.model = model
    self.name = name
    self.comment = comment
  }

  /// Reads the whole output of a template.
  package mutating func read(_ raw: [UInt8]) {
    raw.withUnsafeBufferPointer { bytes in
      text.reserveCapacity(bytes.count)
      lines.reserveCapacity(bytes.count / 24)
      var start = 0
      while start < bytes.count {
        var end = start
        var mark = -1
        while end < bytes.count, bytes[end] != 10 {
          if bytes[end] == 35, end + 1 < bytes.count, bytes[end + 1] == 35,
            end == start || bytes[end - 1] == 32
          {
            mark = end
          }
          end += 1
        }
        line(UnsafeBufferPointer(rebasing: bytes[start..<end]), mark: mark - start)
        start = end + 1
      }
    }
  }

  private mutating func line(_ bytes: UnsafeBufferPointer<UInt8>, mark place: Int) {
    if place == 0 {
      subject = MarkedText.trimmed(bytes, from: 2)
      return
    }
    var end = place < 0 ? bytes.count : place
    while end > 0, bytes[end - 1] == 32 || bytes[end - 1] == 13 { end -= 1 }
    let lineText = String(decoding: UnsafeBufferPointer(rebasing: bytes[0..<end]), as: UTF8.self)
    guard place > 0 else {
      openFact = ""
      append(lineText, Mark(facts: [], grade: nil))
      return
    }
    let mark = mark(MarkedText.trimmed(bytes, from: place + 2))
    if mark.unverified != openFact {
      openFact = mark.unverified
      if !openFact.isEmpty {
        let sign = comment ?? text.first ?? "!"
        append("\(sign) UNVERIFIED (\(openFact)): \(mark.meaning)", Mark(facts: [], grade: nil))
      }
    }
    append(lineText, mark)
  }

  private mutating func append(_ lineText: String, _ mark: Mark) {
    text += lineText
    text += "\n"
    lines.append(
      ConfigLine(
        number: lines.count + 1, text: lineText, facts: mark.facts, grade: mark.grade,
        subject: subject, doubt: mark.meaning))
  }

  private mutating func mark(_ key: String) -> Mark {
    if let known = marks[key] { return known }
    var mark = Mark(facts: [], grade: nil)
    for id in key.split(separator: ",") {
      guard let fact = facts.fact(String(id)) else {
        findings.append(
          Finding(
            rule: "template-fact", subject: [name],
            message: "a template names fact \"\(id)\" that facts.tsv lacks"))
        continue
      }
      let grade = fact.grade(onModel: model)
      if grade == .unverified, mark.unverified.isEmpty {
        mark.unverified = fact.id
        mark.meaning = fact.meaning
      }
      mark.facts.append(fact.id)
      mark.grade = max(mark.grade ?? grade, grade)
    }
    marks[key] = mark
    return mark
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String {
    var start = start
    var end = bytes.count
    while start < end, bytes[start] == 32 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 13 { end -= 1 }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }
}
