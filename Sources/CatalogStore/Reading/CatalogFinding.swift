import Quantities

/// Makes the findings of catalogue files in one form.
enum CatalogFinding {
  static func make(
    _ rule: String, file: String, place: TextPlace?, _ message: String, expected: String = "",
    hint: String = ""
  ) -> Finding {
    Finding(
      rule: rule,
      position: SourcePosition(file: file, line: place?.line ?? 0, column: place?.column ?? 0),
      message: message, expected: expected, hint: hint)
  }
}

/// Collects the findings of one run.
final class Diagnostics {
  /// After this many a file is taken to be something else than a catalogue.
  static let limit = 200

  private(set) var findings: [Finding] = []

  /// Whether nothing more is taken: time to stop looking for hints.
  var isFull: Bool { findings.count >= Diagnostics.limit }

  /// Whether a hint that takes a search is worth its time.
  var wantsHints: Bool { findings.count < 20 }

  func add(_ finding: Finding) {
    if findings.count < Diagnostics.limit { findings.append(finding) }
  }

  func add(
    _ rule: String, file: String, place: TextPlace?, _ message: String, expected: String = "",
    hint: String = ""
  ) {
    add(
      CatalogFinding.make(
        rule, file: file, place: place, message, expected: expected, hint: hint))
  }

  /// By position, those of one place in the order in which they were found.
  var sorted: [Finding] {
    findings.enumerated().sorted { left, right in
      switch (left.element.position, right.element.position) {
      case (let a?, let b?) where a != b: a < b
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}
