import Agent
import ArgumentParser
import Fabric
import Forecast
import Migration
import Quantities

struct ValidateDrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain",
    abstract: "Drain hosts of synthetic guests, one host after the other.",
    discussion: """
      As for an update of all hosts: the agent of each host in turn makes guests and moves them to the \
      others, to each in turn, over all ports that the plan has for live migration. Says how long each \
      host took, and all of them, and how that compares with the plan. A guest for which the others have \
      no memory stays, and the result says so.

      With --lan it goes over the LAN by which agents are reached, for the time before the new network.

      Ends with 1 when a guest did not move, or stood still for longer than --black-out without a reason.

      Example:
        tenfold validate drain out --hosts all --guests 8
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    help: ArgumentHelp(
      "Where agents are: a file with lines of HOST ADDRESS[:PORT], or all. All of them take guests.",
      valueName: "list"),
    completion: .file())
  var hosts = "all"

  @Option(
    help: ArgumentHelp(
      "Host to drain, more than once for several; all of the list by default.", valueName: "name"))
  var host: [String] = []

  @Option(
    help: ArgumentHelp(
      "Folder of the plan's keys; .tenfold beside the plan's folder by default.",
      valueName: "folder"), completion: .directory)
  var keys: String?

  @OptionGroup var guests: SyntheticGuestOptions

  @OptionGroup var output: OutputOptions

  func validate() throws { try guests.check() }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let keys = try PlanKeys(plan, keys: keys)
      let agents = try AgentHosts.read(hosts, in: keys.names, port: AgentAddress.port)
      guard agents.count > 1 else {
        throw Failure(
          [Finding(rule: "agent-hosts", message: "there is nobody to take guests")], .usage)
      }
      let named = try host.map { try AgentHosts.agent(keys.host($0), agents) }
      let drain = RollingDrain(agents, keys, guests)
      let own = named.isEmpty ? drain.drainable : named
      let left = named.isEmpty ? agents.filter { !own.contains($0) }.map(\.name.text) : []
      if !left.isEmpty {
        printer.complain([
          Finding(
            rule: "live-migration", severity: .note,
            message: "not drained, for want of a network of live migration with another host:"
              + " \(left.joined(separator: ", "))")
        ])
      }
      guard !own.isEmpty else { throw ExitCode(Status.failed.rawValue) }
      let result = try drain.measure(own, printer)
      if output.json {
        try printer.json(RollingDrain.Report(result))
      } else {
        try printer.say(RollingDrain.text(result))
      }
      if result.contains(where: { !$0.isGood }) { throw ExitCode(Status.failed.rawValue) }
    }
  }
}
