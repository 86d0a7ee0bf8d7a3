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
  /// `nil` when it is chosen in a slot of its own.
  var choice: ManagementChoice?
  var linear: Int64
  var key: String

  /// Stands for management that is chosen apart.
  static let apart = ManagementOption(choice: nil, linear: 0, key: "")
}

extension SearchContext {
  /// A number as keys write it: three digits.
  static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 3 - text.utf8.count)) + text
  }

  /// Ways to connect one kind of card to a switch, cheapest first; with ToRs both sides share the
  /// solution. Of each group, whole or split, those that cost more than its cheapest by over
  /// `slack` are left out; a negative slack asks for one cheapest alone.
  func hostOptions(
    _ kind: CardKind, on variant: SwitchVariant, runs: [LinkRun], splitAllowed: Bool,
    slack: Int64
  ) -> [HostOption] {
    var options: [HostOption] = []
    for mode in modes(kind, on: variant, runs: runs) where splitAllowed || !mode.isSplit {
      let most = slack < 0 ? mode.least : mode.least + slack
      mode: for first in mode.first {
        guard first.linear + mode.secondLeast <= most || mode.second == nil else { break }
        guard let seconds = mode.second else {
          // With ToRs the one solution counts once for each side.
          guard 2 * first.linear <= most else { break }
          options.append(hostOption(kind, variant, mode, first, first))
          if slack < 0 { break }
          continue
        }
        for second in seconds {
          guard first.linear + second.linear <= most else { break }
          options.append(hostOption(kind, variant, mode, first, second))
          if slack < 0 { break mode }
        }
      }
    }
    return options.sorted { $0.linear < $1.linear }
  }

  /// A solution with the linear cost of its role's links.
  struct CostedSolution {
    var solution: LinkSolution
    var linear: Int64
  }

  /// A group of a switch, whole or split, with the solutions towards each side, cheapest first.
  struct HostMode {
    var group: Int
    var rate: DataRate
    var isSplit: Bool
    var first: [CostedSolution]
    /// `nil` where both sides share the solution.
    var second: [CostedSolution]?
    var secondLeast: Int64
    var least: Int64
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
    if let known = hostModes[key] { return known }
    var modes: [HostMode] = []
    for (index, group) in variant.groups.enumerated() {
      let native = kind.rates.last { group.group.rates.contains($0) && $0 >= .gigabits(10) }
      if let rate = native {
        append(kind, variant, index, rate, split: false, runs, to: &modes)
      }
      if let split = group.group.split, split.laneRate >= .gigabits(10),
        kind.rates.contains(split.laneRate)
      {
        append(kind, variant, index, split.laneRate, split: true, runs, to: &modes)
      }
    }
    hostModes[key] = modes
    return modes
  }

  /// Solutions with their linear cost, cheapest first, as the solver gives them.
  func costed(_ solutions: [LinkSolution], links: Int) -> [CostedSolution] {
    solutions.map { CostedSolution(solution: $0, linear: linearCost($0, links: links)) }
  }

  private func append(
    _ kind: CardKind, _ variant: SwitchVariant, _ group: Int, _ rate: DataRate, split: Bool,
    _ runs: [LinkRun], to modes: inout [HostMode]
  ) {
    let switchEnd = end(variant, group, split: split)
    let lists = runs.map {
      costed(
        solver.solutions(a: switchEnd, b: kind.end, rate: rate, run: $0), links: kind.links)
    }
    guard let first = lists[0].first?.linear, let second = lists[lists.count - 1].first?.linear
    else { return }
    modes.append(
      HostMode(
        group: group, rate: rate, isSplit: split, first: lists[0],
        second: lists.count > 1 ? lists[1] : nil, secondLeast: second, least: first + second))
  }

  private func hostOption(
    _ kind: CardKind, _ variant: SwitchVariant, _ mode: HostMode, _ first: CostedSolution,
    _ second: CostedSolution
  ) -> HostOption {
    let lanes = mode.isSplit ? variant.groups[mode.group].group.split?.lanes ?? 1 : 1
    return HostOption(
      choice: HostLinkChoice(
        card: kind.part, isSplit: mode.isSplit, group: mode.group, rate: mode.rate,
        solution1: first.solution, solution2: second.solution),
      ports: (kind.links + lanes - 1) / lanes, bits: Int64(kind.links) * mode.rate.bitsPerSecond,
      linear: first.linear + second.linear)
  }

  /// The key of a host choice (M7); `shared` where both sides have the one solution.
  func key(_ choice: HostLinkChoice, on variant: SwitchVariant, shared: Bool) -> String {
    let mode = choice.isSplit ? "split" : "native"
    let solutions =
      shared ? choice.solution1.key : "\(choice.solution1.key):\(choice.solution2.key)"
    return "\(catalog.parts[choice.card].id.rawValue)=\(mode):"
      + "\(variant.groups[choice.group].id):\(solutions)"
  }

  /// Solutions that cost at most `slack` more than the cheapest for the fewest links there can be,
  /// one to each of two ToRs; a negative slack keeps one cheapest alone.
  private func near(_ solutions: [LinkSolution], _ slack: Int64) -> [LinkSolution] {
    guard let first = solutions.first else { return [] }
    if slack < 0 { return [first] }
    let least = linearCost(first, links: 1)
    return Array(solutions.prefix { 2 * (linearCost($0, links: 1) - least) <= slack })
  }

  /// What the uplink schemes of two variants depend on.
  struct SchemeKey: Hashable {
    var tor: String
    var spine: String
    var runs: [LinkRun]
  }

  /// All ways to run uplinks between a ToR and a spine that have a solution to both nodes.
  func uplinkSchemes(
    _ tor: SwitchVariant, _ spine: SwitchVariant, runs: [LinkRun], spineSplitAllowed: Bool,
    slack: Int64
  ) -> [UplinkScheme] {
    let key = SchemeKey(tor: tor.key, spine: spine.key, runs: runs)
    let all = schemes[key] ?? allSchemes(tor, spine, runs: runs)
    schemes[key] = all
    return all.compactMap { scheme in
      guard spineSplitAllowed || scheme.mode != .splitSpine else { return nil }
      var scheme = scheme
      scheme.towards1 = near(scheme.towards1, slack)
      scheme.towards2 = near(scheme.towards2, slack)
      return scheme
    }
  }

  private func allSchemes(
    _ tor: SwitchVariant, _ spine: SwitchVariant, runs: [LinkRun]
  ) -> [UplinkScheme] {
    var schemes: [UplinkScheme] = []
    for (torIndex, torGroup) in tor.groups.enumerated() {
      for (spineIndex, spineGroup) in spine.groups.enumerated() {
        for rate in torGroup.group.rates
        where rate >= .gigabits(10) && spineGroup.group.rates.contains(rate) {
          append(.direct, tor, torIndex, spine, spineIndex, rate, runs, to: &schemes)
        }
        if let split = spineGroup.group.split,
          split.laneRate >= .gigabits(10), torGroup.group.rates.contains(split.laneRate)
        {
          append(
            .splitSpine, tor, torIndex, spine, spineIndex, split.laneRate, runs, to: &schemes
          )
        }
        if let split = torGroup.group.split, split.laneRate >= .gigabits(10),
          spineGroup.group.rates.contains(split.laneRate)
        {
          append(
            .splitToR, tor, torIndex, spine, spineIndex, split.laneRate, runs, to: &schemes)
        }
      }
    }
    return schemes
  }

  private func append(
    _ mode: UplinkMode, _ tor: SwitchVariant, _ torGroup: Int, _ spine: SwitchVariant,
    _ spineGroup: Int, _ rate: DataRate, _ runs: [LinkRun],
    to schemes: inout [UplinkScheme]
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

  /// Ways to manage switches over the given runs (one for a rack's ToRs, two for the centre), with
  /// `links` on each run, cheapest first; `slack` as for hosts, for each group of its own.
  func managementOptions(
    _ variant: SwitchVariant, runs: [LinkRun], links: Int, slack: Int64
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
        costed(
          solver.solutions(
            a: entry.end, b: SearchContext.managementEnd, rate: .gigabits(1), run: $0),
          links: links)
      }
      guard let least1 = lists[0].first?.linear, let least2 = lists[lists.count - 1].first?.linear
      else { continue }
      let least = lists.count > 1 ? least1 + least2 : least1
      let most = slack < 0 ? least : least + slack
      let prefix = (entry.group.map { variant.groups[$0].id } ?? "oob") + ":"
      group: for first in lists[0] {
        for second in lists.count > 1 ? lists[1] : [first] {
          let linear = lists.count > 1 ? first.linear + second.linear : first.linear
          guard linear <= most else { continue }
          let keys =
            lists.count > 1 ? [first.solution.key, second.solution.key] : [first.solution.key]
          options.append(
            ManagementOption(
              choice: ManagementChoice(
                group: entry.group, solution1: first.solution, solution2: second.solution),
              linear: linear, key: prefix + keys.joined(separator: ":")))
          if slack < 0 { break group }
        }
      }
    }
    return options.sorted { $0.linear < $1.linear }
  }
}
