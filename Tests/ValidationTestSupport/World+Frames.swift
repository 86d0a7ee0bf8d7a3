import CatalogModel
import Evidence
import Fabric
import Quantities
import TenfoldTestSupport

extension Membership {
  func passes(_ vlan: VLANID) -> Bool { untagged == vlan || tagged.contains(vlan) }
}

extension World {
  /// Whether a port of a host has a link.
  func hasLink(_ port: HostPort) -> Bool {
    guard let end = port.plugged, !offSwitches.contains(end.node),
      switchPorts[end]?.isEnabled == true
    else { return false }
    return true
  }

  /// The port that carries a network now.
  func carrier(_ network: HostNetwork, of host: HostState) -> HostPort? {
    network.carriers.map { host.ports[$0] }.first { hasLink($0) && ($0.team == nil || $0.isMember) }
  }

  /// What became of a frame.
  enum Fate {
    case arrived
    case lost
    /// It was too large for its own host.
    case unsent
  }

  /// Carries one frame of `size` bytes of payload from a network of a host to an address.
  func carry(
    _ from: HostState, _ network: HostNetwork, to target: HostState, _ other: HostNetwork,
    size: Int, random: inout SplitMix64
  ) -> Fate {
    guard let out = carrier(network, of: from) else { return .lost }
    guard network.mtu >= size, out.mtu >= size else { return .unsent }
    guard let into = carrier(other, of: target), let start = out.plugged, let end = into.plugged,
      let first = switchPorts[start], let last = switchPorts[end], first.mtu >= size,
      last.mtu >= size
    else { return .lost }
    let vlan: VLANID? =
      if let tag = network.tag { first.membership.tagged.contains(tag) ? tag : nil } else {
        first.membership.untagged
      }
    guard let vlan else { return .lost }
    let loss = max(first.loss, last.loss)
    if loss > 0, random.int(0...999) < loss { return .lost }
    guard passes(vlan, size, start.node, end.node, key: from.name + target.name) else {
      return .lost
    }
    let tag: VLANID?
    if last.membership.tagged.contains(vlan) {
      tag = vlan
    } else if last.membership.untagged == vlan {
      tag = nil
    } else {
      return .lost
    }
    guard tag == other.tag, other.mtu >= size, into.mtu >= size else { return .lost }
    return .arrived
  }

  /// Whether a link between switches is up.
  func isUp(_ trunk: Trunk) -> Bool {
    [trunk.a, trunk.b].allSatisfy {
      switchPorts[$0]?.isEnabled == true && !offSwitches.contains($0.node)
    } && cabled[trunk.a] != nil
  }

  /// Whether a frame gets from one switch to another.
  private func passes(_ vlan: VLANID, _ size: Int, _ a: String, _ b: String, key: String) -> Bool {
    guard a != b else { return true }
    // A LAG sends a pair of hosts over one of its links, in both directions the same here.
    let hash = Int(key.utf8.sorted().reduce(UInt32(17)) { $0 &* 31 &+ UInt32($1) } >> 8)
    func over(_ trunks: [Trunk], _ hash: Int) -> Bool {
      let alive = trunks.filter { isUp($0) && switchPorts[$0.a]?.isBlocked == false }
      guard !alive.isEmpty else { return false }
      let trunk = alive[hash % alive.count]
      return [trunk.a, trunk.b].allSatisfy { end in
        guard let port = switchPorts[end] else { return false }
        return port.membership.passes(vlan) && port.mtu >= size
      }
    }
    if let up = uplinks[a], let down = uplinks[b] {
      return over(up, hash) && over(down, hash / 7)
    }
    return over(peers, hash)
  }

  /// Probes of one size from a network of a host to all others in it.
  func column(
    _ host: HostState, _ network: HostNetwork, size: Int, count: Int,
    owners: [IPv4Address: (host: Int, network: Int)], random: inout SplitMix64
  ) -> ProbeColumn {
    var to: [IPv4Address] = []
    var received: [Int] = []
    for other in hosts where other.name != host.name {
      // Somebody asks the addresses of the plan.
      for planned in targets(other) where planned.planned.id == network.planned.id {
        to.append(planned.address)
        guard let place = owners[planned.address] else {
          received.append(0)
          continue
        }
        let (owner, answer) = (hosts[place.host], hosts[place.host].networks[place.network])
        var arrived = 0
        var isUnsent = false
        for _ in 0..<count {
          switch carry(host, network, to: owner, answer, size: size, random: &random) {
          case .arrived:
            if carry(owner, answer, to: host, network, size: size, random: &random) == .arrived,
              answer.reaches(network.address), network.reaches(answer.address)
            {
              arrived += 1
            }
          case .lost: break
          case .unsent: isUnsent = true
          }
        }
        received.append(isUnsent ? -1 : arrived)
      }
    }
    return ProbeColumn(
      kind: .ping, from: network.address, interface: "", size: size, sent: count, to: to,
      received: received)
  }

  /// The networks of a host as planned.
  private func targets(_ host: HostState) -> [HostNetwork] {
    host.networks.enumerated().map { place, network in
      var planned = network
      planned.address = plannedAddresses[host.name]?[place] ?? network.address
      return planned
    }
  }

  /// Who answers to an address: the first host that has it.
  var owners: [IPv4Address: (host: Int, network: Int)] {
    var result: [IPv4Address: (host: Int, network: Int)] = [:]
    for (place, host) in hosts.enumerated() where !host.isOff {
      for (network, own) in host.networks.enumerated() where result[own.address] == nil {
        result[own.address] = (place, network)
      }
    }
    return result
  }
}

extension World.HostNetwork {
  /// Whether an address is on the link by its own prefix.
  func reaches(_ other: IPv4Address) -> Bool {
    IPv4Subnet(around: address, prefixLength: prefixLength)?.contains(other) ?? false
  }
}
