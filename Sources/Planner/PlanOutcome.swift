import CatalogModel
import Fabric
import Quantities
import SiteModel

/// What planning a site comes to.
public enum PlanOutcome: Sendable {
  /// A plan within the budget.
  case planned(Fabric)
  /// A plan that costs more than the budget: what it would be, and what would close the gap.
  case overBudget(Fabric, BudgetGap)
  /// No plan meets the requirements.
  case infeasible(Conflict)
}

/// A change of one requirement and what it does.
public struct Remedy: Hashable, Sendable {
  /// Name of the relaxation in the written list, such as `used-parts`.
  public var id: String
  /// What to change in the site file, one sentence without full stop.
  public var change: String
  /// Gross cost with that change alone; `nil` where it was not computed.
  public var total: Money?
  /// The site with the change made; `nil` where the change is no one of the site file.
  var site: Site?
  /// Makes a remedy.
  init(id: String, change: String, total: Money? = nil, site: Site? = nil) {
    self.id = id
    self.change = change
    self.total = total
    self.site = site
  }
}

/// How far the budget is missed.
public struct BudgetGap: Hashable, Sendable {
  public var budget: Money
  /// Gross cost of the cheapest plan.
  public var cheapest: Money
  public var gap: Money
  /// Single changes that close the gap, cheapest plan first.
  public var remedies: [Remedy]
}

/// Requirements that cannot be met together.
public struct Conflict: Hashable, Sendable {
  /// One requirement of the conflict.
  public struct Item: Hashable, Sendable {
    public var id: String
    /// Keys of the site file that it speaks of, the most telling first; `[*]` is any item of a list.
    public var keys: [String]
    /// What is required, one sentence without full stop.
    public var requirement: String
    /// What would satisfy it, when changing it alone helps.
    public var remedy: Remedy?
  }
  /// A smallest set: dropping any one of them makes a plan possible with the rest of the set.
  public var items: [Item]
}

extension BudgetGap {
  /// The gap for people.
  /// - Parameter place: Where the first of some keys that the site file gives stands.
  public func findings(at place: ([String]) -> SourcePosition?) -> [Finding] {
    let hints =
      remedies.isEmpty
      ? "no single change of the list closes the gap; raise budget.total to \(Format.money(cheapest))"
      : "each of these alone closes the gap: "
        + remedies.map { remedy in
          remedy.change + (remedy.total.map { ": \(Format.money($0))" } ?? "")
        }.joined(separator: "; ")
    return [
      Finding(
        rule: "over-budget", position: place(["budget.total", "budget"]),
        subject: ["budget.total"],
        message:
          "the cheapest plan costs \(Format.money(cheapest)), \(Format.money(gap)) more than the"
          + " budget of \(Format.money(budget))",
        hint: hints)
    ]
  }
}

extension Conflict {
  /// The conflict for people: one finding for each requirement in it.
  /// - Parameter place: Where the first of some keys that the site file gives stands.
  public func findings(at place: ([String]) -> SourcePosition?) -> [Finding] {
    items.map { item in
      let others = items.filter { $0 != item }.map(\.requirement)
      return Finding(
        rule: "infeasible", position: place(item.keys), subject: [item.id],
        message: item.requirement
          + (others.isEmpty
            ? ": no plan meets this requirement"
            : ": no plan meets this together with: " + others.joined(separator: "; ")),
        hint: item.remedy?.change ?? "")
    }
  }
}
