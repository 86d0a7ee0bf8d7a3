import CatalogModel
import Quantities
import SiteModel

/// What one choice does to everything that is counted beyond it. Two choices with the same effect
/// can stand for each other in every complete plan.
struct Effect: Hashable {
  /// Built-in units, sorted by part.
  var uses: [Use]
  /// Ports in use on each central switch.
  var centre: PortUse
  /// Optics in switches of other vendors, a bit for each part.
  var testedFirst: UInt64
  /// What the peer link must carry for it, in bits a second.
  var need: Int64 = 0
  /// What the peer link carries, in bits a second; 0 for other choices.
  var capacity: Int64 = 0
  var now = Rational.zero
  var after = Rational.zero
}

/// One choice: elements of the key, what they do, and how many choices that do the same it stands
/// for.
struct Choice {
  var key: [String]
  var effect: Effect
  var ways = 1
}

/// The choices by key, with those of equal effect merged into the one whose key is least.
///
/// Exact: a plan with the choice that is left out has the same objective in M7.1 to M7.4 as the plan
/// with the kept one in its place, and a larger key.
func merged(_ choices: [Choice]) -> [Choice] {
  var places: [Effect: Int] = [:]
  var kept: [Choice] = []
  for choice in sortedByKey(choices) {
    if let place = places[choice.effect] {
      kept[place].ways += choice.ways
    } else {
      places[choice.effect] = kept.count
      kept.append(choice)
    }
  }
  return kept
}

/// The choices in the order of their keys.
func sortedByKey(_ choices: [Choice]) -> [Choice] {
  choices.sorted { keyPrecedes($0.key, $1.key) }
}

/// What is fixed while the links are chosen.
struct Frame {
  var design: DesignKind
  var cards: CardChoice
  var centre: Variant
  /// Racks of the two central switches.
  var centreRacks: [Int]

  /// End of a link at a group of the centre, on node 0 or 1.
  func centreEnd(_ group: Int, node: Int) -> LinkEnd {
    end(of: centre, group, rack: centreRacks[node])
  }

  var noCentrePorts: PortUse { PortUse(groups: centre.groups.count) }
}

/// End of a link at a group of a switch.
func end(of variant: Variant, _ group: Int, rack: Int) -> LinkEnd {
  LinkEnd(
    cage: variant.groups[group].connector, holder: .networkSwitch(variant.switchPart),
    rack: rack, maxOpticPower: variant.groups[group].maxOpticPower)
}

/// Rates of M5: no link but those of management runs below.
let leastRate = DataRate.gigabits(10)

extension Model {
  /// Peer links (M5.3); for the standalone pair the one choice of none.
  func peerChoices(_ frame: Frame) -> [Choice] {
    let none = Effect(uses: [], centre: frame.noCentrePorts, testedFirst: 0)
    if frame.design == .standalonePair { return [Choice(key: ["-"], effect: none)] }
    var choices: [Choice] = []
    for (index, group) in frame.centre.groups.enumerated() {
      let (a, b) = (frame.centreEnd(index, node: 0), frame.centreEnd(index, node: 1))
      for rate in group.rates where rate >= leastRate {
        for solution in solutions(a, b, rate: rate) {
          for links in 2...8 where links <= frame.centre.lagLimit {
            var effect = none
            effect.uses = summed(solution.uses(links: links))
            effect.centre.native[index] = Int16(links)
            effect.testedFirst = solution.testedFirst
            effect.capacity = Int64(links) * rate.bitsPerSecond
            let key = [
              group.id, threeDigits(rate.wholeGigabits), threeDigits(links), solution.key,
            ].joined(separator: ":")
            choices.append(Choice(key: [key], effect: effect))
          }
        }
      }
    }
    return choices
  }

  /// Links to the core (M5.3).
  func coreChoices(_ frame: Frame) -> [Choice] {
    let none = Effect(uses: [], centre: frame.noCentrePorts, testedFirst: 0)
    let leaves = !site.traffic.tenantVLANs.isEmpty || site.traffic.backup == .viaCore
    guard frame.design != .standalonePair, leaves, let core = site.core else {
      return [Choice(key: ["-"], effect: none)]
    }
    let perNode = core.uplinks / 2
    let used = core.ports.prefix(2 * perNode)
    guard used.count == 2 * perNode, let port = used.first,
      used.allSatisfy({ $0.connector == port.connector && $0.rate == port.rate }),
      let connector = Connector(rawValue: port.connector), let rack = rackIndex(core.rack),
      perNode <= frame.centre.lagLimit
    else { return [] }
    if let least = site.traffic.northSouth,
      Int64(perNode) * port.rate.bitsPerSecond < least.bitsPerSecond
    {
      return []
    }
    let far = LinkEnd(cage: connector, holder: .core, rack: rack)
    var choices: [Choice] = []
    for (index, group) in frame.centre.groups.enumerated() where group.rates.contains(port.rate) {
      let first = solutions(frame.centreEnd(index, node: 0), far, rate: port.rate)
      let second = solutions(frame.centreEnd(index, node: 1), far, rate: port.rate)
      for one in first {
        for two in second {
          var effect = none
          effect.uses = summed(one.uses(links: perNode) + two.uses(links: perNode))
          effect.centre.native[index] = Int16(perNode)
          effect.testedFirst = one.testedFirst | two.testedFirst
          let key = [group.id, one.key, two.key].joined(separator: ":")
          choices.append(Choice(key: [key], effect: effect))
        }
      }
    }
    return choices
  }

  /// Where the management link of a variant may start: its own port, or a group of it.
  func managementStarts(
    _ variant: Variant, rack: Int
  ) -> [(key: String, group: Int?, end: LinkEnd)] {
    if variant.hasManagementPort {
      let own = LinkEnd(cage: .rj45, holder: .networkSwitch(variant.switchPart), rack: rack)
      return [("oob", nil, own)]
    }
    return variant.groups.indices.filter { variant.groups[$0].rates.contains(.gigabits(1)) }
      .map { (variant.groups[$0].id, $0, end(of: variant, $0, rack: rack)) }
  }

  /// Solutions of a management link that starts there (M4).
  func managementSolutions(_ start: LinkEnd) -> [LinkSolution] {
    guard let rack = rackIndex(site.management.rack) else { return [] }
    let jack = LinkEnd(cage: .rj45, holder: .managementJack, rack: rack)
    return solutions(start, jack, rate: .gigabits(1))
  }

  /// Management of the central switches (M5.3): one start for both, a solution for each.
  func centreManagementChoices(_ frame: Frame) -> [Choice] {
    let firsts = managementStarts(frame.centre, rack: frame.centreRacks[0])
    let seconds = managementStarts(frame.centre, rack: frame.centreRacks[1])
    var choices: [Choice] = []
    for (first, second) in zip(firsts, seconds) {
      for one in managementSolutions(first.end) {
        for two in managementSolutions(second.end) {
          var effect = Effect(
            uses: summed(one.uses(links: 1) + two.uses(links: 1)), centre: frame.noCentrePorts,
            testedFirst: one.testedFirst | two.testedFirst)
          if let group = first.group { effect.centre.native[group] = 1 }
          let key = [first.key, one.key, two.key].joined(separator: ":")
          choices.append(Choice(key: [key], effect: effect))
        }
      }
    }
    return choices
  }

  /// The ways to plug the links of one kind of card into a switch of the variant: each group whole,
  /// and each that can be split.
  func hostModes(
    _ variant: Variant, card: Int, links: Int
  ) -> [(mode: String, group: Int, rate: DataRate, lanes: Int?, ports: PortUse)] {
    guard let spec = parts[card].asNIC else { return [] }
    let cardRates = rates(ofCard: spec)
    var modes: [(mode: String, group: Int, rate: DataRate, lanes: Int?, ports: PortUse)] = []
    for (index, group) in variant.groups.enumerated() {
      if let rate = group.rates.filter({ $0 >= leastRate && cardRates.contains($0) }).max() {
        var ports = PortUse(groups: variant.groups.count)
        ports.native[index] = Int16(links)
        ports.hostGroups = 1 << UInt64(index)
        modes.append(("native", index, rate, nil, ports))
      }
      if let split = group.split, split.laneRate >= leastRate, cardRates.contains(split.laneRate) {
        var ports = PortUse(groups: variant.groups.count)
        ports.split[index] = Int16((links + split.lanes - 1) / split.lanes)
        modes.append(("split", index, split.laneRate, split.lanes, ports))
      }
    }
    return modes
  }

  /// End of a link at a card in a rack.
  func cardEnd(_ card: Int, rack: Int) -> LinkEnd? {
    guard let connector = parts[card].asNIC?.connector else { return nil }
    return LinkEnd(cage: connector, holder: .card(card), rack: rack)
  }
}
