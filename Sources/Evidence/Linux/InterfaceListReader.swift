import Quantities

/// Reads the interfaces of a host from `ip -j -d -s -s address show`.
enum InterfaceListReader {
  /// More interfaces than the largest hosts of containers have.
  private static let most = 20_000

  static func interfaces(_ outputs: LinuxOutputs) -> Reading<[InterfaceFacts]> {
    let told =
      outputs.first(LinuxCommand("ip", "address")) ?? outputs.first(LinuxCommand("ip", "link"))
    guard let told else { return .notCollected }
    switch told.tree() {
    case .unknown(let reason): return .unknown(reason)
    case .known(let node):
      guard let list = node.list, list.count <= most else {
        return .unknown(told.garbled("no list of interfaces"))
      }
      let links = InterfaceLinks(list)
      guard !links.entries.isEmpty else { return .unknown(told.garbled("no interface")) }
      let reader = InterfaceReader(outputs, links, told)
      var interfaces = links.entries.map { reader.facts($0.name, $0.node) }
      OVSReader(outputs)?.apply(to: &interfaces)
      return told.known(interfaces)
    }
  }
}

/// Who stands on whom.
struct InterfaceLinks {
  var entries: [(name: String, node: ToolNode)] = []
  private var members: [String: [Int]] = [:]

  init(_ list: [ToolNode]) {
    var seen: Set<String> = []
    // Old releases leave empty objects where a filter took something out.
    for node in list {
      guard let name = node["ifname"]?.text, !name.isEmpty, seen.insert(name).inserted else {
        continue
      }
      if let master = node["master"]?.text { members[master, default: []].append(entries.count) }
      entries.append((name, node))
    }
  }

  /// Interfaces whose master is this one, in the order of the host.
  func members(of name: String) -> [(name: String, node: ToolNode)] {
    (members[name] ?? []).map { entries[$0] }
  }

  /// What an interface is. Without `-d` only names and flags tell.
  func kind(_ name: String, _ node: ToolNode) -> InterfaceKind {
    if node["link_type"]?.text == "loopback" { return .loopback }
    switch node["linkinfo"]?["info_kind"]?.text {
    case "vlan": return .vlan
    case "bond", "team": return .team
    case "bridge": return .bridge
    case "openvswitch": return .virtual
    case .some: return .other
    case nil: break
    }
    guard node["link_type"]?.text == "ether" else { return .other }
    if hasDetails(node) { return .physical }
    let flags = flags(node) ?? []
    if flags.contains("MASTER") { return .team }
    if !members(of: name).isEmpty { return .bridge }
    if let link = node["link"]?.text { return name.hasPrefix(link + ".") ? .vlan : .other }
    return .physical
  }

  /// Whether `ip` was asked for details.
  func hasDetails(_ node: ToolNode) -> Bool {
    ["linkinfo", "promiscuity", "min_mtu", "num_rx_queues"].contains { node[$0] != nil }
  }

  func flags(_ node: ToolNode) -> [String]? { node["flags"]?.list?.compactMap(\.text) }
}
