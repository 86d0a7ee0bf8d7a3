import CatalogModel
import Quantities
import SiteModel

/// A scheme of uplinks of one rack (M5.4).
private struct Uplink {
  var key: String
  var uses: [Use]
  var testedFirst: UInt64
  /// On each ToR.
  var torPorts: PortUse
  /// On each spine node.
  var spinePorts: PortUse
  /// Bits a second from each ToR to each spine node.
  var capacity: Int64
}

/// How the links of one kind of card in a rack are plugged into the rack's ToRs.
private struct HostMode {
  var key: String
  /// For both ToRs.
  var uses: [Use]
  var testedFirst: UInt64
  /// On each ToR.
  var ports: PortUse
  /// Bits a second of one ToR.
  var load: Int64
}

extension Model {
  /// Every complete choice for one rack, its variant left out of the key: with a ToR variant for
  /// `spine-leaf`, without one for the other designs.
  func rackChoices(_ frame: Frame, rack: Int, tor: Variant?, torNeeds: VariantNeeds?) -> [Choice] {
    if let tor, let torNeeds {
      return torChoices(frame, rack: rack, tor: tor, needs: torNeeds)
    }
    return directChoices(frame, rack: rack)
  }

  /// Hosts plugged straight into the two central switches.
  private func directChoices(_ frame: Frame, rack: Int) -> [Choice] {
    var choices = [
      Choice(
        key: [], effect: Effect(uses: [], centre: frame.noCentrePorts, testedFirst: 0))
    ]
    for kind in cardKinds(frame.cards, rack: rack) {
      guard let far = cardEnd(kind.card, rack: rack) else { return [] }
      var next: [Choice] = []
      for mode in hostModes(frame.centre, card: kind.card, links: kind.links) {
        let ends = (0...1).map { frame.centreEnd(mode.group, node: $0) }
        let first = solutions(ends[0], far, rate: mode.rate, lanes: mode.lanes)
        let second = solutions(ends[1], far, rate: mode.rate, lanes: mode.lanes)
        for choice in choices {
          for one in first {
            for two in second {
              guard mayStep() else { return [] }
              var grown = choice
              let group = frame.centre.groups[mode.group].id
              grown.key.append(
                parts[kind.card].id.rawValue + "="
                  + [mode.mode, group, one.key, two.key].joined(separator: ":"))
              grown.effect.uses += one.uses(links: kind.links) + two.uses(links: kind.links)
              grown.effect.centre.add(mode.ports)
              grown.effect.testedFirst |= one.testedFirst | two.testedFirst
              grown.effect.need = max(grown.effect.need, mode.rate.bitsPerSecond)
              next.append(grown)
            }
          }
        }
      }
      choices = next
    }
    return choices.compactMap { choice in
      guard frame.centre.fits(choice.effect.centre, freePorts: rules.freePorts) else { return nil }
      var whole = choice
      // The standalone pair has no peer link that could be needed.
      if frame.design == .standalonePair { whole.effect.need = 0 }
      whole.effect.uses = summed(choice.effect.uses)
      whole.key = ["-"] + choice.key + ["-", "-"]
      return whole
    }
  }

  /// Hosts plugged into the two ToRs of the rack.
  private func torChoices(
    _ frame: Frame, rack: Int, tor: Variant, needs: VariantNeeds
  ) -> [Choice] {
    var hostSide: [[HostMode]] = [[]]
    for kind in cardKinds(frame.cards, rack: rack) {
      let modes = torHostModes(tor, rack: rack, card: kind.card, links: kind.links)
      hostSide = hostSide.flatMap { chosen in modes.map { chosen + [$0] } }
    }
    let uplinks = uplinks(frame, rack: rack, tor: tor)
    let management = managementStarts(tor, rack: rack).flatMap { start in
      managementSolutions(start.end).map { (start, $0) }
    }
    var choices: [Choice] = []
    for hosts in hostSide {
      let load = hosts.reduce(Int64(0)) { $0 + $1.load }
      for uplink in uplinks {
        guard let now = Rational(load, over: 2 * uplink.capacity),
          let after = Rational(load, over: uplink.capacity),
          now <= rules.oversubscription, after <= rules.oversubscriptionAfterFailure
        else { continue }
        for (start, solution) in management {
          guard mayStep() else { return [] }
          var ports = uplink.torPorts
          for host in hosts { ports.add(host.ports) }
          if let group = start.group { ports.native[group] += 1 }
          guard tor.fits(ports, freePorts: rules.freePorts) else { continue }
          var uses = hosts.flatMap(\.uses) + uplink.uses + solution.uses(links: 2)
          if ports.hasSplit {
            guard let whenSplit = needs.whenSplit else { continue }
            uses += whenSplit.map { Use(part: $0.part, count: 2 * $0.count) }
          }
          let tested = hosts.reduce(uplink.testedFirst | solution.testedFirst) {
            $0 | $1.testedFirst
          }
          choices.append(
            Choice(
              key: [tor.key] + hosts.map(\.key) + [
                uplink.key, start.key + ":" + solution.key,
              ],
              effect: Effect(
                uses: summed(uses), centre: uplink.spinePorts, testedFirst: tested,
                need: uplink.capacity, now: now, after: after)))
        }
      }
    }
    return choices
  }

  private func torHostModes(_ tor: Variant, rack: Int, card: Int, links: Int) -> [HostMode] {
    guard let far = cardEnd(card, rack: rack) else { return [] }
    return hostModes(tor, card: card, links: links).flatMap { mode in
      solutions(
        end(of: tor, mode.group, rack: rack), far, rate: mode.rate, lanes: mode.lanes
      ).map { solution in
        HostMode(
          key: parts[card].id.rawValue + "="
            + [mode.mode, tor.groups[mode.group].id, solution.key].joined(separator: ":"),
          uses: solution.uses(links: links) + solution.uses(links: links),
          testedFirst: solution.testedFirst, ports: mode.ports,
          load: Int64(links) * mode.rate.bitsPerSecond)
      }
    }
  }

  private func uplinks(_ frame: Frame, rack: Int, tor: Variant) -> [Uplink] {
    var found: [Uplink] = []
    for (t, torGroup) in tor.groups.enumerated() {
      for (s, spineGroup) in frame.centre.groups.enumerated() {
        for rate in torGroup.rates where spineGroup.rates.contains(rate) {
          found += uplinks(frame, rack, tor, (t, s), "direct", rate, lanes: nil)
        }
        if let split = spineGroup.split, torGroup.rates.contains(split.laneRate) {
          found += uplinks(
            frame, rack, tor, (t, s), "split-spine", split.laneRate, lanes: split.lanes)
        }
        if let split = torGroup.split, spineGroup.rates.contains(split.laneRate) {
          found += uplinks(
            frame, rack, tor, (t, s), "split-tor", split.laneRate, lanes: split.lanes)
        }
      }
    }
    return found
  }

  private func uplinks(
    _ frame: Frame, _ rack: Int, _ tor: Variant, _ groups: (tor: Int, spine: Int), _ mode: String,
    _ rate: DataRate, lanes: Int?
  ) -> [Uplink] {
    guard rate >= leastRate else { return [] }
    let torEnd = end(of: tor, groups.tor, rack: rack)
    // By node. A breakout's question is asked with the split end first; its key is the cable alone.
    let ways = (0...1).map { node in
      let spineEnd = frame.centreEnd(groups.spine, node: node)
      return mode == "split-spine"
        ? solutions(spineEnd, torEnd, rate: rate, lanes: lanes)
        : solutions(torEnd, spineEnd, rate: rate, lanes: lanes)
    }
    var found: [Uplink] = []
    for v in 1...16 where 2 * v <= tor.lagLimit && v <= frame.centre.lagLimit {
      var torPorts = PortUse(groups: tor.groups.count)
      var spinePorts = frame.noCentrePorts
      let splitPorts = Int16(lanes.map { 2 * ((v + $0 - 1) / $0) } ?? 0)
      if mode == "split-tor" {
        torPorts.split[groups.tor] = splitPorts
      } else {
        torPorts.native[groups.tor] = Int16(2 * v)
      }
      if mode == "split-spine" {
        spinePorts.split[groups.spine] = splitPorts
      } else {
        spinePorts.native[groups.spine] = Int16(2 * v)
      }
      guard tor.fits(torPorts, freePorts: 0), frame.centre.fits(spinePorts, freePorts: 0)
      else { continue }
      for one in ways[0] {
        for two in ways[1] {
          // Two ToRs, each with v links to each node.
          let uses = one.uses(links: v) + two.uses(links: v)
          let key = [
            mode, tor.groups[groups.tor].id, frame.centre.groups[groups.spine].id,
            threeDigits(rate.wholeGigabits), threeDigits(v), one.key, two.key,
          ].joined(separator: ":")
          found.append(
            Uplink(
              key: key, uses: uses + uses, testedFirst: one.testedFirst | two.testedFirst,
              torPorts: torPorts, spinePorts: spinePorts,
              capacity: Int64(v) * rate.bitsPerSecond))
        }
      }
    }
    return found
  }
}
