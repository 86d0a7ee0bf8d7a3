import Agent
import ArgumentParser
import Fabric
import Forecast
import Migration
import Quantities

struct ValidateMigrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migration",
    abstract: "Move synthetic guests between two hosts, and compare with what the plan allows.",
    discussion: """
      The agent of one host makes guests: memory, and threads that write to it. It moves them to the \
      other host over all ports that the plan has for live migration, pass by pass, lets them run there, \
      and compares every page at both ends. Nothing of them is left afterwards.

      Says for each guest how long it took and stood still, and for all of them how that compares with \
      the plan. With --tune it finds how many at once is best, starting with --at-once.

      Ends with 1 when a guest did not move, or stood still for longer than --black-out without a reason.

      Example:
        tenfold validate migration out --hosts all --from hv-r1-01 --to hv-r2-01
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    help: ArgumentHelp(
      "Where agents are: a file with lines of HOST ADDRESS[:PORT], or all.", valueName: "list"),
    completion: .file())
  var hosts = "all"

  @Option(help: ArgumentHelp("Host that gives guests away.", valueName: "name"))
  var from: String

  @Option(help: ArgumentHelp("Host that takes them.", valueName: "name"))
  var to: String

  @Option(
    help: ArgumentHelp(
      "Folder of the plan's keys; .tenfold beside the plan's folder by default.",
      valueName: "folder"), completion: .directory)
  var keys: String?

  @OptionGroup var guests: SyntheticGuestOptions

  @Flag(help: "Find how many migrations at once are best.")
  var tune = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try guests.check()
    if from == to { throw ValidationError("--from and --to are one host.") }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let keys = try PlanKeys(plan, keys: keys)
      let names = (try keys.host(from), try keys.host(to))
      let agents = try AgentHosts.read(hosts, in: keys.names, port: AgentAddress.port)
      let drain = try GuestDrain(
        from: Self.agent(names.0, agents), to: Self.agent(names.1, agents), keys, guests)
      let result =
        tune ? try drain.tuned(printer) : try drain.measured(guests.atOnce, printer)
      if output.json {
        try printer.json(DrainReport(result))
      } else {
        try printer.say(DrainText.text(result))
      }
      if !result.isGood { throw ExitCode(Status.failed.rawValue) }
    }
  }

  private static func agent(
    _ name: HostName, _ agents: [AgentHost]
  ) throws(Failure) -> AgentHost {
    if let agent = agents.first(where: { $0.name == name }) { return agent }
    throw Failure(
      [
        Finding(
          rule: "agent-hosts",
          message: "the list of hosts does not say where the agent of \(name) is")
      ], .usage)
  }
}

/// What synthetic guests are like, and how they move.
struct SyntheticGuestOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Guests.", valueName: "count"))
  var guests = 4

  @Option(help: ArgumentHelp("Memory of a guest.", valueName: "MiB"))
  var memory = 1024

  @Option(help: ArgumentHelp("What a guest writes to in a second.", valueName: "MiB"))
  var written = 20

  @Option(help: ArgumentHelp("Part of its memory that it writes to at all.", valueName: "percent"))
  var workingSet = 25

  @Option(help: ArgumentHelp("Part of its memory that holds nothing.", valueName: "percent"))
  var empty = 10

  @Option(help: ArgumentHelp("Migrations at once.", valueName: "count"))
  var atOnce = LiveMigration.count

  @Option(help: ArgumentHelp("Connections over each pair of ports.", valueName: "count"))
  var streams = 2

  @Option(help: ArgumentHelp("How long a guest may stand still.", valueName: "ms"))
  var blackOut = 300

  @Flag(help: "Let bytes go packed where that is faster.")
  var packed = false

  @Flag(help: "Let adapters write memory by RDMA where both hosts have one.")
  var rdma = false

  @Flag(help: "Encrypt memory on its way (TLS 1.3); not with --rdma.")
  var encrypt = false

  @Flag(help: "Let a guest that writes too fast run at the other host before its memory is there.")
  var postCopy = false

  func check() throws {
    try ValidationError.check(guests, 1...1000, "--guests")
    try ValidationError.check(memory, 1...16_777_216, "--memory")
    try ValidationError.check(written, 0...1_000_000, "--written")
    try ValidationError.check(workingSet, 0...100, "--working-set")
    try ValidationError.check(empty, 0...100, "--empty")
    try ValidationError.check(atOnce, 1...64, "--at-once")
    try ValidationError.check(streams, 1...16, "--streams")
    try ValidationError.check(blackOut, 1...3_600_000, "--black-out")
    if encrypt, rdma {
      throw ValidationError("--encrypt and --rdma: nobody encrypts what an adapter writes.")
    }
  }
}
