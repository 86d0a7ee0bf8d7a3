import ArgumentParser
import Evidence
import Fabric
import Forecast
import Quantities
import SiteModel

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract:
      "Predict what live migration takes: how long a host drains, how long guests stand still.",
    discussion: """
      Reads plan.json and nothing else: ports, rates, frame sizes and RDMA of each host. Goes through \
      each migration pass by pass. The rate is that of the ports as the plan's scripts for hosts set \
      them; `tenfold advise` compares others. What guests are like is assumed, and said on the first \
      lines. When hosts are drained one after the other guests stay where they went.

      Example:
        tenfold predict out
        tenfold predict out --host hv-r2-03 --guests 12 --memory 16 --written 40 --cores 16

      Once two hosts are built, with what was measured between them in place of what the plan says:
        tenfold validate migration out --from hv-r1-01 --to hv-r2-01 --json > link.json
        tenfold predict out --measured link.json
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    name: .customLong("host"),
    help: ArgumentHelp("This host alone; may be repeated.", valueName: "name"))
  var hosts: [String] = []

  @OptionGroup var guests: GuestOptions

  @Option(
    help: ArgumentHelp(
      "Migrations at once; \(LiveMigration.count), or as many as were measured, if left out.",
      valueName: "count"))
  var atOnce: Int?

  @Option(
    help: ArgumentHelp("Cores of each host, to tell the part that is busy.", valueName: "count"))
  var cores: Int?

  @Option(
    help: ArgumentHelp(
      "What `tenfold validate migration --json` measured, for hosts with ports like those.",
      valueName: "file.json"), completion: .file(extensions: ["json"]))
  var measured: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try guests.check()
    try ValidationError.check(atOnce, 1...1000, "--at-once")
    try ValidationError.check(cores, 1...4096, "--cores")
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let (fabric, hash) = try Pipeline.hashedFabric(at: plan)
      try check(fabric)
      var question = ClusterForecast.Question()
      question.guests = guests.assumed
      if let atOnce { question.atOnce = atOnce }
      (question.cores, question.hosts) = (cores, hosts)
      if let measured {
        let link = try read(measured, fabric)
        if !link.plan.isEmpty, link.plan != hash {
          printer.complain([
            Finding(
              rule: "measured-file", severity: .warning,
              position: SourcePosition(file: measured),
              message:
                "it was measured under another plan, so that \(link.from) may have had other ports",
              hint: "measure again where they have changed")
          ])
        }
        question.measured = ClusterForecast.Measured(from: link.from, link.constants.costs)
        question.atOnce = link.atOnce
      }
      let forecast = ClusterForecast(fabric, question)
      if output.json {
        try printer.json(ForecastReport(forecast, question))
      } else {
        try printer.say(ForecastText.text(forecast, question, fabric.site))
      }
      // Nothing could be said: that is no answer.
      if forecast.rows.isEmpty { throw ExitCode(Status.failed.rawValue) }
    }
  }

  private func read(_ file: String, _ fabric: Fabric) throws -> MeasuredLink {
    let link = try MeasuredLinkJSON.link(
      from: Files.read(file, limit: EvidenceFolder.limit), file: file)
    guard fabric.hosts.contains(where: { $0.name == link.from }) else {
      throw Failure(
        [
          Finding(
            rule: "measured-file", position: SourcePosition(file: file),
            message: "it was measured at \(link.from), which is no host of this plan")
        ], .usage)
    }
    guard atOnce == nil || atOnce == link.atOnce else {
      throw Failure(
        [
          Finding(
            rule: "measured-file", position: SourcePosition(file: file),
            message: "it was measured with \(link.atOnce) at once",
            hint: "what one migration gets beside others has to be measured for each number of them"
          )
        ], .usage)
    }
    return link
  }

  private func check(_ fabric: Fabric) throws(Failure) {
    let names = fabric.hosts.map(\.name)
    let unknown = hosts.filter { !names.contains($0) }
    guard !unknown.isEmpty else { return }
    throw Failure(
      unknown.map { name in
        Finding(
          rule: "host", message: "the plan has no host \"\(name)\"",
          hint: NearestName.nearest(to: name, among: names).map { "did you mean \($0)?" } ?? "")
      }, .usage)
  }
}

/// What guests are like.
struct GuestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Guests of each host; as many as the other hosts have room for if left out.",
      valueName: "count"))
  var guests: Int?

  @Option(help: ArgumentHelp("Memory of a guest.", valueName: "GiB"))
  var memory = 16

  @Option(
    help: ArgumentHelp("What a guest writes to in a second.", valueName: "MiB"))
  var written = 20

  @Option(
    help: ArgumentHelp("Part of its memory that it writes to at all.", valueName: "percent"))
  var workingSet = 25

  @Option(help: WritePattern.help)
  var pattern = WritePattern.uniform

  @Option(help: ArgumentHelp("Part of its memory that holds nothing.", valueName: "percent"))
  var empty = 10

  @Option(
    help: ArgumentHelp("Part of a host's memory that guests do not get.", valueName: "percent"))
  var reserve = 10

  func check() throws {
    try ValidationError.check(reserve, 0...99, "--reserve")
    try ValidationError.check(guests, 1...10_000, "--guests")
    try ValidationError.check(memory, 1...65_536, "--memory")
    try ValidationError.check(written, 0...1_000_000, "--written")
    try ValidationError.check(workingSet, 0...100, "--working-set")
    try ValidationError.check(empty, 0...100, "--empty")
  }

  /// Within the ranges of `check`.
  var assumed: AssumedGuests {
    var assumed = AssumedGuests()
    assumed.count = guests
    assumed.memory = ByteCount(bytes: Int64(memory) << 30)
    assumed.writtenPerSecond = ByteCount(bytes: Int64(written) << 20)
    (assumed.workingSet, assumed.empty, assumed.reserve) = (workingSet, empty, reserve)
    assumed.pattern = pattern.pattern
    return assumed
  }
}
