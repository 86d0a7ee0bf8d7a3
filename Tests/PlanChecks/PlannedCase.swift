import CatalogModel
import CatalogStore
import DialectTestSupport
import Fabric
import PlanProblem
import Planner
import Quantities
import SiteModel
import SiteStore
import TenfoldTestSupport

/// A plan that the planner made, and where it comes from.
public struct PlannedCase: Sendable {
  /// Such as `examples/medium` or `random site 17`.
  public var name: String
  public var fabric: Fabric
}

/// What became of a site.
public enum Attempt: Sendable {
  case planned(PlannedCase)
  /// No plan meets the requirements (`infeasible`) or the budget.
  case unplanned(reason: String)
  /// The site file was refused: what is wrong with it.
  case refused(String)
  /// The planner had not answered after this many seconds, or crashed.
  case noAnswer(String)
}

/// Makes plans of examples and of random sites, as the command would.
public struct PlanMaker: Sendable {
  /// Day for which prices are judged.
  public static let day = CalendarDate(year: 2026, month: 11, day: 23) ?? .first

  private let catalog: Catalog
  private let options = PlanOptions(
    dialects: ShippedTraits.all.map(\.os), traits: ShippedTraits.all)

  /// Reads the shipped catalogue.
  /// - Parameter take: what is planned with in place of a part; `nil` for nothing at all.
  public init(take: (Part) -> Part? = { $0 }) throws(Findings) {
    catalog = try CatalogStore.load(
      shipped: [Repository.root.appendingPathComponent("catalogs").path],
      cacheDirectory: Repository.root.appendingPathComponent(".build/plan-checks-cache").path
    ).taking(take)
  }

  /// Names of the examples, sorted.
  public static var examples: [String] {
    Repository.names(in: "examples", ending: "").filter { !$0.hasPrefix(".") }
  }

  /// Plans an example.
  public func example(_ name: String) throws -> Attempt {
    try site("examples/\(name)/site.yaml", name: "examples/\(name)")
  }

  /// Plans a site file, by its path from the top folder.
  public func site(_ path: String, name: String) throws -> Attempt {
    plan(name, try Repository.bytes(path), file: path, catalog)
  }

  /// Plans a site file that stands nowhere.
  public func site(text: String, name: String) -> Attempt {
    plan(name, Array(text.utf8), file: "\(name).yaml", catalog)
  }

  /// Plans the random site of a seed.
  public func random(seed: UInt64) -> Attempt {
    let kind = CatalogKind.of(seed: seed)
    return plan(
      "random site \(seed), \(kind.rawValue) catalogue",
      Array(PlannableSite.text(seed: seed).utf8), file: "site-\(seed).yaml",
      kind == .shipped ? catalog : catalog.redrawn(seed: seed))
  }

  private func plan(_ name: String, _ bytes: [UInt8], file: String, _ catalog: Catalog) -> Attempt {
    do throws(Findings) {
      let site = try SiteReader.read(bytes: bytes, file: file, today: Self.day)
      // Which requirements conflict takes long to find and is not asked here.
      guard try Planner.isFeasible(site: site, catalog: catalog, options: options) else {
        return .unplanned(reason: "infeasible")
      }
      let outcome = try Planner.plan(
        site: site, catalog: catalog, options: options, date: Self.day)
      switch outcome {
      case .planned(let draft):
        return .planned(PlannedCase(name: name, fabric: draft.compared()))
      case .overBudget: return .unplanned(reason: "budget")
      case .infeasible: return .unplanned(reason: "infeasible, found late")
      }
    } catch {
      return .refused(error.all.map(\.shown).joined(separator: "; "))
    }
  }
}

extension Catalog {
  fileprivate func taking(_ take: (Part) -> Part?) -> Catalog {
    var catalog = self
    catalog.parts = parts.compactMap(take)
    let kept = Set(catalog.parts.map(\.id))
    catalog.prices.removeAll { !kept.contains($0.part) }
    return catalog
  }
}

extension CalendarDate {
  /// A day for where the calendar would have none.
  fileprivate static let first = CalendarDate(year: 1)!
}
