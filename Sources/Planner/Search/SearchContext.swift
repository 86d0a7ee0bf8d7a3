import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// A kind of card in a rack, with its links on each side.
struct CardKind: Hashable {
  /// Part index.
  var part: Int
  /// Links of one side: hosts × cards × ports / 2.
  var links: Int
  var end: LinkEnd
  var rates: [DataRate]
}

/// A rack with hosts as the search sees it.
struct RackData {
  var hostRack: HostRack
  var rack: Rack
  /// By id of the card.
  var kinds: [CardKind]
  /// Host to ToR.
  var local: LinkRun
  /// Host to node 1 and node 2.
  var hosts: [LinkRun]
  /// ToR to node 1 and node 2.
  var uplinks: [LinkRun]
  /// Switch to the management rack.
  var management: LinkRun
}

/// Everything that stays the same for one design and one choice of cards.
///
/// A class because all parts of a search share it.
final class SearchContext: Sendable {
  let problem: PlanProblem
  let solver: LinkSolver
  let design: DesignKind
  /// Part index for each of `problem.cards`.
  let cards: [Int]
  let isLossless: Bool
  /// Indices in `site.room.racks` of node 1 and node 2.
  let nodes: [Int]
  let racks: [RackData]
  /// Cost of one unit as a lower bound, in 1/1024 minor units: price × (1 + spare rate) / pack.
  let linear: [Int64]
  /// Costs by part, with the test batch that any optic may need.
  let costs: [PartCost]
  /// Whether more links than needed can never come for free: single units everywhere, and test
  /// batches that any link fills.
  let isPlain: Bool
  let memory: SearchMemory
  /// Most that may be spent on a rack when only feasibility is asked.
  static let unlimited = Int64.max / 4

  var site: Site { problem.site }
  var catalog: Catalog { problem.catalog }
  var allowsUnknown: Bool { site.requirements.allowsUnknown }

  /// `nil` when the design itself is not possible for this traffic or these cards (M6).
  init?(problem: PlanProblem, memory: SearchMemory, cards: [Int]) {
    self.problem = problem
    self.memory = memory
    let solver = memory.solver
    self.solver = solver
    design = memory.design
    self.cards = cards
    guard SearchContext.isPossible(memory.design, problem),
      let lossless = SearchContext.lossless(problem, cards)
    else { return nil }
    isLossless = lossless
    nodes = Placement.nodes(problem)
    linear = solver.linear
    costs = memory.costs
    isPlain = memory.isPlain
    guard !nodes.isEmpty,
      let racks = SearchContext.racks(problem, solver, cards: cards, nodes: nodes)
    else { return nil }
    self.racks = racks
  }

  /// End of a switch port group; `split` for a whole port run as lanes.
  func end(_ variant: SwitchVariant, _ group: Int, split: Bool = false) -> LinkEnd {
    let spec = variant.groups[group].group
    return LinkEnd(
      owner: .planSwitch, part: variant.part, mediaClass: solver.mediaClass(variant.part),
      connector: spec.connector, maxOpticPower: spec.maxOpticPower,
      lanes: split ? spec.split?.lanes ?? 1 : 1)
  }

  /// The RJ45 port of a management network or of a switch's own management port.
  static let managementEnd = LinkEnd(
    owner: .management, part: -1, mediaClass: LinkSolver.noClass, connector: .rj45,
    maxOpticPower: nil)

  private static func isPossible(_ design: DesignKind, _ problem: PlanProblem) -> Bool {
    design != .standalonePair || StandalonePair.obstacle(problem.site) == nil
  }

  /// Whether lossless Ethernet is on; `nil` when RDMA is wanted and a host group has no able card.
  private static func lossless(_ problem: PlanProblem, _ cards: [Int]) -> Bool? {
    guard problem.wantsRDMA else { return false }
    var lossless = false
    for group in problem.site.hosts.indices
    where problem.site.hosts[group].joinsNewFabric {
      var isServed = false
      for (need, part) in zip(problem.cards, cards) where need.group == group {
        guard need.carriesStorage, let card = problem.catalog.parts[part].asNIC,
          PlanProblem.isAble(card)
        else { continue }
        isServed = true
        if card.rdma.needsLossless { lossless = true }
      }
      guard isServed else { return nil }
    }
    return lossless
  }

  private static func racks(
    _ problem: PlanProblem, _ solver: LinkSolver, cards: [Int], nodes: [Int]
  ) -> [RackData]? {
    let room = problem.site.room.racks
    guard let managementRack = problem.rack(named: problem.site.management.rack) else {
      return nil
    }
    return problem.hostRacks.map { hostRack in
      let rack = room[hostRack.rack]
      return RackData(
        hostRack: hostRack, rack: rack, kinds: kinds(problem, solver, cards, hostRack),
        local: Placement.run(problem, rack, isHost: true, to: rack),
        hosts: nodes.map { Placement.run(problem, rack, isHost: true, to: room[$0]) },
        uplinks: nodes.map { Placement.run(problem, rack, isHost: false, to: room[$0]) },
        management: Placement.run(problem, rack, isHost: false, to: managementRack))
    }
  }

  private static func kinds(
    _ problem: PlanProblem, _ solver: LinkSolver, _ cards: [Int], _ hostRack: HostRack
  ) -> [CardKind] {
    var kinds: [CardKind] = []
    for (need, part) in zip(problem.cards, cards) {
      guard let hosts = hostRack.hosts.first(where: { $0.group == need.group })?.count,
        let card = problem.catalog.parts[part].asNIC, let connector = card.connector
      else { continue }
      let links = hosts * need.count * (card.ports ?? 0) / 2
      if let at = kinds.firstIndex(where: { $0.part == part }) {
        kinds[at].links += links
      } else {
        let end = LinkEnd(
          owner: .card, part: part, mediaClass: solver.mediaClass(part), connector: connector,
          maxOpticPower: nil)
        kinds.append(
          CardKind(part: part, links: links, end: end, rates: PlanProblem.rates(of: card)))
      }
    }
    return kinds.sorted { $0.part < $1.part }
  }
}
