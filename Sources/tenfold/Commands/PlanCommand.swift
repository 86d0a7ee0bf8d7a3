import ArgumentParser
import Quantities
import SiteModel

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Choose the cheapest network for a site and write everything to buy and build it.",
    discussion: """
      Examples:
        tenfold plan site.yaml -o out
        tenfold plan site.yaml -o out --catalog my-quotes.xml --design vlt-pair

      The folder is written as a whole or not at all. One that stands there is replaced only if \
      Tenfold wrote it and nobody has changed it since.
      """)

  @Argument(
    help: ArgumentHelp("The site file.", valueName: "site.yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var site: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Folder to write.", valueName: "folder"),
    completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp(
      "Parts and prices of your own, one XML file or a folder of them; may be repeated.",
      valueName: "file-or-folder"),
    completion: .file(extensions: ["xml"]))
  var catalog: [String] = []

  @OptionGroup var dialects: DialectOptions

  @Flag(help: "Leave out parts whose price is an estimate.")
  var noEstimates = false

  @Option(
    help: ArgumentHelp(
      "Plan this design only: standalone-pair, vlt-pair or spine-leaf.", valueName: "kind"),
    completion: .list(DesignKind.allCases.map(\.rawValue)),
    transform: DesignArgument.parse)
  var design: DesignKind?

  @Option(
    help: ArgumentHelp(
      "Day for which prices are judged; today if left out.", valueName: "yyyy-mm-dd"),
    transform: PlanCommand.day)
  var date: CalendarDate?

  @OptionGroup var options: OutputOptions

  func run() throws {
    let printer = Printer(options)
    try printer.run {
      let request = PlanRequest(
        site: site, output: output, catalogs: catalog, templates: dialects.templates,
        allowsEstimates: !noEstimates, design: design, date: try date ?? Self.today())
      let planned = try Pipeline.plan(request, progress: printer.progress)
      printer.progress.end()
      if options.json {
        try printer.json(planned)
      } else {
        try printer.say(planned.text)
      }
    }
  }

  private static func today() throws(Failure) -> CalendarDate {
    if let today = System.today() { return today }
    throw Failure(
      [
        Finding(
          rule: "machine", message: "the machine's clock gives no date", hint: "give it with --date"
        )
      ], .machine)
  }

  private static func day(_ text: String) throws -> CalendarDate {
    if let date = CalendarDate(iso: text), date.day != nil { return date }
    throw ValidationError("'\(text)' is no day. Write it like 2026-11-23.")
  }
}
