import Quantities

/// A neighbour on an interface; `nil` when it lacks what every neighbour has.
typealias Heard = (interface: String, neighbour: Neighbour?)

/// Reads the neighbours that lldpd knows.
struct LLDPReader {
  private var neighbours: [String: [Neighbour]] = [:]
  /// Interfaces with a neighbour that nobody can make sense of.
  private var unread: Set<String> = []
  private let told: Told?
  private let failure: Unknown

  init(_ outputs: LinuxOutputs) {
    guard let told = outputs.first(LinuxCommand("lldpcli")) else {
      (told, failure) = (nil, Unknown(.notCollected))
      return
    }
    switch LLDPReader.read(told) {
    case .known(let list, _):
      (self.told, failure) = (told, Unknown(.notCollected))
      for (interface, neighbour) in list {
        if let neighbour {
          neighbours[interface, default: []].append(neighbour)
        } else {
          unread.insert(interface)
        }
      }
    case .unknown(let reason):
      (self.told, failure) = (nil, reason)
    }
  }

  /// Neighbours of an interface; none where the daemon runs and has heard nobody.
  func neighbours(of interface: String) -> Reading<[Neighbour]> {
    guard let told else { return .unknown(failure) }
    guard !unread.contains(interface) else {
      return .unknown(told.garbled("a neighbour without a chassis or a port"))
    }
    return told.known(neighbours[interface] ?? [])
  }

  /// Whether somebody was heard on the interface.
  func hasHeard(_ interface: String) -> Bool {
    neighbours[interface] != nil || unread.contains(interface)
  }

  private enum List {
    case known([Heard], Told)
    case unknown(Unknown)
  }

  private static func read(_ told: Told) -> List {
    if told.isJSON {
      switch told.tree() {
      case .unknown(let reason): return .unknown(reason)
      case .known(let node):
        guard let lldp = node["lldp"] else { return .unknown(told.garbled("no \"lldp\"")) }
        return .known(LLDPTree.neighbours(lldp), told)
      }
    }
    let lines = ToolText.lines(told.output.text)
    if lines.contains(where: { $0.starts(with: "lldp.".utf8) }) {
      return .known(LLDPKeyValues.neighbours(lines), told)
    }
    let words = told.output.command.utf8.split(separator: 0x20)
    if told.isEmptyAnswer, words.contains(where: { $0.elementsEqual("keyvalue".utf8) }) {
      // That form has no frame around its lines: no neighbour is no line.
      return .known([], told)
    }
    return .unknown(told.failure("plain text: this release of lldpd has no other form"))
  }
}

/// Identifiers as lldpd names their kinds.
enum LLDPKind {
  static func kind(_ text: String) -> Neighbour.Identifier.Kind {
    Neighbour.Identifier.Kind(rawValue: text) ?? .other
  }

  /// LLDP and its forerunners may be heard on one port: only LLDP counts.
  static func isLLDP(_ via: String?) -> Bool { via == nil || via == "LLDP" }

  /// A text that a neighbour sent; no field of LLDP holds more than 511 bytes.
  static func text(_ text: String) -> String { ToolText.shown(text, most: 511) }

  /// Largest frame that the field can say.
  static let frames = 1...65_535
}

/// Both JSON forms of lldpcli: `json` turns lists of one into their element and names into keys,
/// `json0` does not.
enum LLDPTree {
  static func neighbours(_ lldp: ToolNode) -> [Heard] {
    var found: [Heard] = []
    for frame in lldp.elements {
      for entry in frame["interface"]?.elements ?? [] {
        for (name, content) in named(entry) {
          if LLDPKind.isLLDP(content["via"]?.text) { found.append((name, neighbour(content))) }
        }
      }
    }
    return found
  }

  /// An interface is an object with a `name`, or an object whose keys are the names.
  private static func named(_ entry: ToolNode) -> [(name: String, value: ToolNode)] {
    if let name = entry["name"]?.text, entry["chassis"] != nil { return [(name, entry)] }
    return entry.members.filter { $0.value.isObject }.map { ($0.name, $0.value) }
  }

  private static func neighbour(_ content: ToolNode) -> Neighbour? {
    guard let (systemName, chassis) = chassis(content["chassis"]),
      let chassisIdentifier = identifier(chassis["id"]),
      let port = content["port"]?.elements.first, let portIdentifier = identifier(port["id"])
    else { return nil }
    var neighbour = Neighbour(chassis: chassisIdentifier, port: portIdentifier)
    neighbour.systemName = LLDPKind.text(systemName)
    neighbour.addresses = texts(chassis["mgmt-ip"]).compactMap { IPv4Address($0) }
    neighbour.portDescription = LLDPKind.text(texts(port["descr"]).first ?? "")
    neighbour.maximumFrame = (port["mfs"]?.elements.first).flatMap {
      ($0["value"] ?? $0).whole(in: LLDPKind.frames)
    }
    var vlans: Set<VLANID> = []
    for vlan in content["vlan"]?.elements ?? [] {
      guard let id = vlan["vlan-id"]?.whole(in: 1...4094).flatMap({ VLANID($0) }) else { continue }
      if vlan["pvid"]?.flag == true { neighbour.portVLAN = id }
      if let name = vlan["value"]?.text, !name.isEmpty { vlans.insert(id) }
    }
    neighbour.vlans = vlans.sorted()
    return neighbour
  }

  /// The chassis and the name of its system; `json` has the name as a key, and leaves that level
  /// out when there is none.
  private static func chassis(_ node: ToolNode?) -> (name: String, ToolNode)? {
    guard let node = node?.elements.first, node.isObject else { return nil }
    if identifier(node["id"]) != nil { return (texts(node["name"]).first ?? "", node) }
    guard let (name, content) = node.members.first, let inner = content.elements.first else {
      return nil
    }
    return (name, inner)
  }

  private static func identifier(_ node: ToolNode?) -> Neighbour.Identifier? {
    guard let node = node?.elements.first, let text = node["value"]?.text else { return nil }
    return Neighbour.Identifier(
      LLDPKind.kind(node["type"]?.text ?? ""), LLDPKind.text(text))
  }

  /// Texts that stand alone, in a list, or as `{"value": ...}`.
  private static func texts(_ node: ToolNode?) -> [String] {
    (node?.elements ?? []).compactMap { ($0["value"] ?? $0).text }
  }
}
