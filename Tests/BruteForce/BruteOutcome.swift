import CatalogModel
import Quantities
import SiteModel

/// One part with the number of its units that are built in.
public struct BruteQuantity: Hashable, Sendable {
  public var part: PartID
  public var count: Int
  /// Makes a quantity.
  public init(part: PartID, count: Int) {
    self.part = part
    self.count = count
  }
}

/// The lexicographic minimum of M7, found by enumeration.
public struct BrutePlan: Hashable, Sendable {
  /// Goods in minor units of the site's currency.
  public var goods: Int64
  /// Largest oversubscription over the racks with everything working; 0 without ToRs.
  public var now: Rational
  /// The same after the worst failure.
  public var after: Rational
  /// Parts of which at least one unit is built in.
  public var distinctParts: Int
  /// Draw of all switches with their modules, in milliwatts.
  public var draw: Int64
  /// The elements of M7.5.
  public var key: [String]
  /// Built-in units, sorted by part; none is zero.
  public var quantities: [BruteQuantity]
  /// Whether the plan was made with RDMA wanted (M6).
  public var wantsRDMA: Bool
  /// Variants of the ToRs by rack, in the order of the key; empty without ToRs.
  public var torKeys: [String]
  /// Complete choices whose goods equal the optimum, this one included.
  public var tiedChoices: Int
  /// Of those, the ones that differ in what is bought, in a ratio or in the ports they use.
  public var tiedBills: Int
}

/// What the enumeration found.
public enum BruteOutcome: Hashable, Sendable {
  case feasible(BrutePlan)
  case infeasible

  /// The plan; `nil` when there is none.
  public var plan: BrutePlan? { if case .feasible(let plan) = self { plan } else { nil } }
}

/// The formal model of `ARCHITECTURE.md`, by enumeration: slow, plain, and written without a look at
/// the planner. Good for small sites and catalogues of at most 64 parts.
public enum BruteForce {
  /// The lexicographic minimum of M7.
  ///
  /// - Parameters:
  ///   - dialects: systems for which a configuration can be written (M4).
  ///   - pairDialects: systems whose dialect can write a pair (M5.3).
  public static func solve(
    site: Site, catalog: Catalog, dialects: [SwitchOS], pairDialects: [SwitchOS]
  ) -> BruteOutcome {
    solve(
      Model(site: site, catalog: catalog, dialects: dialects, pairDialects: pairDialects))
  }

  /// The same, but `nil` if it takes more than `steps` steps.
  ///
  /// - Parameter visitsAll: neither drops nor merges partial choices: every complete choice is made
  ///   and weighed by itself. Shows that dropping and merging change nothing.
  public static func solve(
    site: Site, catalog: Catalog, dialects: [SwitchOS], pairDialects: [SwitchOS], steps: Int,
    visitsAll: Bool = false
  ) -> BruteOutcome? {
    let model = Model(site: site, catalog: catalog, dialects: dialects, pairDialects: pairDialects)
    model.stepsLeft = steps
    model.visitsAll = visitsAll
    let outcome = solve(model)
    return model.stepsLeft < 0 ? nil : outcome
  }

  private static func solve(_ model: Model) -> BruteOutcome {
    // M6: preferred means with it if that is feasible at all, whatever it costs.
    let attempts: [Bool] =
      switch model.site.traffic.rdma {
      case .required: [true]
      case .preferred: [true, false]
      case .none: [false]
      }
    for wantsRDMA in attempts {
      var search = Search(model: model, wantsRDMA: wantsRDMA)
      if let plan = search.run() { return .feasible(plan) }
    }
    return .infeasible
  }
}
