import ArgumentParser
import Evidence
import Fabric
import Quantities

struct ValidateMovesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moves",
    abstract: "Show live migrations of Hyper-V that move.ps1 measured.",
    discussion: """
      `tenfold kit windows` writes move.ps1, which moves guests between two hosts by each performance \
      option and so many at once, and brings one file. This shows it as other measurements are shown: what \
      each run took, which was fastest, and, with --plan, what its ports need for the memory of the guests, \
      each byte once. Black-outs are in the words of Windows.

      Ends with 1 when a guest did not move.

      Example:
        tenfold validate moves tenfold-moves-HV1.json --plan out
      """)

  @Argument(
    help: ArgumentHelp("What the script brought.", valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var file: String

  @Option(
    help: ArgumentHelp(
      "The plan of the hosts, or the folder that holds it.", valueName: "plan.json"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let printer = Printer(output)
    try printer.run {
      let moves = try MovesJSON.moves(
        from: Files.read(file, limit: EvidenceFolder.limit), file: file)
      var index: FabricIndex?
      if let plan {
        let (fabric, hash) = try Pipeline.hashedFabric(at: plan)
        guard moves.plan.isEmpty || moves.plan == hash else {
          throw Failure(
            [
              Finding(
                rule: "moves-file", position: SourcePosition(file: file),
                message: "it was measured for another plan",
                hint: "leave --plan out, or name the plan whose kit measured it")
            ], .usage)
        }
        index = FabricIndex(fabric)
      }
      let planned = { (run: MeasuredMoves.Run) in index.flatMap { run.planned($0) } }
      if output.json {
        try printer.json(MovesReport(moves, planned: planned))
      } else {
        try printer.say(MovesText.text(moves, planned: planned))
      }
      if moves.runs.isEmpty || !moves.runs.allSatisfy(\.isGood) {
        throw ExitCode(Status.failed.rawValue)
      }
    }
  }
}
