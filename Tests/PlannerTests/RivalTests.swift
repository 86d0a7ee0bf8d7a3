import CatalogModel
import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

@Suite("Rivals under estimates")
struct RivalTests {
  /// Racks with hosts of one kind of card, in one design.
  private static func site(racks: Int, hosts: Int, card: String, design: String) -> String {
    """
    tenfold: 1
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    racks: \(racks)
    hosts: { count: \(hosts), nics: [{ model: \(card), carries: [csv, live-migration] }] }
    traffic: { rdma: none }
    requirements: { designs: [\(design)] }
    """
  }

  static let sites = [
    site(racks: 2, hosts: 10, card: "X540-T2", design: "vlt-pair"),
    site(racks: 3, hosts: 18, card: "X540-T2", design: "spine-leaf"),
    site(racks: 2, hosts: 10, card: "X520-DA2", design: "vlt-pair"),
  ]

  @Test("A rival costs what a plan with its models costs at the prices that count")
  func cost() throws {
    let options = PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all)
    let catalog = try Built.catalog.get()
    var seen = 0
    for text in Self.sites {
      var site = try Built.site(text)
      let outcome = try Planner.plan(
        site: site, catalog: catalog, options: options, date: Built.today)
      guard case .planned(let draft) = outcome else {
        Issue.record("no plan")
        continue
      }
      let fabric = draft.compared()
      for rival in fabric.alternatives where rival.design == fabric.design {
        guard let total = rival.total else { continue }
        // Of the models that the rival names, the first is that of the centre.
        let models = catalog.parts.filter { part in
          part.asSwitch != nil && rival.summary.contains("\(part.vendor) \(part.model)")
        }
        let centre = try #require(
          models.first {
            rival.summary.hasPrefix("2 pieces \($0.vendor) \($0.model)")
              || rival.summary.hasPrefix("4 pieces \($0.vendor) \($0.model)")
          })
        site.requirements.spineModels = [centre.id.rawValue]
        site.requirements.torModels = models.map(\.id.rawValue).filter {
          rival.design != .spineLeaf || $0 != centre.id.rawValue || models.count == 1
        }
        let forced = try #require(
          try Planner.solve(site: site, catalog: catalog, options: options))
        #expect(Planner.gross(forced.goods, site) == total, "\(rival.summary)")
        #expect(total.minorUnits >= fabric.totals.total.minorUnits)
        seen += 1
      }
    }
    #expect(seen > 0)
  }
}
