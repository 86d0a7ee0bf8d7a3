import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// A group of a switch, whole or split, to which the hosts of one kind of card are connected.
final class HostMode: Sendable {
  /// Part index of the card.
  let card: Int
  let group: Int
  let rate: DataRate
  let isSplit: Bool
  /// Links of one side.
  let links: Int
  /// Native ports, or split ports, taken on each switch.
  let ports: Int
  /// One role where both sides share the solution, else one for each side.
  let roles: [RoleLinks]

  init(_ kind: CardKind, group: Int, rate: DataRate, lanes: Int?, lists: [LinkList]) {
    card = kind.part
    self.group = group
    self.rate = rate
    isSplit = lanes != nil
    links = kind.links
    ports = (kind.links + (lanes ?? 1) - 1) / (lanes ?? 1)
    roles = lists.map { RoleLinks(list: $0, links: kind.links, times: lists.count == 1 ? 2 : 1) }
  }

  /// Bits a second of one side.
  var bits: Int64 { Int64(links) * rate.bitsPerSecond }

  /// Adds the ports that it takes on one switch.
  func take(on use: inout PortUse) {
    if isSplit {
      use[split: group] += ports
    } else {
      use[native: group] += ports
      use[hosts: group] += ports
    }
  }
}

/// A way to run uplinks, with the solutions towards each node.
final class UplinkScheme: Sendable {
  let mode: UplinkMode
  let torGroup: Int
  let spineGroup: Int
  let rate: DataRate
  /// Links of one cable.
  let lanes: Int
  let towards1: LinkList
  let towards2: LinkList

  init(
    mode: UplinkMode, torGroup: Int, spineGroup: Int, rate: DataRate, lanes: Int,
    towards1: LinkList, towards2: LinkList
  ) {
    self.mode = mode
    self.torGroup = torGroup
    self.spineGroup = spineGroup
    self.rate = rate
    self.lanes = lanes
    self.towards1 = towards1
    self.towards2 = towards2
  }

  /// Links from both ToRs to node 1, and to node 2.
  func roles(perNode: Int) -> [RoleLinks] {
    [towards1, towards2].map { RoleLinks(list: $0, links: perNode, times: 2) }
  }
}

/// A way to manage switches.
final class ManagementMode: Sendable {
  /// Index of the group whose port serves; `nil` for the out-of-band port.
  let group: Int?
  /// One for the two switches of a rack, which share the solution, else one for each switch.
  let roles: [RoleLinks]

  init(group: Int?, roles: [RoleLinks]) {
    self.group = group
    self.roles = roles
  }
}

extension SearchContext {
  /// Ways to connect one kind of card to a switch, with their least linear cost, cheapest first;
  /// with ToRs both sides share the solution.
  func hostModes(
    _ kind: CardKind, on variant: SwitchVariant, runs: [LinkRun], splitAllowed: Bool
  ) -> [(mode: HostMode, linear: Int64)] {
    modes(kind, on: variant, runs: runs).compactMap { mode in
      guard splitAllowed || !mode.isSplit, let linear = least(mode.roles) else { return nil }
      return (mode, linear)
    }.sorted { $0.linear < $1.linear }
  }

  /// What the modes of a kind of card depend on.
  struct HostModeKey: Hashable {
    var variant: String
    var kind: CardKind
    var runs: [LinkRun]
  }

  private func modes(
    _ kind: CardKind, on variant: SwitchVariant, runs: [LinkRun]
  ) -> [HostMode] {
    let key = HostModeKey(variant: variant.key, kind: kind, runs: runs)
    return memory.hostModes.value(key) { allModes(kind, on: variant, runs: runs) }
  }

  private func allModes(
    _ kind: CardKind, on variant: SwitchVariant, runs: [LinkRun]
  ) -> [HostMode] {
    var modes: [HostMode] = []
    func add(_ group: Int, _ rate: DataRate, lanes: Int?) {
      let end = end(variant, group, split: lanes != nil)
      let lists = runs.map { solver.solutions(a: end, b: kind.end, rate: rate, run: $0) }
      guard lists.allSatisfy({ !$0.isEmpty }) else { return }
      modes.append(HostMode(kind, group: group, rate: rate, lanes: lanes, lists: lists))
    }
    for (index, group) in variant.groups.enumerated() {
      let native = kind.rates.last { group.group.rates.contains($0) && $0 >= .gigabits(10) }
      if let rate = native { add(index, rate, lanes: nil) }
      if let split = group.group.split, split.laneRate >= .gigabits(10),
        kind.rates.contains(split.laneRate)
      {
        add(index, split.laneRate, lanes: split.lanes)
      }
    }
    return modes
  }

  /// What the uplink schemes of two variants depend on.
  struct SchemeKey: Hashable {
    var tor: String
    var spine: String
    var runs: [LinkRun]
  }

  /// All ways to run uplinks between a ToR and a spine that have a solution to both nodes.
  func uplinkSchemes(
    _ tor: SwitchVariant, _ spine: SwitchVariant, runs: [LinkRun], spineSplitAllowed: Bool
  ) -> [UplinkScheme] {
    let key = SchemeKey(tor: tor.key, spine: spine.key, runs: runs)
    let all = memory.schemes.value(key) { allSchemes(tor, spine, runs: runs) }
    return spineSplitAllowed ? all : all.filter { $0.mode != .splitSpine }
  }

  private func allSchemes(
    _ tor: SwitchVariant, _ spine: SwitchVariant, runs: [LinkRun]
  ) -> [UplinkScheme] {
    var schemes: [UplinkScheme] = []
    func add(_ mode: UplinkMode, _ torGroup: Int, _ spineGroup: Int, _ rate: DataRate) {
      let a = end(tor, torGroup, split: mode == .splitToR)
      let b = end(spine, spineGroup, split: mode == .splitSpine)
      let towards1 = solver.solutions(a: a, b: b, rate: rate, run: runs[0])
      let towards2 = solver.solutions(a: a, b: b, rate: rate, run: runs[1])
      guard !towards1.isEmpty, !towards2.isEmpty else { return }
      schemes.append(
        UplinkScheme(
          mode: mode, torGroup: torGroup, spineGroup: spineGroup, rate: rate,
          lanes: max(a.lanes, b.lanes), towards1: towards1, towards2: towards2))
    }
    for (torIndex, torGroup) in tor.groups.enumerated() {
      for (spineIndex, spineGroup) in spine.groups.enumerated() {
        for rate in torGroup.group.rates
        where rate >= .gigabits(10) && spineGroup.group.rates.contains(rate) {
          add(.direct, torIndex, spineIndex, rate)
        }
        if let split = spineGroup.group.split,
          split.laneRate >= .gigabits(10), torGroup.group.rates.contains(split.laneRate)
        {
          add(.splitSpine, torIndex, spineIndex, split.laneRate)
        }
        if let split = torGroup.group.split, split.laneRate >= .gigabits(10),
          spineGroup.group.rates.contains(split.laneRate)
        {
          add(.splitToR, torIndex, spineIndex, split.laneRate)
        }
      }
    }
    return schemes
  }

  /// Ways to manage switches over the given runs (one for a rack's ToRs, two for the centre), with
  /// `links` on each run and their least linear cost, cheapest first.
  func managementModes(
    _ variant: SwitchVariant, runs: [LinkRun], links: Int
  ) -> [(mode: ManagementMode, linear: Int64)] {
    var ends: [(group: Int?, end: LinkEnd)] = []
    switch variant.spec.managementPort {
    case .yes: ends = [(nil, SearchContext.managementEnd)]
    case .unknown: ends = allowsUnknown ? [(nil, SearchContext.managementEnd)] : []
    case .no:
      for (index, group) in variant.groups.enumerated()
      where group.group.rates.contains(.gigabits(1)) {
        ends.append((index, end(variant, index)))
      }
    }
    return ends.compactMap { entry in
      let roles = runs.map { run in
        RoleLinks(
          list: solver.solutions(
            a: entry.end, b: SearchContext.managementEnd, rate: .gigabits(1), run: run),
          links: links)
      }
      return least(roles).map { (ManagementMode(group: entry.group, roles: roles), $0) }
    }.sorted { $0.linear < $1.linear }
  }
}
