import Quantities

extension LabPlan {
  /// What is set in every namespace before it has interfaces: an address answers on its own
  /// interface alone, as on hosts with several ports in one network, and nothing speaks IPv6.
  static func settingSteps(_ node: LabNode) -> [LabStep] {
    let settings = [
      "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1",
      "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0",
    ]
    let own =
      if case .host = node {
        ["net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2"]
      } else { [String]() }
    return (settings + own).map { LabStep(node, ["sysctl", "-q", "-w", $0], mayFail: true) }
      + [LabStep(node, ["ip", "link", "set", "dev", "lo", "up"])]
  }

  /// Seconds between two words of LLDP: a fault must not take long to show.
  public static let lldpInterval = 2

  /// A host, after its cables: its virtual switches, its networks, its LLDP.
  func steps(_ host: LabHost) -> [LabStep] {
    let node = LabNode.host(host.name)
    var steps = LabPlan.openVSwitchSteps(node)
    for base in host.bases {
      steps.append(LabStep(node, ["ovs-vsctl"] + baseWords(base, host)))
    }
    for port in host.ports { steps += portUp(node, port.name) }
    var batch = IPBatch()
    for network in host.networks {
      steps.append(LabStep(node, ["ethtool", "-K", network.interface, "tx", "off"], mayFail: true))
      batch.add("address add \(network.address)/\(network.prefixLength) dev \(network.interface)")
      batch.add("link set dev \(network.interface) up")
    }
    for (number, network) in LabPlan.twins(of: host).enumerated() {
      let table = LabPlan.firstTable + number
      batch.add("rule add from \(network.address) lookup \(table) pref \(table)")
    }
    steps += [batch.step(node), ownWays(host)].compactMap { $0 }
    return steps + [
      LabStep(
        node,
        [
          "lldpd", "-O", "/dev/null", "-I", host.ports.map(\.name).joined(separator: ","),
        ]),
      LabStep(node, ["lldpcli", "configure", "lldp", "tx-interval", "\(LabPlan.lldpInterval)"]),
      LabStep(node, ["lldpcli", "resume"]),
    ]
  }

  private static let firstTable = 1000

  /// Networks of a host that share their subnet with another of it.
  private static func twins(of host: LabHost) -> [LabHost.Network] {
    func prefix(_ network: LabHost.Network) -> IPv4Subnet? {
      IPv4Subnet(around: network.address, prefixLength: network.prefixLength)
    }
    return host.networks.filter { own in
      host.networks.filter { prefix($0) == prefix(own) }.count > 1
    }
  }

  /// Lets each address answer by its own port where a host has several in one subnet: hosts of Windows
  /// do (the strong model of RFC 1122, 3.3.4.2), and no plan gives others more than one. Interfaces that
  /// were down, or without an address, have forgotten it.
  func ownWays(_ host: LabHost) -> LabStep? {
    var batch = IPBatch()
    for (number, network) in LabPlan.twins(of: host).enumerated() {
      guard
        let prefix = IPv4Subnet(around: network.address, prefixLength: network.prefixLength)
      else { continue }
      batch.add(
        "route replace \(prefix) dev \(network.interface) table \(LabPlan.firstTable + number)")
    }
    return batch.step(.host(host.name))
  }

  private func baseWords(_ base: LabHost.Base, _ host: LabHost) -> [String] {
    let ports = base.ports.map { host.ports[$0] }
    var words = [
      "--", "add-br", base.bridge, "--", "set", "bridge", base.bridge, "datapath_type=netdev",
      "fail_mode=standalone",
    ]
    words += uplinkWords(base, host)
    for network in base.networks {
      let mac = ports.first { $0.name == network.port }?.mac ?? ports[0].mac
      words += ["--", "add-port", base.bridge, network.interface]
      if network.isTagged { words.append("tag=\(network.vlan.id.number)") }
      words += [
        "--", "set", "interface", network.interface, "type=internal",
        "mtu_request=\(network.vlan.mtu)", "mac=\"\(mac)\"",
      ]
    }
    return words
  }

  /// Name of a base's bond.
  func bond(_ base: LabHost.Base) -> String { "bond\(base.bridge.dropFirst(2))" }

  /// Puts the ports of a base on its virtual switch.
  private func uplinkWords(_ base: LabHost.Base, _ host: LabHost) -> [String] {
    let ports = base.ports.map { host.ports[$0] }
    switch base.form {
    case .port: return ["--", "add-port", base.bridge, ports[0].name]
    case .bond:
      return ["--", "add-bond", base.bridge, bond(base)] + ports.map(\.name) + [
        "bond_mode=active-backup"
      ]
    case .tied:
      // Frames never go from one port to another: the host would join two fabrics.
      var words: [String] = []
      var told: Set<VLANID> = []
      for (member, port) in ports.enumerated() {
        var membership = base.memberships[member]
        membership.tagged.removeAll(where: told.contains)
        told.formUnion(membership.tagged)
        words += ["--", "add-port", base.bridge, port.name]
        words += ["--", "set", "port", port.name, "protected=true"] + membership.switchWords
      }
      return words
    }
  }

  /// Takes the ports of a base off its virtual switch, and puts them on again.
  func detach(_ base: LabHost.Base, _ host: LabHost) -> LabStep {
    let names = base.form == .bond ? [bond(base)] : base.ports.map { host.ports[$0].name }
    return LabStep(
      .host(host.name),
      ["ovs-vsctl"] + names.flatMap { ["--", "--if-exists", "del-port", base.bridge, $0] })
  }

  func attach(_ base: LabHost.Base, _ host: LabHost) -> LabStep {
    LabStep(.host(host.name), ["ovs-vsctl"] + uplinkWords(base, host))
  }

  /// Waits until the links of LAGs carry traffic, spanning tree has settled, and hosts see their
  /// switches: for each at most as long as a step is tried.
  var waitSteps: [LabStep] {
    let bonds = trunks.flatMap { trunk in
      [trunk.bondA, trunk.bondB].filter { !$0.isEmpty }.map { bond in
        LabStep(
          .switches, ["ovs-appctl", "bond/show", bond], awaits: "lacp_status: negotiated")
      }
    }
    // A port that is to forward and does not yet is on its way there.
    let tree = LabStep(
      .switches,
      [
        "sh", "-c",
        "ovs-appctl rstp/show | grep -qE '(Root|Designated) +(Learning|Discarding)' || echo settled",
      ], awaits: "settled", mayFail: true)
    return bonds + (bridges.contains { $0.priority != nil } ? [tree] : [])
      + hosts.flatMap { host in
        host.ports.filter { isPlugged($0) }.map { port in
          LabStep(
            .host(host.name),
            ["lldpcli", "-f", "keyvalue", "show", "neighbors", "ports", port.name],
            awaits: "lldp.\(port.name).chassis")
        }
      }
  }

  private func isPlugged(_ port: LabHost.Port) -> Bool {
    switchPort(port.link.a)?.isEnabled == true
  }
}
