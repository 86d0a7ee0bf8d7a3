import ArgumentParser
import Fabric
import Lab
import Quantities

struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Build a plan on this machine from network namespaces, and break it on request.",
    discussion: """
      One namespace a host, with Open vSwitch and lldpd of its own; the switches of the plan are \
      bridges of Open vSwitch with real VLANs, LACP, spanning tree and LLDP. `tenfold kit` and \
      `tenfold validate` see it as they would see racks. It needs root on Linux, and takes away \
      all that it made.

      Example:
        tenfold lab demo examples/starter-pair/expected
        tenfold lab up examples/medium/expected --hosts-per-rack 2
        tenfold lab break crossed-cables
        tenfold lab collect -o evidence
        tenfold lab down
      """,
    subcommands: [
      LabUpCommand.self, LabDownCommand.self, LabBreakCommand.self, LabMendCommand.self,
      LabListCommand.self, LabCollectCommand.self, LabDemoCommand.self,
    ])
}

/// Which lab is meant.
struct LabChoice: ParsableArguments {
  @Option(help: "Name of the lab; by default the only one that is up.")
  var lab: String?

  func folder() throws(Failure) -> LabFolder {
    let all = LabFolder.all.filter(\.exists)
    guard let lab else {
      if all.count == 1 { return all[0] }
      throw LabChoice.refuse(
        all.isEmpty ? "no lab is up" : "several labs are up",
        all.isEmpty
          ? "tenfold lab up PLAN"
          : "say which: " + all.map(\.name.description).joined(separator: ", "))
    }
    guard let name = LabName(lab), LabFolder(name).exists else {
      throw LabChoice.refuse("no lab \(lab) is up", "tenfold lab list")
    }
    return LabFolder(name)
  }

  /// What runs the lab, on a machine that can.
  func runner(_ printer: Printer) throws -> LabRunner {
    let folder = try folder()
    try LabRunner.checkMachine()
    return LabRunner(try folder.plan(), progress: printer.labProgress)
  }

  static func refuse(_ message: String, _ hint: String) -> Failure {
    Failure([Finding(rule: "lab", message: message, hint: hint)], .usage)
  }
}

/// What is built of a plan.
struct LabSource: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: ArgumentHelp("Name of the lab; by default that of the site.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Build the first hosts of each rack only.", valueName: "number"))
  var hostsPerRack: Int?

  @Option(help: ArgumentHelp("Build at most so many hosts.", valueName: "number"))
  var maxHosts: Int?

  @OptionGroup var agents: LabAgents

  func validate() throws {
    for number in [hostsPerRack, maxHosts].compactMap({ $0 }) where number < 1 {
      throw ValidationError("A lab has one host at least.")
    }
    if let name, LabName(name) == nil {
      throw ValidationError("A name has letters, digits and hyphens, at most 32.")
    }
  }

  func labPlan() throws -> LabPlan {
    let fabric = try Pipeline.fabric(at: plan)
    let cut = LabCut(hostsPerRack: hostsPerRack, maxHosts: maxHosts).applied(to: fabric)
    return LabPlan(
      LabCut.keeping(LabValidation.addresses(cut), of: cut),
      name: name.flatMap { LabName($0) } ?? LabName(site: fabric.site.name),
      agent: agents.withoutAgents ? "" : System.executable ?? "")
  }
}

/// Whether evidence comes through agents.
struct LabAgents: ParsableArguments {
  @Flag(help: "Run the collector in each host by hand, and leave the agents out.")
  var withoutAgents = false
}

extension Failure {
  /// A failure of a lab; one that was stopped ends as programs do that were.
  init(_ failure: LabFailure) {
    self.init([failure.finding], failure.kind == .usage ? .usage : .machine)
  }

  /// Lets failures of labs through as findings.
  static func ofLab<Value>(_ work: () throws -> Value) throws -> Value {
    do { return try work() } catch let failure as LabFailure { throw Failure(failure) }
  }
}

extension Printer {
  /// Says what a lab is doing, when somebody looks.
  var labProgress: LabRunner.Progress {
    let isQuiet = options.quiet
    return { text in if !isQuiet { Terminal.complain("lab: \(text)\n") } }
  }
}

struct LabUpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up", abstract: "Build a plan from namespaces.",
    discussion: """
      Says where the plan of the lab is: it lacks the hosts that are not built.

      Example:
        tenfold lab up out --hosts-per-rack 2
      """)
  @OptionGroup var source: LabSource
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        let plan = try source.labPlan()
        try LabRunner.checkMachine()
        let runner = LabRunner(plan, progress: printer.labProgress)
        try LabHold.during(plan.name) { try runner.up { try LabKeys.write(runner) } }
        try printer.tell(LabReport.Up(plan), LabText.up(plan))
      }
    }
  }
}

struct LabDownCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "Take a lab away, with all that it made.",
    discussion: """
      Example:
        tenfold lab down
      """)
  @Argument(help: "Name of the lab; by default the only one that is up.")
  var lab: String?
  @Flag(help: "Take all labs of this machine away.")
  var all = false
  /// The part of a lab's guardian: not for people.
  @Flag(help: .hidden)
  var onceInputEnds = false
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      try Failure.ofLab {
        if onceInputEnds, !LabGuardian.wait() { return }
        try LabRunner.checkMachine()
        let folders = all ? LabFolder.all : [try choice().folder()]
        for folder in folders { try LabRunner.down(folder) }
        let names = folders.map { "\($0.name) is down" }
        try printer.tell(LabReport.Done(done: names), names.map { $0 + "\n" }.joined())
      }
    }
  }

  private func choice() -> LabChoice {
    var choice = LabChoice()
    choice.lab = lab
    return choice
  }
}

struct LabListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List labs that are up, and the faults there are.",
    discussion: """
      Example:
        tenfold lab list
      """)
  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run { try printer.tell(LabReport.List(), LabText.list()) }
  }
}

/// Holds a lab: when this process dies, the lab goes too.
enum LabHold {
  static func during(_ name: LabName, _ work: () throws -> Void) throws {
    guard let program = System.executable else { return try work() }
    let guardian = try LabGuardian(program, ["lab", "down", name.description, "--once-input-ends"])
    // A failure of the work has taken the lab away by itself.
    defer { guardian.dismiss() }
    try work()
  }
}
