import CatalogModel
import Fabric
import Mustache
import TemplateText

/// Renders the ports of a switch, each shape of port once: most ports of a switch differ in name
/// and description alone, so the template runs with stand-ins for these two.
struct PortBlocks {
  private static let nameStandIn: UInt8 = 2
  private static let descriptionStandIn: UInt8 = 3
  private let intent: SwitchIntent
  private let defaultMTU: Int?
  private let lacp: [Int: Bool]
  private let lossless: Node
  private let split: Set<String>
  /// Ids of the uplink groups that a port goes down with.
  private let downstreamOf: [String: [Int]]

  private let membershipOfLAG: [Int: Membership]
  private let peerLAG: Int?
  private let vlanList: String

  /// All that the block of a port is made from.
  private struct Shape: Hashable {
    var port: PortIntent
    var isSplit: Bool
    var isQuoted: Bool
    var downstreamOf: [Int]
  }

  init(_ intent: SwitchIntent, traits: DialectTraits?) {
    self.intent = intent
    defaultMTU = traits?.defaultMTU.value
    lacp = Dictionary(
      intent.lags.map { ($0.number, $0.lacp) }, uniquingKeysWith: { first, _ in first })
    membershipOfLAG = Dictionary(
      intent.lags.map { ($0.number, $0.membership) }, uniquingKeysWith: { first, _ in first })
    peerLAG = intent.pair?.peerLAG
    vlanList = PortLists.ranges(intent.vlans.map(\.id.number))
    split = Set(intent.splits.map(\.port))
    var downstreamOf: [String: [Int]] = [:]
    for group in intent.uplinkGroups {
      for port in group.downstream { downstreamOf[port, default: []].append(group.id) }
    }
    self.downstreamOf = downstreamOf
    let noDrop = (intent.qos?.groups ?? []).filter(\.lossless).flatMap(\.priorities).map(\.number)
    lossless = Node([
      "policy": Node(intent.qos?.policy ?? ""),
      "priorities": Node(noDrop.sorted().map { Node($0) }),
    ])
  }

  /// All blocks in the order of the ports.
  func render(_ template: MustacheTemplate, library: MustacheLibrary) -> String {
    var shapes: [Shape: [UInt8]] = [:]
    var text: [UInt8] = []
    text.reserveCapacity(intent.ports.count * 128)
    for port in intent.ports {
      var shape = Shape(
        port: port, isSplit: split.contains(port.name),
        isQuoted: port.description.utf8.contains(32),
        downstreamOf: downstreamOf[port.name] ?? [])
      shape.port.name = "\u{2}"
      shape.port.description = port.description.isEmpty ? "" : "\u{3}"
      let block: [UInt8]
      if let known = shapes[shape] {
        block = known
      } else {
        block = Array(template.render(node(shape), library: library).utf8)
        shapes[shape] = block
      }
      for byte in block {
        switch byte {
        case PortBlocks.nameStandIn: text += port.name.utf8
        case PortBlocks.descriptionStandIn: text += port.description.utf8
        default: text.append(byte)
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func node(_ shape: Shape) -> Node {
    let port = shape.port
    var parts = IntentView.membership(
      port.membership, isUp: port.enabled && port.lag == nil)
    parts["name"] = Node(port.name)
    parts["enabled"] = Node(port.enabled)
    if !port.description.isEmpty {
      parts["description"] = Node(port.description)
      parts["quotedDescription"] = Node(
        shape.isQuoted ? "\"\(port.description)\"" : port.description)
    }
    if port.mtu != defaultMTU { parts["mtu"] = Node(port.mtu) }
    parts["linkMTU"] = Node(port.mtu)
    if shape.isSplit { parts["split"] = .yes }
    if let rate = port.rate { parts["rate\(rate.wholeGigabits)"] = .yes }
    parts["downstreamOf"] = Node(shape.downstreamOf.map { Node($0) })
    if let lag = port.lag {
      parts["lag"] = Node(lag)
      parts[lacp[lag] == true ? "lacp" : "static"] = Node(lag)
      if let membership = membershipOfLAG[lag] {
        parts["lagMembership"] = Node(IntentView.membership(membership, isUp: lag != peerLAG))
      }
      if lag == peerLAG { parts["peerMember"] = Node(["vlanList": Node(vlanList)]) }
    }
    if port.edge {
      parts["edge"] = .yes
      parts[port.bpduGuard ? "guardedEdge" : "plainEdge"] = .yes
    }
    if port.lossless { parts["lossless"] = lossless }
    return Node(parts)
  }
}
