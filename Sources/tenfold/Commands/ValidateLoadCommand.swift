import Agent
import ArgumentParser
import Fabric
import Quantities
import Transport
import Validation

struct ValidateLoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Put networks under load, and see what they carry and how long small messages take.",
    discussion: """
      Agents send to each other in a network: one to one, several to one, and each to another. Beside it \
      small messages go there and back, a thousand a second, before anything else is sent and under each \
      load. Where the plan has a lossless class, loads go in it, and once more in it and beside it at the \
      same time.

      Says what all flows carried together and what their links allow, what the least and the most of them \
      got, segments that were sent again, how long messages took, and by how much the counters of all ports \
      that took part grew meanwhile: frames dropped, and frames that asked for a pause.

      Ends with 1 when one to one, or several to one, carry less than nine tenths of what their links allow, \
      when the lossless class lost anything, or when something was not measured.

      Example:
        tenfold validate load out --hosts all --network storage
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

  @Option(
    help: ArgumentHelp(
      "Network by its name in the plan, more than once for several; as few as bring every port of "
        + "the hosts into one by default.", valueName: "name"))
  var network: [String] = []

  @Option(
    help: ArgumentHelp(
      "Folder of the plan's keys; .tenfold beside the plan's folder by default.",
      valueName: "folder"), completion: .directory)
  var keys: String?

  @Option(
    help: ArgumentHelp("Connections of each flow, 1 to 16.", valueName: "count"))
  var streams = 4

  @Option(
    help: ArgumentHelp(
      "Seconds that each load counts, 1 to 40, after one of warm-up.", valueName: "count"))
  var seconds = 10

  @Option(
    help: ArgumentHelp("Most hosts that send to one at once, 2 to 7.", valueName: "count"))
  var senders = LoadPlan.mostSenders

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try ValidationError.check(streams, 1...LoadTest.mostStreams, "--streams")
    // Counters are read within 60 s.
    try ValidationError.check(seconds, 1...40, "--seconds")
    try ValidationError.check(senders, 2...LoadPlan.mostSenders, "--senders")
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let keys = try PlanKeys(plan, keys: keys)
      let agents = try AgentHosts.read(hosts, in: keys.names, port: AgentAddress.port)
      let known = unique(keys.fabric.vlans.map(\.name))
      for name in network where !known.contains(name) {
        throw Failure(
          [
            Finding(
              rule: "network", message: "the plan has no network \(name)",
              hint: "it has \(known.joined(separator: ", "))")
          ], .usage)
      }
      let plan = LoadPlan(
        keys.fabric, hosts: Set(agents.map(\.name.text)),
        networks: network.isEmpty ? nil : Set(network), senders: senders)
      guard !plan.networks.isEmpty else {
        throw Failure(
          [
            Finding(
              rule: "network", message: "no two of the hosts have addresses in such a network")
          ], .usage)
      }
      let planned = Set(plan.networks.map(\.name))
      let unused = unique(network).filter { !planned.contains($0) }
      guard unused.isEmpty else {
        throw Failure(
          unused.map {
            Finding(
              rule: "network", message: "no two of the hosts have addresses in \($0)")
          }, .usage)
      }
      let own = try keys.authority().credentials(for: .coordinator, at: .now)
      let measurements = try LoadRun(streams: streams, seconds: seconds)
        .measure(plan, agents, as: own, keys.fabric, printer)
      if output.json {
        try printer.json(LoadReport(measurements))
      } else {
        try printer.say(LoadText.text(measurements))
      }
      if measurements.contains(where: { !$0.problems.isEmpty }) {
        throw ExitCode(Status.failed.rawValue)
      }
    }
  }
}
