import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

extension StructureSearch {
  /// The plan that an answer stands for.
  func choice(
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
        group: $0.group, rate: $0.rate, count: $0.count,
        solution: assembled.peers[origins[0]].solution)
    }
    let core = structure.core.map { links in
      let pair = assembled.cores[origins[1]]
      return CoreChoice(
        group: links.group, rate: links.rate, perNode: links.perNode,
        solution1: pair.first.solution, solution2: pair.second.solution)
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
      var choice = context.choice(options[origins[at]], of: context.racks[index].hostRack)
      at += 1
      if !assembled.rackManagement.isEmpty {
        choice.management = assembled.rackManagement[index][origins[at]].choice
        at += 1
      }
      racks.append(choice)
    }
    let management = assembled.management[origins[2]].choice
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
