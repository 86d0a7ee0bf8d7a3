import ArgumentParser
import Evidence
import Fabric
import Quantities
import Validation

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Compare what stands in the racks with its plan.",
    discussion: """
      Without a word behind it, it is `tenfold validate run`.

      Example:
        tenfold validate out --evidence collected
        tenfold validate history
        tenfold validate compare
      """,
    subcommands: [
      ValidateRunCommand.self, ValidateHistoryCommand.self, ValidateCompareCommand.self,
      ValidateChecksCommand.self, ValidateLoadCommand.self, ValidateMigrationCommand.self,
      ValidateDrainCommand.self, ValidateGuestCommand.self, ValidateMovesCommand.self,
    ], defaultSubcommand: ValidateRunCommand.self)
}

struct ValidateRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Compare what stands in the racks with its plan.",
    discussion: """
      Reads evidence: the files that the scripts of `tenfold kit` bring from hosts (.json), and \
      what switches print (any other name: `show mac address-table` tells where hosts are \
      plugged in, `show running-config` how the switch is set). Says which cable, port or setting \
      is wrong, and what to type.

      Four outcomes: a check holds, fails, is skipped, or is unknown. A run is green only when \
      everything that was asked is known and holds; it ends with 0 then, with 1 otherwise.

      Example:
        tenfold kit linux out -o kit
        tenfold validate out --evidence collected
        tenfold validate out --hosts all --throughput measured.jsonl
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    help: ArgumentHelp("File of evidence, or folder of such; may be repeated.", valueName: "path"),
    completion: .file())
  var evidence: [String] = []

  @Option(
    help: ArgumentHelp(
      "Ask the agents of these hosts: a file with lines of HOST ADDRESS[:PORT], or all.",
      valueName: "list"), completion: .file())
  var hosts: String?

  @Option(
    help: ArgumentHelp(
      "Folder of the plan's keys; .tenfold beside the plan's folder by default.",
      valueName: "folder"), completion: .directory)
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "With --hosts: an address beyond the core that networks of storage must not reach.",
      valueName: "address"))
  var core: [String] = []

  @Option(help: ArgumentHelp("With --hosts: most agents at once.", valueName: "number"))
  var concurrency = 64

  @OptionGroup var throughput: ThroughputOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Report these checks alone, such as link.up.", valueName: "check"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp("Write the result as JUnit XML too.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Option(
    help: ArgumentHelp("Write the result as one HTML page too.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @OptionGroup var history: HistoryOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if evidence.isEmpty, hosts == nil {
      throw ValidationError("No evidence is given (--evidence), and no agents (--hosts).")
    }
    if throughput.file != nil, hosts == nil {
      throw ValidationError(
        "--throughput measures between agents (--hosts); what was measured before is --evidence.")
    }
    guard (1...1000).contains(concurrency) else {
      throw ValidationError("One to a thousand agents can be asked at once.")
    }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let checks = try Self.checks(only)
      let (fabric, hash) = try Pipeline.hashedFabric(at: plan)
      // Before anybody waits for agents.
      _ = try throughput.run?.earlier(hash)
      printer.progress.step("reading the evidence")
      let folder = try EvidenceFolder(evidence, of: fabric)
      let live = try live(fabric, hash, printer)
      let running = try RunningConfigs.all(folder.texts, of: fabric)
      printer.progress.step("checking it")
      let result = Validator.validate(
        fabric, planHash: hash, evidence: live.hosts + folder.hosts, switches: folder.switches,
        running: running.configs, throughput: folder.throughput + live.throughput,
        leastRate: throughput.least, only: checks
      ).adding(live.notes)
      printer.progress.end()
      printer.complain(folder.notes + running.findings + result.findings)
      try history.add(result, of: fabric, plan: hash, evidence: folder.hash, printer)
      if let junit {
        try Files.write(
          Array(JUnitText.text(result, plan: fabric.site.name).utf8), to: junit)
      }
      if let html {
        let page = ValidationPage(
          result, of: fabric, planHash: hash, evidence: live.hosts + folder.hosts)
        try Files.write(Array(page.html.utf8), to: html)
      }
      if output.json {
        try printer.json(result)
      } else {
        try printer.say(ValidationText.text(result))
      }
      if result.verdict != .green { throw ExitCode(Status.failed.rawValue) }
    }
  }

  /// What the agents bring that were asked for.
  private func live(
    _ fabric: Fabric, _ hash: String, _ printer: Printer
  ) throws -> (hosts: [HostEvidence], notes: [AgentNote], throughput: [Throughput]) {
    guard let hosts else { return ([], [], []) }
    let addresses = try Addresses.read(core)
    printer.progress.step("asking the agents")
    var request = LiveEvidence.Request(hosts: hosts, keys: keys)
    request.core = addresses
    request.concurrency = concurrency
    let live = try LiveEvidence.collect(request, fabric: fabric, hash: hash, plan: plan)
    let measured = try throughput.run.map {
      try $0.measure(live.agents, as: live.own, fabric, hash: hash, printer)
    }
    return (live.hosts, live.notes, measured.map { [$0] } ?? [])
  }

  /// The checks of these names.
  private static func checks(_ names: [String]) throws(Failure) -> Set<CheckID> {
    var checks: Set<CheckID> = []
    for name in names.flatMap({ $0.split(separator: ",").map(String.init) }) {
      guard let check = CheckID(rawValue: name) else {
        let all = CheckID.allCases.map(\.rawValue)
        let near = NearestName.nearest(to: name, among: all)
        throw Failure(
          [
            Finding(
              rule: "usage", message: "there is no check \"\(name)\"",
              hint: near.map { "did you mean \($0)?" } ?? "use one of "
                + all.joined(separator: ", "))
          ], .usage)
      }
      checks.insert(check)
    }
    return checks
  }
}
