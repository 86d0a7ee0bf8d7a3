import ArgumentParser
import Quantities
import ValidationHistory

struct ValidateCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show what changed from one validation to a later one.",
    discussion: """
      Without numbers, the last two runs of the plan that was validated last. Ends with 1 when the \
      later run has findings that the earlier had not.

      Example:
        tenfold validate compare
        tenfold validate compare 3 7
      """)

  @Argument(help: ArgumentHelp("Number of the earlier run.", valueName: "before"))
  var before: Int64?

  @Argument(help: ArgumentHelp("Number of the later run.", valueName: "now"))
  var now: Int64?

  @OptionGroup var options: HistoryOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if before != nil, now == nil { throw ValidationError("Give two numbers of runs, or none.") }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let runs = try options.read { history throws(HistoryError) in
        try Self.runs(history, before, now)
      }
      guard runs.count == 2 else {
        throw Failure(
          [
            Finding(
              rule: "history", message: "there are no two such runs",
              hint: "tenfold validate history lists them")
          ], .usage)
      }

      let comparison = RunComparison(runs[0], runs[1])
      if output.json {
        try printer.json(comparison)
      } else {
        try printer.say(HistoryText.text(comparison))
      }
      if !comparison.new.isEmpty { throw ExitCode(Status.failed.rawValue) }
    }
  }

  private static func runs(
    _ history: ValidationHistory, _ before: Int64?, _ now: Int64?
  ) throws(HistoryError) -> [ValidationRun] {
    var numbers = [before, now].compactMap { $0 }
    if numbers.isEmpty, let last = try history.runs(limit: 1).first {
      numbers = try history.runs(of: last.planName, limit: 2).map(\.number).reversed()
    }
    var runs: [ValidationRun] = []
    for number in numbers {
      if let run = try history.run(number) { runs.append(run) }
    }
    return runs
  }
}
