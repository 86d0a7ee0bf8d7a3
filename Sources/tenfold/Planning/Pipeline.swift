import Audit
import CatalogModel
import Fabric
import PlanProblem
import Planner
import Quantities
import Reports
import SiteModel
import SiteStore
import SwitchConfig
import Threads

/// What `plan` is asked for.
struct PlanRequest {
  /// The site file.
  var site: String
  /// The folder to write.
  var output: String
  /// Catalogue files and folders of the user, beside the shipped ones.
  var catalogs: [String]
  /// Template folders of the user, beside the shipped one.
  var templates: [String]
  /// Whether parts with an estimated price may be bought.
  var allowsEstimates: Bool
  /// The only design to plan; `nil` for those of the site file.
  var design: DesignKind?
  /// Day for which prices are judged.
  var date: CalendarDate
}

/// The road from a site file to a folder of files, in one place.
enum Pipeline {
  /// Largest plan.json that is read.
  static let largestPlan = 1 << 28
  /// Largest site file that is read; the reader's own limit is lower and its message better.
  static let largestSite = 1 << 22

  /// Plans a site, proves the plan, and writes the folder.
  /// - Throws: `Failure` or `Findings`; then nothing was written.
  static func plan(_ request: PlanRequest, progress: Progress) throws -> PlanSummary {
    try OutputFolder.check(request.output)
    let home = try Home.find()
    progress.step("reading the site and the catalogue")
    let folders = [home + "/templates"] + request.templates
    let (((site, places), dialects), catalog) = try both(
      { (try Self.site(request), try Dialects(in: folders)) },
      { try CatalogAhead.catalog(overlays: request.catalogs) })
    progress.step("planning")
    let templates = try Templates(folders: folders, dialects: dialects.names)
    // Those that the plan will most likely take are parsed meanwhile.
    let (draft, _) = try both(
      { try Self.draft(site, places, catalog, dialects, request) },
      { templates.prepare(Self.likely(site, catalog)) })
    progress.step("proving the plan and writing it")
    let made = try OutputFolder.write(to: request.output) { folder in
      try PlanFiles.make(draft, templates: templates) { file, hash in
        folder.add(file.path, file.bytes, hash: hash)
      }
    }
    return PlanSummary(draft.fabric, made, output: request.output)
  }

  /// Systems of the switches of which more than an estimate is known, ascending.
  private static func likely(_ site: Site, _ catalog: Catalog) -> [SwitchOS] {
    let kinds = site.prices.kinds.filter { $0 != PriceKind.estimate.rawValue }
    let priced = Set(catalog.prices.filter { kinds.contains($0.kind.rawValue) }.map(\.part))
    let known = catalog.parts.filter { priced.contains($0.id) }.compactMap { $0.asSwitch?.os }
    return Set(known).sorted()
  }

  /// The cheapest network for a site.
  private static func draft(
    _ site: Site, _ places: SitePlaces, _ catalog: Catalog, _ dialects: Dialects,
    _ request: PlanRequest
  ) throws -> PlanDraft {
    let options = PlanOptions(dialects: dialects.names, traits: dialects.traits)
    let outcome: PlanOutcome
    do throws(Findings) {
      outcome = try Planner.plan(
        site: site, catalog: catalog, options: options, date: request.date)
    } catch {
      throw Failure(
        placed(
          error.all.map { finding in
            var finding = finding
            // What is wrong with a value of the site is said by its key.
            finding.position = finding.position ?? places.place(finding.subject)
            return finding
          }, request), .usage)
    }
    switch outcome {
    case .planned(let draft): return draft
    case .overBudget(_, let gap):
      throw Failure(placed(gap.findings(at: places.place), request), .failed)
    case .infeasible(let conflict):
      throw Failure(placed(conflict.findings(at: places.place), request), .failed)
    }
  }

  /// Findings about the whole site get its file as their place.
  private static func placed(_ findings: [Finding], _ request: PlanRequest) -> [Finding] {
    findings.map { finding in
      var finding = finding
      finding.position = finding.position ?? SourcePosition(file: request.site)
      return finding
    }
  }

  /// Reads the site and applies what the command line adds to it.
  private static func site(_ request: PlanRequest) throws -> (Site, SitePlaces) {
    let bytes = try Files.read(request.site, limit: largestSite)
    var (site, places) = try SiteReader.readPlaced(
      bytes: bytes, file: request.site, today: request.date)
    if let design = request.design { site.requirements.designs = [design] }
    if !request.allowsEstimates { site.prices.kinds.removeAll { $0 == "estimate" } }
    return (site, places)
  }

  /// Proves what the configurations in a folder say together, with no plan beside them.
  static func audit(configs folder: String, templates: [String]) throws -> AuditResult {
    let dialects = try Dialects(in: [try Home.find() + "/templates"] + templates)
    let configs = try ConfigFolder(
      folder, of: nil, templates: ConfigReaders.templates(templates))
    let stated = Auditor.audit(texts: configs.intents, traits: dialects.traits)
    return AuditResult(
      findings: configs.findings + configs.notUnderstood + stated.findings, rules: stated.rules)
  }

  /// Proves a plan from its file alone, and the configurations in a folder if one is given.
  static func audit(
    plan: String, configs folder: String?, templates: [String]
  ) throws -> AuditResult {
    let fabric = try fabric(at: plan)
    let planned = Auditor.audit(fabric)
    guard let folder else { return planned }
    let configs = try ConfigFolder(
      folder, of: fabric, templates: ConfigReaders.templates(templates))
    let stated = Auditor.audit(fabric, intentsReadBack: configs.intents, planned: planned)
    return AuditResult(
      findings: planned.findings + configs.findings + configs.notUnderstood + stated.findings,
      rules: planned.rules + stated.rules)
  }

  /// Reads a plan; a folder stands for the `plan.json` in it.
  static func fabric(at path: String) throws -> Fabric { try hashedFabric(at: path).fabric }

  /// Reads a plan, and the hash by which others name it.
  static func hashedFabric(at path: String) throws -> (fabric: Fabric, hash: String) {
    let file = Files.isFolder(path) ? Files.withoutTrailingSlash(path) + "/plan.json" : path
    let bytes = try Files.read(file, limit: largestPlan)
    return (try FabricJSON.fabric(from: bytes, file: file), FabricJSON.hash(bytes))
  }
}
