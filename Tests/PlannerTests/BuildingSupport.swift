import CatalogModel
import CatalogStore
import Fabric
import PlanProblem
import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport
import Testing

@testable import Planner

/// Plans of sites over the shipped catalogue, each made once.
enum Built {
  static let today = CalendarDate(year: 2026, month: 11, day: 23) ?? CalendarDate(iso: "2026")!

  static let catalog = Result {
    do throws(Findings) {
      return try CatalogStore.load(shipped: [
        Repository.root.appendingPathComponent("catalogs").path
      ])
    } catch {
      throw Unplanned(text: error.all.map(\.message).joined(separator: "\n"))
    }
  }

  struct Unplanned: Error { var text: String }

  /// Reads a site.
  static func site(_ text: String) throws -> Site {
    do throws(Findings) {
      return try SiteReader.read(bytes: Array(text.utf8), file: "site.yaml", today: today)
    } catch {
      throw Unplanned(text: error.all.map(\.message).joined(separator: "\n"))
    }
  }

  /// Reads the site of an example.
  static func example(_ name: String) throws -> Site {
    try site(String(decoding: try Repository.bytes("examples/\(name)/site.yaml"), as: UTF8.self))
  }

  /// The fabric of a site with what it was made from.
  struct Plan {
    var problem: PlanProblem
    var choice: PlanChoice
    var fabric: Fabric
  }

  static func plan(_ site: Site) throws -> Plan {
    let catalog = try catalog.get()
    let options = PlanOptions(dialects: [.os6, .os9], pairDialects: [.os9])
    do throws(Findings) {
      guard let solved = try Planner.solve(site: site, catalog: catalog, options: options),
        let choice = solved.choice
      else { throw Findings([]) }
      return Plan(
        problem: solved.problem, choice: choice,
        fabric: FabricBuilder.build(
          problem: solved.problem, choice: choice, alternatives: [], reasons: [], date: today))
    } catch {
      throw Unplanned(text: "no plan: " + error.all.map(\.message).joined(separator: "\n"))
    }
  }
}
