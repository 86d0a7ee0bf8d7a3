import ArgumentParser
import Quantities
import ValidationHistory

struct ValidateHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List earlier validations, or how one link did in them.",
    discussion: """
      Example:
        tenfold validate history
        tenfold validate history --plan medium --link hv-r1-01 nic1-p1
      """)

  @Option(help: ArgumentHelp("Name of a site, or hash of a plan.", valueName: "plan"))
  var plan: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Host and port of a link; with --plan.", valueName: "host> <port"))
  var link: [String] = []

  @Option(help: ArgumentHelp("At most so many runs.", valueName: "number"))
  var limit = 50

  @OptionGroup var options: HistoryOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...100_000).contains(limit) else {
      throw ValidationError("The limit is a number from 1 to 100000.")
    }
    guard link.isEmpty || link.count == 2 && plan != nil else {
      throw ValidationError("A link is a host and a port (--link HOST PORT), of a --plan.")
    }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      if let plan, link.count == 2 {
        let trend = try options.read { history throws(HistoryError) in
          try history.trend(host: link[0], port: link[1], plan: plan, limit: limit)
        }
        if output.json {
          try printer.json(trend)
        } else {
          try printer.say(HistoryText.text(trend))
        }
      } else {
        let runs = try options.read { history throws(HistoryError) in
          try history.runs(of: plan, limit: limit)
        }
        if output.json {
          try printer.json(runs)
        } else {
          try printer.say(HistoryText.text(runs))
        }
      }
    }
  }
}
