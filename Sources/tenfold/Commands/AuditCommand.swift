import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Prove that a plan works, from the plan alone, or configurations from themselves.",
    discussion: """
      Reads plan.json and nothing else: no catalogue, no site file, nothing of the planner. Every \
      proof says how many facts it looked at. Ends with 1 when a proof fails.

      With --configs the proofs about switches run again over configurations, such as those that \
      the switches have now. Without a plan they are held to each other: pairs agree, both ends of \
      links agree (descriptions tell where they lead), packets fit, VLANs named for storage stay \
      inside, nothing runs in a circle.

      Example:
        tenfold audit out/plan.json
        tenfold audit out/plan.json --configs running-configs
        tenfold audit --configs running-configs
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp("The same as the argument.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var planOption: String?

  @Option(
    help: ArgumentHelp(
      "Folder with the configurations of the switches, one file each.", valueName: "folder"),
    completion: .directory)
  var configs: String?

  @OptionGroup var dialects: DialectOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if plan != nil, planOption != nil { throw ValidationError("The plan is given twice.") }
    if plan == nil, planOption == nil, configs == nil {
      throw ValidationError("Neither a plan nor a folder of configurations is given.")
    }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let result =
        if let plan = plan ?? planOption {
          try Pipeline.audit(plan: plan, configs: configs, templates: dialects.templates)
        } else {
          try Pipeline.audit(configs: configs ?? "", templates: dialects.templates)
        }
      printer.complain(result.findings)
      if output.json { try printer.json(result) } else { try printer.say(AuditText.text(result)) }
      if !result.holds { throw ExitCode(Status.failed.rawValue) }
    }
  }
}
