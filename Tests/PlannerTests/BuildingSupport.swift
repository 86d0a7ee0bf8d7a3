import CatalogModel
import CatalogStore
import DialectTestSupport
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

  /// The shipped catalogue cut down to a few switches and generic media, so that the search takes
  /// no time.
  static let catalog = Result {
    do throws(Findings) {
      var catalog = try CatalogStore.load(shipped: [
        Repository.root.appendingPathComponent("catalogs").path
      ])
      catalog.parts.removeAll { !keeps($0) }
      let kept = Set(catalog.parts.map(\.id))
      catalog.prices.removeAll { !kept.contains($0.part) }
      return catalog
    } catch {
      throw Unplanned(text: error.all.map(\.message).joined(separator: "\n"))
    }
  }

  private static let switches = [
    "dell-s4810", "dell-s4820t", "dell-n4032f", "dell-z9000", "dell-s3048-on",
    "mikrotik-crs317-1g-16s+rm",
  ]

  private static let cards = [
    "intel-x520-da2", "intel-x540-t2", "mellanox-mcx312a-xcbt", "mellanox-mcx4121a-acat",
  ]

  private static func keeps(_ part: Part) -> Bool {
    switch part.spec {
    case .networkSwitch: switches.contains(part.id.rawValue)
    case .module, .accessory: true
    case .nic: cards.contains(part.id.rawValue)
    case .optic: part.vendor == "generic" || part.id.rawValue.contains("t-plus")
    case .cable: part.vendor == "generic"
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
    var site = try site(
      String(decoding: try Repository.bytes("examples/\(name)/site.yaml"), as: UTF8.self))
    // The cut catalogue has no further power supplies.
    site.requirements.spinePowerSupplies = 1
    site.requirements.torPowerSupplies = 1
    return site
  }

  /// The fabric of a site with what it was made from.
  struct Plan {
    var problem: PlanProblem
    var choice: PlanChoice
    var fabric: Fabric
  }

  /// Sites for which each test is made.
  static let names = [
    "starter-pair", "medium", "linked-pair", "copper-pair", "split-spine", "modules", "split-hosts",
  ]

  private static let plans = names.map { name in
    Result {
      try plan(
        name == "starter-pair" || name == "medium" ? example(name) : site(try text(of: name)))
    }
  }

  /// The plan of one of `names`, made once for all tests.
  static func plan(named name: String) throws -> Plan {
    guard let index = names.firstIndex(of: name) else { throw Unplanned(text: name) }
    return try plans[index].get()
  }

  /// The problem of a plan with another description of one part, without RDMA.
  static func problem(
    of plan: Plan, withPart id: String, as change: (Part) throws -> PartSpec
  ) throws -> PlanProblem {
    var catalog = plan.problem.catalog
    let index = try #require(catalog.parts.firstIndex { $0.id.rawValue == id })
    catalog.parts[index].spec = try change(catalog.parts[index])
    return try PlanProblem(
      site: plan.problem.site, catalog: catalog, options: plan.problem.options, wantsRDMA: false)
  }

  private static func text(of name: String) throws -> String {
    guard let text = sites[name] else { throw Unplanned(text: name) }
    return text
  }

  static func plan(_ site: Site) throws -> Plan {
    let catalog = try catalog.get()
    let options = PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all)
    do throws(Findings) {
      guard let solved = try Planner.solved(site: site, catalog: catalog, options: options),
        let choice = solved.choice
      else { throw Findings([]) }
      return Plan(
        problem: solved.problem, choice: choice,
        fabric: FabricBuilder.build(
          problem: solved.problem, choice: choice, reasons: [], date: today))
    } catch {
      throw Unplanned(text: "no plan: " + error.all.map(\.message).joined(separator: "\n"))
    }
  }
}
