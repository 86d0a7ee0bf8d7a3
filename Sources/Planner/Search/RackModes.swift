import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension SearchContext {
  /// Switches that may be ToRs, in order of key.
  func torVariants() -> [TorModel] {
    memory.tors.value(isLossless, allTorVariants)
  }

  private func allTorVariants() -> [TorModel] {
    let names = site.requirements.torModels
    return problem.variants { spec, part in
      guard spec.roles.contains(.tor), spec.uplinkTracking != .no,
        names.isEmpty || names.contains(where: { PlanProblem.isMeant(part, by: $0) })
      else { return false }
      return isWritable(spec, PlanOptions.Needs(uplinkTracking: true)) && isFit(spec)
        && (allowsUnknown || (spec.uplinkTracking == .yes && spec.maxLAGMembers != nil))
    }.map(TorModel.init)
  }

  /// The modes of a rack.
  func rackModes(_ data: RackData, _ query: RackQuery, tors: [TorModel]) -> [RackMode] {
    var list = RackModeList(query)
    if design == .spineLeaf {
      addTorModes(data, tors: tors, to: &list)
    } else {
      addDirectModes(data, to: &list)
    }
    return list.modes
  }

  /// Whether every rack's hosts fit on some ToR, uplinks aside: a quick no before the search.
  func holdsAllHosts(tors: [TorModel]) -> Bool {
    guard design == .spineLeaf else { return true }
    var known = Set<[CardKind]>()
    for data in racks where known.insert(data.kinds).inserted {
      let isHeld = tors.contains { tor in
        guard let lists = hostLists(data, on: tor.value) else { return false }
        var fits = false
        forEachCombination(lists, limit: SearchContext.unlimited) { hosts, _ in
          var use = PortUse(groups: tor.value.groups.count)
          for mode in hosts { mode.take(on: &use) }
          if tor.value.fits(use, freePorts: site.requirements.freePorts) { fits = true }
        }
        return fits
      }
      if !isHeld { return false }
    }
    return true
  }

  private typealias HostModes = [(mode: HostMode, linear: Int64)]

  /// Ways to connect each kind of card in a rack to its ToRs; `nil` when one has none.
  private func hostLists(_ data: RackData, on tor: SwitchVariant) -> [HostModes]? {
    var lists: [HostModes] = []
    for kind in data.kinds {
      let modes = hostModes(kind, on: tor, runs: [data.local], splitAllowed: true)
      guard !modes.isEmpty else { return nil }
      lists.append(modes)
    }
    return lists
  }

  // MARK: Hosts plug into the centre

  private func addDirectModes(_ data: RackData, to list: inout RackModeList) {
    let structure = list.query.structure
    let variant = structure.variant
    var lists: [HostModes] = []
    for kind in data.kinds {
      // The peer link must carry the fastest host link.
      let modes = hostModes(
        kind, on: variant, runs: data.hosts, splitAllowed: structure.splitAllowed
      ).filter { $0.mode.rate.bitsPerSecond <= structure.peerCapacity }
      guard !modes.isEmpty else { return }
      lists.append(modes)
    }
    forEachCombination(lists, limit: list.query.limit) { hosts, linear in
      var use = PortUse(groups: variant.groups.count)
      for mode in hosts { mode.take(on: &use) }
      list.add(
        RackMode(
          hosts: hosts, tor: nil,
          coupling: Coupling(use: use, peerLoad: hosts.map(\.rate.bitsPerSecond).max() ?? 0),
          now: .zero, linear: linear))
    }
  }

  // MARK: Hosts plug into ToRs

  private func addTorModes(_ data: RackData, tors: [TorModel], to list: inout RackModeList) {
    let query = list.query
    for tor in tors {
      var load = query.others
      load.add(tor.value, units: 2)
      guard load.fits(data.rack, allowsUnknown: allowsUnknown) else { continue }
      let purchases = torPurchases(tor.value, data.rack, at: query.structure)
      let base = min(
        purchases.whole?.linear ?? SearchContext.unlimited,
        purchases.split?.linear ?? SearchContext.unlimited)
      guard base <= query.limit else { continue }
      let management =
        query.managesApart ? [] : managementModes(tor.value, runs: [data.management], links: 2)
      guard query.managesApart || !management.isEmpty else { continue }
      let plan = TorPlan(
        data: data, query: query, tor: tor, purchases: purchases, management: management,
        rest: base + (management.first?.linear ?? 0))
      addModes(plan, to: &list)
    }
  }

  /// What stays the same while the modes of one ToR model are listed. A class, since it is handed
  /// on for every combination of modes and copying it would be most of the work.
  private final class TorPlan {
    let data: RackData
    let query: RackQuery
    let tor: TorModel
    let purchases: TorPurchases
    /// Empty where it is chosen apart.
    let management: [(mode: ManagementMode, linear: Int64)]
    /// Least cost of switches and management.
    let rest: Int64

    init(
      data: RackData, query: RackQuery, tor: TorModel, purchases: TorPurchases,
      management: [(mode: ManagementMode, linear: Int64)], rest: Int64
    ) {
      self.data = data
      self.query = query
      self.tor = tor
      self.purchases = purchases
      self.management = management
      self.rest = rest
    }
  }

  /// Two ToRs without and with a split port; `nil` where that cannot be bought.
  typealias TorPurchases = (whole: TorPurchase?, split: TorPurchase?)

  /// What the purchase of a ToR depends on.
  struct TorPurchaseKey: Hashable {
    var variant: String
    var outlet: String?
    var isLossless: Bool
    /// Whether the centre is of the same model.
    var isCentral: Bool
  }

  func torPurchases(
    _ tor: SwitchVariant, _ rack: Rack, at structure: CentreStructure
  ) -> TorPurchases {
    let isCentral = tor.part == structure.variant.part
    let key = TorPurchaseKey(
      variant: tor.key, outlet: rack.outlet, isLossless: isLossless, isCentral: isCentral)
    return memory.torPurchases.value(key) {
      let less = isCentral ? 2 * structure.spares.less : 0
      return (
        torPurchase(tor, rack, split: false, less: less),
        torPurchase(tor, rack, split: true, less: less)
      )
    }
  }

  private func torPurchase(
    _ tor: SwitchVariant, _ rack: Rack, split: Bool, less: Int64
  ) -> TorPurchase? {
    let place = VariantPlace(
      powerSupplies: site.requirements.torPowerSupplies, outlet: rack.outlet, isPaired: false,
      isLossless: isLossless, hasSplitPort: split)
    guard let bought = problem.purchase(tor, at: place) else { return nil }
    var demand = Demand()
    demand.add(bought.parts, times: 2)
    demand.normalise()
    return TorPurchase(demand, linear: demand.cost(linear) - less)
  }

  private func addModes(_ plan: TorPlan, to list: inout RackModeList) {
    guard let lists = hostLists(plan.data, on: plan.tor.value) else { return }
    // Whatever modes are chosen, the hosts send at least this much.
    let bits = lists.reduce(0) { $0 + ($1.map(\.mode.bits).min() ?? 0) }
    let schemes = uplinkSchemes(
      plan.tor.value, plan.query.structure.variant, runs: plan.data.uplinks,
      spineSplitAllowed: plan.query.structure.splitAllowed
    ).filter { scheme in
      let least = fewestUplinks(bits: bits, rate: scheme.rate)
      return least <= mostUplinks(plan)
        && scheme.rate.bitsPerSecond * Int64(least) <= plan.query.structure.peerCapacity
    }
    guard !schemes.isEmpty else { return }
    forEachCombination(lists, limit: plan.query.limit - plan.rest) { hosts, linear in
      var use = PortUse(groups: plan.tor.value.groups.count)
      for mode in hosts { mode.take(on: &use) }
      let side = HostSide(
        modes: hosts, linear: linear, use: use, bits: hosts.reduce(0) { $0 + $1.bits })
      for scheme in schemes { addUplinks(plan, side, scheme, to: &list) }
    }
  }

  /// One mode for each kind of card in a rack.
  private struct HostSide {
    var modes: [HostMode]
    var linear: Int64
    /// Ports that they take on each ToR.
    var use: PortUse
    /// Bits a second of one side.
    var bits: Int64
  }

  private func addUplinks(
    _ plan: TorPlan, _ hosts: HostSide, _ scheme: UplinkScheme, to list: inout RackModeList
  ) {
    let tor = plan.tor.value
    let spine = plan.query.structure.variant
    let free = site.requirements.freePorts
    let most = mostUplinks(plan)
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
        let now = Rational(hosts.bits, over: 2 * each),
        let links = self.least(scheme.roles(perNode: count))
      else { continue }
      let coupling = Coupling(use: centre, peerLoad: each)
      func add(_ management: ManagementMode?, _ linear: Int64) {
        let tor = TorMode(
          variant: plan.tor, purchase: purchase, scheme: scheme, perNode: count,
          management: management)
        list.add(
          RackMode(
            hosts: hosts.modes, tor: tor, coupling: coupling, now: now,
            linear: purchase.linear + hosts.linear + links + linear))
      }
      if plan.query.managesApart { add(nil, 0) }
      for management in plan.management {
        if let group = management.mode.group {
          var withPort = use
          withPort[native: group] += 1
          guard tor.fits(withPort, freePorts: free) else { continue }
        }
        add(management.mode, management.linear)
      }
      // More links than needed are then never free.
      if isPlain, scheme.lanes == 1 { return }
    }
  }

  /// The most links that a ToR may have to each node.
  private func mostUplinks(_ plan: TorPlan) -> Int {
    min(16, plan.tor.value.lagLimit / 2, plan.query.structure.variant.lagLimit)
  }

  /// What the least number of uplinks depends on.
  struct UplinkKey: Hashable {
    var bits: Int64
    var rate: DataRate
  }

  /// The least number of links from a ToR to each node that keeps within the ratios (M6).
  func fewestUplinks(bits: Int64, rate: DataRate) -> Int {
    let key = UplinkKey(bits: bits, rate: rate)
    let limits = site.requirements
    return memory.fewestUplinks.value(key) {
      (1...16).first { count in
        let each = rate.bitsPerSecond * Int64(count)
        guard let after = Rational(bits, over: each), let now = Rational(bits, over: 2 * each)
        else {
          return false
        }
        return now <= limits.oversubscription && after <= limits.oversubscriptionAfterFailure
      } ?? Int.max
    }
  }

  /// Calls `body` with one mode of each list, sums of linear cost up to `limit`. Lists are sorted
  /// by linear cost.
  private func forEachCombination(
    _ lists: [HostModes], limit: Int64, _ body: ([HostMode], Int64) -> Void
  ) {
    var rest = [Int64](repeating: 0, count: lists.count + 1)
    for index in lists.indices.reversed() {
      rest[index] = rest[index + 1] + (lists[index].first?.linear ?? 0)
    }
    var chosen: [HostMode] = []
    func descend(_ depth: Int, _ linear: Int64) {
      guard depth < lists.count else {
        body(chosen, linear)
        return
      }
      for option in lists[depth] {
        guard linear + option.linear + rest[depth + 1] <= limit else { break }
        chosen.append(option.mode)
        descend(depth + 1, linear + option.linear)
        chosen.removeLast()
      }
    }
    descend(0, 0)
  }
}
