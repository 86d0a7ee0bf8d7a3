import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Prove that a plan works, from the plan alone.",
    discussion: """
      Reads plan.json and nothing else: no catalogue, no site file, nothing of the planner. Every \
      proof says how many facts it looked at. Ends with 1 when a proof fails.

      With --configs the proofs about switches run again over configurations, such as those that \
      the switches have now.

      Example:
        tenfold audit out/plan.json
        tenfold audit out/plan.json --configs running-configs
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    help: ArgumentHelp(
      "Folder with the configurations of the switches, one file each.", valueName: "folder"),
    completion: .directory)
  var configs: String?

  @OptionGroup var dialects: DialectOptions

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let result = try Pipeline.audit(plan: plan, configs: configs, templates: dialects.templates)
      printer.complain(result.findings)
      if output.json { try printer.json(result) } else { try printer.say(AuditText.text(result)) }
      if !result.holds { throw ExitCode(Status.failed.rawValue) }
    }
  }
}
