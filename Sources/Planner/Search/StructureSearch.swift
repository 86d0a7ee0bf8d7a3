import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Synchronization
import Threads

/// Finds the optimum over all structures of one design and one choice of cards.
struct StructureSearch: Sendable {
  let context: SearchContext
  /// Prefix of the key: design and chosen cards.
  let prefix: [String]
  /// Cards bought with the plan.
  let cards: Demand

  /// A structure with its lower bounds.
  struct Ranked {
    var structure: CentreStructure
    var outOfBand: (part: Int?, demand: Demand)
    /// Linear cost of everything but the racks, in 1/1024 minor units.
    var ownCost: Int64
    /// The cheapest option of each rack for each coupling, whatever the peer link carries.
    var modes: [[RackMode]]
    /// Lower bound of the whole.
    var bound: Int64
  }

  /// The better of `best` and what this design can do for at most `most` minor units.
  ///
  /// - Parameter isAlone: whether processors are free, so that structures may be solved at once.
  func improve(_ best: PlanChoice?, most: Int64?, isAlone: Bool) -> PlanChoice? {
    let tors = context.design == .spineLeaf ? context.torVariants() : []
    guard context.holdsAllHosts(tors: tors) else { return best }
    let all = ranked(tors: tors, above: least(best?.goods, most))
    let shared = Mutex(best)
    @Sendable func limit() -> Int64? { least(shared.withLock { $0?.goods }, most) }
    @Sendable func mayWin(_ ranked: Ranked) -> Bool {
      limit().map { ranked.bound <= $0 * 1024 } ?? true
    }
    @Sendable func look(_ ranked: Ranked) {
      guard mayWin(ranked), let found = solve(ranked, tors: tors, bound: limit()) else { return }
      shared.withLock { best in
        if best.map({ StructureSearch.precedes(found, $0) }) ?? true { best = found }
      }
    }
    // The most promising alone: without what it costs the others would look at far too much.
    let first = isAlone ? 1 : all.count
    all.prefix(first).forEach(look)
    _ = concurrentMap(Array(all.dropFirst(first).prefix(while: mayWin)), look)
    return shared.withLock { $0 }
  }

  /// Whether there is any plan: some structure whose ports suffice for an option of each rack.
  func isFeasible() -> Bool {
    let tors = context.design == .spineLeaf ? context.torVariants() : []
    guard context.holdsAllHosts(tors: tors), rackManagementMinimum(tors) != nil else {
      return false
    }
    let outOfBand = context.outOfBandOptions()
    for structures in context.structures() {
      guard rackBound(structures, tors: tors) != nil else { continue }
      for option in outOfBand {
        var known: [Bool: [[RackMode]]?] = [:]
        for structure in structures
        where mayHold(structure) && roomsFit(structure, option.part) {
          if known[structure.splitAllowed] == nil {
            known[structure.splitAllowed] = .some(modes(structure, option.part, tors: tors))
          }
          guard let modes = known[structure.splitAllowed] ?? nil else { continue }
          if portBound(structure, modes).least(most: SearchContext.unlimited) != nil { return true }
        }
      }
    }
    return false
  }

  /// The order of M7.
  static func precedes(_ left: PlanChoice, _ right: PlanChoice) -> Bool {
    if left.goods != right.goods { return left.goods < right.goods }
    if left.now != right.now { return left.now < right.now }
    if left.after != right.after { return left.after < right.after }
    if left.distinctParts != right.distinctParts { return left.distinctParts < right.distinctParts }
    if left.draw != right.draw { return left.draw < right.draw }
    for (a, b) in zip(left.key, right.key) where a != b {
      return a.precedesInBytes(b)
    }
    return left.key.count < right.key.count
  }

  func others(
    _ structure: CentreStructure, _ outOfBand: Int?, inRack rack: Int
  ) -> LocalLoad {
    var load = context.centreLoad(structure.variant, inRack: rack)
    if let outOfBand, let spec = context.catalog.parts[outOfBand].asSwitch,
      context.site.room.racks[rack].name == context.site.management.rack
    {
      load.height += spec.halfRackUnits ?? 2
      load.draw += spec.maxPower?.milliwatts ?? 0
      load.airflows.append(spec.airflow)
    }
    return load
  }

  /// Structures with their lower bounds, cheapest first; those above a known cost are left out.
  func ranked(tors: [TorModel], above goods: Int64?) -> [Ranked] {
    let most = goods.map { $0 * 1024 } ?? SearchContext.unlimited
    let base = cards.cost(context.linear)
    guard let rackManagement = rackManagementMinimum(tors) else { return [] }
    var found: [Ranked] = []
    let outOfBandOptions = context.outOfBandOptions()
    for structures in context.structures() {
      guard let leastRacks = rackBound(structures, tors: tors) else { continue }
      for outOfBand in outOfBandOptions {
        var minima: [Bool: [[RackMode]]?] = [:]
        for structure in structures {
          guard mayHold(structure), roomsFit(structure, outOfBand.part) else { continue }
          let ownCost =
            base + structure.ownLeast + rackManagement
            + outOfBand.demand.cost(context.linear)
            - (outOfBand.part == structure.variant.part ? structure.spares.less : 0)
          guard ownCost + leastRacks <= most else { continue }
          if minima[structure.splitAllowed] == nil {
            minima[structure.splitAllowed] = .some(modes(structure, outOfBand.part, tors: tors))
          }
          guard let modes = minima[structure.splitAllowed] ?? nil,
            let racks = portBound(structure, modes).least(most: most - ownCost)
          else { continue }
          found.append(
            Ranked(
              structure: structure, outOfBand: outOfBand, ownCost: ownCost, modes: modes,
              bound: ownCost + racks))
        }
      }
    }
    return found.enumerated().sorted {
      ($0.element.bound, $0.offset) < ($1.element.bound, $1.offset)
    }.map(\.element)
  }

  /// Lower bound of what the cards cost with any structure, in 1/1024 minor units; `nil` when there
  /// is none.
  func quickBound() -> Int64? {
    let tors = context.design == .spineLeaf ? context.torVariants() : []
    guard let rackManagement = rackManagementMinimum(tors) else { return nil }
    let base = cards.cost(context.linear) + rackManagement
    return context.structures().compactMap { structures in
      guard let racks = rackBound(structures, tors: tors),
        let own = structures.lazy.map(\.ownLeast).min()
      else { return nil }
      return base + own + racks
    }.min()
  }

  /// Lower bound of the racks' cost at any structure of one switch; `nil` when there is none.
  private func rackBound(_ structures: [CentreStructure], tors: [TorModel]) -> Int64? {
    structures.first.flatMap {
      context.rackBound($0, tors: tors, managesApart: managesApart(tors))
    }
  }

  /// Whether the ports might suffice if no links had to be found: each ToR takes a port, and no
  /// port has more links than the most lanes that any splits into. A quick no before the search.
  private func mayHold(_ structure: CentreStructure) -> Bool {
    let groups = structure.variant.groups
    var left = groups.reduce(0) { $0 + $1.group.count } - structure.use.ports
    let lanes = structure.splitAllowed ? groups.compactMap { $0.group.split?.lanes }.max() ?? 1 : 1
    for data in context.racks {
      left -=
        context.design == .spineLeaf
        ? 2 : data.kinds.reduce(0) { $0 + ($1.links + lanes - 1) / lanes }
    }
    return left >= 0
  }

  /// Racks without hosts may hold the centre and the out-of-band switch.
  private func roomsFit(_ structure: CentreStructure, _ outOfBand: Int?) -> Bool {
    context.site.room.racks.indices.allSatisfy { index in
      others(structure, outOfBand, inRack: index).fits(
        context.site.room.racks[index], allowsUnknown: context.allowsUnknown)
    }
  }

  /// Whether the racks' management does not depend on their ToRs: all have a port of their own.
  func managesApart(_ tors: [TorModel]) -> Bool {
    !tors.isEmpty && tors.allSatisfy { $0.value.spec.managementPort != .no }
  }

  /// Least linear cost of the racks' management where it is chosen apart, else 0; `nil` when a
  /// rack cannot be managed.
  private func rackManagementMinimum(_ tors: [TorModel]) -> Int64? {
    guard managesApart(tors), let tor = tors.first else { return 0 }
    var sum: Int64 = 0
    for data in context.racks {
      guard
        let least = context.managementModes(tor.value, runs: [data.management], links: 2)
          .first?.linear
      else { return nil }
      sum += least
    }
    return sum
  }

  /// The least cost of the racks at a structure.
  ///
  /// One peer link less is strictly cheaper where extra links are never free, so some rack must
  /// need the last one.
  func portBound(_ structure: CentreStructure, _ modes: [[RackMode]]) -> PortBound {
    var wanted: Int64 = 0
    if context.isPlain, let peer = structure.peer, peer.count > 2 {
      wanted = peer.rate.bitsPerSecond * Int64(peer.count - 1) + 1
    }
    return PortBound(
      structure: structure, freePorts: context.site.requirements.freePorts,
      peerLoadWanted: wanted, modes: modes)
  }

  /// The cheapest option of each rack for each coupling, whatever the peer link carries; `nil`
  /// when a rack has none.
  func modes(
    _ structure: CentreStructure, _ outOfBand: Int?, tors: [TorModel]
  ) -> [[RackMode]]? {
    var structure = structure
    structure.peer = nil
    var known: [RackClass: [RackMode]] = [:]
    var all = [[RackMode]](repeating: [], count: context.racks.count)
    for place in easiestFirst {
      let data = context.racks[place]
      let others = others(structure, outOfBand, inRack: data.hostRack.rack)
      let rackClass = RackClass(data, others)
      if let options = known[rackClass] {
        all[place] = options
        continue
      }
      let query = RackQuery(
        structure: structure, others: others, limits: nil, managesApart: managesApart(tors))
      let options = context.rackModes(data, query, tors: tors)
      guard !options.isEmpty else { return nil }
      known[rackClass] = options
      all[place] = options
    }
    return all
  }

  /// Racks with the fewest kinds of cards first, of these the fullest: which rack has no option
  /// shows soonest where few ways must be tried.
  private var easiestFirst: [Int] {
    let sizes = context.racks.map { rack in
      (kinds: rack.kinds.count, links: rack.kinds.reduce(0) { $0 + $1.links })
    }
    return sizes.indices.sorted {
      (sizes[$0].kinds, -sizes[$0].links, $0) < (sizes[$1].kinds, -sizes[$1].links, $1)
    }
  }

  /// What makes racks alike for their options.
  private struct RackClass: Hashable {
    var kinds: [CardKind]
    var runs: [LinkRun]
    var limits: [Int64]
    var words: [String]

    init(_ data: RackData, _ others: LocalLoad) {
      kinds = data.kinds
      runs = [data.local] + data.hosts + data.uplinks + [data.management]
      limits = [
        Int64(data.rack.freeUnits ?? -1), data.rack.freePower?.milliwatts ?? -1,
        Int64(others.height), others.draw,
      ]
      words =
        [data.rack.airflow ?? "-", data.rack.outlet ?? "-"]
        + others.airflows.map { $0.map(\.rawValue).joined(separator: ",") }
    }
  }
}
