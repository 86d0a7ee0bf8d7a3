import CatalogModel
import Quantities
import SiteModel
import TenfoldTestSupport

/// Random small sites with random small catalogues, for comparing a planner with the enumerator.
public enum RandomInstance {
  /// Systems for which a configuration can be written, as the instances see it.
  public static let dialects: [SwitchOS] = [.os6, .os9]
  /// Systems of those whose dialect can write a pair.
  public static let pairDialects: [SwitchOS] = [.os9]

  /// What a seed is meant to show; every twelfth seed has the same.
  enum Flavour: Int, CaseIterable {
    case mixedTors, breakouts, modules, licences, limits, failure, ties, pair, islands, cards,
      spares
  }

  /// Steps of the enumerator that an instance may take: what keeps instances small.
  static let mostSteps = 20_000
  /// Draws of one seed.
  private static let mostDraws = 24

  /// The instance of a seed: at most 4 racks, 6 switch models and 12 kinds of cable and optic.
  ///
  /// Most seeds draw until the cheapest plan shows what the seed is meant to show; of the others
  /// the first small draw is taken as it comes, feasible or not.
  public static func make(seed: UInt64) -> (Site, Catalog) {
    let flavour = Flavour(rawValue: Int(seed % 12)) ?? (seed % 24 < 12 ? .breakouts : .ties)
    // Neighbouring seeds must not give neighbouring numbers.
    var random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    let isPicky = random.chance(77)
    let wantsRounding = flavour == .spares || random.chance(33)
    var kept: (instance: (Site, Catalog), rank: Int)?
    for _ in 0..<mostDraws {
      var maker = InstanceMaker(random: SplitMix64(seed: random.next()), flavour: flavour)
      let site = maker.makeSite()
      let catalog = maker.makeCatalog(for: site)
      let finished = maker.finish(site, catalog: catalog)
      guard let outcome = outcome(finished, catalog) else { continue }
      var rank = 0
      if let plan = outcome.plan {
        rank = 1
        if shows(flavour, plan, finished, catalog) { rank += 1 }
        if !wantsRounding || roundingDecides(plan, finished, catalog) { rank += 1 }
      }
      if kept.map({ rank > $0.rank }) ?? true { kept = ((finished, catalog), rank) }
      if rank == 3 || !isPicky { break }
    }
    return kept?.instance ?? make(seed: seed &+ 1_000_000)
  }

  /// The outcome of an instance; `nil` if it is not small.
  static func outcome(_ site: Site, _ catalog: Catalog) -> BruteOutcome? {
    BruteForce.solve(
      site: site, catalog: catalog, dialects: dialects, pairDialects: pairDialects,
      steps: mostSteps)
  }

  /// Whether another plan would win without spares.
  private static func roundingDecides(
    _ plan: BrutePlan, _ site: Site, _ catalog: Catalog
  ) -> Bool {
    outcome(site.withoutSpares, catalog).map { $0.plan?.key != plan.key } ?? false
  }

  /// Whether a winner shows what its flavour is for, as far as it can be told without asking again.
  private static func shows(
    _ flavour: Flavour, _ plan: BrutePlan, _ site: Site, _ catalog: Catalog
  ) -> Bool {
    let built = plan.quantities.compactMap { catalog.part($0.part) }
    return switch flavour {
    case .mixedTors: Set(plan.torKeys).count > 1
    case .breakouts: built.contains { ($0.asCable?.lanes ?? 1) > 1 }
    case .modules: built.contains { $0.asModule != nil }
    case .licences: built.contains { $0.asAccessory?.kind == .licence }
    case .ties: plan.tiedBills > 1
    case .failure: site.requirements.oversubscriptionAfterFailure < InstanceMaker.noLimit
    case .spares, .limits, .pair, .islands, .cards: true
    }
  }
}

/// Makes one instance: first the site, then parts whose lengths lie around what the site needs.
struct InstanceMaker {
  var random: SplitMix64
  let flavour: RandomInstance.Flavour
  var parts: [Part] = []
  var prices: [Price] = []
  /// How hosts are plugged in: the plug of their cards.
  var hostForm: Connector = .sfpPlus
  var allowsUnknown = true
  /// Whether cables with fixed plugs are too short for the longer links.
  var needsFibre = false
  /// Socket of the core's ports.
  var coreForm: Connector = .sfpPlus

  init(random: SplitMix64, flavour: RandomInstance.Flavour) {
    self.random = random
    self.flavour = flavour
  }

  var isSpineLeaf: Bool { flavour != .pair && flavour != .islands }
}

extension InstanceMaker {
  /// Changes that need the catalogue: now and then only some switches may be used, and limits that
  /// the cheapest plan without them breaks.
  mutating func finish(_ site: Site, catalog: Catalog) -> Site {
    var site = site
    let switches = catalog.parts.filter { $0.asSwitch != nil }
    if random.chance(4), !switches.isEmpty {
      let part = random.pick(switches)
      site.requirements.spineModels = [random.pick([part.id.rawValue, part.model.uppercased()])]
    }
    if flavour == .limits || random.chance(32) { tighten(&site, catalog) }
    if flavour == .failure || random.chance(20) {
      site.requirements.oversubscriptionAfterFailure = Self.noLimit
      if let plan = winner(site, catalog), plan.after > .zero {
        // Below what the winner has, but mostly not below what the next step of links gives.
        let part = random.pick([Rational(9), Rational(6), Rational(5), Rational(4)])
        site.requirements.oversubscriptionAfterFailure =
          plan.after.multiplied(by: part).flatMap {
            $0.multiplied(by: Rational(1, over: 10) ?? .one)
          } ?? plan.after
      }
    }
    return site
  }

  /// More than any rack has.
  static let noLimit = Rational(1000)

  private func winner(_ site: Site, _ catalog: Catalog) -> BrutePlan? {
    RandomInstance.outcome(site, catalog)?.plan
  }

  /// Gives a rack a little less room or power than the switches there take in the cheapest plan.
  private mutating func tighten(_ site: inout Site, _ catalog: Catalog) {
    guard let plan = winner(site, catalog) else { return }
    let model = Model(site: site, catalog: catalog, dialects: [], pairDialects: [])
    var standing: [Int: [String]] = [:]
    let centre = plan.key.first { $0.hasPrefix("spine-") || $0.hasPrefix("tor-") } ?? ""
    for rack in model.centreRacks() { standing[rack, default: []].append(centre) }
    for (rack, tor) in zip(model.hostRacks, plan.torKeys) {
      standing[rack, default: []] += [tor, tor]
    }
    let rack = random.pick(standing.keys.sorted())
    let switches = (standing[rack] ?? []).flatMap { key in
      key.split(separator: "+").compactMap { catalog.part(PartID(String($0))) }
    }
    if random.chance(60) {
      let draw = switches.reduce(Int64(0)) { sum, part in
        sum + ((part.asSwitch?.maxPower ?? part.asModule?.maxPower)?.milliwatts ?? 0)
      }
      site.room.racks[rack].freePower = Power(
        milliwatts: max(0, draw - Int64(random.int(1...60)) * 1000))
    } else {
      let halves = switches.reduce(0) { sum, part in
        sum + (part.asSwitch.map { $0.halfRackUnits ?? 2 } ?? 0)
      }
      site.room.racks[rack].freeUnits = max(0, (halves - 1) / 2)
    }
  }
}
