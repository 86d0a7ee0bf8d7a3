import Quantities
import SiteModel

/// Checks that need more than one value of the site, and no catalogue.
enum SiteChecks {
  /// What is wrong, each at its place.
  static func findings(_ site: Site, log: ReadLog) -> [Finding] {
    []
  }
}
