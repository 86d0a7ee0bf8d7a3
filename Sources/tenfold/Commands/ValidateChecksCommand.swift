import ArgumentParser
import Quantities
import Validation

struct ValidateChecksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checks",
    abstract: "List the checks: what each proves, where it reads it, when nobody can tell.",
    discussion: """
      Example:
        tenfold validate checks
        tenfold validate checks --json
      """)

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let rows = CheckID.allCases.map(CheckDescription.init)
      if output.json {
        try printer.json(rows)
      } else {
        try printer.say(CheckDescription.markdown(rows))
      }
    }
  }
}

/// A check as people and machines read of it.
struct CheckDescription: Encodable {
  var check: CheckID
  var severity: Severity
  var proves: String
  var linux: String
  var windows: String
  var unknown: String

  init(_ check: CheckID) {
    self.check = check
    severity = check.severity
    proves = check.claim
    linux = check.linuxSources
    windows = check.windowsSources
    unknown = check.unknownWhen
  }

  /// A table of Markdown, which reads well on a terminal too.
  static func markdown(_ rows: [CheckDescription]) -> String {
    var text =
      "| check | severity | proves that | on Linux from | on Windows from | unknown when |\n"
      + "|---|---|---|---|---|---|\n"
    for row in rows {
      let cells = [
        "`\(row.check.rawValue)`", row.severity.rawValue, row.proves, row.linux, row.windows,
        row.unknown,
      ]
      text += "| " + cells.map { $0.isEmpty ? "-" : $0 }.joined(separator: " | ") + " |\n"
    }
    return text
  }
}
