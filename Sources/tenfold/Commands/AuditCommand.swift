import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Prove that a plan works, from the plan alone.",
    discussion: """
      Reads plan.json and nothing else: no catalogue, no site file, nothing of the planner. Every \
      proof says how many facts it looked at. Ends with 1 when a proof fails.

      Example:
        tenfold audit out/plan.json
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let result = try Pipeline.audit(plan: plan)
      printer.complain(result.findings)
      if output.json { try printer.json(result) } else { try printer.say(AuditText.text(result)) }
      if !result.holds { throw ExitCode(Status.failed.rawValue) }
    }
  }
}
