import Fabric
import Quantities

/// A plan as a lab on one machine: which namespaces, virtual switches and cables there are. Pure:
/// the same plan gives the same lab, and nothing runs.
public struct LabPlan: Sendable {
  /// Longest name of a network interface in bytes: `IFNAMSIZ` of the kernel less its end.
  public static let longestInterface = 15

  public let name: LabName
  /// The plan that is built: cut, if it was.
  public let fabric: Fabric
  public let hosts: [LabHost]
  public let bridges: [LabBridge]
  /// Switches of the plan that are built: all but those of the management network.
  public let switches: [LabSwitch]
  /// Links between switches, and to the core.
  public let trunks: [LabTrunk]
  /// `nil` for a plan without a core.
  public let core: LabCore?
  public let lan: LabLAN
  /// Path of the program whose agents run on the hosts; empty for none.
  public let agent: String
  let index: FabricIndex

  /// Makes the lab of a plan.
  /// - Parameter agent: path of the program that serves as agent; empty for a lab without.
  public init(_ fabric: Fabric, name: LabName, agent: String = "") {
    self.name = name
    self.agent = agent
    lan = LabLAN(fabric)
    self.fabric = fabric
    let index = FabricIndex(fabric)
    self.index = index
    hosts = fabric.hosts.enumerated().map { LabHost($1, index, number: $0 + 1) }
      .filter { !$0.ports.isEmpty }
    let core = fabric.site.core.map { LabCore(fabric, switchName: $0.name) }
    self.core = core
    let switches = LabSwitch.all(index)
    self.switches = switches
    let trunks = LabTrunk.all(index, switches, core: core)
    self.trunks = trunks
    bridges = LabBridge.all(switches, core: core)
  }

  /// The nodes that get a namespace.
  public var nodes: [LabNode] {
    [.switches] + (core == nil ? [] : [.core]) + [.drawer, .lan] + hosts.map { .host($0.name) }
  }

  /// The interface of a switch port; `nil` where the plan plugs nothing in.
  public func interface(of end: Endpoint) -> String? { interfaces[end] }

  /// Interfaces of switch ports by their ports.
  var interfaces: [Endpoint: String] {
    Dictionary(
      switches.flatMap { device in
        device.ports.map { (Endpoint(node: device.name, port: $0.name), $0.interface) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The switch with a name; `nil` when there is none.
  public func device(_ name: String) -> LabSwitch? { switches.first { $0.name == name } }

  /// Names that no interface can have, and names that two in one namespace would share; empty for
  /// plans whose hosts name their ports as `tenfold plan` does.
  public var unusableNames: [String] {
    var unusable: [String] = []
    for host in hosts {
      let names =
        host.ports.map(\.name) + host.bases.map(\.bridge) + host.networks.map(\.interface)
        + [LabLAN.interface]
      unusable += LabPlan.unusable(names)
    }
    let ends = switches.flatMap { $0.ports.map(\.interface) }
    let others = (core?.ports ?? []) + trunks.compactMap(\.coreInterface)
    return unusable + LabPlan.unusable(ends + others + bridges.map(\.name))
  }

  private static func unusable(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { name in
      !(1...longestInterface).contains(name.utf8.count) || !seen.insert(name).inserted
        || name.utf8.contains { $0 <= 32 || $0 == UInt8(ascii: "/") }
    }
  }
}

/// A switch of a lab.
public struct LabSwitch: Hashable, Sendable {
  /// A port that the plan plugs something into.
  public struct Port: Hashable, Sendable {
    /// As the plan names it.
    public var name: String
    /// Its interface in the namespace of switches.
    public var interface: String
    public var description: String
    public var membership: Membership
    /// Bytes that an interface is told to carry.
    public var mtu: Int
    public var isEnabled: Bool
    public var isEdge: Bool
    /// What is plugged in.
    public var link: Link
  }
  public var name: String
  public var bridge: String
  public var managementAddress: IPv4Address?
  public var priority: Int
  public var hasSpanningTree: Bool
  public var ports: [Port]

  static func all(_ index: FabricIndex) -> [LabSwitch] {
    let fabric = index.fabric
    var bridges: [Int: String] = [:]
    return fabric.devices.filter { $0.role != .outOfBand }.enumerated().map { number, device in
      let intent = fabric.intent(device.name)
      var bridge = "sw\(number + 1)"
      // The two of a pair are one switch to all others, so they share a bridge; the rule that keeps
      // frames from going round between them would have to be made by hand otherwise.
      if let domain = intent?.pair?.domain {
        let key = domain << 2 | (device.role == .spine ? 1 : device.role == .central ? 2 : 3)
        if device.role == .tor {
          bridge = "sw\(number + 1)"
        } else if let known = bridges[key] {
          bridge = known
        } else {
          bridges[key] = bridge
        }
      }
      return LabSwitch(
        name: device.name, bridge: bridge, managementAddress: device.managementAddress,
        priority: intent?.spanningTree.priority ?? 32_768,
        hasSpanningTree: intent?.spanningTree.mode == .rstp,
        ports: ports(of: device.name, index))
    }
  }

  private static func ports(
    of device: String, _ index: FabricIndex
  ) -> [Port] {
    var ports: [Port] = []
    for (place, link) in index.fabric.links.enumerated() {
      guard [.host, .uplink, .peer, .core].contains(link.role) else { continue }
      for (end, letter) in [(link.a, "a"), (link.b, "b")] where end.node == device {
        guard let intent = index.port(end) else { continue }
        let stem = link.id.utf8.count <= 12 ? link.id : "k\(place)"
        ports.append(
          Port(
            name: end.port, interface: "\(stem)-\(letter)", description: intent.description,
            membership: index.membership(end),
            // Platforms count 18 to 22 bytes of headers in; an interface here does not. No payload
            // of a plan is so near to the limit that it would matter.
            mtu: min(max(index.lag(end)?.mtu ?? intent.mtu, 68), 65_535),
            isEnabled: intent.enabled, isEdge: intent.edge, link: link))
      }
    }
    return ports
  }
}

/// A virtual switch in the namespace of switches.
public struct LabBridge: Hashable, Sendable {
  /// Such as `sw1`, and `core`.
  public var name: String
  public var switches: [String]
  /// Lowest spanning-tree priority of its switches; `nil` without spanning tree.
  public var priority: Int?

  static func all(_ switches: [LabSwitch], core: LabCore?) -> [LabBridge] {
    var bridges: [LabBridge] = []
    for device in switches {
      let priority = device.hasSpanningTree ? device.priority : nil
      if let known = bridges.firstIndex(where: { $0.name == device.bridge }) {
        bridges[known].switches.append(device.name)
        bridges[known].priority = [bridges[known].priority, priority].compactMap { $0 }.min()
      } else {
        bridges.append(LabBridge(name: device.bridge, switches: [device.name], priority: priority))
      }
    }
    if let core { bridges.append(LabBridge(name: core.bridge, switches: [core.name], priority: 0)) }
    return bridges
  }
}
