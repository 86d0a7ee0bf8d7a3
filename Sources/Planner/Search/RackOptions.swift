import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension SearchContext {
  /// Switches that may be ToRs, in order of key.
  func torVariants() -> [TorModel] {
    let names = site.requirements.torModels
    return problem.variants { spec, part in
      guard spec.roles.contains(.tor), spec.uplinkTracking != .no,
        names.isEmpty || names.contains(where: { PlanProblem.isMeant(part, by: $0) })
      else { return false }
      return isWritable(spec, paired: false) && isFit(spec)
        && (allowsUnknown || (spec.uplinkTracking == .yes && spec.maxLAGMembers != nil))
    }.map(TorModel.init)
  }

  /// The options of a rack.
  func rackOptions(_ data: RackData, _ query: RackQuery, tors: [TorModel]) -> [RackOption] {
    var list = RackOptionList(query)
    if design == .spineLeaf {
      addTorOptions(data, tors: tors, to: &list)
    } else {
      addDirectOptions(data, to: &list)
    }
    return list.options
  }

  /// Whether every rack's hosts fit on some ToR, uplinks aside: a quick no before the search.
  func holdsAllHosts(tors: [TorModel]) -> Bool {
    guard design == .spineLeaf else { return true }
    var known = Set<[CardKind]>()
    for data in racks where known.insert(data.kinds).inserted {
      let isHeld = tors.contains { tor in
        guard let lists = hostLists(data, on: tor.value, slack: -1) else { return false }
        var fits = false
        forEachCombination(lists, limit: SearchContext.unlimited) { hosts, _ in
          var use = PortUse(groups: tor.value.groups.count)
          for option in hosts { option.mode.take(on: &use) }
          if tor.value.fits(use, freePorts: site.requirements.freePorts) { fits = true }
        }
        return fits
      }
      if !isHeld { return false }
    }
    return true
  }

  /// Ways to connect each kind of card in a rack to its ToRs; `nil` when one has none.
  private func hostLists(
    _ data: RackData, on tor: SwitchVariant, slack: Int64
  ) -> [[HostOption]]? {
    var lists: [[HostOption]] = []
    for kind in data.kinds {
      let options = hostOptions(
        kind, on: tor, runs: [data.local], splitAllowed: true, slack: slack)
      guard !options.isEmpty else { return nil }
      lists.append(options)
    }
    return lists
  }

  // MARK: Hosts plug into the centre

  private func addDirectOptions(_ data: RackData, to list: inout RackOptionList) {
    let query = list.query
    let variant = query.structure.variant
    var lists: [[HostOption]] = []
    for kind in data.kinds {
      // The peer link must carry the fastest host link.
      let options = hostOptions(
        kind, on: variant, runs: data.hosts, splitAllowed: query.structure.splitAllowed,
        slack: query.slack
      ).filter { $0.mode.rate.bitsPerSecond <= query.structure.peerCapacity }
      guard !options.isEmpty else { return }
      lists.append(options)
    }
    forEachCombination(lists, limit: query.limit) { hosts, linear in
      var use = PortUse(groups: variant.groups.count)
      for option in hosts { option.mode.take(on: &use) }
      list.add(
        RackOption(
          hosts: hosts, tor: nil,
          coupling: Coupling(
            use: use, peerLoad: hosts.map(\.mode.rate.bitsPerSecond).max() ?? 0),
          now: .zero, linear: linear))
    }
  }

  // MARK: Hosts plug into ToRs

  private func addTorOptions(
    _ data: RackData, tors: [TorModel], to list: inout RackOptionList
  ) {
    let query = list.query
    for tor in tors {
      var load = query.others
      load.add(tor.value, units: 2)
      guard load.fits(data.rack, allowsUnknown: allowsUnknown) else { continue }
      let purchases = torPurchases(tor.value, data.rack)
      let base = min(
        purchases.whole?.linear ?? SearchContext.unlimited,
        purchases.split?.linear ?? SearchContext.unlimited)
      guard base <= query.limit else { continue }
      let management =
        query.managesApart
        ? [] : managementOptions(tor.value, runs: [data.management], links: 2, slack: query.slack)
      guard query.managesApart || !management.isEmpty else { continue }
      let plan = TorPlan(
        data: data, query: query, tor: tor, purchases: purchases, management: management,
        rest: base + (management.first?.linear ?? 0))
      addOptions(plan, to: &list)
    }
  }

  /// What stays the same while the options of one ToR model are listed.
  private struct TorPlan {
    var data: RackData
    var query: RackQuery
    var tor: TorModel
    var purchases: TorPurchases
    /// Empty where it is chosen in a slot of its own.
    var management: [ManagementOption]
    /// Least cost of switches and management.
    var rest: Int64
  }

  /// Two ToRs without and with a split port; `nil` where that cannot be bought.
  typealias TorPurchases = (whole: TorPurchase?, split: TorPurchase?)

  /// What the purchase of a ToR depends on.
  struct TorPurchaseKey: Hashable {
    var variant: String
    var outlet: String?
  }

  private func torPurchases(_ tor: SwitchVariant, _ rack: Rack) -> TorPurchases {
    let key = TorPurchaseKey(variant: tor.key, outlet: rack.outlet)
    if let known = torPurchases[key] { return known }
    let found = (torPurchase(tor, rack, split: false), torPurchase(tor, rack, split: true))
    torPurchases[key] = found
    return found
  }

  private func torPurchase(_ tor: SwitchVariant, _ rack: Rack, split: Bool) -> TorPurchase? {
    let place = VariantPlace(
      powerSupplies: site.requirements.torPowerSupplies, outlet: rack.outlet, isPaired: false,
      isLossless: isLossless, hasSplitPort: split)
    guard let bought = problem.purchase(tor, at: place) else { return nil }
    var demand = Demand()
    demand.add(bought.parts, times: 2)
    demand.normalise()
    return TorPurchase(
      demand, linear: demand.parts.reduce(0) { $0 + linear[$1.part] * Int64($1.count) })
  }

  private func addOptions(_ plan: TorPlan, to list: inout RackOptionList) {
    guard let lists = hostLists(plan.data, on: plan.tor.value, slack: plan.query.slack) else {
      return
    }
    let schemes = uplinkSchemes(
      plan.tor.value, plan.query.structure.variant, runs: plan.data.uplinks,
      spineSplitAllowed: plan.query.structure.splitAllowed)
    guard !schemes.isEmpty else { return }
    forEachCombination(lists, limit: plan.query.limit - plan.rest) { hosts, linear in
      var use = PortUse(groups: plan.tor.value.groups.count)
      for option in hosts { option.mode.take(on: &use) }
      let side = HostSide(
        options: hosts, linear: linear, use: use, bits: hosts.reduce(0) { $0 + $1.mode.bits })
      for scheme in schemes { addUplinks(plan, side, scheme, to: &list) }
    }
  }

  /// One option for each kind of card in a rack.
  private struct HostSide {
    var options: [HostOption]
    var linear: Int64
    /// Ports that they take on each ToR.
    var use: PortUse
    /// Bits a second of one side.
    var bits: Int64
  }

  private func addUplinks(
    _ plan: TorPlan, _ hosts: HostSide, _ scheme: UplinkScheme, to list: inout RackOptionList
  ) {
    let tor = plan.tor.value
    let spine = plan.query.structure.variant
    let free = site.requirements.freePorts
    let most = min(16, tor.lagLimit / 2, spine.lagLimit)
    let least = fewestUplinks(bits: hosts.bits, rate: scheme.rate)
    guard least <= most else { return }
    for count in least...most {
      let each = scheme.rate.bitsPerSecond * Int64(count)
      guard each <= plan.query.structure.peerCapacity else { return }
      var use = hosts.use
      var centre = PortUse(groups: spine.groups.count)
      let cables = (count + scheme.lanes - 1) / scheme.lanes
      switch scheme.mode {
      case .direct:
        use[native: scheme.torGroup] += 2 * count
        centre[native: scheme.spineGroup] += 2 * count
      case .splitSpine:
        use[native: scheme.torGroup] += 2 * count
        centre[split: scheme.spineGroup] += 2 * cables
      case .splitToR:
        use[split: scheme.torGroup] += 2 * cables
        centre[native: scheme.spineGroup] += 2 * count
      }
      guard tor.fits(use, freePorts: free) else { return }
      guard let purchase = use.hasSplit ? plan.purchases.split : plan.purchases.whole,
        let now = Rational(hosts.bits, over: 2 * each)
      else { continue }
      // `nil` stands for management that is chosen apart or has a port of its own.
      let management = plan.management.filter { option in
        guard let group = option.group else { return true }
        var withPort = use
        withPort[native: group] += 1
        return tor.fits(withPort, freePorts: free)
      }
      guard plan.query.managesApart || !management.isEmpty else { continue }
      let whole = TorUplinks(
        scheme: scheme, perNode: count, purchase: purchase, management: management,
        coupling: Coupling(use: centre, peerLoad: each), now: now)
      addSolutions(plan, hosts, whole, to: &list)
      // More links than needed are then never free.
      if isPlain, scheme.lanes == 1 { return }
    }
  }

  /// The least number of links from a ToR to each node that keeps within the ratios (M6).
  private func fewestUplinks(bits: Int64, rate: DataRate) -> Int {
    let limits = site.requirements
    return (1...16).first { count in
      let each = rate.bitsPerSecond * Int64(count)
      guard let after = Rational(bits, over: each), let now = Rational(bits, over: 2 * each) else {
        return false
      }
      return now <= limits.oversubscription && after <= limits.oversubscriptionAfterFailure
    } ?? Int.max
  }

  /// Uplinks of a rack but their solutions.
  private struct TorUplinks {
    var scheme: UplinkScheme
    var perNode: Int
    var purchase: TorPurchase
    var management: [ManagementOption]
    var coupling: Coupling
    var now: Rational
  }

  private func addSolutions(
    _ plan: TorPlan, _ hosts: HostSide, _ uplinks: TorUplinks, to list: inout RackOptionList
  ) {
    let slack = plan.query.slack
    let (scheme, count) = (uplinks.scheme, uplinks.perNode)
    let limit = list.limit(for: uplinks.coupling)
    let fixed = uplinks.purchase.linear + hosts.linear
    let leastManagement = uplinks.management.first?.linear ?? 0
    guard fixed + leastManagement <= limit else { return }
    let towards1 = costed(scheme.towards1, links: count, times: 2, slack: slack)
    let towards2 = costed(scheme.towards2, links: count, times: 2, slack: slack)
    guard let least2 = towards2.first?.linear else { return }
    for first in towards1 {
      guard fixed + first.linear + least2 + leastManagement <= limit else { break }
      for second in towards2 {
        let linear = fixed + first.linear + second.linear
        guard linear + leastManagement <= limit else { break }
        func add(_ management: ManagementOption?) {
          list.add(
            RackOption(
              hosts: hosts.options,
              tor: TorLinks(
                variant: plan.tor, purchase: uplinks.purchase, scheme: scheme, perNode: count,
                first: first, second: second, management: management),
              coupling: uplinks.coupling, now: uplinks.now,
              linear: linear + (management?.linear ?? 0)))
        }
        if uplinks.management.isEmpty { add(nil) }
        for management in uplinks.management where linear + management.linear <= limit {
          add(management)
          // Options come cheapest first.
          if slack < 0 { break }
        }
      }
    }
  }

  /// Calls `body` with one option of each list, sums of linear cost up to `limit`. Lists are
  /// sorted by linear cost.
  private func forEachCombination(
    _ lists: [[HostOption]], limit: Int64, _ body: ([HostOption], Int64) -> Void
  ) {
    var rest = [Int64](repeating: 0, count: lists.count + 1)
    for index in lists.indices.reversed() {
      rest[index] = rest[index + 1] + (lists[index].first?.linear ?? 0)
    }
    var chosen: [HostOption] = []
    func descend(_ depth: Int, _ linear: Int64) {
      guard depth < lists.count else {
        body(chosen, linear)
        return
      }
      for option in lists[depth] {
        guard linear + option.linear + rest[depth + 1] <= limit else { break }
        chosen.append(option)
        descend(depth + 1, linear + option.linear)
        chosen.removeLast()
      }
    }
    descend(0, 0)
  }
}
