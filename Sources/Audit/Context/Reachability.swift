import Fabric
import Quantities
import SiteModel

/// A thing that breaks: everything smaller breaks less.
///
/// The loss of a link, an optic or a leg of a breakout is part of the loss of its cable; the loss of
/// a power supply costs at most its switch; an upgrade takes its switch out.
enum Loss: Hashable {
  case nothing
  /// Index of a switch.
  case device(Int)
  /// Index of a cable.
  case cable(Int)
}

/// Who must reach whom: the hosts of one class of traffic over its VLANs, any one of which will do.
struct Need {
  /// A trunk that carries one of the VLANs, between two switches; the core is the number after the
  /// last switch.
  struct Way {
    let a: Int
    let b: Int
    let cable: Int
  }
  /// A port of a host in one of the VLANs.
  struct Port {
    let vlan: Int
    let device: Int
    let cable: Int
  }
  /// Class of traffic or tenant VLAN, for messages.
  let name: String
  /// For each VLAN the trunks that carry it.
  let ways: [[Way]]
  /// Index in `Fabric.hosts`.
  let hosts: [Int]
  /// For each host its ports in these VLANs.
  let ports: [[Port]]
  /// Whether each host must reach the core too.
  let reachesCore: Bool
  /// Switches, and one for the core.
  let nodes: Int
}

/// Answers who is cut off after a loss.
struct Reachability {
  private typealias Kind = (keys: [Int], host: Int)
  private let need: Need
  private let names: [String]
  /// Component of each node in each VLAN when nothing is lost.
  private let usualGroups: [[Int]]
  /// The distinct sets of components that hosts are in when nothing is lost, with one host each.
  private let usualKinds: [Kind]
  private let trunkCables: Set<Int>
  /// The ways up of each switch that takes its host ports down with them.
  private let ways: [(device: Int, ways: [Need.Way])]

  init(_ need: Need, _ context: AuditContext) {
    self.need = need
    names = context.fabric.hosts.map(\.name)
    ways = Reachability.waysUp(context)
    trunkCables = Set((need.ways + ways.map(\.ways)).flatMap { $0.map(\.cable) })
    let groups = Reachability.components(need, .nothing)
    usualGroups = groups
    usualKinds = Reachability.kinds(
      need, Array(need.hosts.indices), groups, .nothing, dark: Reachability.dark(ways, .nothing))
  }

  /// What is cut off after a loss, as a sentence; `nil` when nobody is.
  func cutOff(after loss: Loss) -> String? {
    if case .cable(let cable) = loss, !trunkCables.contains(cable) {
      // A cable to hosts changes nothing for the others.
      let touched = need.hosts.indices.filter { position in
        need.ports[position].contains { $0.cable == cable }
      }
      guard !touched.isEmpty else { return nil }
      let kinds = Reachability.kinds(
        need, touched, usualGroups, loss, dark: Reachability.dark(ways, loss))
      return missing(kinds, against: kinds + usualKinds, usualGroups)
    }
    let groups = Reachability.components(need, loss)
    let kinds = Reachability.kinds(
      need, Array(need.hosts.indices), groups, loss, dark: Reachability.dark(ways, loss))
    return missing(kinds, against: kinds, groups)
  }

  private func missing(
    _ kinds: [Kind], against others: [Kind], _ groups: [[Int]]
  ) -> String? {
    let core = groups.indices.map { $0 * need.nodes + groups[$0][need.nodes - 1] }
    for kind in kinds {
      let name = names[kind.host]
      if kind.keys.isEmpty { return "\(name) is cut off from all others" }
      if need.reachesCore, !kind.keys.contains(where: core.contains) {
        return "\(name) no longer reaches the core"
      }
      for other in others where !kind.keys.contains(where: other.keys.contains) {
        return "\(name) no longer reaches \(names[other.host])"
      }
    }
    return nil
  }

  /// The trunks that the uplink groups of each switch watch, whatever VLANs they carry. All groups
  /// of a switch count as one.
  private static func waysUp(_ context: AuditContext) -> [(device: Int, ways: [Need.Way])] {
    context.switches.indices.compactMap { index in
      let watched = Set(
        context.switches[index].intent?.uplinkGroups.flatMap(\.upstreamLAGs) ?? [])
      guard !watched.isEmpty else { return nil }
      let own = context.layer2.trunks.filter { trunk in
        let lag = trunk.a == index ? trunk.portA.lag : trunk.b == index ? trunk.portB?.lag : nil
        return lag.map(watched.contains) ?? false && trunk.portA.enabled
          && trunk.portB?.enabled != false
      }
      return (
        index,
        own.map { Need.Way(a: $0.a, b: $0.b ?? context.switches.count, cable: $0.cable ?? -1) }
      )
    }
  }

  /// Switches that have lost all their ways up and so took their host ports down.
  private static func dark(
    _ ways: [(device: Int, ways: [Need.Way])], _ loss: Loss
  ) -> [Int] {
    ways.filter { !$0.ways.contains { survives($0, loss) } }.map(\.device)
  }

  private static func survives(_ way: Need.Way, _ loss: Loss) -> Bool {
    switch loss {
    case .nothing: true
    case .device(let dead): way.a != dead && way.b != dead
    case .cable(let dead): way.cable != dead
    }
  }

  private static func components(_ need: Need, _ loss: Loss) -> [[Int]] {
    need.ways.map { ways in
      var sets = DisjointSets(need.nodes)
      for way in ways where survives(way, loss) { _ = sets.join(way.a, way.b) }
      return (0..<need.nodes).map { sets.root($0) }
    }
  }

  /// The distinct sets of components that hosts are in, as numbers that tell VLANs apart.
  private static func kinds(
    _ need: Need, _ positions: [Int], _ groups: [[Int]], _ loss: Loss, dark: [Int]
  ) -> [Kind] {
    var kinds: [Kind] = []
    var keys: [Int] = []
    for position in positions {
      keys.removeAll(keepingCapacity: true)
      for port in need.ports[position] {
        switch loss {
        case _ where dark.contains(port.device): continue
        case .device(let dead) where port.device == dead: continue
        case .cable(let dead) where port.cable == dead: continue
        default:
          let key = port.vlan * need.nodes + groups[port.vlan][port.device]
          if !keys.contains(key) { keys.append(key) }
        }
      }
      keys.sort()
      if !kinds.contains(where: { $0.keys == keys }) {
        kinds.append((Array(keys), need.hosts[position]))
      }
    }
    return kinds
  }
}

extension AuditContext {
  /// All needs; those that use the same ports and trunks are one.
  func needs() -> [Need] {
    var result: [Need] = []
    var seen: Set<[[Int]]> = []
    let core = switches.count
    func add(
      _ name: String, _ vlans: [VLANID], _ traffic: TrafficClass, core reaches: Bool,
      among holds: (Int) -> Bool = { _ in true }
    ) {
      let trunks = vlans.map { vlan in
        layer2.trunks.indices.filter { index in
          let trunk = layer2.trunks[index]
          return carries(trunk, vlan)
            || (isStandby(trunk)
              && switches[trunk.a].membership(trunk.portA).tagged.contains(vlan))
        }
      }
      var ports = [[Need.Port]](repeating: [], count: fabric.hosts.count)
      var isUser = [Bool](repeating: false, count: fabric.hosts.count)
      for port in hostPorts where port.carries.contains(traffic) && holds(port.host) {
        isUser[port.host] = true
      }
      for attachment in layer2.attachments {
        let port = hostPorts[attachment.hostPort]
        guard port.carries.contains(traffic), isUser[port.host] else { continue }
        for (position, vlan) in vlans.enumerated()
        where switches[attachment.device].carries(vlan, port: attachment.port) {
          ports[port.host].append(
            Need.Port(vlan: position, device: attachment.device, cable: attachment.cable ?? -1))
        }
      }
      let hosts = fabric.hosts.indices.filter { isUser[$0] }
      guard !hosts.isEmpty else { return }
      // Classes that use the same cables in the same way need only one look.
      let signature =
        trunks + [hosts, [reaches ? 1 : 0]]
        + hosts.map { host in ports[host].flatMap { [$0.vlan, $0.device, $0.cable] } }
      guard seen.insert(signature).inserted else { return }
      let ways = trunks.map { indices in
        indices.map { index in
          let trunk = layer2.trunks[index]
          return Need.Way(a: trunk.a, b: trunk.b ?? core, cable: trunk.cable ?? -1)
        }
      }
      result.append(
        Need(
          name: name, ways: ways, hosts: hosts, ports: hosts.map { ports[$0] },
          reachesCore: reaches, nodes: core + 1))
    }
    let hasCore = fabric.design != .standalonePair && site.core != nil
    for entry in site.addressing.entries {
      // Hosts with one address have one VLAN, in which they must stay.
      for audience in audiences(of: entry) {
        add(
          entry.traffic.rawValue, audience.vlans, entry.traffic,
          core: hasCore && audience.vlans.contains { vlanByID[$0]?.mayLeave ?? false },
          among: audience.holds)
      }
    }
    for id in site.traffic.tenantVLANs {
      add(
        "tenant VLAN \(id.number)", [id], .tenant,
        core: hasCore && vlanByID[id]?.mayLeave ?? false)
    }
    return result
  }
}
