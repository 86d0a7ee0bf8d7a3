import Fabric
import Quantities
import SiteModel

/// A link between two switches of the plan, or between one of them and the core, as it is
/// configured at the ends that the plan owns.
final class Trunk: Sendable {
  /// Index in `AuditContext.links`.
  let link: Int
  let cable: Int?
  /// Index of a switch, and what it is told about the port.
  let a: Int
  let portA: PortIntent
  /// The other switch; `nil` for the core, whose port is not configured by the plan.
  let b: Int?
  let portB: PortIntent?
  /// Box of the core's port, where the core is more than one; empty otherwise.
  let box: String

  init(
    link: Int, cable: Int?, a: Int, portA: PortIntent, b: Int?, portB: PortIntent?, box: String
  ) {
    self.link = link
    self.cable = cable
    self.a = a
    self.portA = portA
    self.b = b
    self.portB = portB
    self.box = box
  }
}

/// A host's port on a switch.
final class Attachment: Sendable {
  /// Index in `AuditContext.hostPorts`.
  let hostPort: Int
  let cable: Int?
  let device: Int
  let port: PortIntent

  init(hostPort: Int, cable: Int?, device: Int, port: PortIntent) {
    self.hostPort = hostPort
    self.cable = cable
    self.device = device
    self.port = port
  }
}

/// The network as frames see it.
struct Layer2 {
  private(set) var trunks: [Trunk] = []
  private(set) var attachments: [Attachment] = []

  init() {}

  init(_ context: AuditContext) {
    for (index, view) in context.links.enumerated() {
      switch (view.a, view.b) {
      case (.device(let a), .device(let b)):
        guard let portA = context.switches[a].portIntent(view.link.a.port),
          let portB = context.switches[b].portIntent(view.link.b.port)
        else { continue }
        trunks.append(
          Trunk(
            link: index, cable: view.cable, a: a, portA: portA, b: b, portB: portB, box: ""))
      case (.device(let a), .core), (.core, .device(let a)):
        let isA = view.b == .core
        let (own, far) = isA ? (view.link.a, view.link.b) : (view.link.b, view.link.a)
        guard let port = context.switches[a].portIntent(own.port) else { continue }
        let box = context.site.core?.port(labelled: far.port)?.box ?? ""
        trunks.append(
          Trunk(link: index, cable: view.cable, a: a, portA: port, b: nil, portB: nil, box: box))
      case (.device(let a), .host), (.host, .device(let a)):
        let isA = view.a == .device(a)
        let (own, far) = isA ? (view.link.a, view.link.b) : (view.link.b, view.link.a)
        guard let port = context.switches[a].portIntent(own.port),
          let hostPort = context.hostPortIndex[far]
        else { continue }
        attachments.append(
          Attachment(hostPort: hostPort, cable: view.cable, device: a, port: port))
      default: continue
      }
    }
  }
}

extension AuditContext {
  /// Whether frames of a VLAN pass a trunk: both ends that the plan owns carry it.
  func carries(_ trunk: Trunk, _ vlan: VLANID) -> Bool {
    guard switches[trunk.a].carries(vlan, port: trunk.portA) else { return false }
    guard let b = trunk.b, let portB = trunk.portB else { return true }
    return switches[b].carries(vlan, port: portB)
  }

  /// Whether a trunk is a shut way to one of two separate core boxes, to be opened by hand.
  func isStandby(_ trunk: Trunk) -> Bool {
    trunk.b == nil && site.core?.kind == .separate && !trunk.portA.enabled
  }

  /// Whether a trunk joins the two switches of a pair.
  func isPeerLink(_ trunk: Trunk) -> Bool {
    guard let b = trunk.b else { return false }
    return peer(of: trunk.a) == b
  }
}

/// Sets that are joined: components of a graph (Tarjan's union-find with path halving).
struct DisjointSets {
  private var parent: [Int]
  init(_ count: Int) { parent = Array(0..<count) }
  mutating func root(_ item: Int) -> Int {
    var item = item
    while parent[item] != item {
      parent[item] = parent[parent[item]]
      item = parent[item]
    }
    return item
  }
  /// Joins two sets; `false` when they were one already.
  mutating func join(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (root(a), root(b))
    guard a != b else { return false }
    parent[max(a, b)] = min(a, b)
    return true
  }
}
