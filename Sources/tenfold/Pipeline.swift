import Audit
import Fabric
import Quantities
import SiteModel
import SiteStore

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

  /// Reads the site and applies what the command line adds to it.
  static func site(_ request: PlanRequest) throws -> Site {
    let bytes = try Files.read(request.site, limit: largestSite)
    var site = try SiteReader.read(bytes: bytes, file: request.site, today: request.date)
    if let design = request.design { site.requirements.designs = [design] }
    if !request.allowsEstimates { site.prices.kinds.removeAll { $0 == "estimate" } }
    return site
  }

  /// Proves a plan from its file alone.
  static func audit(plan: String) throws -> AuditResult {
    Auditor.audit(try fabric(at: plan))
  }

  /// Reads a plan; a folder stands for the `plan.json` in it.
  static func fabric(at path: String) throws -> Fabric {
    let file = Files.isFolder(path) ? Files.withoutTrailingSlash(path) + "/plan.json" : path
    return try FabricJSON.fabric(from: try Files.read(file, limit: largestPlan), file: file)
  }
}
