import DialectTestSupport
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Testing

@testable import Planner

/// The first phase of the cheapest plan against the starter budget.
@Suite("Starter budget")
struct StarterBudgetTests {
  private func plan(_ budget: String) throws -> PlanOutcome {
    let text = try #require(Built.sites["linked-pair"])
      .replacing("prices: {", with: "budget: \(budget)\nprices: {")
    let catalog = try Built.catalog.get()
    let options = PlanOptions(dialects: [.os6, .os9], traits: ShippedTraits.all)
    let site = try Built.site(text)
    do throws(Findings) {
      return try Planner.plan(
        site: site, catalog: catalog, options: options, date: Built.today)
    } catch {
      throw Built.Unplanned(text: error.all.map(\.message).joined(separator: "\n"))
    }
  }

  @Test("A first phase that costs too much is over budget, not a plan that fails its audit")
  func tooSmall() throws {
    guard case .overBudget(let fabric, let gap) = try plan("{ total: 40000, starter: 10 }") else {
      Issue.record("a plan within the budget")
      return
    }
    let cost = try #require(fabric.totals.starter)
    #expect(gap.total == nil)
    #expect(gap.starter?.cost == cost)
    #expect(gap.remedies.isEmpty)
    let finding = try #require(gap.findings(at: { _ in nil }).first)
    #expect(gap.findings(at: { _ in nil }).count == 1)
    #expect(finding.rule == "over-budget" && finding.subject == ["budget.starter"])
    #expect(finding.message.contains("everything of rack r1"))
    #expect(finding.message.contains("costs \(Format.money(cost)), "))
    #expect(finding.message.hasSuffix("more than the starter budget of 10.00 EUR"))
    #expect(finding.hint.hasSuffix("raise budget.starter to \(Format.money(cost))"))
  }

  @Test("What closes the gap keeps to both limits")
  func remedies() throws {
    guard case .overBudget(let fabric, _) = try plan("{ total: 40000, starter: 10 }")
    else {
      Issue.record("a plan within the budget")
      return
    }
    let whole = fabric.totals.total.minorUnits
    let first = try #require(fabric.totals.starter).minorUnits
    for (total, starter) in [(whole, first - 1), (whole - 1, first - 1), (whole - 1, first)] {
      func amount(_ units: Int64) -> String {
        Format.amount(Money(minorUnits: units, currency: .eur))
      }
      guard
        case .overBudget(_, let gap) = try plan(
          "{ total: \(amount(total)), starter: \(amount(starter)) }")
      else {
        Issue.record("a plan within \(total) and \(starter)")
        continue
      }
      #expect((gap.total != nil) == (total < whole))
      #expect((gap.starter != nil) == (starter < first))
      #expect(
        gap.findings(at: { _ in nil }).count == (total < whole ? 1 : 0) + (starter < first ? 1 : 0))
      #expect(!gap.remedies.isEmpty)
      for remedy in gap.remedies {
        #expect(try #require(remedy.total).minorUnits <= total)
        #expect(try #require(remedy.starter).minorUnits <= starter)
      }
    }
  }

  @Test("A limit that is met to the cent is no gap")
  func exact() throws {
    guard case .overBudget(let fabric, _) = try plan("{ total: 40000, starter: 10 }")
    else {
      Issue.record("a plan within the budget")
      return
    }
    let first = try #require(fabric.totals.starter)
    let text = Format.amount(first)
    guard case .planned(let planned) = try plan("{ total: 40000, starter: \(text) }") else {
      Issue.record("no plan within \(text)")
      return
    }
    #expect(planned.fabric.totals.starter == first)
  }
}
