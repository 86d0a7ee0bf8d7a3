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
  /// Class of traffic or tenant VLAN, for messages.
  let name: String
  /// For each VLAN the trunks that carry it, by index in `Layer2.trunks`.
  let trunks: [[Int]]
  /// Index in `Fabric.hosts`.
  let hosts: [Int]
  /// For each host its ports in these VLANs: which VLAN, and index in `Layer2.attachments`.
  let ports: [[(vlan: Int, attachment: Int)]]
  /// Whether each host must reach the core too.
  let reachesCore: Bool
}

/// Answers who is cut off after a loss.
struct Reachability {
  private let context: AuditContext
  private let need: Need
  /// Components that each host is in when nothing is lost, by position in `need.hosts`.
  private let usual: [[Int]]
  /// The distinct ones of `usual`, with one host each.
  private let usualKinds: [(keys: [Int], host: Int)]

  init(_ need: Need, _ context: AuditContext) {
    self.context = context
    self.need = need
    let groups = Reachability.components(need, .nothing, context)
    var usual: [[Int]] = []
    for position in need.hosts.indices {
      usual.append(Reachability.keys(need, position, groups, .nothing, context))
    }
    self.usual = usual
    usualKinds = Reachability.kinds(zip(usual, need.hosts).map { ($0, $1) })
  }

  /// What is cut off after a loss, as a sentence; `nil` when nobody is.
  func cutOff(after loss: Loss) -> String? {
    if case .cable(let cable) = loss, !context.layer2.trunks.contains(where: { $0.cable == cable })
    {
      return cutOffHosts(cable)
    }
    let groups = Reachability.components(need, loss, context)
    var all: [([Int], Int)] = []
    for (position, host) in need.hosts.enumerated() {
      all.append((Reachability.keys(need, position, groups, loss, context), host))
    }
    let kinds = Reachability.kinds(all)
    let core = Reachability.core(need, groups)
    return missing(kinds, against: kinds, core)
  }

  /// A cable to hosts changes nothing for the others.
  private func cutOffHosts(_ cable: Int) -> String? {
    let loss = Loss.cable(cable)
    let groups = Reachability.components(need, .nothing, context)
    var changed: [([Int], Int)] = []
    for (position, host) in need.hosts.enumerated()
    where need.ports[position].contains(where: {
      context.layer2.attachments[$0.attachment].cable == cable
    }) {
      changed.append((Reachability.keys(need, position, groups, loss, context), host))
    }
    guard !changed.isEmpty else { return nil }
    let kinds = Reachability.kinds(changed)
    return missing(kinds, against: kinds + usualKinds, Reachability.core(need, groups))
  }

  private func missing(
    _ kinds: [(keys: [Int], host: Int)], against others: [(keys: [Int], host: Int)],
    _ core: [Int]
  ) -> String? {
    for kind in kinds {
      let name = context.fabric.hosts[kind.host].name
      if kind.keys.isEmpty { return "\(name) is cut off from all others" }
      if need.reachesCore, !kind.keys.contains(where: core.contains) {
        return "\(name) no longer reaches the core"
      }
      for other in others where !kind.keys.contains(where: other.keys.contains) {
        return "\(name) no longer reaches \(context.fabric.hosts[other.host].name)"
      }
    }
    return nil
  }

  /// For each VLAN the component of each switch; the core comes last.
  private static func components(
    _ need: Need, _ loss: Loss, _ context: AuditContext
  ) -> [[Int]] {
    let count = context.switches.count
    return need.trunks.map { trunks in
      var sets = DisjointSets(count + 1)
      for index in trunks {
        let trunk = context.layer2.trunks[index]
        switch loss {
        case .device(let dead) where trunk.a == dead || trunk.b == dead: continue
        case .cable(let dead) where trunk.cable == dead: continue
        default: _ = sets.join(trunk.a, trunk.b ?? count)
        }
      }
      return (0...count).map { sets.root($0) }
    }
  }

  /// The components that a host is in, as numbers that tell VLANs apart.
  private static func keys(
    _ need: Need, _ position: Int, _ groups: [[Int]], _ loss: Loss, _ context: AuditContext
  ) -> [Int] {
    var keys: [Int] = []
    for port in need.ports[position] {
      let attachment = context.layer2.attachments[port.attachment]
      if loss == .device(attachment.device) { continue }
      if let cable = attachment.cable, loss == .cable(cable) { continue }
      let group = groups[port.vlan]
      let key = port.vlan * group.count + group[attachment.device]
      if !keys.contains(key) { keys.append(key) }
    }
    return keys.sorted()
  }

  private static func core(_ need: Need, _ groups: [[Int]]) -> [Int] {
    groups.enumerated().compactMap { vlan, group in
      group.last.map { vlan * group.count + $0 }
    }
  }

  private static func kinds(_ all: [([Int], Int)]) -> [(keys: [Int], host: Int)] {
    var kinds: [(keys: [Int], host: Int)] = []
    for (keys, host) in all where !kinds.contains(where: { $0.keys == keys }) {
      kinds.append((keys, host))
    }
    return kinds
  }
}

extension AuditContext {
  /// All needs; those that use the same ports and trunks are one.
  func needs() -> [Need] {
    var result: [Need] = []
    var seen: Set<[[Int]]> = []
    func add(_ name: String, _ vlans: [VLANID], _ traffic: TrafficClass, core: Bool) {
      let trunks = vlans.map { vlan in
        layer2.trunks.indices.filter { carries(layer2.trunks[$0], vlan) }
      }
      var byHost = [[(vlan: Int, attachment: Int)]](repeating: [], count: fabric.hosts.count)
      var isUser = [Bool](repeating: false, count: fabric.hosts.count)
      for port in hostPorts where port.carries.contains(traffic) { isUser[port.host] = true }
      for (index, attachment) in layer2.attachments.enumerated() {
        let port = hostPorts[attachment.hostPort]
        guard port.carries.contains(traffic) else { continue }
        for (position, vlan) in vlans.enumerated()
        where switches[attachment.device].carries(vlan, port: attachment.port) {
          byHost[port.host].append((position, index))
        }
      }
      let hosts = fabric.hosts.indices.filter { isUser[$0] }
      guard !hosts.isEmpty else { return }
      let ports = hosts.map { byHost[$0] }
      let signature =
        trunks + ports.map { $0.flatMap { [$0.vlan, $0.attachment] } } + [hosts, [core ? 1 : 0]]
      guard seen.insert(signature).inserted else { return }
      result.append(
        Need(name: name, trunks: trunks, hosts: hosts, ports: ports, reachesCore: core))
    }
    for entry in site.addressing.entries {
      add(entry.traffic.rawValue, [entry.vlanA, entry.vlanB], entry.traffic, core: false)
    }
    let hasCore = fabric.design != .standalonePair && site.core != nil
    for id in site.traffic.tenantVLANs {
      add(
        "tenant VLAN \(id.number)", [id], .tenant,
        core: hasCore && vlanByID[id]?.mayLeave ?? false)
    }
    return result
  }
}
