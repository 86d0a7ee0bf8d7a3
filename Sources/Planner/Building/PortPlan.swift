import CatalogModel
import Fabric
import PlanProblem
import SiteModel

/// Ports of the two central switches; both use the same.
struct CentrePorts {
  var pool: PortPool
  var peer: [PortRef] = []
  var core: [PortRef] = []
  /// Data port that serves for management.
  var management: PortRef?
}

/// Ports of one rack's links.
struct RackPorts {
  /// Of both ToRs, which use the same; `nil` in designs without ToRs.
  var tor: PortPool?
  /// At the ToR, by spine node: one for each link.
  var torUplinks: [[PortRef]] = [[], []]
  /// At each spine node, by side of the ToR: one for each link.
  var spineUplinks: [[PortRef]] = [[], []]
  /// At the ToR or central switch, by kind of card as in the choice: one for each link of a side,
  /// in the order of hosts, cards and ports.
  var hosts: [[PortRef]] = []
  /// Data port of the ToR that serves for management.
  var management: PortRef?
}

/// Which port every link uses.
///
/// Hosts go from the first port of their group upward, in the order of racks and hosts, with one
/// number for the port on side A and on side B. Everything else goes from the top end of its group
/// downward: peer links highest, then links to the core, then uplinks rack by rack. A data port
/// that serves for management is the highest one left. Both switches of a pair are used alike.
struct PortPlan {
  var centre: CentrePorts
  /// In the order of `racks` given.
  var racks: [RackPorts] = []

  /// - Parameter cards: by rack, the kinds of card (part index) of each link of one side, in the
  ///   order of hosts, cards and ports.
  init(choice: PlanChoice, racks: [RackChoice], cards: [[Int]]) {
    centre = CentrePorts(pool: PortPool(choice.centre.variant))
    if let peer = choice.centre.peer {
      centre.peer = centre.pool.takeHighest(peer.group, count: peer.count)
    }
    if let core = choice.centre.core {
      centre.core = centre.pool.takeHighest(core.group, count: core.perNode)
    }
    for rack in racks {
      var ports = RackPorts()
      if let tor = rack.tor, let uplink = rack.uplink {
        var pool = PortPool(tor)
        takeUplinks(uplink, tor: &pool, into: &ports)
        ports.tor = pool
      }
      self.racks.append(ports)
    }
    for (index, rack) in racks.enumerated() {
      if var pool = self.racks[index].tor {
        self.racks[index].hosts = PortPlan.takeHosts(rack, cards[index], from: &pool)
        if let group = rack.management?.group {
          self.racks[index].management = pool.takeHighest(group)
        }
        self.racks[index].tor = pool
      } else {
        self.racks[index].hosts = PortPlan.takeHosts(rack, cards[index], from: &centre.pool)
      }
    }
    if let group = choice.centre.management.group {
      centre.management = centre.pool.takeHighest(group)
    }
  }

  private mutating func takeUplinks(
    _ uplink: UplinkChoice, tor: inout PortPool, into ports: inout RackPorts
  ) {
    let count = uplink.perNode
    for node in 0..<2 {
      ports.torUplinks[node] =
        uplink.mode == .splitToR
        ? tor.takeLanes(uplink.torGroup, links: count)
        : tor.takeHighest(uplink.torGroup, count: count)
    }
    for side in 0..<2 {
      ports.spineUplinks[side] =
        uplink.mode == .splitSpine
        ? centre.pool.takeLanes(uplink.spineGroup, links: count)
        : centre.pool.takeHighest(uplink.spineGroup, count: count)
    }
  }

  private static func takeHosts(
    _ rack: RackChoice, _ cards: [Int], from pool: inout PortPool
  ) -> [[PortRef]] {
    var taken = rack.hosts.map { kind in
      kind.isSplit
        ? pool.takeLanes(kind.group, links: cards.count { $0 == kind.card }) : [PortRef]()
    }
    for card in cards {
      guard let kind = rack.hosts.firstIndex(where: { $0.card == card }), !rack.hosts[kind].isSplit,
        let port = pool.takeLowest(rack.hosts[kind].group)
      else { continue }
      taken[kind].append(port)
    }
    return taken
  }
}
