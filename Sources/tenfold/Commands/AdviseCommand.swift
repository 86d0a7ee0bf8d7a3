import ArgumentParser
import Fabric
import Forecast
import Quantities

struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Say how the ports of hosts are best used for live migration, and why.",
    discussion: """
      Compares all arrangements for the hosts of a plan: a team or none, TCP/IP, SMB Multichannel, SMB \
      Direct, compression, receive queues as they are or spread over cores. Says what each carries and \
      what it takes of the processors, and why the others lose.

      The constants come of measurements of hosts with two ports of 10 Gbps (docs/migration.md); yours \
      may be better. What compression gains depends on the guests, and is left out until you say what \
      you measured.

      Example:
        tenfold advise out --cores 16
      """)

  @Argument(
    help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: ArgumentHelp("Cores of each host.", valueName: "count"))
  var cores: Int?

  @Option(help: ArgumentHelp("Migrations at once.", valueName: "count"))
  var atOnce = LiveMigration.count

  @Option(
    help: ArgumentHelp(
      "What compression leaves of memory, as measured.", valueName: "percent"))
  var compressed: Int?

  @Option(
    help: ArgumentHelp(
      "With --compressed: what one core compresses, as measured.", valueName: "Gbps"))
  var compressedPerCore: Double?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try ValidationError.check(atOnce, 1...1000, "--at-once")
    try ValidationError.check(cores, 1...4096, "--cores")
    try ValidationError.check(compressed, 1...100, "--compressed")
    if let rate = compressedPerCore, !(rate > 0 && rate <= 1000) {
      throw ValidationError("--compressed-per-core is more than 0 and at most 1000.")
    }
    guard (compressed == nil) == (compressedPerCore == nil) else {
      throw ValidationError("--compressed and --compressed-per-core go together.")
    }
  }

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let fabric = try Pipeline.fabric(at: plan)
      let all = GroupAdvice.all(
        fabric, cores: cores, atOnce: atOnce, compressedPart: compressed.map { Double($0) / 100 },
        gbpsCompressedPerCore: compressedPerCore)
      let missing = GroupAdvice.missing(fabric).map { group, why in
        Finding(
          rule: "live-migration", severity: .note, message: "nothing is said of \(group): \(why)")
      }
      guard !all.isEmpty || missing.isEmpty else { throw Failure(missing, .failed) }
      printer.complain(missing)
      guard !all.isEmpty else {
        throw Failure(
          [
            Finding(
              rule: "live-migration",
              message: "no host of the plan has a network of live migration on the new fabric",
              hint: "say `live-migration: yes` in the site, and which card carries it")
          ], .failed)
      }
      if output.json {
        try printer.json(all.map(AdviceReport.init))
      } else {
        try printer.say(AdviceText.text(all))
      }
    }
  }
}
