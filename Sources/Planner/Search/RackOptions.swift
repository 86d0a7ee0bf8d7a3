import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// One complete choice for a rack.
struct RackOption {
  var choice: RackChoice
  var demand: Demand
  /// Ports taken on each central switch.
  var centreUse: PortUse
  var now: Rational
  /// Lower bound of its cost in 1/1024 minor units.
  var linear: Int64
  var key: [String]
}

/// Which rack options are wanted.
enum RackWish {
  /// One cheapest for each use of the centre's ports, up to a linear cost; `fewestUplinks` leaves
  /// out numbers of uplinks that only take more ports at more cost.
  case modes(limit: Int64, fewestUplinks: Bool)
  /// All up to a linear cost that depends on the use of the centre's ports; `slack` is the largest
  /// of the distances from the cheapest option with the same use.
  case within([PortUse: Int64], slack: Int64)
}

/// What is asked of a rack.
struct RackQuery {
  var structure: CentreStructure
  /// What the centre, and the out-of-band switch, put into this rack.
  var others: LocalLoad
  var wish: RackWish
  /// Whether management is chosen in a slot of its own.
  var managesApart: Bool

  /// Slack for the solutions of one role; negative for one cheapest.
  var slack: Int64 {
    switch wish {
    case .modes: -1
    case .within(_, let slack): slack
    }
  }

  /// Linear cost that no option may exceed.
  var limit: Int64 {
    switch wish {
    case .modes(let limit, _): limit
    case .within(let limits, _): limits.values.max() ?? -1
    }
  }

  /// Linear cost that no option with a use may exceed.
  func limit(for use: PortUse) -> Int64 {
    switch wish {
    case .modes(let limit, _): limit
    case .within(let limits, _): limits[use] ?? -1
    }
  }

  var fewestUplinks: Bool {
    if case .modes(_, let fewest) = wish { fewest } else { false }
  }
}

/// Options as they are found; with `modes` only the cheapest for each use is kept.
struct RackOptionList {
  let query: RackQuery
  private(set) var options: [RackOption] = []
  private var known: [PortUse: Int] = [:]

  init(_ query: RackQuery) { self.query = query }

  /// Linear cost above which an option with a use is of no interest.
  func limit(for use: PortUse) -> Int64 {
    if case .modes = query.wish, let at = known[use] { return options[at].linear - 1 }
    return query.limit(for: use)
  }

  mutating func add(_ option: RackOption) {
    guard option.linear <= limit(for: option.centreUse) else { return }
    if case .modes = query.wish {
      if let at = known[option.centreUse] {
        options[at] = option
        return
      }
      known[option.centreUse] = options.count
    }
    options.append(option)
  }
}

extension SearchContext {
  /// Switches that may be ToRs, with what two of them cost in a rack, cheapest first.
  func torVariants() -> [SwitchVariant] {
    let names = site.requirements.torModels
    return problem.variants { spec, part in
      guard spec.roles.contains(.tor), spec.uplinkTracking != .no,
        names.isEmpty || names.contains(where: { PlanProblem.isMeant(part, by: $0) })
      else { return false }
      return isWritable(spec, paired: false) && isFit(spec)
        && (allowsUnknown || (spec.uplinkTracking == .yes && spec.maxLAGMembers != nil))
    }
  }

  /// The options of a rack.
  func rackOptions(_ data: RackData, _ query: RackQuery, tors: [SwitchVariant]) -> [RackOption] {
    var list = RackOptionList(query)
    if design == .spineLeaf {
      addTorOptions(data, tors: tors, to: &list)
    } else {
      addDirectOptions(data, to: &list)
    }
    return list.options
  }

  /// Whether every rack's hosts fit on some ToR, uplinks aside: a quick no before the search.
  func holdsAllHosts(tors: [SwitchVariant]) -> Bool {
    guard design == .spineLeaf else { return true }
    var known = Set<[CardKind]>()
    for data in racks where known.insert(data.kinds).inserted {
      let isHeld = tors.contains { tor in
        let lists = data.kinds.map { kind in
          hostOptions(kind, on: tor, runs: [data.local], splitAllowed: true, slack: -1)
        }
        var fits = false
        if lists.allSatisfy({ !$0.isEmpty }) {
          forEachCombination(lists, limit: SearchContext.unlimited) { hosts, _ in
            var use = PortUse(groups: tor.groups.count)
            for option in hosts { take(option, on: &use) }
            if tor.fits(use, freePorts: site.requirements.freePorts) { fits = true }
          }
        }
        return fits
      }
      if !isHeld { return false }
    }
    return true
  }

  // MARK: Hosts plug into the centre

  private func addDirectOptions(_ data: RackData, to list: inout RackOptionList) {
    let query = list.query
    let variant = query.structure.variant
    // The peer link must carry the fastest host link.
    let fastest = query.structure.peer.map { $0.rate.bitsPerSecond * Int64($0.count) } ?? .max
    var lists: [[HostOption]] = []
    for kind in data.kinds {
      let options = hostOptions(
        kind, on: variant, runs: data.hosts, splitAllowed: query.structure.splitAllowed,
        slack: query.slack
      ).filter { $0.choice.rate.bitsPerSecond <= fastest }
      guard !options.isEmpty else { return }
      lists.append(options)
    }
    forEachCombination(lists, limit: query.limit) { hosts, linear in
      var use = PortUse(groups: variant.groups.count)
      for option in hosts { take(option, on: &use) }
      guard linear <= list.limit(for: use) else { return }
      var demand = Demand()
      for (kind, option) in zip(data.kinds, hosts) {
        demand.add(option.choice.solution1, links: kind.links)
        demand.add(option.choice.solution2, links: kind.links)
      }
      demand.normalise()
      list.add(
        RackOption(
          choice: RackChoice(
            rack: data.hostRack, tor: nil, hosts: hosts.map(\.choice), uplink: nil,
            management: nil),
          demand: demand, centreUse: use, now: .zero, linear: linear,
          key: ["-"] + hosts.map { key($0.choice, on: variant, shared: false) } + ["-", "-"]))
    }
  }

  // MARK: Hosts plug into ToRs

  private func addTorOptions(
    _ data: RackData, tors: [SwitchVariant], to list: inout RackOptionList
  ) {
    let query = list.query
    for tor in tors {
      var load = query.others
      load.add(tor, units: 2)
      guard load.fits(data.rack, allowsUnknown: allowsUnknown) else { continue }
      let purchases = [false, true].map { torPurchase(tor, data.rack, split: $0) }
      guard let base = purchases.compactMap({ $0?.linear }).min(), base <= query.limit else {
        continue
      }
      let management =
        query.managesApart
        ? [ManagementOption.apart]
        : managementOptions(tor, runs: [data.management], links: 2, slack: query.slack)
      guard let cheapest = management.first?.linear else { continue }
      let plan = TorPlan(
        data: data, query: query, tor: tor, purchases: purchases, management: management,
        rest: base + cheapest)
      addOptions(plan, to: &list)
    }
  }

  /// What stays the same while the options of one ToR model are listed.
  private struct TorPlan {
    var data: RackData
    var query: RackQuery
    var tor: SwitchVariant
    /// Without and with a split port.
    var purchases: [(demand: Demand, linear: Int64)?]
    var management: [ManagementOption]
    /// Least cost of switches and management.
    var rest: Int64
  }

  private func torPurchase(
    _ tor: SwitchVariant, _ rack: Rack, split: Bool
  ) -> (demand: Demand, linear: Int64)? {
    let place = VariantPlace(
      powerSupplies: site.requirements.torPowerSupplies, outlet: rack.outlet, isPaired: false,
      isLossless: isLossless, hasSplitPort: split)
    guard let bought = problem.purchase(tor, at: place) else { return nil }
    var demand = Demand()
    demand.add(bought.parts, times: 2)
    demand.normalise()
    return (demand, demand.parts.reduce(0) { $0 + linear[$1.part] * Int64($1.count) })
  }

  private func addOptions(_ plan: TorPlan, to list: inout RackOptionList) {
    var lists: [[HostOption]] = []
    for kind in plan.data.kinds {
      let options = hostOptions(
        kind, on: plan.tor, runs: [plan.data.local], splitAllowed: true, slack: plan.query.slack)
      guard !options.isEmpty else { return }
      lists.append(options)
    }
    let schemes = uplinkSchemes(
      plan.tor, plan.query.structure.variant, runs: plan.data.uplinks,
      spineSplitAllowed: plan.query.structure.splitAllowed, slack: plan.query.slack)
    guard !schemes.isEmpty else { return }
    forEachCombination(lists, limit: plan.query.limit - plan.rest) { hosts, hostLinear in
      for scheme in schemes { addUplinks(plan, hosts, hostLinear, scheme, to: &list) }
    }
  }

  private func addUplinks(
    _ plan: TorPlan, _ hosts: [HostOption], _ hostLinear: Int64, _ scheme: UplinkScheme,
    to list: inout RackOptionList
  ) {
    let tor = plan.tor
    let spine = plan.query.structure.variant
    let most = min(16, tor.lagLimit / 2, spine.lagLimit)
    guard most >= 1 else { return }
    let bits = hosts.reduce(Int64(0)) { $0 + $1.bits }
    for count in 1...most {
      let each = scheme.rate.bitsPerSecond * Int64(count)
      guard let after = Rational(bits, over: each), let now = Rational(bits, over: 2 * each),
        now <= site.requirements.oversubscription,
        after <= site.requirements.oversubscriptionAfterFailure
      else { continue }
      if let peer = plan.query.structure.peer,
        peer.rate.bitsPerSecond * Int64(peer.count) < each
      {
        return
      }
      var use = PortUse(groups: tor.groups.count)
      for option in hosts { take(option, on: &use) }
      var centre = PortUse(groups: spine.groups.count)
      let cables = (count + scheme.lanes - 1) / scheme.lanes
      switch scheme.mode {
      case .direct:
        use.native[scheme.torGroup] += 2 * count
        centre.native[scheme.spineGroup] += 2 * count
      case .splitSpine:
        use.native[scheme.torGroup] += 2 * count
        centre.split[scheme.spineGroup] += 2 * cables
      case .splitToR:
        use.split[scheme.torGroup] += 2 * cables
        centre.native[scheme.spineGroup] += 2 * count
      }
      guard tor.fits(use, freePorts: site.requirements.freePorts) else { return }
      let isSplit = use.split.contains { $0 > 0 }
      guard let purchase = plan.purchases[isSplit ? 1 : 0] else { continue }
      let fixed = purchase.linear + hostLinear
      let limit = list.limit(for: centre)
      let isFeasible = plan.management.contains { option in
        guard let group = option.choice?.group else { return true }
        var withPort = use
        withPort.native[group] += 1
        return tor.fits(withPort, freePorts: site.requirements.freePorts)
      }
      for first in scheme.towards1 {
        let linear1 = fixed + 2 * linearCost(first, links: count)
        guard linear1 <= limit else { break }
        for second in scheme.towards2 {
          let linear2 = linear1 + 2 * linearCost(second, links: count)
          guard linear2 <= limit else { break }
          for management in plan.management where linear2 + management.linear <= limit {
            if let group = management.choice?.group {
              var withPort = use
              withPort.native[group] += 1
              guard tor.fits(withPort, freePorts: site.requirements.freePorts) else { continue }
            }
            let linear = linear2 + management.linear
            let uplink = UplinkChoice(
              mode: scheme.mode, torGroup: scheme.torGroup, spineGroup: scheme.spineGroup,
              rate: scheme.rate, perNode: count, solution1: first, solution2: second)
            list.add(
              option(plan, hosts, uplink, management, purchase.demand, centre, now, linear))
          }
        }
      }
      if isFeasible, plan.query.fewestUplinks || (isPlain && scheme.lanes == 1) { return }
    }
  }

  private func option(
    _ plan: TorPlan, _ hosts: [HostOption], _ uplink: UplinkChoice,
    _ management: ManagementOption, _ switches: Demand, _ centre: PortUse, _ now: Rational,
    _ linear: Int64
  ) -> RackOption {
    var demand = switches
    for (kind, option) in zip(plan.data.kinds, hosts) {
      demand.add(option.choice.solution1, links: kind.links, times: 2)
    }
    demand.add(uplink.solution1, links: uplink.perNode, times: 2)
    demand.add(uplink.solution2, links: uplink.perNode, times: 2)
    if let managed = management.choice { demand.add(managed.solution1, links: 2) }
    demand.normalise()
    let tor = plan.tor.groups[uplink.torGroup].id
    let spine = plan.query.structure.variant.groups[uplink.spineGroup].id
    let key =
      "\(uplink.mode.rawValue):\(tor):\(spine):"
      + "\(SearchContext.digits(uplink.rate.wholeGigabits)):"
      + "\(SearchContext.digits(uplink.perNode)):\(uplink.solution1.key):\(uplink.solution2.key)"
    return RackOption(
      choice: RackChoice(
        rack: plan.data.hostRack, tor: plan.tor, hosts: hosts.map(\.choice), uplink: uplink,
        management: management.choice),
      demand: demand, centreUse: centre, now: now, linear: linear,
      key: [plan.tor.key] + hosts.map { self.key($0.choice, on: plan.tor, shared: true) }
        + (management.choice == nil ? [key] : [key, management.key]))
  }

  private func take(_ option: HostOption, on use: inout PortUse) {
    if option.choice.isSplit {
      use.split[option.choice.group] += option.ports
    } else {
      use.native[option.choice.group] += option.ports
      use.hosts[option.choice.group] += option.ports
    }
  }

  /// Calls `body` with one option of each list, sums of linear cost up to `limit`. Lists are
  /// sorted by linear cost.
  private func forEachCombination(
    _ lists: [[HostOption]], limit: Int64, _ body: ([HostOption], Int64) -> Void
  ) {
    let least = lists.map { $0.first?.linear ?? 0 }
    func descend(_ depth: Int, _ chosen: [HostOption], _ linear: Int64) {
      guard depth < lists.count else {
        body(chosen, linear)
        return
      }
      let rest = least[(depth + 1)...].reduce(0, +)
      for option in lists[depth] {
        guard linear + option.linear + rest <= limit else { break }
        descend(depth + 1, chosen + [option], linear + option.linear)
      }
    }
    descend(0, [], 0)
  }
}
