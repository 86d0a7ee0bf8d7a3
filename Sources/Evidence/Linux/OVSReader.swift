import Quantities

/// Reads Open vSwitch: which ports its bridges have, in which VLANs, and how bonds join them. What
/// `ip` lists are plain devices; only the database knows what they are for.
struct OVSReader {
  /// A port of a bridge: one interface, or several as a bond.
  private struct Port {
    var name: String
    var interfaces: [String]
    /// `nil` where the port takes every VLAN.
    var tag: Reading<VLANID?>
    /// Whether frames of `tag` leave it without a tag.
    var isUntagged: Bool
    var mode: String
    var hasLACP: Bool

    /// Whether it is a bond: one that lost all members but one keeps its own name.
    var isBond: Bool { interfaces.count > 1 || interfaces.first.map { $0 != name } ?? false }
  }

  /// A bridge with its ports.
  private struct Bridge {
    var name: String
    var ports: [Port]
  }

  private let bridges: [Bridge]
  /// Word for the kind of each interface, such as `internal`; empty for devices of the system.
  private let types: [String: String]
  private let told: Told
  private let bonds: OVSBonds

  /// Whether anything is joined by it.
  var hasBridges: Bool { !bridges.isEmpty }

  /// `nil` for hosts without Open vSwitch.
  init?(_ outputs: LinuxOutputs) {
    guard let ports = OVSTable(outputs, "port"), let interfaces = OVSTable(outputs, "interface"),
      let bridges = OVSTable(outputs, "bridge")
    else { return nil }
    told = ports.told
    bonds = OVSBonds(outputs.first(LinuxCommand("ovs-appctl", "bond/show")))
    var names: [String: String] = [:]
    var types: [String: String] = [:]
    for row in interfaces.rows {
      guard let id = row.ids("_uuid").first, let name = row.text("name") else { continue }
      names[id] = name
      types[name] = row.text("type") ?? ""
    }
    self.types = types
    var byID: [String: Port] = [:]
    for row in ports.rows {
      guard let id = row.ids("_uuid").first, let name = row.text("name") else { continue }
      let mode = row.text("vlan_mode") ?? ""
      byID[id] = Port(
        name: name, interfaces: row.ids("interfaces").compactMap { names[$0] },
        tag: OVSReader.tag(row, ports.told),
        isUntagged: mode.isEmpty || mode == "access" || mode == "native-untagged",
        mode: row.text("bond_mode") ?? "active-backup",
        hasLACP: ["active", "passive"].contains(row.text("lacp") ?? "off"))
    }
    self.bridges = bridges.rows.compactMap { row in
      row.text("name").map { Bridge(name: $0, ports: row.ids("ports").compactMap { byID[$0] }) }
    }
  }

  private static func tag(_ row: OVSTable.Row, _ told: Told) -> Reading<VLANID?> {
    guard let node = row.values("tag").first else { return told.known(nil) }
    // 0 is the tag of frames without a VLAN.
    guard let number = node.whole(in: 0...4095) else { return .unknown(told.garbled("a tag")) }
    return told.known(VLANID(number))
  }

  /// Puts what Open vSwitch knows into what the system listed, and adds its bonds, which are no
  /// devices of the system.
  func apply(to interfaces: inout [InterfaceFacts]) {
    let places = Dictionary(
      interfaces.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    for bridge in bridges {
      let uplinks = bridge.ports.filter { isUplink($0, interfaces, places) }
      for port in bridge.ports where port.isBond {
        interfaces.append(bond(port, interfaces, places))
      }
      for port in bridge.ports {
        guard port.interfaces.count == 1, types[port.name] == "internal",
          let place = places[port.name]
        else { continue }
        let isOwn = port.name == bridge.name
        interfaces[place].vlan = leaving(port, by: uplinks)
        interfaces[place].kind =
          isOwn ? .bridge : interfaces[place].vlan.value == .some(nil) ? .virtual : .vlan
        interfaces[place].lower = uplinks.map(\.name)
      }
    }
  }

  /// Whether a port leads out of the host: a bond, a card, or what stands for one in a container.
  /// Guests have devices of their own kind, or a tag.
  private func isUplink(
    _ port: Port, _ interfaces: [InterfaceFacts], _ places: [String: Int]
  ) -> Bool {
    if port.isBond { return true }
    guard let name = port.interfaces.first, types[name]?.isEmpty != false,
      let place = places[name]
    else { return false }
    switch interfaces[place].kind {
    case .physical, .team, .vlan: return true
    case .other: return !isGuest(name) && port.tag.value == .some(nil)
    default: return false
    }
  }

  /// What hypervisors call the devices of their guests: `vnet3`, `tap104i0`.
  private func isGuest(_ name: String) -> Bool {
    ["vnet", "tap", "fwln", "fwpr", "vif", "qvo"].contains { name.hasPrefix($0) }
  }

  /// The VLAN that frames of a port have on the wire; none where the uplink takes it off again.
  private func leaving(_ port: Port, by uplinks: [Port]) -> Reading<VLANID?> {
    guard case .known(let tag?, let source) = port.tag else { return port.tag }
    let isStripped = uplinks.contains { $0.isUntagged && $0.tag.value == .some(tag) }
    return .known(isStripped ? nil : tag, source)
  }

  private func bond(
    _ port: Port, _ interfaces: [InterfaceFacts], _ places: [String: Int]
  ) -> InterfaceFacts {
    var facts = InterfaceFacts(name: port.name, kind: .team)
    // The database keeps them in no order.
    let none = interfaces.count
    facts.lower = port.interfaces.sorted {
      let (left, right) = (places[$0] ?? none, places[$1] ?? none)
      return left != right ? left < right : $0.precedesInBytes($1)
    }
    facts.vlan = told.known(nil)
    // The system does not know it, so nothing of the system can be on it.
    facts.addresses = told.known([])
    let members = port.interfaces.compactMap { places[$0] }.map { interfaces[$0] }
    // It has no size of its own: it carries what its members do.
    let sizes = members.compactMap(\.mtu.value)
    if sizes.count == port.interfaces.count, let least = sizes.min() {
      facts.mtu = told.known(least)
    }
    let links = members.compactMap(\.hasLink.value)
    if !links.isEmpty { facts.hasLink = told.known(links.contains(true)) }
    let mode: TeamFacts.Mode =
      port.hasLACP
      ? .lacp
      : port.mode == "active-backup"
        ? .activeBackup : port.mode == "balance-slb" ? .switchIndependent : .other
    facts.team = told.known(
      TeamFacts(
        mode: mode, modeText: ToolText.shown(port.hasLACP ? "\(port.mode) with LACP" : port.mode),
        active: bonds.active(port.name, isBackup: mode == .activeBackup)))
    return facts
  }
}

/// A table that `ovs-vsctl --format=json list` printed: one object of headings and rows (RFC 7047).
private struct OVSTable {
  struct Row {
    let cells: [String: ToolNode]

    /// Values of a cell, which may be one, or a set of any number.
    func values(_ name: String) -> [ToolNode] {
      guard let cell = cells[name] else { return [] }
      guard let pair = cell.list, pair.count == 2, pair[0].text == "set" else { return [cell] }
      return pair[1].list ?? []
    }

    func text(_ name: String) -> String? { values(name).first?.text }

    /// Rows of other tables, by their number.
    func ids(_ name: String) -> [String] {
      values(name).compactMap { node in
        guard let pair = node.list, pair.count == 2, pair[0].text == "uuid" else { return nil }
        return pair[1].text
      }
    }
  }

  let rows: [Row]
  let told: Told

  init?(_ outputs: LinuxOutputs, _ name: String) {
    guard let told = outputs.first(LinuxCommand("ovs-vsctl", name)),
      case .known(let tree) = told.tree(), let headings = tree["headings"]?.list,
      let data = tree["data"]?.list
    else { return nil }
    self.told = told
    let names = headings.map { $0.text ?? "" }
    rows = data.compactMap { node in
      guard let cells = node.list, cells.count == names.count else { return nil }
      return Row(cells: Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first }))
    }
  }
}

/// What `ovs-appctl bond/show` says of members: a part for each bond, in it a line for each member.
private struct OVSBonds {
  private var activeMember: [String: String] = [:]
  private var enabled: [String: [String]] = [:]

  init(_ told: Told?) {
    guard let told else { return }
    var bond = ""
    for line in ToolText.lines(told.output.text) {
      let words = ToolText.string(line).split(separator: " ").map(String.init)
      if words.count >= 2, words[0] == "----" {
        bond = words[1]
        enabled[bond] = []
        continue
      }
      // Releases before 2.15 say "slave".
      if words.count == 3, words[0] == "member" || words[0] == "slave", words[2] == "enabled" {
        enabled[bond, default: []].append(String(words[1].dropLast()))
      }
      if words.count >= 4, words[0] == "active", words[2] == "mac:", let last = words.last,
        let open = last.firstIndex(of: "("), last.hasSuffix(")")
      {
        activeMember[bond] = String(last[last.index(after: open)...].dropLast())
      }
    }
  }

  /// Members that carry traffic now; `nil` where nobody says it.
  func active(_ bond: String, isBackup: Bool) -> [String]? {
    guard let up = enabled[bond] else { return nil }
    return isBackup ? activeMember[bond].map { [$0] } ?? [] : up
  }
}
