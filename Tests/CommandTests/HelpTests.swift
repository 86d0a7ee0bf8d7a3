import TenfoldTestSupport
import Testing

@testable import tenfold

@Suite("Help")
struct HelpTests {
  /// Every command, as its words after `tenfold`.
  static let commands: [[String]] =
    [[]]
    + Tenfold.configuration.subcommands.flatMap { command -> [[String]] in
      let name = command.configuration.commandName ?? ""
      return [[name]]
        + command.configuration.subcommands.map { [name, $0.configuration.commandName ?? ""] }
    }

  @Test("The help of every command is what its snapshot holds", arguments: commands)
  func help(words: [String]) throws {
    let result = try Binary.run(words + ["--help"])
    #expect(result.status == 0)
    #expect(result.errors == "")
    let name = (["help"] + words).joined(separator: "-")
    let difference = try Repository.difference(
      of: result.output, from: "Tests/CommandTests/Snapshots/\(name).txt", refresh: "HelpTests")
    #expect(difference == nil)
  }

  @Test("The help of every command that does work shows an example", arguments: commands)
  func example(words: [String]) throws {
    let result = try Binary.run(words + ["--help"])
    #expect(result.output.contains("tenfold " + words.joined(separator: " ")))
    #expect(result.output.contains("Example"))
  }

  @Test("Completions exist for each shell", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let result = try Binary.run(["--generate-completion-script", shell])
    #expect(result.status == 0)
    #expect(result.output.contains("tenfold"))
    #expect(result.output.contains("explain"))
  }
}
