import Quantities
import Yams

/// Sentences for text that is not YAML, or more YAML than a site file may hold.
enum YAMLSyntax {
  /// An anchor or an alias.
  static func reference(at position: SourcePosition) -> Finding {
    Finding(
      rule: "yaml-reference", position: position,
      message: "anchors and aliases (`&` and `*`) are not accepted in a site file",
      hint: "write the value out, or put it in quotes when it is text")
  }

  /// A tag such as `!!binary`.
  static func tag(at position: SourcePosition) -> Finding {
    Finding(
      rule: "yaml-tag", position: position,
      message: "YAML tags (`!`) are not accepted in a site file",
      hint: "remove the tag, or put the value in quotes when it is text")
  }

  /// A merge key.
  static func merge(at position: SourcePosition) -> Finding {
    Finding(
      rule: "yaml-reference", position: position, message: "merge keys (`<<`) are not accepted",
      hint: "write the keys out")
  }

  /// What the parser met, in words that help.
  static func finding(for error: any Error, text: String, file: String) -> Finding {
    guard let error = error as? YamlError else { return unreadable(file: file, "\(error)") }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return finding(context: context, problem: problem, mark: mark, text: text, file: file)
    case .reader(let problem, _, _, _): return unreadable(file: file, problem)
    default: return unreadable(file: file, "the YAML library stopped")
    }
  }

  private static func unreadable(file: String, _ problem: String) -> Finding {
    Finding(
      rule: "yaml-syntax", position: SourcePosition(file: file, line: 1, column: 1),
      message: "the file cannot be read as YAML: \(problem)",
      hint: "save it as plain UTF-8 text")
  }

  private static func finding(
    context: YamlError.Context?, problem: String, mark: Mark, text: String, file: String
  ) -> Finding {
    let place = SourcePosition(file: file, line: mark.line, column: mark.column)
    let start = context.map {
      SourcePosition(file: file, line: $0.mark.line, column: $0.mark.column)
    }
    if problem.hasPrefix("but found another document") {
      return Finding(
        rule: "several-documents", position: place,
        message: "a second document begins here; a site file holds one",
        hint: "remove the `---` line, or keep each site in a file of its own")
    }
    if problem.hasPrefix("Maximum nesting level") {
      return Finding(
        rule: "nested-too-deep", position: place, message: "nested deeper than 1000 levels",
        hint: "a site file needs no more than 6 levels")
    }
    let found = character(atLine: mark.line, column: mark.column, in: text)
    if let reference = masked(beforeLine: mark.line, column: mark.column, in: text, file: file) {
      return reference
    }
    let (message, hint, position) = sentence(
      problem: problem, context: context?.text ?? "", found: found, place: place, start: start)
    return Finding(rule: "yaml-syntax", position: position, message: message, hint: hint)
  }

  private static func sentence(
    problem: String, context: String, found: Unicode.Scalar?, place: SourcePosition,
    start: SourcePosition?
  ) -> (String, String, SourcePosition) {
    switch problem {
    case "found character that cannot start any token":
      if found == "\t" {
        return ("a tab stands where YAML wants spaces", "indent with spaces", place)
      }
      let shown = found.map { quoted(String($0)) } ?? "this character"
      return ("a value cannot begin with \(shown)", "put the value in quotes", place)
    case "found a tab character that violates indentation":
      return ("a tab stands where YAML wants spaces", "indent with spaces", place)
    case "mapping values are not allowed in this context":
      return (
        "a `:` that makes no sense here",
        "check the indentation of this line and the one above; put text that holds `: ` in quotes",
        place
      )
    case "could not find expected ':'":
      return (
        "this line has no `:` after its key", "write `key: value`", start ?? place
      )
    case "found unexpected end of stream":
      return ("the quote that opens here is never closed", "add the closing quote", start ?? place)
    case "did not find expected ',' or ']'":
      return (
        "the list that opens here is not closed as it should be",
        "put `,` between items and `]` at the end", start ?? place
      )
    case "did not find expected ',' or '}'":
      return (
        "the map that opens here is not closed as it should be",
        "put `,` between entries and `}` at the end", start ?? place
      )
    case "did not find expected key", "did not find expected '-' indicator":
      return (
        "this line does not fit the lines above it", "check its indentation", place
      )
    case "did not find expected <document start>":
      return ("text after the end of the document", "check the indentation of this line", place)
    case "found unknown escape character":
      return (
        "an unknown escape after `\\` in a quoted text", "write `\\\\` for a backslash", place
      )
    case "block sequence entries are not allowed in this context":
      return ("a `-` that makes no sense here", "begin the list on a line of its own", place)
    default:
      let during = context.isEmpty ? "" : " " + context
      return ("this is not YAML: \(problem)\(during)", "check this line and the one above", place)
    }
  }

  /// The last anchor, alias or tag mark on the line of a syntax error, which is likely its cause.
  private static func masked(
    beforeLine line: Int, column: Int, in text: String, file: String
  ) -> Finding? {
    var found: Finding?
    var previous: Unicode.Scalar = " "
    for (offset, scalar) in self.line(line, in: text).enumerated() {
      guard offset < column else { break }
      let opens = " [{,:-".unicodeScalars.contains(previous)
      if opens, let mask = SourceText.masks.first(where: { $0.mask == scalar }) {
        let position = SourcePosition(file: file, line: line, column: offset + 1)
        switch mask.character {
        case "&", "*": found = reference(at: position)
        case "!": found = tag(at: position)
        default: break
        }
      }
      previous = scalar
    }
    return found
  }

  private static func character(
    atLine line: Int, column: Int, in text: String
  ) -> Unicode.Scalar? {
    let scalars = self.line(line, in: text)
    return scalars.dropFirst(max(0, column - 1)).first
  }

  private static func line(_ number: Int, in text: String) -> Substring.UnicodeScalarView {
    var rest = text[...].unicodeScalars
    var line = 1
    while line < number, let end = rest.firstIndex(of: "\n") {
      rest = rest[rest.index(after: end)...]
      line += 1
    }
    return rest[..<(rest.firstIndex(of: "\n") ?? rest.endIndex)]
  }
}
