/// What Open vSwitch and lldpd say, as tables of switches.
enum LabTable {
  /// A port in a spanning tree.
  struct Role: Hashable, Sendable {
    /// Such as `Desg`.
    var role: String
    /// Such as `FWD`.
    var state: String
  }

  /// All tables of a switch, each after the command that would print it.
  /// - Parameters:
  ///   - learned: lines `MAC VLAN` by interface.
  ///   - neighbours: names of devices and their ports by interface.
  static func text(
    _ device: LabSwitch, ports: [(name: String, interface: LabInterface)],
    _ learned: [String: [String]], _ neighbours: [String: Neighbour], _ roles: [String: Role]
  ) -> String {
    func table(_ command: String, _ rows: [[String]]) -> String {
      let widths = (rows.first ?? []).indices.map { column in
        rows.map { $0[column].utf8.count }.max() ?? 0
      }
      let lines = rows.map { row in
        zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.utf8.count + 2) }
          .joined()
      }
      return "\(device.name)# show \(command)\n" + lines.map { $0 + "\n" }.joined()
    }
    var text = "\(device.name)# show mac address-table\n"
    for (name, interface) in ports {
      for entry in learned[interface.ifname] ?? [] { text += "\(entry) \(name)\n" }
    }
    text += table(
      "lldp neighbors",
      [["Local Interface", "Neighbor", "Remote Port"]]
        + ports.compactMap { port in
          neighbours[port.interface.ifname].map { [port.name, $0.device, $0.port] }
        })
    text += table(
      "interfaces status",
      [["Interface", "Speed", "MTU", "Oper", "Admin"]]
        + ports.map { port in
          [
            // A virtual interface has no rate.
            port.name, "N/A", "\(port.interface.mtu)", port.interface.hasLink ? "up" : "down",
            port.interface.isOn ? "up" : "down",
          ]
        })
    let tree = ports.compactMap { port in
      roles[port.interface.ifname].map { [port.name, $0.role, $0.state] }
    }
    if !tree.isEmpty { text += table("spanning-tree", [["Interface", "Role", "Sts"]] + tree) }
    return text
  }

  /// Lines `MAC VLAN` by interface.
  /// - Parameters:
  ///   - table: what `ovs-appctl fdb/show` prints: number of the port, VLAN, MAC, age.
  ///   - numbers: lines `NAME,NUMBER`, of all bridges together.
  ///   - ports: interfaces of the bridge.
  static func entries(
    _ table: String, numbers: String, ports: Set<String>
  ) -> [String: [String]] {
    var names: [String: String] = [:]
    for line in numbers.split(separator: "\n") {
      let parts = line.split(separator: ",")
      guard parts.count == 2 else { continue }
      let name = parts[0].filter { $0 != "\"" }
      if ports.contains(name) { names[String(parts[1])] = name }
    }
    var entries: [String: [String]] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 4, let name = names[String(words[0])] else { continue }
      entries[name, default: []].append("\(words[2]) \(words[1])")
    }
    return entries
  }

  /// Who is at the other end of a cable.
  struct Neighbour: Hashable, Sendable {
    var device = ""
    var port = ""
  }

  /// Neighbours by interface, from lines `lldp.INTERFACE.KEY=VALUE`. A port is what it names itself;
  /// one that names its MAC address alone goes by its description, as switches show it.
  static func neighbours(_ text: String) -> [String: Neighbour] {
    var found: [String: Neighbour] = [:]
    var descriptions: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let sign = line.firstIndex(of: "=") else { continue }
      let value = String(line[line.index(after: sign)...])
      let words = line[..<sign].split(separator: ".", maxSplits: 2).map(String.init)
      guard words.count == 3, words[0] == "lldp" else { continue }
      switch words[2] {
      case "chassis.name": found[words[1], default: Neighbour()].device = value
      case "port.local", "port.ifname": found[words[1], default: Neighbour()].port = value
      case "port.descr": descriptions[words[1]] = value
      default: break
      }
    }
    return found.filter { !$0.value.device.isEmpty }.reduce(into: [:]) { all, entry in
      var own = entry.value
      if own.port.isEmpty { own.port = descriptions[entry.key] ?? "" }
      // An empty column would move the others.
      if own.port.isEmpty { own.port = "-" }
      all[entry.key] = own
    }
  }

  /// Roles and states by interface, from what `ovs-appctl rstp/show` prints; ports without a link have
  /// none.
  static func roles(_ text: String) -> [String: Role] {
    let roles = [
      "Root": "Root", "Designated": "Desg", "Alternate": "Altn", "Backup": "Back",
    ]
    let states = ["Forwarding": "FWD", "Learning": "LRN", "Discarding": "BLK"]
    var found: [String: Role] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 3, let role = roles[words[1]], let state = states[words[2]] else {
        continue
      }
      found[words[0]] = Role(role: role, state: state)
    }
    return found
  }
}
