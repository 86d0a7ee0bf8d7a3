import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension StructureSearch {
  /// Slots of a structure with what their options stand for.
  struct Assembled {
    var search: SlotSearch
    /// Peer links, core links, management of the centre, then each rack, followed by its management
    /// where that is chosen apart.
    var groups: [SlotGroup]
    /// By rack the mode that each mode of its group stands for.
    var racks: [[RackMode]]
    var managesApart: Bool
    var coordinates: Coordinates
  }

  /// The slots for all racks' modes within limits, with all solutions that are worth while.
  ///
  /// - Parameter slack: how much dearer than the cheapest the solutions of the centre may be.
  func assemble(
    _ ranked: Ranked, tors: [TorModel], limits: [[Coupling: Int64]], slack: Int64
  ) -> Assembled? {
    let structure = ranked.structure
    let slack = min(slack, SearchContext.unlimited / 4)
    let apart = managesApart(tors)
    guard let management = centreManagement(structure, slack) else { return nil }
    var groups = [
      SlotGroup(peerMode(structure, slack)), SlotGroup(coreMode(structure, slack)),
      SlotGroup(management),
    ]
    var racks: [[RackMode]] = []
    for (data, limits) in zip(context.racks, limits) {
      let query = RackQuery(
        structure: structure,
        others: others(structure, ranked.outOfBand.part, inRack: data.hostRack.rack),
        limits: limits, managesApart: apart)
      let found = context.rackModes(data, query, tors: tors)
      guard !found.isEmpty else { return nil }
      let group = SlotGroup(
        found.map { mode in
          let slack = min(slack, (limits[mode.coupling] ?? mode.linear) - mode.linear)
          return groupMode(mode, structure, max(0, slack))
        })
      groups.append(group)
      racks.append(group.modes.map { found[$0.origin] })
      guard apart, let tor = tors.first?.value else { continue }
      let runs = [data.management]
      guard let own = context.managementModes(tor, runs: runs, links: 2).first?.mode else {
        return nil
      }
      groups.append(SlotGroup(groupMode(own, tor, slack)))
    }
    var fixed = structure.fixed
    fixed.add(cards)
    fixed.add(ranked.outOfBand.demand)
    fixed.normalise()
    let coordinates = Coordinates(fixed, groups, groups: structure.variant.groups.count)
    return Assembled(
      search: search(structure, fixed, groups, coordinates), groups: groups, racks: racks,
      managesApart: apart, coordinates: coordinates)
  }

  private func search(
    _ structure: CentreStructure, _ fixed: Demand, _ groups: [SlotGroup],
    _ coordinates: Coordinates
  ) -> SlotSearch {
    var start = [Int32](repeating: 0, count: coordinates.count)
    for add in coordinates.adds(fixed, structure.use) { start[add.at] += add.count }
    let marks = Set(coordinates.marks)
    let costs = coordinates.parts.map { part in
      PartCost(
        problem: context.problem, part: part, linear: context.linear[part],
        markable: marks.contains(part))
    }
    return SlotSearch(
      SlotTable(groups, coordinates, linear: context.linear, key: context.key), coordinates,
      start: start, costs: costs,
      ports: PortRoom(
        variant: structure.variant, free: context.site.requirements.freePorts),
      crowd: context.problem.options.crowd, budget: context.memory.budget)
  }

  /// Roles with the solutions that cost at most `slack` more than the cheapest.
  private func filled(
    _ roles: [RoleLinks], _ slack: Int64
  ) -> [(role: RoleLinks, solutions: [CostedSolution])] {
    roles.map { role in
      let all = context.solutions(of: role, slack: slack)
      let least = all.first?.linear ?? 0
      return (role, Array(all.prefix { $0.linear - least <= slack }))
    }
  }

  private func peerMode(_ structure: CentreStructure, _ slack: Int64) -> GroupMode {
    guard let peer = structure.peer, let list = structure.peerOptions else {
      return GroupMode(elements: [("-", 0)])
    }
    let text =
      "\(structure.variant.groups[peer.group].id):"
      + "\(SearchContext.digits(peer.rate.wholeGigabits)):\(SearchContext.digits(peer.count)):"
    return GroupMode(
      roles: filled([RoleLinks(list: list, links: peer.count)], slack), elements: [(text, 1)])
  }

  private func coreMode(_ structure: CentreStructure, _ slack: Int64) -> GroupMode {
    guard let core = structure.core else { return GroupMode(elements: [("-", 0)]) }
    let roles = structure.coreOptions.map { RoleLinks(list: $0, links: core.perNode) }
    return GroupMode(
      roles: filled(roles, slack),
      elements: [("\(structure.variant.groups[core.group].id):", roles.count)])
  }

  private func centreManagement(_ structure: CentreStructure, _ slack: Int64) -> GroupMode? {
    let room = context.site.room.racks
    guard let rack = context.problem.rack(named: context.site.management.rack) else { return nil }
    let runs = context.nodes.map {
      Placement.run(context.problem, room[$0], isHost: false, to: rack)
    }
    return context.managementModes(structure.variant, runs: runs, links: 1)
      .first { $0.mode.group == structure.managementGroup }
      .map { groupMode($0.mode, structure.variant, slack) }
  }

  private func groupMode(
    _ mode: ManagementMode, _ variant: SwitchVariant, _ slack: Int64
  ) -> GroupMode {
    GroupMode(
      roles: filled(mode.roles, slack), elements: [context.element(mode, of: variant)])
  }

  private func groupMode(
    _ mode: RackMode, _ structure: CentreStructure, _ slack: Int64
  ) -> GroupMode {
    GroupMode(
      demand: mode.tor?.purchase.demand ?? Demand(), use: mode.coupling.use, now: mode.now,
      roles: filled(mode.roles, slack),
      elements: context.elements(mode, structure: structure))
  }
}
