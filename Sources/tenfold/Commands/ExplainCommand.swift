import ArgumentParser

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why: this design, this switch, this cable, this price, this line.",
    discussion: """
      Without a subject it explains the design and lists what else can be asked. A subject is a \
      switch, host, link or cable, a part of the order, a rule of the audit, or a line of a \
      configuration as FILE:LINE.

      Examples:
        tenfold explain out
        tenfold explain out spine-1
        tenfold explain out switches/spine-1.cfg:42
      """)

  @Argument(
    help: ArgumentHelp("The plan's folder.", valueName: "folder"), completion: .directory)
  var folder: String

  @Argument(help: "What to explain.")
  var subject: String?

  @Option(
    help: ArgumentHelp(
      "Templates that the plan was made with, for lines; may be repeated.", valueName: "folder"),
    completion: .directory)
  var templates: [String] = []

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let explanation = try Explanation.of(subject, in: folder, templates: templates)
      if output.json { try printer.json(explanation) } else { try printer.say(explanation.text) }
    }
  }
}
