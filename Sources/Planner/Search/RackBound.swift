import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension SearchContext {
  /// A lower bound of the linear cost of all racks at a centre, whatever ports there are, in 1/1024
  /// minor units; `nil` when a rack has no ToR whose links can be found.
  ///
  /// What hosts cost on each ToR model and what each model costs with its uplinks are known apart
  /// for all choices of cards with a kind of card or a rate in common, so that most choices are
  /// refuted without a look at the modes of their racks.
  func rackBound(
    _ structure: CentreStructure, tors: [TorModel], managesApart: Bool
  ) -> Int64? {
    guard design == .spineLeaf else { return directBound(structure.variant) }
    var sum: Int64 = 0
    for data in racks {
      var hosts = [Int64](repeating: 0, count: tors.count)
      for kind in data.kinds {
        let costs = hostCosts(kind, data.local, tors)
        for index in hosts.indices { hosts[index] += costs[index] }
      }
      let costs = torCosts(data, structure, tors, managesApart: managesApart)
      let least = zip(hosts, costs).map { $0 + $1 }.min() ?? SearchContext.impossible
      guard least < SearchContext.impossible else { return nil }
      sum += least
    }
    return sum
  }

  /// The same where hosts plug into the centre.
  private func directBound(_ variant: SwitchVariant) -> Int64? {
    var sum: Int64 = 0
    for data in racks {
      for kind in data.kinds {
        let modes = hostModes(kind, on: variant, runs: data.hosts, splitAllowed: true)
        guard let least = modes.first?.linear else { return nil }
        sum += least
      }
    }
    return sum
  }

  /// Cost of what cannot be; sums of some stay in range.
  private static let impossible = Int64.max / 64

  /// What the least cost of hosts depends on.
  struct HostCostKey: Hashable {
    var kind: CardKind
    var run: LinkRun
    var isLossless: Bool
  }

  /// By ToR model the least cost of the links of one kind of card.
  private func hostCosts(_ kind: CardKind, _ run: LinkRun, _ tors: [TorModel]) -> [Int64] {
    let key = HostCostKey(kind: kind, run: run, isLossless: isLossless)
    return memory.hostCosts.value(key) {
      tors.map { tor in
        hostModes(kind, on: tor.value, runs: [run], splitAllowed: true).first?.linear
          ?? SearchContext.impossible
      }
    }
  }

  /// What the least cost of ToRs with their uplinks depends on.
  struct TorCostKey: Hashable {
    var spine: String
    var uplinks: [LinkRun]
    var management: LinkRun?
    var outlet: String?
    var isLossless: Bool
    var bits: Int64
  }

  /// By ToR model the least cost of two of them in a rack, with their uplinks and, where it is not
  /// chosen apart, their management.
  private func torCosts(
    _ data: RackData, _ structure: CentreStructure, _ tors: [TorModel], managesApart: Bool
  ) -> [Int64] {
    let key = TorCostKey(
      spine: structure.variant.key, uplinks: data.uplinks,
      management: managesApart ? nil : data.management,
      outlet: data.rack.outlet, isLossless: isLossless, bits: leastBits(data))
    return memory.torCosts.value(key) {
      tors.map { tor in
        torCost(data, tor.value, structure, bits: key.bits, managesApart: managesApart)
          ?? SearchContext.impossible
      }
    }
  }

  private func torCost(
    _ data: RackData, _ tor: SwitchVariant, _ structure: CentreStructure, bits: Int64,
    managesApart: Bool
  ) -> Int64? {
    let purchases = torPurchases(tor, data.rack, at: structure)
    let uplinks = uplinkSchemes(
      tor, structure.variant, runs: data.uplinks, spineSplitAllowed: true
    ).compactMap { scheme -> Int64? in
      let count = fewestUplinks(bits: bits, rate: scheme.rate)
      guard count < Int.max else { return nil }
      // Breakout cables serve several links: more links need not cost more.
      return least(scheme.roles(perNode: scheme.lanes > 1 ? 1 : count))
    }.min()
    guard let uplinks,
      let bought = [purchases.whole?.linear, purchases.split?.linear].compactMap({ $0 }).min()
    else { return nil }
    guard !managesApart else { return bought + uplinks }
    let management = managementModes(tor, runs: [data.management], links: 2).first?.linear
    return management.map { bought + uplinks + $0 }
  }

  /// Bits a second of one side of a rack at the least: every card at its slowest rate.
  private func leastBits(_ data: RackData) -> Int64 {
    data.kinds.reduce(0) { sum, kind in
      let slowest = kind.rates.lazy.filter { $0 >= .gigabits(10) }.map(\.bitsPerSecond).min()
      return sum + Int64(kind.links) * (slowest ?? 0)
    }
  }
}
