import ArgumentParser
import CatalogModel
import CatalogStore
import Quantities

/// Reads the parts catalogue for people.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Check, search and print the parts catalogue.",
    discussion: """
      Example:
        tenfold catalog list --kind switch S4810
        tenfold catalog show dell-s4810
      """,
    subcommands: [Check.self, List.self, Show.self, Export.self])

  /// Which catalogue is meant.
  struct Sources: ParsableArguments {
    @Option(
      name: .customLong("catalog"),
      help: ArgumentHelp(
        "A catalogue file of your own, or a folder of them, beside the shipped ones.",
        discussion: "Can be given several times; its parts override shipped ones with their id.",
        valueName: "dir-or-xml"),
      completion: .file(extensions: ["xml"]))
    var catalogs: [String] = []

    /// The catalogue with every fact and source.
    func load() throws -> Catalog {
      try CatalogStore.load(
        shipped: [try Home.find() + "/catalogs"], overlays: catalogs, cacheDirectory: Home.cache,
        detail: .full)
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check catalogue files and print what they hold and lack.",
      discussion: """
        Reads every file anew: form, references, contradictions. Prints counts, facts that nobody \
        has said, and how well prices are estimated.

        Example:
          tenfold catalog check --catalog my-parts.xml
        """)

    @OptionGroup var sources: Sources
    @OptionGroup var output: OutputOptions

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        // Without the cache: a check that does not read the files would check nothing.
        let check = CatalogCheck(
          try CatalogStore.load(
            shipped: [try Home.find() + "/catalogs"], overlays: sources.catalogs))
        if output.json { try printer.json(check) } else { try printer.say(check.text) }
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List parts with the price that counts.",
      discussion: """
        Example:
          tenfold catalog list --kind cable om3 10m
        """)

    @Option(help: "Only parts of this kind.")
    var kind: PartKind?

    @Argument(help: "Words that id, maker, model or order number must hold.")
    var words: [String] = []

    @OptionGroup var sources: Sources
    @OptionGroup var output: OutputOptions

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        let listing = CatalogListing(
          try sources.load(), kind: kind, text: words.joined(separator: " "))
        if output.json { try printer.json(listing) } else { try printer.say(listing.text) }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print every fact of a part with its sources, and its prices.",
      discussion: """
        Example:
          tenfold catalog show dell-n4032f
        """)

    @Argument(help: "Id, order number or model of the part.")
    var part: String

    @OptionGroup var sources: Sources
    @OptionGroup var output: OutputOptions

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        let catalog = try sources.load()
        let page = PartPage(try PartLookup.part(part, in: catalog), in: catalog)
        if output.json { try printer.json(page) } else { try printer.say(page.text) }
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write parts as a catalogue file.",
      discussion: """
        Without parts, the whole catalogue. What a part needs comes with it. Estimates are not \
        written.

        Example:
          tenfold catalog export dell-s4810 > mine.xml
        """)

    @Argument(help: "Ids, order numbers or models of parts.")
    var parts: [String] = []

    @OptionGroup var sources: Sources
    @OptionGroup var output: OutputOptions

    func run() throws {
      let printer = Printer(output)
      try printer.run {
        let catalog = try sources.load()
        let named = try parts.map { try PartLookup.part($0, in: catalog).id }
        try Terminal.print(
          named.isEmpty
            ? CatalogWriter.xml(catalog) : CatalogWriter.xml(catalog, parts: named))
      }
    }
  }
}

extension PartKind: ExpressibleByArgument {}
