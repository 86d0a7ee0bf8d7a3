import ArgumentParser
import Quantities

/// The command: parses arguments, lets one function do the work, prints.
@main
struct Tenfold: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenfold",
    abstract: "Plan a 10 Gbps network: what to buy, how to cable it, how to configure it.",
    discussion: """
      Write racks, hosts and a budget into one YAML file. `tenfold plan` chooses the cheapest \
      network that meets every requirement and writes the order list, the cabling, the switch \
      configurations and the proof that it will work.

      Example:
        tenfold init > site.yaml
        tenfold plan site.yaml -o out

      Exit codes: 0 done; 1 the design or the check failed, with findings; 2 wrong input or \
      usage; 3 the machine refused (permission, no file, no space).
      """,
    version: "tenfold 0.1.0",
    subcommands: [
      PlanCommand.self, AuditCommand.self, ExplainCommand.self, InitCommand.self,
      SchemaCommand.self, CatalogCommand.self, ConfigCommand.self, ValidateCommand.self,
      KitCommand.self, AgentCommand.self, LabCommand.self, PredictCommand.self,
      AdviseCommand.self,
    ])

  static func main() {
    Terminal.ignoreClosedPipes()
    CatalogAhead.begin(CommandLine.arguments.dropFirst())
    defer { CatalogAhead.end() }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      // Thrown past a command's own printer, by the printing itself.
      Printer(OutputOptions.plain).complain(failure.findings)
      leave(failure.status)
    } catch let status as ExitCode {
      leave(Status(rawValue: status.rawValue) ?? .failed)
    } catch {
      end(with: error)
    }
  }

  /// Help, version and completion scripts go to standard output; mistakes to standard error.
  private static func end(with error: any Error) -> Never {
    let text = fullMessage(for: error)
    if exitCode(for: error).isSuccess {
      do throws(Failure) { try Terminal.print(text + "\n") } catch { leave(.machine) }
      leave(.done)
    }
    Terminal.complain(text + "\n")
    if let hint = nearestCommand() {
      Terminal.complain("  hint: did you mean `tenfold \(hint)`?\n")
    }
    leave(.usage)
  }

  /// The command that a mistyped one was probably meant to be.
  private static func nearestCommand() -> String? {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"),
      !names.contains(word)
    else { return nil }
    return NearestName.nearest(to: word, among: names)
  }

  private static func leave(_ status: Status) -> Never {
    CatalogAhead.end()
    exit(withError: ExitCode(status.rawValue))
  }
}
