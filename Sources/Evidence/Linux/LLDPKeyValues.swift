import Quantities

/// The form `keyvalue` of lldpcli: `lldp.PORT.chassis.mac=...`, keys repeated, nothing quoted.
enum LLDPKeyValues {
  /// What follows the name of the port, which may hold dots itself.
  private static let sections: Set<String> = [
    "via", "rid", "age", "ttl", "chassis", "port", "vlan", "ppvid", "pi", "lldp-med",
    "unknown-tlvs",
  ]

  static func neighbours(_ lines: [ToolText.Line]) -> [Heard] {
    var blocks: [Block] = []
    for line in lines {
      // A description may hold line ends: what goes on is no key.
      guard line.starts(with: "lldp.".utf8), let equals = line.firstIndex(of: UInt8(ascii: "="))
      else { continue }
      let parts = line[..<equals].split(
        separator: UInt8(ascii: "."), omittingEmptySubsequences: false
      ).map(ToolText.string)
      guard let place = parts.indices.dropFirst(2).first(where: { sections.contains(parts[$0]) })
      else { continue }
      let interface = parts[1..<place].joined(separator: ".")
      let key = parts[place...].joined(separator: ".")
      if blocks.last?.interface != interface || key == "via" {
        blocks.append(Block(interface: interface))
      }
      guard !blocks.isEmpty else { continue }
      blocks[blocks.count - 1].take(
        key, LLDPKind.text(ToolText.string(line[equals...].dropFirst())))
    }
    return blocks.compactMap { block in
      LLDPKind.isLLDP(block.via) ? (block.interface, block.neighbour) : nil
    }
  }

  /// The lines of one neighbour.
  private struct Block {
    let interface: String
    var via: String?
    private var chassis: Neighbour.Identifier?
    private var port: Neighbour.Identifier?
    private var name = ""
    private var addresses: [IPv4Address] = []
    private var description = ""
    private var frame: Int?
    private var portVLAN: VLANID?
    private var vlans: Set<VLANID> = []
    private var vlan: VLANID?

    init(interface: String) { self.interface = interface }

    mutating func take(_ key: String, _ value: String) {
      switch key {
      case "via": via = value
      case "chassis.name": name = value
      case "chassis.mgmt-ip": addresses += IPv4Address(value).map { [$0] } ?? []
      case "port.descr": description = value
      case "port.mfs": frame = ToolText.whole(value, in: LLDPKind.frames)
      case "vlan.vlan-id": vlan = ToolText.whole(value, in: 1...4094).flatMap { VLANID($0) }
      case "vlan.pvid": if ToolNode.flag(value) == true { portVLAN = vlan }
      case "vlan": if let vlan, !value.isEmpty { vlans.insert(vlan) }
      default:
        if let kind = kind(key, of: "chassis"), chassis == nil {
          chassis = Neighbour.Identifier(kind, value)
        } else if let kind = kind(key, of: "port"), port == nil {
          port = Neighbour.Identifier(kind, value)
        }
      }
    }

    private func kind(_ key: String, of section: String) -> Neighbour.Identifier.Kind? {
      guard key.utf8.starts(with: (section + ".").utf8) else { return nil }
      return Neighbour.Identifier.Kind(
        rawValue: ToolText.string(key.utf8.dropFirst(section.utf8.count + 1)))
    }

    var neighbour: Neighbour? {
      guard let chassis, let port else { return nil }
      return Neighbour(
        chassis: chassis, systemName: name, addresses: addresses, port: port,
        portDescription: description, maximumFrame: frame, portVLAN: portVLAN,
        vlans: vlans.sorted())
    }
  }
}
