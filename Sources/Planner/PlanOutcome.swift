import CatalogModel
import Fabric
import Quantities
import SiteModel

/// What planning a site comes to.
public enum PlanOutcome: Sendable {
  /// A plan within the budget.
  case planned(PlanDraft)
  /// A plan that costs more than the budget, or whose first phase costs more than the starter
  /// budget: what it would be, without its alternatives, and what would close the gap.
  case overBudget(Fabric, BudgetGap)
  /// No plan meets the requirements.
  case infeasible(Conflict)
}

/// A plan that is whole but for the answers that it was preferred to: looking for these takes as
/// long as planning, and nothing else waits for them.
public struct PlanDraft: Sendable {
  /// The plan; its `alternatives` are empty.
  public let fabric: Fabric
  let alternatives: Alternatives
  let designs: [(design: DesignKind, choice: PlanChoice?)]

  /// The plan with what else could have been chosen, and why it was not.
  public func compared() -> Fabric {
    var whole = fabric
    whole.alternatives = alternatives.all(designs)
    return whole
  }
}

/// A change of one requirement and what it does.
public struct Remedy: Hashable, Sendable {
  /// Name of the relaxation in the written list, such as `used-parts`.
  public var id: String
  /// What to change in the site file, one sentence without full stop.
  public var change: String
  /// Gross cost with that change alone; `nil` where it was not computed.
  public var total: Money?
  /// Gross cost of the first phase with that change alone; `nil` without a starter budget.
  public var starter: Money?
  /// The site with the change made; `nil` where the change is no one of the site file.
  var site: Site?
  /// Makes a remedy.
  init(id: String, change: String, total: Money? = nil, starter: Money? = nil, site: Site? = nil) {
    self.id = id
    self.change = change
    self.total = total
    self.starter = starter
    self.site = site
  }
}

/// How far the cheapest plan misses the budget, or its first phase the starter budget.
public struct BudgetGap: Hashable, Sendable {
  /// A limit that is missed.
  public struct Shortfall: Hashable, Sendable {
    /// What the cheapest plan spends the money on, as a subject of `costs`.
    public var subject: String
    public var budget: Money
    /// Gross cost of the cheapest plan, or of its first phase.
    public var cost: Money
    public var gap: Money {
      Money(minorUnits: cost.minorUnits - budget.minorUnits, currency: budget.currency)
    }
    /// A limit with what is spent; `nil` where that is within it, or where there is no limit.
    init?(_ subject: String, budget: Money?, cost: Money?) {
      guard let budget, let cost, cost.minorUnits > budget.minorUnits else { return nil }
      (self.subject, self.budget, self.cost) = (subject, budget, cost)
    }
  }
  /// Of the budget for everything; `nil` when that suffices.
  public var total: Shortfall?
  /// Of the starter budget; `nil` when that suffices.
  public var starter: Shortfall?
  /// Single changes that close every gap, cheapest plan first.
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
  /// The gaps for people: one finding for each limit that is missed, the changes with the first.
  /// - Parameter place: Where the first of some keys that the site file gives stands.
  public func findings(at place: ([String]) -> SourcePosition?) -> [Finding] {
    let missed = [("budget.total", "budget", total), ("budget.starter", "starter budget", starter)]
    var findings: [Finding] = []
    for case (let key, let name, let shortfall?) in missed {
      findings.append(
        Finding(
          rule: "over-budget", position: place([key, "budget"]), subject: [key],
          message: "\(shortfall.subject) costs \(Format.money(shortfall.cost)), "
            + "\(Format.money(shortfall.gap)) more than the \(name) of "
            + Format.money(shortfall.budget),
          hint: hint(isFirst: findings.isEmpty, raise: key, to: shortfall.cost)))
    }
    return findings
  }

  private func hint(isFirst: Bool, raise key: String, to cost: Money) -> String {
    let raise = "raise \(key) to \(Format.money(cost))"
    guard isFirst else { return remedies.isEmpty ? raise : "the same changes close this gap" }
    guard !remedies.isEmpty else { return "no single change of the list closes the gap; " + raise }
    return "each of these alone closes the gap: "
      + remedies.map { remedy in
        remedy.change + (remedy.total.map { ": \(Format.money($0))" } ?? "")
          + (remedy.starter.map { ", of which \(Format.money($0)) for the first phase" } ?? "")
      }.joined(separator: "; ")
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
