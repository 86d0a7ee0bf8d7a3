import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension StructureSearch {
  /// Slots of a structure with what their options stand for.
  struct Assembled {
    var search: SlotSearch
    var peers: [CostedSolution]
    var cores: [(first: CostedSolution, second: CostedSolution)]
    var management: [ManagementOption]
    var racks: [[RackOption]]
    /// Options of the racks' management where it is chosen apart; else empty.
    var rackManagement: [[ManagementOption]]
    var coordinates: Coordinates
  }

  func assemble(
    _ ranked: Ranked, tors: [TorModel], limits: [[Coupling: Int64]], slack: Int64
  ) -> Assembled? {
    let structure = ranked.structure
    let slack = min(slack, SearchContext.unlimited / 4)
    var drafts: [[Draft]] = []
    let peers = peerDrafts(structure, slack)
    let cores = coreDrafts(structure, slack)
    let management = managementOptions(structure, slack)
    drafts += [
      peers.drafts, cores.drafts,
      management.map { self.draft($0, structure.variant) },
    ]
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
        options.map { option in
          Draft(
            demand: context.demand(option), use: option.coupling.use, now: option.now,
            linear: option.linear, key: { context.key(option, structure: structure) })
        })
      guard managesApart(tors), let tor = tors.first?.value else { continue }
      let own = context.managementOptions(tor, runs: [data.management], links: 2, slack: slack)
      guard !own.isEmpty else { return nil }
      rackManagement.append(own)
      drafts.append(own.map { self.draft($0, tor) })
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
    let slots = drafts.map { StructureSearch.slot($0, worthwhile($0), coordinates) }
    return Assembled(
      search: SlotSearch(
        context: context, structure: structure, coordinates: coordinates, slots: slots,
        start: start, costs: costs),
      peers: peers.solutions, cores: cores.pairs, management: management, racks: racks,
      rackManagement: rackManagement, coordinates: coordinates)
  }

  private func peerDrafts(
    _ structure: CentreStructure, _ slack: Int64
  ) -> (drafts: [Draft], solutions: [CostedSolution]) {
    guard let peer = structure.peer, let list = structure.peerOptions else {
      return ([Draft.none], [])
    }
    let head =
      "\(structure.variant.groups[peer.group].id):"
      + "\(SearchContext.digits(peer.rate.wholeGigabits)):\(SearchContext.digits(peer.count)):"
    let near = near(list, links: peer.count, slack)
    let drafts = near.map { entry in
      Draft([(entry, peer.count)]) { head + context.key(entry) }
    }
    return (drafts, near)
  }

  private func near(_ list: LinkList, links: Int, _ slack: Int64) -> [CostedSolution] {
    let costed = context.costed(list, links: links, slack: max(0, slack))
    let least = costed.first?.linear ?? 0
    return Array(costed.prefix { $0.linear - least <= slack })
  }

  private func coreDrafts(
    _ structure: CentreStructure, _ slack: Int64
  ) -> (drafts: [Draft], pairs: [(first: CostedSolution, second: CostedSolution)]) {
    guard let core = structure.core else { return ([Draft.none], []) }
    let head = "\(structure.variant.groups[core.group].id):"
    let sides = structure.coreOptions.map { near($0, links: core.perNode, slack) }
    let least = sides.reduce(Int64(0)) { $0 + ($1.first?.linear ?? 0) }
    var drafts: [Draft] = []
    var pairs: [(first: CostedSolution, second: CostedSolution)] = []
    for first in sides[0] {
      for second in sides[1] where first.linear + second.linear - least <= slack {
        drafts.append(
          Draft(
            [(first, core.perNode), (second, core.perNode)],
            key: { head + "\(context.key(first)):\(context.key(second))" }))
        pairs.append((first, second))
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
      .filter { $0.group == structure.managementGroup }
  }

  private func draft(_ option: ManagementOption, _ variant: SwitchVariant) -> Draft {
    let links = option.second.map { [(option.first, 1), ($0, 1)] } ?? [(option.first, 2)]
    return Draft(links) { context.key(option, of: variant) }
  }
}
