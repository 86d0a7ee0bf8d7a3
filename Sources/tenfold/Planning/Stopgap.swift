import CatalogModel
import PlanProblem
import Planner
import Quantities
import SiteModel

extension Planner {
  static func plan(
    site: Site, catalog: Catalog, options: PlanOptions, date: CalendarDate
  ) throws(Findings) -> PlanOutcome {
    guard
      let choice = try solve(
        site: site, catalog: catalog, dialects: options.dialects,
        pairDialects: options.pairDialects)
    else { throw Findings([Finding(rule: "infeasible", message: "no plan")]) }
    let problem = try PlanProblem(
      site: site, catalog: catalog, options: options, wantsRDMA: choice.wantsRDMA)
    return .planned(
      FabricBuilder.build(
        problem: problem, choice: choice, alternatives: [], reasons: [], date: date))
  }
}
