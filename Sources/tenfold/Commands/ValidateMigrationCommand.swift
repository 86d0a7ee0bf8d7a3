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
      the plan, and how busy processors were with it at both ends. With --tune it finds how many at once \
      is best, starting with --at-once; with --tune-streams how many connections are, starting with \
      --streams; with --tune-block how much memory a connection takes at once; with --tune-jumbo whether \
      frames of more than 1500 bytes gain anything, for which no setting of a host is changed. With \
      --tune-queues it says how many receive queues (RSS) each port should have for each measurement, and \
      waits until you have set them.

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

  @Flag(help: "Let every other guest go from the host that takes them to the one that gives them.")
  var bothWays = false

  @Flag(help: "Find how many migrations at once are best.")
  var tune = false

  @Flag(help: "Find how many connections over each pair of ports are best.")
  var tuneStreams = false

  @Flag(help: "Find how much memory a connection should take at once.")
  var tuneBlock = false

  @Flag(help: "Find whether frames longer than 1500 bytes are faster.")
  var tuneJumbo = false

  @Option(
    help: ArgumentHelp(
      "Find how many receive queues of each port are best, up to so many.", valueName: "count"))
  var tuneQueues: Int?

  @OptionGroup var output: OutputOptions

  /// What was asked for.
  private var tuned: [Tuned] {
    let asked: [(Bool, Tuned)] = [
      (tune, .atOnce), (tuneStreams, .streams), (tuneBlock, .block), (tuneJumbo, .jumbo),
    ]
    return asked.filter(\.0).map(\.1) + [tuneQueues.map { .queues(most: $0) }].compactMap { $0 }
  }

  func validate() throws {
    try guests.check()
    try ValidationError.check(tuneQueues, 1...256, "--tune-queues")
    if tuned.count > 1 {
      throw ValidationError("\(tuned[0].option) and \(tuned[1].option): one at a time.")
    }
    if tune, let count = guests.guests, count <= guests.atOnce {
      throw ValidationError(
        "--tune goes up from --at-once (\(guests.atOnce)), and needs more --guests than that.")
    }
    if tuneJumbo, guests.rdma {
      throw ValidationError(
        "--tune-jumbo and --rdma: segments of TCP do not limit what adapters write.")
    }
    if from == to { throw ValidationError("--from and --to are one host.") }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let keys = try PlanKeys(plan, keys: keys)
      let names = (try keys.host(from), try keys.host(to))
      let agents = try AgentHosts.read(hosts, in: keys.names, port: AgentAddress.port)
      let drain = try GuestDrain(
        from: AgentHosts.agent(names.0, agents), to: [AgentHosts.agent(names.1, agents)], keys,
        guests, count: guests.count(isTuned: tune), isBothWays: bothWays)
      let result = try tuned.first.map { try drain.tuned($0, printer) } ?? drain.measured(printer)
      if output.json {
        try printer.json(DrainReport(result))
      } else {
        try printer.say(DrainText.text(result))
      }
      if !result.isGood { throw ExitCode(Status.failed.rawValue) }
    }
  }
}
