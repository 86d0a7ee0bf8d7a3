import Fabric
import Quantities

/// How much of a plan is built.
public struct LabCut: Hashable, Sendable {
  /// Hosts of each rack that are kept, the first ones; `nil` for all.
  public var hostsPerRack: Int?
  /// Most hosts at all, spread over the racks; `nil` for any number.
  public var maxHosts: Int?
  /// Makes a cut.
  public init(hostsPerRack: Int? = nil, maxHosts: Int? = nil) {
    self.hostsPerRack = hostsPerRack
    self.maxHosts = maxHosts
  }

  /// The same plan with fewer hosts: their cables, links and addresses are gone, and the ports they
  /// were plugged into are as unused ones. What was bought is left as it was: nobody builds a lab
  /// from a list of orders.
  public func applied(to fabric: Fabric) -> Fabric {
    let kept = kept(of: fabric.hosts)
    guard kept.count < fabric.hosts.count else { return fabric }
    var cut = fabric
    cut.hosts = fabric.hosts.filter { kept.contains($0.name) }
    let gone = Set(fabric.hosts.lazy.map(\.name)).subtracting(kept)
    let unplugged = Set(
      fabric.links.lazy.filter { $0.role == .host && gone.contains($0.b.node) }.map(\.a))
    cut.links = fabric.links.filter { !gone.contains($0.b.node) }
    cut.cables = fabric.cables.compactMap { cable in
      var cable = cable
      cable.b.removeAll { gone.contains($0.endpoint.node) }
      return cable.b.isEmpty ? nil : cable
    }
    for place in cut.subnets.indices {
      cut.subnets[place].assignments.removeAll { gone.contains($0.node) }
    }
    for place in cut.intents.indices {
      let name = cut.intents[place].hostname
      cut.intents[place].ports = cut.intents[place].ports.map { port in
        guard unplugged.contains(Endpoint(node: name, port: port.name)) else { return port }
        return PortIntent(name: port.name, enabled: false, mtu: port.mtu)
      }
    }
    for group in cut.site.hosts.indices {
      let own = cut.hosts.filter { $0.group == cut.site.hosts[group].name }
      for place in cut.site.hosts[group].placements.indices {
        let rack = cut.site.hosts[group].placements[place].rack
        cut.site.hosts[group].placements[place].count = own.count { $0.rack == rack }
      }
      cut.site.hosts[group].placements.removeAll { $0.count == 0 }
    }
    return cut
  }

  /// The same plan without the addresses of hosts that are not among some: networks that a plan gives
  /// to a port, and the system of the host does not.
  public static func keeping(_ addresses: Set<IPv4Address>, of fabric: Fabric) -> Fabric {
    let hosts = Set(fabric.hosts.map(\.name))
    var cut = fabric
    for place in cut.subnets.indices {
      cut.subnets[place].assignments.removeAll {
        hosts.contains($0.node) && !addresses.contains($0.address)
      }
    }
    return cut
  }

  /// The first hosts of every rack, then the second ones and so on, until there are enough.
  private func kept(of hosts: [Host]) -> Set<String> {
    var ranks: [String: Int] = [:]
    var ranked: [(rank: Int, place: Int, name: String)] = []
    for (place, host) in hosts.enumerated() {
      let rank = ranks[host.rack, default: 0]
      ranks[host.rack] = rank + 1
      if rank < hostsPerRack ?? Int.max { ranked.append((rank, place, host.name)) }
    }
    ranked.sort { ($0.rank, $0.place) < ($1.rank, $1.place) }
    return Set(ranked.prefix(max(0, maxHosts ?? Int.max)).map(\.name))
  }
}
