import Quantities

/// Reads one interface: what `ip` says of it, then what the tools for its kind add.
struct InterfaceReader {
  private let outputs: LinuxOutputs
  private let links: InterfaceLinks
  private let told: Told
  private let counters: CounterReader
  private let lldp: LLDPReader
  private let rdma: RDMAReader
  private let vlans: BridgeVLANReader
  private let models: CardModels
  private let nodes: [Int: Set<Int>]?

  init(_ outputs: LinuxOutputs, _ links: InterfaceLinks, _ told: Told) {
    (self.outputs, self.links, self.told) = (outputs, links, told)
    counters = CounterReader(outputs)
    lldp = LLDPReader(outputs)
    rdma = RDMAReader(outputs)
    vlans = BridgeVLANReader(outputs)
    models = CardModels(outputs)
    nodes = SystemReader.nodes(outputs)
  }

  func facts(_ name: String, _ node: ToolNode) -> InterfaceFacts {
    let kind = links.kind(name, node)
    var facts = InterfaceFacts(name: name, kind: kind)
    facts.mac = mac(node, kind)
    state(node, &facts)
    facts.mtu =
      node["mtu"]?.whole(in: 1...10_000_000).map { told.known($0) }
      ?? .unknown(node["mtu"] == nil ? told.absent("no mtu") : told.garbled("no MTU of any kind"))
    facts.vlan = vlan(node, kind)
    facts.lower = lower(name, node, kind)
    facts.addresses = addresses(node)
    facts.counters = counters.facts(name, first: node)
    if kind == .team { facts.team = team(name, node) }
    let isPort = node["linkinfo"]?["info_slave_kind"]?.text == "bridge"
    facts.bridgeVLANs = vlans.facts(name, isPort: isPort)
    if kind == .vlan, links.hasDetails(node) { facts.dcb.marked = egressMarks(node) }
    ports(name, node, &facts)
    return facts
  }

  /// What tools say of ports. Labs have virtual ones in their place, so it is asked of all.
  private func ports(_ name: String, _ node: ToolNode, _ facts: inout InterfaceFacts) {
    let isCard = facts.kind == .physical
    let port = SysfsPort(outputs, name)
    facts.rate = rate(name, port)
    facts.rdma = rdma.facts(name, isCard: isCard)
    facts.permanentMAC = permanentMAC(name, node, facts)
    guard isCard || facts.kind == .other else { return }
    if isCard || lldp.hasHeard(name) || port != nil {
      facts.neighbours = lldp.neighbours(of: name)
    }
    facts.dcb = DCBReader.facts(outputs, name)
    facts.hardware = HardwareReader.facts(outputs, name, port, models)
    facts.receive = ReceiveReader.facts(outputs, name, port, nodes: nodes)
    facts.offloads = outputs.read(
      LinuxCommand("ethtool", "-k", of: name), EthtoolReader.offloads)
    facts.flowControl = outputs.read(
      LinuxCommand("ethtool", "-a", of: name), EthtoolReader.flowControl)
  }

  private func state(_ node: ToolNode, _ facts: inout InterfaceFacts) {
    if let flags = links.flags(node) {
      facts.isUp = told.known(flags.contains("UP"))
      // operstate stays UNKNOWN with some drivers; the flag does not.
      facts.hasLink = told.known(flags.contains("LOWER_UP"))
    } else {
      facts.isUp = .unknown(told.absent("no flags"))
      facts.hasLink = outputs.read(
        LinuxCommand("ethtool", of: facts.name), EthtoolReader.hasLink)
    }
  }

  private func mac(_ node: ToolNode, _ kind: InterfaceKind) -> Reading<MACAddress> {
    guard kind != .loopback, node["link_type"]?.text == "ether" else { return .notCollected }
    guard let text = node["address"]?.text else { return .unknown(told.absent("no address")) }
    return MACAddress(text).map { told.known($0) } ?? .unknown(told.garbled("address: \(text)"))
  }

  /// `permaddr` stands there only where it differs; its absence tells something only with a release
  /// that would show it.
  private func permanentMAC(
    _ name: String, _ node: ToolNode, _ facts: InterfaceFacts
  ) -> Reading<MACAddress> {
    let slave = node["linkinfo"]?["info_slave_data"]?["perm_hwaddr"]
    if let text = (node["permaddr"] ?? slave)?.text, let address = MACAddress(text) {
      return told.known(address)
    }
    if let asked = outputs.first(LinuxCommand("ethtool", "-P", of: name)) {
      return EthtoolReader.permanentMAC(asked)
    }
    return facts.kind == .physical && node["parentbus"] != nil ? facts.mac : .notCollected
  }

  private func rate(_ name: String, _ port: SysfsPort?) -> Reading<DataRate> {
    let fromFile = port?.rate ?? .notCollected
    if fromFile.value != nil { return fromFile }
    guard let asked = outputs.first(LinuxCommand("ethtool", of: name)) else { return fromFile }
    return EthtoolReader.rate(asked)
  }

  private func vlan(_ node: ToolNode, _ kind: InterfaceKind) -> Reading<VLANID?> {
    guard kind == .vlan else {
      return kind == .other && !links.hasDetails(node)
        ? .unknown(told.absent("ip without -d does not say it")) : told.known(nil)
    }
    guard let id = node["linkinfo"]?["info_data"]?["id"] else {
      return .unknown(told.absent("ip without -d does not say it"))
    }
    guard let vlan = id.whole(in: 1...4094).flatMap({ VLANID($0) }) else {
      return .unknown(told.garbled("VLAN \(id.text ?? "without a number")"))
    }
    return told.known(vlan)
  }

  private func lower(_ name: String, _ node: ToolNode, _ kind: InterfaceKind) -> [String] {
    switch kind {
    case .team, .bridge: return links.members(of: name).map(\.name)
    case .vlan: return node["link"]?.text.map { [$0] } ?? []
    default:
      // The other end of a pair is no base.
      let word = node["linkinfo"]?["info_kind"]?.text
      return word == "macvlan" || word == "macvtap" || word == "ipvlan"
        ? node["link"]?.text.map { [$0] } ?? [] : []
    }
  }

  private func addresses(_ node: ToolNode) -> Reading<[InterfaceAddress]> {
    guard let list = node["addr_info"]?.list else { return .notCollected }
    var addresses: [InterfaceAddress] = []
    for entry in list where entry["family"]?.text == "inet" {
      guard let address = entry["local"]?.text.flatMap({ IPv4Address($0) }),
        let length = entry["prefixlen"]?.whole(in: 0...32)
      else { return .unknown(told.garbled("an address that is none")) }
      addresses.append(InterfaceAddress(address: address, prefixLength: length))
    }
    return told.known(addresses)
  }

  private func team(_ name: String, _ node: ToolNode) -> Reading<TeamFacts> {
    let members = links.members(of: name)
    let info = node["linkinfo"]
    guard info?["info_kind"]?.text != "team" else {
      return TeamReader.team(outputs, name, members: members.map(\.name))
    }
    return TeamReader.bond(outputs, name, data: info?["info_data"], members: members, told)
  }

  /// Priorities in tags that a VLAN gives to what programs send with them; 0 is none.
  private func egressMarks(_ node: ToolNode) -> Reading<[PriorityCodePoint]> {
    var marks: Set<PriorityCodePoint> = []
    for entry in node["linkinfo"]?["info_data"]?["egress_qos"]?.list ?? [] {
      guard let mark = entry["to"]?.whole(in: 0...7).flatMap({ PriorityCodePoint($0) }) else {
        return .unknown(told.garbled("egress_qos holds no priority"))
      }
      if mark.number != 0 { marks.insert(mark) }
    }
    return told.known(marks.sorted())
  }
}
