import CatalogModel
import Fabric
import Quantities
import SiteModel

/// Where an endpoint leads.
enum Node: Hashable {
  /// Index in `AuditContext.switches`.
  case device(Int)
  /// Index in `Fabric.hosts`.
  case host(Int)
  case core
  /// The existing out-of-band network.
  case management
  case unknown
}

/// A switch with what the catalogue and its intent say of it.
///
/// A class, since proofs hand it around a hundred times as often as it is made.
final class SwitchView: Sendable {
  let device: Device
  let part: Part?
  let spec: SwitchSpec?
  /// Fixed groups, then those of the modules under `bay1/qsfp` and so on.
  let groups: [PortGroup]
  /// Index in `device.ports`.
  let portIndex: [String: Int]
  let intent: SwitchIntent?
  /// Index in `intent.ports`.
  let portIntentIndex: [String: Int]
  /// Index in `intent.lags`.
  let lagIndex: [Int: Int]
  /// Indices in `intent.ports` of the members of each LAG.
  let lagMembers: [Int: [Int]]
  /// Indices in `fabric.links` of what is plugged into each port.
  let linksAtPort: [String: [Int]]

  init(_ device: Device, _ intent: SwitchIntent?, _ catalog: Catalog, links: [String: [Int]]) {
    self.device = device
    self.intent = intent
    let part = catalog.part(device.part)
    self.part = part
    spec = part?.asSwitch
    groups = (spec?.ports ?? []) + SwitchView.moduleGroups(device.modules, catalog)
    portIndex = indexed(device.ports.map(\.name))
    portIntentIndex = indexed((intent?.ports ?? []).map(\.name))
    lagIndex = indexed((intent?.lags ?? []).map(\.number))
    var members: [Int: [Int]] = [:]
    for (index, port) in (intent?.ports ?? []).enumerated() {
      if let number = port.lag { members[number, default: []].append(index) }
    }
    lagMembers = members
    linksAtPort = links
  }

  /// Port groups of expansion modules: `bay1/qsfp` is the group `qsfp` of the module in bay 1.
  private static func moduleGroups(_ modules: [PartID], _ catalog: Catalog) -> [PortGroup] {
    modules.enumerated().flatMap { index, id in
      (catalog.part(id)?.asModule?.ports ?? []).map { group in
        var group = group
        group.id = "bay\(index + 1)/\(group.id)"
        group.sharedWith = group.sharedWith.map { "bay\(index + 1)/\($0)" }
        return group
      }
    }
  }

  var name: String { device.name }

  func port(_ name: String) -> DevicePort? { portIndex[name].map { device.ports[$0] } }
  func portIntent(_ name: String) -> PortIntent? {
    guard let intent, let index = portIntentIndex[name] else { return nil }
    return intent.ports[index]
  }
  func lag(_ number: Int) -> LAGIntent? {
    guard let intent, let index = lagIndex[number] else { return nil }
    return intent.lags[index]
  }
  /// The group of a port.
  func group(of port: DevicePort) -> PortGroup? { groups.first { $0.id == port.group } }
  /// VLANs of a port: its own, or those of its LAG.
  func membership(_ port: PortIntent) -> Membership {
    guard let number = port.lag else { return port.membership }
    return lag(number)?.membership ?? .none
  }
  /// Whether frames of a VLAN pass an enabled port; a peer link carries every VLAN the switch has.
  func carries(_ vlan: VLANID, port: PortIntent) -> Bool {
    guard port.enabled else { return false }
    if let number = port.lag, let lag = lag(number), lag.isPeerLink {
      return intent?.vlans.contains { $0.id == vlan } ?? false
    }
    let membership = membership(port)
    return membership.untagged == vlan || membership.tagged.contains(vlan)
  }
}

/// A port of a host on the new fabric.
struct HostPortView {
  let host: Int
  let card: Int
  let endpoint: Endpoint
  /// The card's classes of traffic.
  let carries: [TrafficClass]
  /// Indices in `fabric.links`.
  var links: [Int] = []
}

/// A link with its ends looked up.
struct LinkView {
  let link: Link
  let a: Node
  let b: Node
  /// Index in `fabric.cables`.
  let cable: Int?
}

/// Two switches that act as one.
struct PairView {
  /// Index of the one in `AuditContext.switches`, then of the other.
  let first: Int
  let second: Int
}

/// A plan with everything looked up once: proofs read arrays instead of searching.
struct AuditContext {
  let fabric: Fabric
  let switches: [SwitchView]
  let switchIndex: [String: Int]
  let hostIndex: [String: Int]
  /// In the order of hosts, cards and ports.
  let hostPorts: [HostPortView]
  let hostPortIndex: [Endpoint: Int]
  let links: [LinkView]
  /// Indices in `links` of what each cable carries, by index of the cable.
  let linksByCable: [[Int]]
  let cableIndex: [String: Int]
  /// Exactly two switches with a pair intent of the same domain, in the order of the devices.
  let pairs: [PairView]
  let confirmations: ConfirmationIndex
  let vlanByID: [VLANID: VLAN]
  /// The plugs of each cable, by its index, the near one first; none when its part is no cable.
  private(set) var plugs: [[PlugView]]
  /// How the hosts are in the networks of each class of traffic.
  private(set) var classUse: ClassUse
  /// What the plan is built of.
  private(set) var needed: Needed
  /// Trunks and host ports as they are configured.
  private(set) var layer2: Layer2

  var site: Site { fabric.site }
  var catalog: Catalog { fabric.catalog }

  init(_ fabric: Fabric) {
    self.fabric = fabric
    confirmations = ConfirmationIndex(fabric.confirmations)
    switchIndex = indexed(fabric.devices.map(\.name))
    hostIndex = indexed(fabric.hosts.map(\.name))
    cableIndex = indexed(fabric.cables.map(\.id))
    vlanByID = Dictionary(fabric.vlans.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    var hostPorts = AuditContext.hostPorts(of: fabric)
    var hostPortIndex: [Endpoint: Int] = [:]
    for (index, port) in hostPorts.enumerated() where hostPortIndex[port.endpoint] == nil {
      hostPortIndex[port.endpoint] = index
    }

    var links: [LinkView] = []
    var linksAtPorts = [[String: [Int]]](repeating: [:], count: fabric.devices.count)
    var linksByCable = [[Int]](repeating: [], count: fabric.cables.count)
    for (index, link) in fabric.links.enumerated() {
      let view = LinkView(
        link: link, a: AuditContext.node(link.a.node, fabric, switchIndex, hostIndex),
        b: AuditContext.node(link.b.node, fabric, switchIndex, hostIndex),
        cable: cableIndex[link.cable])
      links.append(view)
      if let cable = view.cable { linksByCable[cable].append(index) }
      for (node, endpoint) in [(view.a, link.a), (view.b, link.b)] {
        if case .device(let at) = node {
          linksAtPorts[at][endpoint.port, default: []].append(index)
        }
        if let at = hostPortIndex[endpoint] { hostPorts[at].links.append(index) }
      }
    }
    var intents: [String: SwitchIntent] = [:]
    for intent in fabric.intents where intents[intent.hostname] == nil {
      intents[intent.hostname] = intent
    }
    switches = zip(fabric.devices, linksAtPorts).map { device, links in
      SwitchView(device, intents[device.name], fabric.catalog, links: links)
    }
    self.hostPorts = hostPorts
    self.hostPortIndex = hostPortIndex
    self.links = links
    self.linksByCable = linksByCable
    pairs = AuditContext.pairs(of: switches)
    plugs = []
    classUse = ClassUse()
    needed = Needed()
    layer2 = Layer2()
    classUse = usesOfClasses()
    plugs = fabric.cables.map(makePlugs)
    needed = Needed(self)
    layer2 = Layer2(self)
  }

  /// What a node name stands for.
  func node(_ name: String) -> Node {
    AuditContext.node(name, fabric, switchIndex, hostIndex)
  }

  /// The switch at a node; `nil` for everything else.
  func switchView(_ node: Node) -> SwitchView? {
    if case .device(let index) = node { switches[index] } else { nil }
  }

  /// The other switch of a pair; `nil` for a switch on its own.
  func peer(of index: Int) -> Int? {
    for pair in pairs {
      if pair.first == index { return pair.second }
      if pair.second == index { return pair.first }
    }
    return nil
  }
}

extension AuditContext {
  private static func hostPorts(of fabric: Fabric) -> [HostPortView] {
    let groups = Dictionary(
      fabric.site.hosts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var ports: [HostPortView] = []
    for (index, host) in fabric.hosts.enumerated() {
      let nics = groups[host.group]?.nics ?? []
      for (cardIndex, card) in host.cards.enumerated() {
        let carries = nics.indices.contains(card.slot) ? nics[card.slot].carries : []
        for port in card.ports {
          ports.append(
            HostPortView(
              host: index, card: cardIndex, endpoint: Endpoint(node: host.name, port: port),
              carries: carries))
        }
      }
    }
    return ports
  }

  private static func node(
    _ name: String, _ fabric: Fabric, _ switches: [String: Int], _ hosts: [String: Int]
  ) -> Node {
    if let index = switches[name] { return .device(index) }
    if let index = hosts[name] { return .host(index) }
    if let core = fabric.site.core, core.name == name { return .core }
    return name == "management" ? .management : .unknown
  }

  private static func pairs(of views: [SwitchView]) -> [PairView] {
    var pairs: [PairView] = []
    for (first, view) in views.enumerated() {
      guard let pair = view.intent?.pair else { continue }
      let same = views.indices.filter { views[$0].intent?.pair?.domain == pair.domain }
      if same.count == 2, same[0] == first {
        pairs.append(PairView(first: first, second: same[1]))
      }
    }
    return pairs
  }
}

/// The first place of each key.
func indexed<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
  var result: [Key: Int] = [:]
  result.reserveCapacity(keys.count)
  for (index, key) in keys.enumerated() where result[key] == nil { result[key] = index }
  return result
}
