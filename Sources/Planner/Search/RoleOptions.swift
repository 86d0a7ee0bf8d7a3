import CatalogModel
import PlanProblem
import Quantities
import SiteModel

/// One way to connect the hosts of one kind of card, with the ports it takes on one switch.
struct HostOption {
  var choice: HostLinkChoice
  /// Native ports, or split ports, taken on each switch.
  var ports: Int
  /// Bits a second of one side.
  var bits: Int64
  var linear: Int64
  var key: String
}

/// A way to run uplinks, with the solutions towards each node.
struct UplinkScheme {
  var mode: UplinkMode
  var torGroup: Int
  var spineGroup: Int
  var rate: DataRate
  /// Links of one cable.
  var lanes: Int
  var towards1: [LinkSolution]
  var towards2: [LinkSolution]
}

/// A way to manage switches.
struct ManagementOption {
  var choice: ManagementChoice
  var linear: Int64
  var key: String
}

extension SearchContext {
  /// A number as keys write it: three digits.
  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.utf8.count)) + text
  }

  /// All ways to connect one kind of card to a switch; with ToRs both sides share the solution.
  func hostOptions(
    _ kind: CardKind, on variant: SwitchVariant, runs: [LinkRun], splitAllowed: Bool
  ) -> [HostOption] {
    var options: [HostOption] = []
    for (index, group) in variant.groups.enumerated() {
      let native = kind.rates.last { group.group.rates.contains($0) && $0 >= .gigabits(10) }
      if let rate = native {
        append(kind, variant, index, rate, split: false, runs, to: &options)
      }
      if splitAllowed, let split = group.group.split, split.laneRate >= .gigabits(10),
        kind.rates.contains(split.laneRate)
      {
        append(kind, variant, index, split.laneRate, split: true, runs, to: &options)
      }
    }
    return options.sorted { $0.linear < $1.linear }
  }

  private func append(
    _ kind: CardKind, _ variant: SwitchVariant, _ group: Int, _ rate: DataRate, split: Bool,
    _ runs: [LinkRun], to options: inout [HostOption]
  ) {
    let switchEnd = end(variant, group, split: split)
    let lists = runs.map { solver.solutions(a: switchEnd, b: kind.end, rate: rate, run: $0) }
    let card = catalog.parts[kind.part].id.rawValue
    let prefix = "\(card)=\(split ? "split" : "native"):\(variant.groups[group].id):"
    let ports = split ? (kind.links + switchEnd.lanes - 1) / switchEnd.lanes : kind.links
    for first in lists[0] {
      for second in lists.count > 1 ? lists[1] : [first] {
        let linear =
          linearCost(first, links: kind.links) + linearCost(second, links: kind.links)
        options.append(
          HostOption(
            choice: HostLinkChoice(
              card: kind.part, isSplit: split, group: group, rate: rate, solution1: first,
              solution2: second),
            ports: ports, bits: Int64(kind.links) * rate.bitsPerSecond, linear: linear,
            key: prefix + (lists.count > 1 ? "\(first.key):\(second.key)" : first.key)))
      }
    }
  }

  /// All ways to run uplinks between a ToR and a spine that have a solution to both nodes.
  func uplinkSchemes(
    _ tor: SwitchVariant, _ spine: SwitchVariant, runs: [LinkRun], spineSplitAllowed: Bool
  ) -> [UplinkScheme] {
    var schemes: [UplinkScheme] = []
    for (torIndex, torGroup) in tor.groups.enumerated() {
      for (spineIndex, spineGroup) in spine.groups.enumerated() {
        for rate in torGroup.group.rates
        where rate >= .gigabits(10) && spineGroup.group.rates.contains(rate) {
          append(.direct, tor, torIndex, spine, spineIndex, rate, runs, to: &schemes)
        }
        if spineSplitAllowed, let split = spineGroup.group.split,
          split.laneRate >= .gigabits(10), torGroup.group.rates.contains(split.laneRate)
        {
          append(.splitSpine, tor, torIndex, spine, spineIndex, split.laneRate, runs, to: &schemes)
        }
        if let split = torGroup.group.split, split.laneRate >= .gigabits(10),
          spineGroup.group.rates.contains(split.laneRate)
        {
          append(.splitToR, tor, torIndex, spine, spineIndex, split.laneRate, runs, to: &schemes)
        }
      }
    }
    return schemes
  }

  private func append(
    _ mode: UplinkMode, _ tor: SwitchVariant, _ torGroup: Int, _ spine: SwitchVariant,
    _ spineGroup: Int, _ rate: DataRate, _ runs: [LinkRun], to schemes: inout [UplinkScheme]
  ) {
    let a = end(tor, torGroup, split: mode == .splitToR)
    let b = end(spine, spineGroup, split: mode == .splitSpine)
    let towards1 = solver.solutions(a: a, b: b, rate: rate, run: runs[0])
    guard !towards1.isEmpty else { return }
    let towards2 = solver.solutions(a: a, b: b, rate: rate, run: runs[1])
    guard !towards2.isEmpty else { return }
    schemes.append(
      UplinkScheme(
        mode: mode, torGroup: torGroup, spineGroup: spineGroup, rate: rate,
        lanes: max(a.lanes, b.lanes), towards1: towards1, towards2: towards2))
  }

  /// All ways to manage a switch over the given runs (one for a rack's ToRs, two for the centre);
  /// `links` on each run.
  func managementOptions(
    _ variant: SwitchVariant, runs: [LinkRun], links: Int
  ) -> [ManagementOption] {
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
    var options: [ManagementOption] = []
    for entry in ends {
      let lists = runs.map {
        solver.solutions(
          a: entry.end, b: SearchContext.managementEnd, rate: .gigabits(1), run: $0)
      }
      let prefix = (entry.group.map { variant.groups[$0].id } ?? "oob") + ":"
      for first in lists[0] {
        for second in lists.count > 1 ? lists[1] : [first] {
          var linear = linearCost(first, links: links)
          if lists.count > 1 { linear += linearCost(second, links: links) }
          options.append(
            ManagementOption(
              choice: ManagementChoice(group: entry.group, solution1: first, solution2: second),
              linear: linear,
              key: prefix + (lists.count > 1 ? "\(first.key):\(second.key)" : first.key)))
        }
      }
    }
    return options.sorted { $0.linear < $1.linear }
  }
}
