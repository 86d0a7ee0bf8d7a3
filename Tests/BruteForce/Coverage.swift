import CatalogModel
import Quantities
import SiteModel

/// What an instance shows, found out with the enumerator itself.
public struct Coverage: Hashable, Sendable {
  public var feasible = 0
  public var infeasible = 0
  /// Without spares another plan would win.
  public var spareRounding = 0
  /// At least two plans that differ in what is bought, a ratio or the ports in use have the same
  /// least cost.
  public var costTies = 0
  /// At least two plans have the same least cost.
  public var choiceTies = 0
  /// Racks of the winner have different ToRs.
  public var mixedTors = 0
  /// The winner splits a port.
  public var breakouts = 0
  /// The winner holds an expansion module or a licence.
  public var modulesOrLicences = 0
  /// Without limits of power and rack units another plan would win, or any.
  public var roomLimit = 0
  /// Without the limit after a failure another plan would win, or any.
  public var failureLimit = 0
  /// Winners by design.
  public var standalonePair = 0
  public var vltPair = 0
  public var spineLeaf = 0

  /// An instance that was not looked at.
  public init() {}

  /// Classifies one instance whose outcome is known.
  public init(_ outcome: BruteOutcome, site: Site, catalog: Catalog) {
    func key(_ change: (inout Site) -> Void) -> [String]? {
      var changed = site
      change(&changed)
      if changed == site { return outcome.plan?.key }
      // A question that grew too large counts as unchanged.
      let answer = BruteForce.solve(
        site: changed, catalog: catalog, dialects: RandomInstance.dialects,
        pairDialects: RandomInstance.pairDialects, steps: 10 * RandomInstance.mostSteps)
      return answer.map { $0.plan?.key } ?? outcome.plan?.key
    }
    let own = outcome.plan?.key
    let withoutRoom = key { site in
      for index in site.room.racks.indices {
        site.room.racks[index].freeUnits = nil
        site.room.racks[index].freePower = nil
      }
    }
    let withoutFailure = key { site in
      site.requirements.oversubscriptionAfterFailure = Rational(1_000_000)
    }
    roomLimit = withoutRoom != own ? 1 : 0
    failureLimit = withoutFailure != own ? 1 : 0
    guard let plan = outcome.plan else {
      infeasible = 1
      return
    }
    feasible = 1
    let withoutSpares = key { site in
      site = site.withoutSpares
    }
    spareRounding = withoutSpares != own ? 1 : 0
    costTies = plan.tiedBills > 1 ? 1 : 0
    choiceTies = plan.tiedChoices > 1 ? 1 : 0
    mixedTors = Set(plan.torKeys).count > 1 ? 1 : 0
    let built = plan.quantities.compactMap { catalog.part($0.part) }
    breakouts = built.contains { ($0.asCable?.lanes ?? 1) > 1 } ? 1 : 0
    modulesOrLicences =
      built.contains { $0.asModule != nil || $0.asAccessory?.kind == .licence } ? 1 : 0
    switch plan.key.first {
    case "000": standalonePair = 1
    case "001": vltPair = 1
    default: spineLeaf = 1
    }
  }

  /// Adds up.
  public mutating func add(_ other: Coverage) {
    for (path, _) in Coverage.rows { self[keyPath: path] += other[keyPath: path] }
  }

  /// What is counted, in the order of the table.
  public static var rows: [(WritableKeyPath<Coverage, Int>, String)] {
    [
      (\.feasible, "feasible"), (\.infeasible, "infeasible"),
      (\.spareRounding, "spare rounding changes the winner"), (\.costTies, "exact ties in cost"),
      (\.choiceTies, "ties counting swapped links"), (\.mixedTors, "mixed ToR models"),
      (\.breakouts, "breakouts"), (\.modulesOrLicences, "expansion modules or licences"),
      (\.roomLimit, "power or rack units bind"), (\.failureLimit, "failure limit binds"),
      (\.standalonePair, "standalone-pair wins"), (\.vltPair, "vlt-pair wins"),
      (\.spineLeaf, "spine-leaf wins"),
    ]
  }

  /// The least counts that three hundred instances must reach.
  public static let quotas: [(WritableKeyPath<Coverage, Int> & Sendable, Int)] = [
    (\.feasible, 180), (\.spareRounding, 60), (\.costTies, 40), (\.mixedTors, 40),
    (\.breakouts, 30), (\.modulesOrLicences, 30), (\.roomLimit, 30), (\.failureLimit, 30),
    (\.infeasible, 30),
  ]

  /// Names of the rows that are below their quota for `count` instances.
  public func shortfalls(count: Int) -> [String] {
    Coverage.rows.compactMap { path, name in
      guard let quota = Coverage.quotas.first(where: { $0.0 == path })?.1,
        self[keyPath: path] * 300 < quota * count
      else { return nil }
      return "\(name): \(self[keyPath: path]) of \(count), not \(quota) of 300"
    }
  }

  /// One line for each row.
  public var table: String {
    Coverage.rows.map { path, name in "\(self[keyPath: path])\t\(name)" }.joined(separator: "\n")
  }
}

extension Site {
  /// The same site with every spare rate 0.
  var withoutSpares: Site {
    var site = self
    site.requirements.spares = SpareRates(
      optics: .zero, cables: .zero, switches: .zero, nics: .zero)
    return site
  }
}
