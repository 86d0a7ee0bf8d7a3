import ArgumentParser
import SiteStore

struct SchemaCommand: ParsableCommand {
  /// The formats that have a schema.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case site, plan, catalog, evidence
  }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the schema of a file format, for editors and other tools.",
    discussion: """
      site, plan and evidence are JSON Schema 2020-12 (an editor checks YAML against it too), catalog is \
      RELAX NG.

      Example:
        tenfold schema site > site.schema.json
      """)

  @Argument(help: "The format.")
  var format: Format

  func run() throws {
    switch format {
    case .site: try Terminal.print(SiteSchema.json())
    case .plan: try Terminal.print(try Self.shipped("schemas/plan.schema.json"))
    case .evidence: try Terminal.print(try Self.shipped("schemas/evidence.schema.json"))
    case .catalog: try Terminal.print(try Self.shipped("catalogs/catalog.rng"))
    }
  }

  private static func shipped(_ path: String) throws(Failure) -> String {
    let bytes = try Files.read(try Home.find() + "/" + path, limit: 1 << 24)
    return String(decoding: bytes, as: UTF8.self)
  }
}
