import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// A variant for the centre with what it costs where it stands.
struct CentreVariant {
  var variant: SwitchVariant
  /// Both nodes with their sub-parts when nothing is split, and when something is; `nil` where
  /// that cannot be bought.
  var whole: Demand?
  var split: Demand?
  var spares: SearchContext.WholeSpares
}

/// Everything of the centre but the cables: the racks' options depend on it.
struct CentreStructure {
  var variant: SwitchVariant
  /// Whether racks may split ports of it.
  var splitAllowed: Bool
  /// Switches and sub-parts of both nodes.
  var fixed: Demand
  /// What the linear cost leaves out of the switches' spares.
  var spares: SearchContext.WholeSpares
  /// Group, rate and number of peer links; `nil` for a standalone pair.
  var peer: (group: Int, rate: DataRate, count: Int)?
  /// Group and links of each node to the core; `nil` for none.
  var core: (group: Int, rate: DataRate, perNode: Int)?
  /// Ports that peer, core and management take on each node.
  var use: PortUse
  /// Solutions of the peer links.
  var peerOptions: LinkList?
  /// Solutions of the core links of node 1 and of node 2.
  var coreOptions: [LinkList]
  /// Group of the management ports, as in `use`; `nil` for out-of-band ports.
  var managementGroup: Int?
  /// Least linear cost of all of the centre beside an out-of-band switch.
  var ownLeast: Int64

  /// Bits a second that the peer link carries; without one nothing asks for it.
  var peerCapacity: Int64 {
    peer.map { $0.rate.bitsPerSecond * Int64($0.count) } ?? .max
  }
}

extension SearchContext {
  /// All structures of each switch that may be the centre.
  func structures() -> [[CentreStructure]] {
    memory.structures.value(isLossless) { centreVariants().map(structures) }
  }

  /// Switches that may be the centre, priced for their racks.
  private func centreVariants() -> [CentreVariant] {
    let names = site.requirements.spineModels
    let variants = problem.variants { spec, part in
      guard names.isEmpty || names.contains(where: { PlanProblem.isMeant(part, by: $0) }) else {
        return false
      }
      switch design {
      case .spineLeaf: guard spec.roles.contains(.spine) else { return false }
      case .vltPair:
        guard spec.roles.contains(.spine) || spec.roles.contains(.tor) else { return false }
      case .standalonePair:
        guard spec.roles.contains(where: { $0 != .outOfBand }) else { return false }
      }
      return isWritable(spec, PlanOptions.Needs(pair: design != .standalonePair)) && isFit(spec)
        && (design == .standalonePair
          || (spec.multiChassis.canPair && (allowsUnknown || spec.maxLAGMembers != nil)))
    }
    return variants.map { variant in
      CentreVariant(
        variant: variant, whole: centrePurchase(variant, split: false),
        split: centrePurchase(variant, split: true), spares: wholeSpares(variant))
    }.filter { $0.whole != nil }
  }

  /// Whether the operating system has a dialect, or need not.
  func isWritable(_ spec: SwitchSpec, _ needs: PlanOptions.Needs) -> Bool {
    var needs = needs
    needs.lossless = isLossless
    needs.vlans = site.vlanNumbers
    return site.requirements.allowsUnconfigured || problem.options.writes(spec, needs)
  }

  /// Lossless Ethernet and the facts that must be known (M4).
  func isFit(_ spec: SwitchSpec) -> Bool {
    if isLossless {
      guard spec.pfc != .no, spec.ets != .no else { return false }
      guard allowsUnknown || (spec.pfc == .yes && spec.ets == .yes) else { return false }
    }
    return allowsUnknown
      || (spec.managementPort != .unknown && spec.powerSupplies.included != nil)
  }

  private func centrePurchase(_ variant: SwitchVariant, split: Bool) -> Demand? {
    var demand = Demand()
    for node in nodes {
      let place = VariantPlace(
        powerSupplies: site.requirements.spinePowerSupplies,
        outlet: site.room.racks[node].outlet, isPaired: design != .standalonePair,
        isLossless: isLossless, hasSplitPort: split)
      guard let bought = problem.purchase(variant, at: place) else { return nil }
      demand.add(bought.parts)
    }
    demand.normalise()
    return demand
  }

  /// What the central switches put into a rack.
  func centreLoad(_ variant: SwitchVariant, inRack rack: Int) -> LocalLoad {
    var load = LocalLoad()
    let units = nodes.filter { $0 == rack }.count
    if units > 0 { load.add(variant, units: units) }
    return load
  }

  /// All structures of one variant.
  private func structures(of centre: CentreVariant) -> [CentreStructure] {
    let variant = centre.variant
    let room = site.room.racks
    for node in nodes {
      guard
        centreLoad(variant, inRack: node).fits(room[node], allowsUnknown: allowsUnknown)
      else { return [] }
    }
    guard let managementRack = problem.rack(named: site.management.rack) else { return [] }
    let runs = nodes.map { Placement.run(problem, room[$0], isHost: false, to: managementRack) }
    let management = managementModes(variant, runs: runs, links: 1)
    guard !management.isEmpty else { return [] }
    var purchases: [(splitAllowed: Bool, fixed: Demand)] = []
    if let split = centre.split, let whole = centre.whole,
      split.parts.elementsEqual(whole.parts, by: ==)
    {
      purchases = [(true, whole)]
    } else {
      if let whole = centre.whole { purchases.append((false, whole)) }
      if let split = centre.split { purchases.append((true, split)) }
    }
    var found: [CentreStructure] = []
    for peer in peerChoices(variant) {
      for core in coreChoices(variant) {
        for cheapest in management {
          var use = PortUse(groups: variant.groups.count)
          if let peer = peer.links { use[native: peer.group] += peer.count }
          if let core = core.links { use[native: core.group] += core.perNode }
          if let group = cheapest.mode.group { use[native: group] += 1 }
          guard variant.fits(use, freePorts: 0) else { continue }
          let links = cheapest.linear + least(peer) + least(core)
          for purchase in purchases {
            found.append(
              CentreStructure(
                variant: variant, splitAllowed: purchase.splitAllowed, fixed: purchase.fixed,
                spares: centre.spares, peer: peer.links, core: core.links, use: use,
                peerOptions: peer.options, coreOptions: core.options,
                managementGroup: cheapest.mode.group,
                ownLeast: purchase.fixed.cost(linear) + centre.spares.more + links))
          }
        }
      }
    }
    return found
  }

  private func least(_ peer: (links: PeerLinks?, options: LinkList?)) -> Int64 {
    guard let links = peer.links, let list = peer.options else { return 0 }
    return least(RoleLinks(list: list, links: links.count)) ?? 0
  }

  private func least(_ core: (links: CoreLinks?, options: [LinkList])) -> Int64 {
    guard let links = core.links else { return 0 }
    return core.options.reduce(0) {
      $0 + (least(RoleLinks(list: $1, links: links.perNode)) ?? 0)
    }
  }

  private typealias PeerLinks = (group: Int, rate: DataRate, count: Int)

  private func peerChoices(
    _ variant: SwitchVariant
  ) -> [(links: PeerLinks?, options: LinkList?)] {
    guard design != .standalonePair else { return [(nil, nil)] }
    let room = site.room.racks
    let run = Placement.run(problem, room[nodes[0]], isHost: false, to: room[nodes[1]])
    var found: [(links: PeerLinks?, options: LinkList?)] = []
    for (index, group) in variant.groups.enumerated() {
      for rate in group.group.rates where rate >= .gigabits(10) {
        let end = end(variant, index)
        let options = solver.solutions(a: end, b: end, rate: rate, run: run)
        guard !options.isEmpty else { continue }
        let most = min(8, variant.lagLimit, group.group.count)
        guard most >= 2 else { continue }
        for count in 2...most { found.append(((index, rate, count), options)) }
      }
    }
    return found
  }

  private typealias CoreLinks = (group: Int, rate: DataRate, perNode: Int)

  /// Whether the design is hooked up to the core.
  var needsCore: Bool {
    design != .standalonePair && site.core != nil
      && (!site.traffic.tenantVLANs.isEmpty || site.traffic.backup == .viaCore)
  }

  private func coreChoices(
    _ variant: SwitchVariant
  ) -> [(links: CoreLinks?, options: [LinkList])] {
    guard needsCore, let core = site.core else { return [(nil, [])] }
    let perNode = core.uplinks / 2
    let ports = core.ports.prefix(core.uplinks)
    guard perNode >= 1, ports.count == core.uplinks, let port = ports.first,
      ports.allSatisfy({ $0.connector == port.connector && $0.rate == port.rate }),
      let connector = Connector(rawValue: port.connector), perNode <= variant.lagLimit,
      let coreRack = problem.rack(named: core.rack)
    else { return [] }
    if let wanted = site.traffic.northSouth {
      guard Int64(perNode) * port.rate.bitsPerSecond >= wanted.bitsPerSecond else { return [] }
    }
    let coreEnd = LinkEnd(
      owner: .core, part: -1, mediaClass: LinkSolver.noClass, connector: connector,
      maxOpticPower: nil)
    let runs = nodes.map {
      Placement.run(problem, site.room.racks[$0], isHost: false, to: coreRack)
    }
    var found: [(links: CoreLinks?, options: [LinkList])] = []
    for (index, group) in variant.groups.enumerated() where group.group.rates.contains(port.rate) {
      let lists = runs.map {
        solver.solutions(a: end(variant, index), b: coreEnd, rate: port.rate, run: $0)
      }
      if lists.allSatisfy({ !$0.isEmpty }) { found.append(((index, port.rate, perNode), lists)) }
    }
    return found
  }

  /// Out-of-band switches that may be bought; `[nil]` when none is wanted.
  func outOfBandOptions() -> [(part: Int?, demand: Demand)] {
    let tors = design == .spineLeaf ? 2 * racks.count : 0
    guard site.management.buySwitch else {
      if let free = site.management.freePorts, free < 2 + tors { return [] }
      return [(nil, Demand())]
    }
    var found: [(part: Int?, demand: Demand)] = []
    for (index, part) in catalog.parts.enumerated() where problem.prices.chosen[index] != nil {
      guard let spec = part.asSwitch, spec.roles.contains(.outOfBand) else { continue }
      let ports = spec.ports.filter {
        $0.connector == .rj45 && $0.rates.contains(.gigabits(1))
      }.reduce(0) { $0 + $1.count }
      guard ports >= 2 + tors else { continue }
      var demand = Demand()
      demand.add(index, 1)
      var isBuyable = true
      for need in spec.requires where need.when == .always && need.quantity > 0 {
        if let sub = problem.buyable(need.part) {
          demand.add(sub, need.quantity)
        } else {
          isBuyable = false
        }
      }
      guard isBuyable else { continue }
      demand.normalise()
      found.append((index, demand))
    }
    return found
  }
}
