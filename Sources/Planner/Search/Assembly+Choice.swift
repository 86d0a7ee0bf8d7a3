import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

extension StructureSearch {
  /// A group of slots as an answer fills it.
  private struct Filled {
    /// Index of the mode in the group.
    var mode: Int
    /// One for each role of the mode.
    var solutions: [LinkSolution]
    /// Elements of the key of M7.
    var key: [String]
  }

  /// The plan that an answer stands for.
  func choice(_ answer: SlotAnswer, _ ranked: Ranked, _ assembled: Assembled) -> PlanChoice? {
    let structure = ranked.structure
    let groups = filled(answer, assembled)
    var key = prefix + [structure.variant.key]
    key.append(ranked.outOfBand.part.map { context.catalog.parts[$0].id.rawValue } ?? "-")
    key += groups.flatMap(\.key)
    let peer = structure.peer.map {
      PeerChoice(
        group: $0.group, rate: $0.rate, count: $0.count, solution: groups[0].solutions[0])
    }
    let core = structure.core.map { links in
      CoreChoice(
        group: links.group, rate: links.rate, perNode: links.perNode,
        solution1: groups[1].solutions[0], solution2: groups[1].solutions[1])
    }
    let management = ManagementChoice(
      group: structure.managementGroup, solution1: groups[2].solutions[0],
      solution2: groups[2].solutions[1])
    let (quantities, testFirst) = counts(answer, assembled)
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
      racks: racks(groups, assembled))
  }

  private func filled(_ answer: SlotAnswer, _ assembled: Assembled) -> [Filled] {
    var groups: [Filled] = []
    for (slot, pick) in zip(assembled.search.table.slots, answer.picks) {
      guard let role = slot.role else {
        let mode = slot.options[0][Int(pick)].origin
        groups.append(Filled(mode: mode, solutions: [], key: []))
        continue
      }
      let at = groups.count - 1
      let mode = groups[at].mode
      let option = slot.options[mode][Int(pick)]
      let solution = assembled.groups[at].modes[mode].roles[role].solutions[option.origin]
      groups[at].solutions.append(solution.solution)
    }
    for (at, group) in assembled.groups.enumerated() {
      var rest = groups[at].solutions[...]
      groups[at].key = group.modes[groups[at].mode].elements.map { element in
        let own = rest.prefix(element.roles).map { $0.key(in: context.catalog) }
        rest = rest.dropFirst(element.roles)
        return element.text + own.joined(separator: ":")
      }
    }
    return groups
  }

  /// Units of every part, and the optics that come as a test batch.
  private func counts(
    _ answer: SlotAnswer, _ assembled: Assembled
  ) -> (quantities: [PartCount], testFirst: [PartID]) {
    let coordinates = assembled.coordinates
    var counts = assembled.search.start
    var mode = 0
    for (slot, pick) in zip(assembled.search.table.slots, answer.picks) {
      if slot.role == nil { mode = Int(pick) }
      let list = slot.role == nil || slot.options.count == 1 ? 0 : mode
      for add in slot.options[list][Int(pick)].adds { counts[add.at] += add.count }
    }
    let quantities = coordinates.parts.enumerated().filter { counts[$0.offset] > 0 }.map {
      PartCount(part: context.catalog.parts[$0.element].id, count: Int(counts[$0.offset]))
    }
    let firstMark = coordinates.parts.count
    let testFirst = coordinates.marks.enumerated().filter { counts[firstMark + $0.offset] > 0 }
      .map { context.catalog.parts[$0.element].id }
    return (quantities, testFirst)
  }

  private func racks(_ groups: [Filled], _ assembled: Assembled) -> [RackChoice] {
    var at = 3
    return assembled.racks.enumerated().map { index, modes in
      let filled = groups[at]
      at += 1
      var choice = self.choice(
        modes[filled.mode], filled.solutions, of: context.racks[index].hostRack)
      if assembled.managesApart {
        choice.management = ManagementChoice(
          group: nil, solution1: groups[at].solutions[0], solution2: groups[at].solutions[0])
        at += 1
      }
      return choice
    }
  }

  private func choice(
    _ mode: RackMode, _ solutions: [LinkSolution], of rack: HostRack
  ) -> RackChoice {
    var rest = solutions[...]
    /// The next solutions: the first for one side, the last for the other.
    func pair(_ roles: Int) -> (LinkSolution, LinkSolution) {
      let own = rest.prefix(roles)
      rest = rest.dropFirst(roles)
      return (own[own.startIndex], own[own.endIndex - 1])
    }
    let hosts = mode.hosts.map { mode in
      let (first, second) = pair(mode.roles.count)
      return HostLinkChoice(
        card: mode.card, isSplit: mode.isSplit, group: mode.group, rate: mode.rate,
        solution1: first, solution2: second)
    }
    let uplink = mode.tor.map { tor in
      let (first, second) = pair(2)
      return UplinkChoice(
        mode: tor.scheme.mode, torGroup: tor.scheme.torGroup, spineGroup: tor.scheme.spineGroup,
        rate: tor.scheme.rate, perNode: tor.perNode, solution1: first, solution2: second)
    }
    let management = mode.tor?.management.map { management in
      let (first, second) = pair(management.roles.count)
      return ManagementChoice(group: management.group, solution1: first, solution2: second)
    }
    return RackChoice(
      rack: rack, tor: mode.tor?.variant.value, hosts: hosts, uplink: uplink,
      management: management)
  }
}
