import Fabric
import Quantities

extension LabPlan {
  /// Starts Open vSwitch in a node: it forwards in user space, so no kernel has to know VLANs.
  static func openVSwitchSteps(_ node: LabNode) -> [LabStep] {
    let run = "/run/openvswitch"
    let quiet = ["-vconsole:off", "-vsyslog:off", "-vfile:warn"]
    return [
      LabStep(
        node,
        ["ovsdb-tool", "create", "\(run)/conf.db", "/usr/share/openvswitch/vswitch.ovsschema"]),
      LabStep(
        node,
        [
          "ovsdb-server", "\(run)/conf.db", "--remote=punix:\(run)/db.sock", "--pidfile",
          "--detach",
          "--log-file=\(run)/ovsdb-server.log",
        ] + quiet),
      LabStep(node, ["ovs-vsctl", "--no-wait", "init"]),
      LabStep(
        node,
        [
          // It forwards frames: it must not wait for those who send them.
          "nice", "-n", "-20", "ovs-vswitchd", "unix:\(run)/db.sock", "--pidfile", "--detach",
          "--log-file=\(run)/ovs-vswitchd.log",
        ] + quiet),
    ]
  }

  /// The switches, after their cables: bridges, VLANs, LAGs.
  var switchSteps: [LabStep] {
    var steps = LabPlan.openVSwitchSteps(.switches)
    for bridge in bridges {
      steps.append(LabStep(.switches, ["ovs-vsctl"] + bridgeWords(bridge)))
    }
    var batch = IPBatch()
    var others: [LabStep] = []
    let hostPorts = switches.flatMap(\.ports).filter { $0.link.role == .host && $0.isEnabled }
    var ends = hostPorts.map(\.interface)
    ends += trunks.flatMap { $0.members.flatMap { [$0.a, $0.b] } }
    ends += peerLinks.flatMap { [$0.a.interface, $0.b.interface] }
    ends += core?.legs.map(\.a) ?? []
    for end in ends {
      others.append(LabStep(.switches, ["ethtool", "-K", end, "tx", "off"], mayFail: true))
      batch.add("link set dev \(end) up")
    }
    return steps + others + [batch.step(.switches)].compactMap { $0 } + coreSteps
  }

  private func bridgeWords(_ bridge: LabBridge) -> [String] {
    let name = bridge.name
    var words = [
      "--", "add-br", name, "--", "set", "bridge", name, "datapath_type=netdev",
      "fail_mode=standalone",
    ]
    let hasPorts = switches.contains { device in
      device.bridge == name && device.ports.contains { $0.link.role == .host }
    }
    if let priority = bridge.priority, hasPorts {
      words += ["rstp_enable=true", "other_config:rstp-priority=\(priority)"]
    }
    for device in switches where device.bridge == name {
      for port in device.ports where port.link.role == .host {
        words += portWords(device, port)
      }
    }
    for trunk in trunks {
      if trunk.bridgeA == name {
        words += trunkWords(name, trunk.bondA, trunk.members.map(\.a), trunk.membershipA)
      }
      if trunk.bridgeB == name {
        words += trunkWords(name, trunk.bondB, trunk.members.map(\.b), trunk.membershipB)
      }
    }
    if let core, core.bridge == name {
      for leg in core.legs {
        words += ["--", "add-port", name, leg.a, "tag=\(leg.vlan.number)"]
      }
    }
    return words
  }

  /// What `ovs-vsctl` is told of a port to a host.
  func portWords(_ device: LabSwitch, _ port: LabSwitch.Port) -> [String] {
    ["--", "add-port", device.bridge, port.interface, "--", "set", "port", port.interface]
      + port.membership.switchWords + ["other_config:rstp-port-admin-edge=\(port.isEdge)"]
  }

  private func trunkWords(
    _ bridge: String, _ bond: String, _ members: [String], _ membership: Membership?
  ) -> [String] {
    let vlans = membership?.switchWords ?? ["vlan_mode=trunk"]
    if bond.isEmpty {
      return ["--", "add-port", bridge, members[0], "--", "set", "port", members[0]] + vlans
    }
    return ["--", "add-bond", bridge, bond] + members + [
      "lacp=active", "bond_mode=balance-tcp", "other_config:lacp-time=fast",
      // Switches send the frames of two addresses over one link of a LAG for ever.
      "other_config:bond-rebalance-interval=0",
      // Open vSwitch has no spanning tree on bonds, and says so again and again.
      "other_config:rstp-enable=false", "--", "set", "port",
      bond,
    ] + vlans
  }

  /// The router behind the core's switch.
  private var coreSteps: [LabStep] {
    guard let core else { return [] }
    var batch = IPBatch()
    batch.add("address add \(core.address)/32 dev lo")
    for leg in core.legs {
      batch.add("link set dev \(leg.b) up")
      for gateway in leg.gateways { batch.add("address add \(gateway) dev \(leg.b)") }
      for subnet in leg.subnets { batch.add("route replace \(subnet) dev \(leg.b)") }
    }
    return core.legs.map {
      LabStep(.core, ["ethtool", "-K", $0.b, "tx", "off"], mayFail: true)
    } + [batch.step(.core)].compactMap { $0 }
  }

  /// One daemon a switch, which speaks on its ports alone and names itself as the switch would. It
  /// reads how before it says its first word: what it said wrong would be remembered.
  func lldpSteps(_ device: LabSwitch) -> [LabStep] {
    guard let last = device.ports.last else { return [] }
    var words = [
      "lldpd", "-u", lldpSocket(device), "-p", "/run/\(device.name).pid", "-O",
      "/run/\(device.name).conf", "-I",
      (device.ports.map(\.interface) + loopInterfaces(device)).joined(separator: ","), "-S",
      "Tenfold lab",
    ]
    if let address = device.managementAddress { words += ["-m", "\(address)"] }
    let lines =
      [
        "configure system hostname \"\(device.name)\"",
        "configure lldp tx-interval \(LabPlan.lldpInterval)",
      ]
      + device.ports.map { port in
        "configure ports \(port.interface) lldp portidsubtype local \"\(port.name)\""
          + " description \"\(port.description)\""
      }
    let client = ["lldpcli", "-u", lldpSocket(device)]
    return [
      LabStep(
        .switches, ["tee", "/run/\(device.name).conf"], input: lines.map { $0 + "\n" }.joined()),
      LabStep(.switches, words),
      LabStep(
        .switches, client + ["-f", "keyvalue", "show", "interfaces", "ports", last.interface],
        awaits: "=\(last.name)\n"),
      // It does so by itself, and on a busy machine now and then forgets to.
      LabStep(.switches, client + ["resume"]),
    ]
  }

  func lldpSocket(_ device: LabSwitch) -> String { "/run/\(device.name).lldp" }

  /// Interfaces of a cable that joins two ports of one switch; there are none while nobody plugged
  /// one in.
  func loopInterfaces(_ device: LabSwitch) -> [String] {
    let number = switches.firstIndex { $0.name == device.name } ?? 0
    return ["loop\(number)-a", "loop\(number)-b"]
  }

  /// Names a port as its switch would. The daemon has to notice the interface first.
  func lldpPort(_ device: LabSwitch, _ port: LabSwitch.Port) -> [LabStep] {
    let client = ["lldpcli", "-u", lldpSocket(device)]
    return [
      LabStep(
        .switches, client + ["-f", "keyvalue", "show", "interfaces", "ports", port.interface],
        awaits: "lldp.\(port.interface)."),
      LabStep(
        .switches,
        client + [
          "configure", "ports", port.interface, "lldp", "portidsubtype", "local", port.name,
          "description", port.description,
        ]),
    ]
  }
}

extension Membership {
  /// The same for a port of Open vSwitch, where an empty list of trunks would mean every VLAN.
  var switchWords: [String] {
    let list = tagged.map { String($0.number) }.joined(separator: ",")
    switch (untagged, tagged.isEmpty) {
    case (let own?, true): return ["vlan_mode=access", "tag=\(own.number)"]
    case (let own?, false):
      return ["vlan_mode=native-untagged", "tag=\(own.number)", "trunks=\(list)"]
    case (nil, false): return ["vlan_mode=trunk", "trunks=\(list)"]
    // VLAN 4095 exists nowhere.
    case (nil, true): return ["vlan_mode=trunk", "trunks=4095"]
    }
  }
}
