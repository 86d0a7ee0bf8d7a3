import ArgumentParser
import Audit
import Quantities

/// Works on configurations of switches.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Read configurations of switches, and compare them with their plan.",
    discussion: """
      Example:
        tenfold config read switches/*.cfg
        tenfold config diff out running-configs
      """,
    subcommands: [Read.self, Diff.self])

  struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "read",
      abstract: "Say what configurations mean, and which of their lines are not understood.",
      discussion: """
        Takes the output of `show running-config`, whole or in part, or what somebody typed: order, \
        abbreviations, comments, prompts and line ends do not matter. The dialect is the one that \
        understands most lines, unless --os names it. Lines that no dialect knows are listed, never \
        guessed. Ends with 1 when a configuration contradicts itself.

        Example:
          tenfold config read tor-a.cfg tor-b.cfg
        """)

    @Argument(
      help: ArgumentHelp("Configurations.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(
      help: ArgumentHelp(
        "The dialect of all files, such as os9; the one that fits best if left out.",
        valueName: "dialect"))
    var os: String?

    @OptionGroup var dialects: DialectOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        let readers = try ConfigReaders.all(
          ConfigReaders.templates(dialects.templates), named: os)
        var findings: [Finding] = []
        var read: [ConfigSummary] = []
        for file in files {
          switch ConfigReaders.read(try ConfigReaders.text(file), file: file, by: readers) {
          case .success(let config): read.append(ConfigSummary(file, config))
          case .failure(let unknown): findings += unknown.all
          }
        }
        printer.complain(findings + read.flatMap(\.findings))
        if output.json {
          try printer.json(read)
        } else {
          try printer.say(read.map(\.text).joined(separator: "\n"))
        }
        if !findings.isEmpty { throw ExitCode(Status.usage.rawValue) }
        let isWrong = read.contains { $0.findings.contains { $0.severity == .error } }
        if isWrong { throw ExitCode(Status.failed.rawValue) }
      }
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Show where switches say something else than their plan.",
      discussion: """
        Compares by meaning, not by lines: device, port, setting. FOLDER holds one configuration a \
        switch, under any names; each tells by its host name whose it is. Ends with 1 when \
        something differs or a configuration contradicts itself.

        Below stand the commands that bring each switch back, and the order of the switches: one \
        at a time, first those that nobody depends on alone. Within a switch what is no longer \
        wanted goes last, and what changes the way in after all else, on the console. The running \
        configuration and the commands after it were read as one text before they were printed: \
        it says what was planned. Lines that are not understood stay as they are.

        Example:
          tenfold config diff out running-configs
        """)

    @Argument(help: ArgumentHelp("The plan, or the folder that holds it.", valueName: "plan.json"))
    var plan: String

    @Argument(
      help: ArgumentHelp("Folder of configurations.", valueName: "folder"), completion: .directory)
    var folder: String

    @OptionGroup var dialects: DialectOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        let fabric = try Pipeline.fabric(at: plan)
        let templates = try ConfigReaders.templates(dialects.templates)
        let configs = try ConfigFolder(folder, of: fabric, templates: templates)
        let drift = Drift(
          Auditor.drift(of: configs.intents, from: fabric), configs,
          mends: try DriftMends.all(configs, fabric: fabric, templates: templates))
        printer.complain(configs.findings)
        if output.json { try printer.json(drift) } else { try printer.say(drift.text) }
        let isWrong = configs.findings.contains { $0.severity == .error }
        if isWrong || !drift.differences.isEmpty { throw ExitCode(Status.failed.rawValue) }
      }
    }
  }
}
