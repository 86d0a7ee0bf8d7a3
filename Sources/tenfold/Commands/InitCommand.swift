import ArgumentParser
import Quantities
import SiteModel
import SiteStore

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Print a commented site file to start from.",
    discussion: """
      It can be planned as it stands; every key that a site file knows is shown with its default.

      Examples:
        tenfold init > site.yaml
        tenfold init standalone-pair > site.yaml
      """)

  @Argument(
    help: ArgumentHelp(
      "The design to start from: standalone-pair, vlt-pair or spine-leaf.", valueName: "kind"),
    completion: .list(DesignKind.allCases.map(\.rawValue)),
    transform: DesignArgument.parse)
  var kind = DesignKind.spineLeaf

  func run() throws { try Terminal.print(SiteTemplate.text(kind: kind)) }
}

/// A design as the command line names it.
enum DesignArgument {
  /// - Throws: `ValidationError` for anything but the name of a design.
  static func parse(_ text: String) throws -> DesignKind {
    if let kind = DesignKind(rawValue: text) { return kind }
    let names = DesignKind.allCases.map(\.rawValue)
    let near = NearestName.nearest(to: text, among: names)
    throw ValidationError(
      near.map { "There is no design '\(text)'. Did you mean '\($0)'?" }
        ?? "There is no design '\(text)'. There are: \(names.joined(separator: ", ")).")
  }
}
