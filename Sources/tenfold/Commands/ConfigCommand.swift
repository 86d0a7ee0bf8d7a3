import ArgumentParser
import CatalogModel
import Quantities
import SwitchConfig

/// Works on configurations of switches.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Read configurations of switches.",
    discussion: """
      Example:
        tenfold config read switches/*.cfg
      """,
    subcommands: [Read.self])

  struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "read",
      abstract: "Say what configurations mean, and which of their lines are not understood.",
      discussion: """
        Takes the output of `show running-config`, whole or in part, or what somebody typed: order, \
        abbreviations, comments, prompts and line ends do not matter. The dialect is the one that \
        understands most lines, unless --os names it. Lines that no dialect knows are listed, never \
        guessed.

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

    @Option(
      help: ArgumentHelp(
        "Dialects of your own, one folder each inside; may be repeated.", valueName: "folder"),
      completion: .directory)
    var templates: [String] = []

    @OptionGroup var output: OutputOptions

    /// Largest configuration that is read, in bytes.
    private static let limit = 1 << 26

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        let readers = try readers()
        var findings: [Finding] = []
        var read: [ConfigSummary] = []
        for file in files {
          let bytes = try Files.read(file, limit: Self.limit)
          guard let config = SwitchConfigReader.read(bytes, file: file, by: readers) else {
            findings.append(
              Finding(
                rule: "config-dialect", position: SourcePosition(file: file),
                message: "no line of it is one of a dialect that Tenfold reads",
                hint: "it reads " + readers.map(\.os.rawValue).joined(separator: ", ")))
            continue
          }
          read.append(ConfigSummary(file, config))
        }
        printer.complain(findings + read.flatMap(\.findings))
        if output.json {
          try printer.json(read)
        } else {
          try printer.say(read.map(\.text).joined(separator: "\n"))
        }
        if !findings.isEmpty { throw ExitCode(Status.usage.rawValue) }
      }
    }

    private func readers() throws -> [SwitchConfigReader] {
      let set = try Templates(folders: [try Home.find() + "/templates"] + templates)
      let all = try set.dialects.compactMap { try set.reader(for: $0) }
      guard let os else { return all }
      let named = all.filter { $0.os.rawValue == os }
      guard named.isEmpty else { return named }
      throw Failure(
        [
          Finding(
            rule: "usage", message: "there is no dialect \"\(os)\" that can be read",
            hint: "use one of " + all.map(\.os.rawValue).joined(separator: ", "))
        ], .usage)
    }
  }
}
