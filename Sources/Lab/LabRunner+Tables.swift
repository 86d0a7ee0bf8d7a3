import JSONText

extension LabRunner {
  /// What each switch would print of its real state: addresses that it learned, LLDP neighbours, links
  /// and MTU of its ports, spanning tree. A switch that is off prints nothing.
  public func tables() throws -> [(name: String, text: String)] {
    let silent = Set(try folder.state().broken.map(\.silent))
    let links = try run(LabStep(.switches, ["ip", "-j", "link", "show"]))
    let interfaces = try [LabInterface](from: JSONTreeDecoder(try JSONTree(Array(links.utf8))))
    let numbers = try run(
      LabStep(
        .switches,
        [
          "ovs-vsctl", "--format=csv", "--no-headings", "--columns=name,ofport", "list",
          "interface",
        ]))
    var learned: [String: [String]] = [:]
    var roles: [String: LabTable.Role] = [:]
    for bridge in plan.bridges where bridge.name != plan.core?.bridge {
      let ports = try run(LabStep(.switches, ["ovs-vsctl", "list-ifaces", bridge.name]))
      let own = Set(ports.split(separator: "\n").map(String.init))
      let table = try run(LabStep(.switches, ["ovs-appctl", "fdb/show", bridge.name]))
      learned.merge(LabTable.entries(table, numbers: numbers, ports: own)) { $0 + $1 }
      guard bridge.priority != nil else { continue }
      // Bridges without ports to hosts have no spanning tree, and say so with an error.
      let tree = try run(
        LabStep(.switches, ["ovs-appctl", "rstp/show", bridge.name], mayFail: true))
      roles.merge(LabTable.roles(tree)) { first, _ in first }
    }
    return try plan.switches.filter { !silent.contains($0.name) }.map { device in
      let neighbours =
        device.ports.isEmpty
        ? [:]
        : LabTable.neighbours(
          try run(
            LabStep(
              .switches,
              [
                "lldpcli", "-u", plan.lldpSocket(device), "-f", "keyvalue", "show", "neighbors",
              ])))
      let text = LabTable.text(
        device, ports: plan.ports(of: device, interfaces), learned, neighbours, roles)
      return (device.name, text)
    }
  }
}

/// An interface as `ip -j link show` tells it.
struct LabInterface: Decodable {
  var ifname: String
  var mtu: Int
  var flags: [String]
  /// Port that it stands for where the plan has none; `nil` for others.
  var ifalias: String?

  var isOn: Bool { flags.contains("UP") }
  var hasLink: Bool { flags.contains("LOWER_UP") }
}

extension LabPlan {
  /// Ports of a switch with their interfaces, in the order of the plan; those at last that somebody
  /// joined by a cable of his own.
  func ports(
    of device: LabSwitch, _ interfaces: [LabInterface]
  ) -> [(name: String, interface: LabInterface)] {
    let known = Dictionary(
      interfaces.map { ($0.ifname, $0) }, uniquingKeysWith: { first, _ in first })
    let loop = loopInterfaces(device).compactMap { name in
      known[name].flatMap { own in own.ifalias.map { (name: $0, interface: own) } }
    }
    return device.ports.compactMap { port in
      known[port.interface].map { (port.name, $0) }
    } + loop
  }
}
