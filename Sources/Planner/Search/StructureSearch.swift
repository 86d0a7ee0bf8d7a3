import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Finds the optimum over all structures of one design and one choice of cards.
struct StructureSearch {
  let context: SearchContext
  /// Prefix of the key: design and chosen cards.
  let prefix: [String]
  /// Cards bought with the plan.
  let cards: Demand

  private struct Ranked {
    var structure: CentreStructure
    var outOfBand: (part: Int?, demand: Demand)
    /// Linear cost of everything but the racks, in 1/1024 minor units.
    var ownCost: Int64
    /// Lower bound of the whole.
    var bound: Int64
  }

  /// The better of `best` and what this design can do.
  func improve(_ best: PlanChoice?) -> PlanChoice? {
    var best = best
    let tors = context.design == .spineLeaf ? context.torVariants() : []
    guard context.holdsAllHosts(tors: tors) else { return best }
    for ranked in ranked(tors: tors, above: best?.goods) {
      if let goods = best?.goods, ranked.bound > goods * 1024 { break }
      if let found = solve(ranked, tors: tors, bound: best?.goods) {
        if let rival = best, !StructureSearch.precedes(found, rival) { continue }
        best = found
      }
    }
    return best
  }

  /// Whether there is any plan: some structure whose ports suffice for an option of each rack.
  func isFeasible() -> Bool {
    let tors = context.design == .spineLeaf ? context.torVariants() : []
    guard context.holdsAllHosts(tors: tors), rackManagementMinimum(tors) != nil else {
      return false
    }
    let outOfBand = context.outOfBandOptions()
    for centre in context.centreVariants() {
      for structure in context.structures(of: centre) {
        for option in outOfBand where roomsFit(structure, option.part) {
          guard let modes = modes(structure, option.part, tors: tors, limits: nil) else { continue }
          let ports = PortBound(
            structure: structure, freePorts: context.site.requirements.freePorts, modes: modes)
          if ports.least(forcing: nil) != nil { return true }
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
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    return left.key.count < right.key.count
  }

  private func cost(_ demand: Demand) -> Int64 {
    demand.parts.reduce(0) { $0 + context.linear[$1.part] * Int64($1.count) }
  }

  private func others(
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
  private func ranked(tors: [SwitchVariant], above goods: Int64?) -> [Ranked] {
    let most = goods.map { $0 * 1024 } ?? SearchContext.unlimited
    let base = cost(cards)
    guard let rackManagement = rackManagementMinimum(tors) else { return [] }
    var found: [Ranked] = []
    for centre in context.centreVariants() {
      let structures = context.structures(of: centre)
      for outOfBand in context.outOfBandOptions() {
        var minima: [Bool: [[RackOption]]?] = [:]
        for structure in structures {
          guard roomsFit(structure, outOfBand.part) else { continue }
          let ownCost =
            base + cost(structure.fixed) + cost(outOfBand.demand) + centreMinimum(structure)
            + rackManagement
          guard ownCost <= most else { continue }
          if minima[structure.splitAllowed] == nil {
            var open = structure
            open.peer = nil
            minima[structure.splitAllowed] = .some(
              modes(open, outOfBand.part, tors: tors, limits: nil))
          }
          guard let modes = minima[structure.splitAllowed] ?? nil else { continue }
          let ports = PortBound(
            structure: structure, freePorts: context.site.requirements.freePorts, modes: modes)
          guard let racks = ports.least(forcing: nil), ownCost + racks <= most else { continue }
          found.append(
            Ranked(
              structure: structure, outOfBand: outOfBand, ownCost: ownCost,
              bound: ownCost + racks))
        }
      }
    }
    return found.enumerated().sorted {
      ($0.element.bound, $0.offset) < ($1.element.bound, $1.offset)
    }.map(\.element)
  }

  /// Racks without hosts may hold the centre and the out-of-band switch.
  private func roomsFit(_ structure: CentreStructure, _ outOfBand: Int?) -> Bool {
    context.site.room.racks.indices.allSatisfy { index in
      others(structure, outOfBand, inRack: index).fits(
        context.site.room.racks[index], allowsUnknown: context.allowsUnknown)
    }
  }

  private func centreMinimum(_ structure: CentreStructure) -> Int64 {
    var sum = structure.managementLeast
    if let peer = structure.peer {
      sum +=
        structure.peerOptions.map { context.linearCost($0, links: peer.count) }.min() ?? 0
    }
    if let core = structure.core {
      for side in structure.coreOptions {
        sum += side.map { context.linearCost($0, links: core.perNode) }.min() ?? 0
      }
    }
    return sum
  }

  /// Whether the racks' management does not depend on their ToRs: all have a port of their own.
  private func managesApart(_ tors: [SwitchVariant]) -> Bool {
    !tors.isEmpty && tors.allSatisfy { $0.spec.managementPort != .no }
  }

  /// Least linear cost of the racks' management where it is chosen apart, else 0; `nil` when a
  /// rack cannot be managed.
  private func rackManagementMinimum(_ tors: [SwitchVariant]) -> Int64? {
    guard managesApart(tors), let tor = tors.first else { return 0 }
    var sum: Int64 = 0
    for data in context.racks {
      guard
        let least = context.managementOptions(
          tor, runs: [data.management], links: 2, slack: -1
        ).first?.linear
      else { return nil }
      sum += least
    }
    return sum
  }

  /// The cheapest option of each rack for each use of the centre's ports; `nil` when a rack has
  /// none.
  private func modes(
    _ structure: CentreStructure, _ outOfBand: Int?, tors: [SwitchVariant],
    limits: [Int64]?
  ) -> [[RackOption]]? {
    var known: [RackClass: [RackOption]] = [:]
    var all: [[RackOption]] = []
    for (index, data) in context.racks.enumerated() {
      let others = others(structure, outOfBand, inRack: data.hostRack.rack)
      let rackClass = RackClass(data, others)
      if let options = known[rackClass] {
        all.append(options)
        continue
      }
      let wish = RackWish.modes(
        limit: limits?[index] ?? SearchContext.unlimited, fewestUplinks: limits == nil)
      let query = RackQuery(
        structure: structure, others: others, wish: wish,
        managesApart: managesApart(tors))
      let options = context.rackOptions(data, query, tors: tors)
      guard !options.isEmpty else { return nil }
      known[rackClass] = options
      all.append(options)
    }
    return all
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

  // MARK: One structure

  private func solve(_ ranked: Ranked, tors: [SwitchVariant], bound: Int64?) -> PlanChoice? {
    let structure = ranked.structure
    let outOfBand = ranked.outOfBand.part
    var bound = bound
    guard let least = modes(structure, outOfBand, tors: tors, limits: nil) else { return nil }
    // A first answer from options near the cheapest of each rack bounds the exact search.
    for share in [Int64(0), 1, 16] {
      let slack = ranked.bound / 4096 * share
      let limits = least.map { options in
        Dictionary(uniqueKeysWithValues: options.map { ($0.centreUse, $0.linear + slack) })
      }
      let problem = assemble(ranked, tors: tors, limits: limits, slack: slack)
      if let found = problem?.search.best(bound: bound, beam: 64) {
        if bound == nil || found.goods < bound ?? 0 { bound = found.goods }
        break
      }
    }
    guard let limits = exactLimits(ranked, tors: tors, least: least, bound: bound),
      let problem = assemble(ranked, tors: tors, limits: limits.limits, slack: limits.slack),
      let answer = exact(problem.search, bound: bound)
    else { return nil }
    return choice(answer, ranked, problem)
  }

  /// The best answer: a narrow search over the same options tightens the bound first.
  private func exact(_ search: SlotSearch, bound: Int64?) -> SlotAnswer? {
    let near = search.best(bound: bound, beam: 128)
    return search.best(bound: near?.goods ?? bound, beam: nil)
  }

  /// Whether some option needs the last of the peer links. If none does and extra links are never
  /// free, the structure with one link less is strictly cheaper.
  private func isPeerNeeded(_ structure: CentreStructure, _ modes: [[RackOption]]) -> Bool {
    guard context.isPlain, let peer = structure.peer, peer.count > 2 else { return true }
    // Options are told apart by ports: with one rate a group, equal ports mean equal rates.
    let hasOneRate = structure.variant.groups.allSatisfy { group in
      group.group.rates.filter { $0 >= .gigabits(10) }.count <= 1
    }
    guard hasOneRate else { return true }
    let fewer = peer.rate.bitsPerSecond * Int64(peer.count - 1)
    return modes.contains { options in
      options.contains { option in
        if let uplink = option.choice.uplink {
          return uplink.rate.bitsPerSecond * Int64(uplink.perNode) > fewer
        }
        return option.choice.hosts.contains { $0.rate.bitsPerSecond > fewer }
      }
    }
  }

  /// For each rack and each use of the centre's ports the linear cost above which an option cannot
  /// be part of an answer as cheap as the bound: what the rest costs at least with that use.
  private func exactLimits(
    _ ranked: Ranked, tors: [SwitchVariant], least: [[RackOption]], bound: Int64?
  ) -> (limits: [[PortUse: Int64]], slack: Int64)? {
    let most = bound.map { $0.multipliedReportingOverflow(by: 1024) }
    let total = most.map { $0.overflow ? SearchContext.unlimited : $0.partialValue }
    let free = context.site.requirements.freePorts
    let spare = (total ?? SearchContext.unlimited) - ranked.ownCost
    let minima = least.map { $0.map(\.linear).min() ?? 0 }
    let sum = minima.reduce(0, +)
    let rackLimits = minima.map { $0 + spare - sum }
    guard
      let modes = modes(ranked.structure, ranked.outOfBand.part, tors: tors, limits: rackLimits)
    else { return nil }
    guard isPeerNeeded(ranked.structure, modes) else { return nil }
    let ports = PortBound(structure: ranked.structure, freePorts: free, modes: modes)
    var limits: [[PortUse: Int64]] = []
    var slack: Int64 = 0
    for (rack, options) in modes.enumerated() {
      var byUse: [PortUse: Int64] = [:]
      for option in options {
        guard let whole = ports.least(forcing: (rack, option)), whole <= spare else { continue }
        byUse[option.centreUse] = option.linear + spare - whole
        slack = max(slack, spare - whole)
      }
      guard !byUse.isEmpty else { return nil }
      limits.append(byUse)
    }
    return (limits, slack)
  }

  /// Slots of a structure with what their options stand for.
  private struct Assembled {
    var search: SlotSearch
    var peers: [LinkSolution]
    var cores: [(first: LinkSolution, second: LinkSolution)]
    var management: [ManagementOption]
    var racks: [[RackOption]]
    /// Options of the racks' management where it is chosen apart; else empty.
    var rackManagement: [[ManagementOption]]
    var coordinates: Coordinates
  }

  private struct Draft {
    var demand: Demand
    var use: PortUse?
    var now: Rational
    var linear: Int64
    var key: [String]

    /// A slot in which there is nothing to choose.
    static let none = Draft(demand: Demand(), use: nil, now: .zero, linear: 0, key: ["-"])
  }

  private func assemble(
    _ ranked: Ranked, tors: [SwitchVariant], limits: [[PortUse: Int64]], slack: Int64
  ) -> Assembled? {
    let structure = ranked.structure
    let slack = min(slack, SearchContext.unlimited / 4)
    var drafts: [[Draft]] = []
    let peers = peerDrafts(structure, slack)
    let cores = coreDrafts(structure, slack)
    let management = managementOptions(structure, slack)
    drafts += [peers.drafts, cores.drafts, managementDrafts(management)]
    var racks: [[RackOption]] = []
    var rackManagement: [[ManagementOption]] = []
    for (data, limit) in zip(context.racks, limits) {
      let others = others(structure, ranked.outOfBand.part, inRack: data.hostRack.rack)
      let query = RackQuery(
        structure: structure, others: others, wish: .within(limit, slack: slack),
        managesApart: managesApart(tors))
      let options = context.rackOptions(data, query, tors: tors)
      guard !options.isEmpty else { return nil }
      racks.append(options)
      drafts.append(
        options.map {
          Draft(demand: $0.demand, use: $0.centreUse, now: $0.now, linear: $0.linear, key: $0.key)
        })
      guard managesApart(tors), let tor = tors.first else { continue }
      let own = context.managementOptions(tor, runs: [data.management], links: 2, slack: slack)
      guard !own.isEmpty else { return nil }
      rackManagement.append(own)
      drafts.append(
        own.map { option in
          var demand = Demand()
          if let choice = option.choice { demand.add(choice.solution1, links: 2) }
          demand.normalise()
          return Draft(
            demand: demand, use: nil, now: .zero, linear: option.linear, key: [option.key])
        })
    }
    var fixed = structure.fixed
    fixed.add(cards)
    fixed.add(ranked.outOfBand.demand)
    fixed.normalise()
    let coordinates = Coordinates(
      [fixed] + drafts.flatMap { $0.map(\.demand) }, groups: structure.variant.groups.count)
    var start = [Int32](repeating: 0, count: coordinates.count)
    for add in coordinates.adds(fixed, structure.use) { start[add.at] += add.count }
    let marks = Set(coordinates.marks)
    let costs = coordinates.parts.map { part in
      PartCost(
        problem: context.problem, part: part, linear: context.linear[part],
        markable: marks.contains(part))
    }
    let dominance = OptionDominance(
      costs: costs, marks: costs.count..<(costs.count + coordinates.marks.count))
    let slots = drafts.map { draft in
      Slot(options: dominance.kept(StructureSearch.slot(draft, coordinates).options))
    }
    return Assembled(
      search: SlotSearch(
        context: context, structure: structure, coordinates: coordinates, slots: slots,
        start: start, costs: costs),
      peers: peers.solutions, cores: cores.pairs, management: management, racks: racks,
      rackManagement: rackManagement, coordinates: coordinates)
  }

  private func peerDrafts(
    _ structure: CentreStructure, _ slack: Int64
  ) -> (drafts: [Draft], solutions: [LinkSolution]) {
    guard let peer = structure.peer else { return ([Draft.none], []) }
    let head =
      "\(structure.variant.groups[peer.group].id):"
      + "\(SearchContext.digits(peer.rate.wholeGigabits)):\(SearchContext.digits(peer.count)):"
    let near = near(structure.peerOptions, links: peer.count, slack)
    let drafts = near.map { entry in
      var demand = Demand()
      demand.add(entry.solution, links: peer.count)
      demand.normalise()
      return Draft(
        demand: demand, use: nil, now: .zero, linear: entry.linear,
        key: [head + entry.solution.key])
    }
    return (drafts, near.map(\.solution))
  }

  private func near(
    _ solutions: [LinkSolution], links: Int, _ slack: Int64
  ) -> [SearchContext.CostedSolution] {
    let costed = context.costed(solutions, links: links)
    let least = costed.first?.linear ?? 0
    return Array(costed.prefix { $0.linear - least <= slack })
  }

  private func coreDrafts(
    _ structure: CentreStructure, _ slack: Int64
  ) -> (drafts: [Draft], pairs: [(first: LinkSolution, second: LinkSolution)]) {
    guard let core = structure.core else { return ([Draft.none], []) }
    let head = "\(structure.variant.groups[core.group].id):"
    let sides = structure.coreOptions.map { near($0, links: core.perNode, slack) }
    let least = sides.reduce(Int64(0)) { $0 + ($1.first?.linear ?? 0) }
    var drafts: [Draft] = []
    var pairs: [(first: LinkSolution, second: LinkSolution)] = []
    for first in sides[0] {
      for second in sides[1] where first.linear + second.linear - least <= slack {
        var demand = Demand()
        demand.add(first.solution, links: core.perNode)
        demand.add(second.solution, links: core.perNode)
        demand.normalise()
        drafts.append(
          Draft(
            demand: demand, use: nil, now: .zero, linear: first.linear + second.linear,
            key: [head + "\(first.solution.key):\(second.solution.key)"]))
        pairs.append((first.solution, second.solution))
      }
    }
    return (drafts, pairs)
  }

  private func managementOptions(
    _ structure: CentreStructure, _ slack: Int64
  ) -> [ManagementOption] {
    let room = context.site.room.racks
    guard let rack = context.problem.rack(named: context.site.management.rack) else { return [] }
    let runs = context.nodes.map {
      Placement.run(context.problem, room[$0], isHost: false, to: rack)
    }
    return context.managementOptions(structure.variant, runs: runs, links: 1, slack: slack)
      .filter { $0.choice?.group == structure.managementGroup }
  }

  private func managementDrafts(_ options: [ManagementOption]) -> [Draft] {
    options.map { option in
      var demand = Demand()
      if let choice = option.choice {
        demand.add(choice.solution1, links: 1)
        demand.add(choice.solution2, links: 1)
      }
      demand.normalise()
      return Draft(
        demand: demand, use: nil, now: .zero, linear: option.linear, key: [option.key])
    }
  }

  /// All that an option does to a state.
  private struct Effect: Hashable {
    var at: [Int]
    var count: [Int32]
    var now: Rational
  }

  /// Options in order of key; of two that add the same only the first is kept.
  private static func slot(_ drafts: [Draft], _ coordinates: Coordinates) -> Slot {
    let order = drafts.indices.sorted { left, right in
      for (a, b) in zip(drafts[left].key, drafts[right].key) where a != b {
        return a.utf8.lexicographicallyPrecedes(b.utf8)
      }
      return left < right
    }
    var options: [SlotOption] = []
    var seen = Set<Effect>()
    for index in order {
      let draft = drafts[index]
      let adds = coordinates.adds(draft.demand, draft.use)
      let effect = Effect(
        at: adds.map(\.at), count: adds.map(\.count), now: draft.now)
      guard seen.insert(effect).inserted else { continue }
      options.append(
        SlotOption(
          adds: adds, now: draft.now, linear: draft.linear, key: draft.key, origin: index))
    }
    return Slot(options: options)
  }

  private func choice(
    _ answer: SlotAnswer, _ ranked: Ranked, _ assembled: Assembled
  ) -> PlanChoice? {
    let slots = assembled.search.slots
    var key = prefix + [ranked.structure.variant.key]
    key.append(ranked.outOfBand.part.map { context.catalog.parts[$0].id.rawValue } ?? "-")
    var origins: [Int] = []
    for (slot, choice) in zip(slots, answer.path) {
      let option = slot.options[Int(choice)]
      key += option.key
      origins.append(option.origin)
    }
    let structure = ranked.structure
    let peer = structure.peer.map {
      PeerChoice(
        group: $0.group, rate: $0.rate, count: $0.count, solution: assembled.peers[origins[0]])
    }
    let core = structure.core.map { links in
      let pair = assembled.cores[origins[1]]
      return CoreChoice(
        group: links.group, rate: links.rate, perNode: links.perNode, solution1: pair.first,
        solution2: pair.second)
    }
    let coordinates = assembled.coordinates
    var counts = assembled.search.start
    for (slot, choice) in zip(slots, answer.path) {
      for add in slot.options[Int(choice)].adds { counts[add.at] += add.count }
    }
    var quantities: [PartCount] = []
    for (at, part) in coordinates.parts.enumerated() where counts[at] > 0 {
      quantities.append(
        PartCount(part: context.catalog.parts[part].id, count: Int(counts[at])))
    }
    var testFirst: [PartID] = []
    for (at, part) in coordinates.marks.enumerated()
    where counts[coordinates.parts.count + at] > 0 {
      testFirst.append(context.catalog.parts[part].id)
    }
    var racks: [RackChoice] = []
    var at = 3
    for (index, options) in assembled.racks.enumerated() {
      var choice = options[origins[at]].choice
      at += 1
      if !assembled.rackManagement.isEmpty {
        choice.management = assembled.rackManagement[index][origins[at]].choice
        at += 1
      }
      racks.append(choice)
    }
    guard let management = assembled.management[origins[2]].choice else { return nil }
    return PlanChoice(
      design: context.design, goods: answer.goods, now: answer.now,
      after: answer.now.multiplied(by: Rational(2)) ?? answer.now,
      distinctParts: answer.distinct, draw: Power(milliwatts: answer.draw), key: key,
      quantities: quantities, testFirst: testFirst, wantsRDMA: context.problem.wantsRDMA,
      isLossless: context.isLossless, cards: context.cards,
      centre: CentreChoice(
        variant: structure.variant, rack1: context.nodes[0], rack2: context.nodes[1], peer: peer,
        core: core, management: management,
        outOfBand: ranked.outOfBand.part),
      racks: racks)
  }
}
