import CatalogModel
import Fabric
import Quantities

/// Makes an intent of what an OS9 configuration says.
struct OS9IntentBuilder {
  let model: OS9Model
  let traits = DialectTraits.os9
  var log: ReadingLog
  /// Port membership by place in the model.
  var portMembership: [Membership]
  var lagMembership: [Int: Membership] = [:]
  /// LAG by place of the port in the model.
  var lagOfPort: [Int?]
  var staticLAGs: Set<Int> = []

  init(_ model: OS9Model, file: String) {
    self.model = model
    log = ReadingLog(file: file)
    portMembership = Array(repeating: .none, count: model.ports.count)
    lagOfPort = model.ports.map(\.lag)
  }

  /// `nil` when the switch has no name or no management address.
  mutating func build() -> SwitchIntent? {
    lagMembers()
    memberships()
    let pair = pair()
    let qos = qos()
    let lags = lags(peerLink: model.pair?.peerLAG)
    let ports = ports(policy: qos?.policy)
    let groups = uplinkGroups()
    let management = management()
    let tree = spanningTree()
    services(lossless: qos != nil)
    if model.hostname == nil { log.report("no-hostname", "the switch has no host name") }
    log.sort()
    guard let hostname = model.hostname, let management else { return nil }
    return SwitchIntent(
      hostname: hostname, os: .os9, management: management,
      users: model.users.map { UserIntent(name: $0.name, isAdministrator: $0.privilege == 15) }
        .sorted { $0.name.precedesInBytes($1.name) },
      ntp: ReaderValues.ascending(model.ntp), syslog: ReaderValues.ascending(model.syslog),
      spanningTree: tree,
      splits: model.splits.sorted { ($0.unit, $0.port) < ($1.unit, $1.port) }.map {
        SplitIntent(
          port: "fortyGigE \($0.unit)/\($0.port)", lanes: 4, laneRate: .gigabits(10))
      },
      pair: pair, vlans: vlans(), lags: lags, ports: ports, qos: qos, uplinkGroups: groups)
  }

  // MARK: - Ports and LAGs

  func ports(policy: String?) -> [PortIntent] {
    let order = model.ports.indices.sorted {
      ReaderValues.order(model.ports[$0].name) < ReaderValues.order(model.ports[$1].name)
    }
    return order.map { place in
      let port = model.ports[place]
      return PortIntent(
        name: OS9IntentBuilder.text(port.name), description: port.description,
        enabled: port.enabled, mtu: port.mtu ?? traits.defaultMTU.value, lag: lagOfPort[place],
        membership: portMembership[place], edge: port.edge, bpduGuard: port.guarded,
        lossless: port.dcbMap != nil && port.dcbMap == policy)
    }
  }

  mutating func lags(peerLink: Int?) -> [LAGIntent] {
    if let peerLink, model.portChannels[peerLink] == nil {
      log.report(
        "undefined-lag", line: model.pair?.line ?? 0, subject: "port-channel \(peerLink)",
        "is the peer link but is not defined")
    }
    let used = Set(lagOfPort.compactMap { $0 })
    let lacp = Set(model.ports.compactMap(\.lag))
    return model.portChannels.keys.sorted().compactMap { number in
      guard let lag = model.portChannels[number] else { return nil }
      let subject = "port-channel \(number)"
      if !used.contains(number) {
        log.report("empty-lag", as: .warning, line: lag.line, subject: subject, "has no members")
      }
      if !lag.enabled { log.report("shut-lag", line: lag.line, subject: subject, "is shut down") }
      if lag.pairLAG != nil, model.pair == nil {
        log.report(
          "no-pair", line: lag.line, subject: subject, "is a VLT LAG on a switch without VLT")
      }
      return LAGIntent(
        number: number, description: lag.description, lacp: lacp.contains(number),
        isPeerLink: number == peerLink, pairLAG: lag.pairLAG,
        membership: lagMembership[number] ?? .none, mtu: lag.mtu ?? traits.defaultMTU.value)
    }
  }

  mutating func uplinkGroups() -> [UplinkGroupIntent] {
    model.uplinkGroups.keys.sorted().compactMap { id in
      guard let group = model.uplinkGroups[id] else { return nil }
      let subject = "uplink group \(id)"
      var upstream: [Int] = []
      for name in group.upstream {
        if name.kind == .portChannel, model.portChannels[name.first] != nil {
          upstream.append(name.first)
        } else {
          log.report(
            "uplink-group", line: group.line, subject: subject,
            "upstream \(OS9IntentBuilder.text(name)) is no LAG of the switch")
        }
      }
      var downstream: [InterfaceName] = []
      for name in group.downstream {
        if model.portPlaces[name] != nil {
          downstream.append(name)
        } else {
          log.report(
            "uplink-group", line: group.line, subject: subject,
            "downstream \(OS9IntentBuilder.text(name)) is no port of the switch")
        }
      }
      return UplinkGroupIntent(
        id: id, upstreamLAGs: ReaderValues.ascending(upstream),
        downstream: ReaderValues.unique(downstream).map(OS9IntentBuilder.text),
        enabled: group.enabled)
    }
  }

  // MARK: - Whole switch

  mutating func management() -> ManagementIntent? {
    let used = model.management.keys.filter { model.management[$0]?.address != nil }.sorted {
      ReaderValues.order($0) < ReaderValues.order($1)
    }
    guard let name = used.first, let block = model.management[name], let address = block.address
    else {
      log.report("no-management", "the out-of-band port has no address")
      return nil
    }
    if !block.enabled {
      log.report(
        "management-shut", line: block.line, subject: OS9IntentBuilder.text(name), "is shut down")
    }
    if used.count > 1 {
      log.report(
        "two-managements", as: .warning, line: model.management[used[1]]?.line ?? 0,
        "\(used.count) management ports have an address; the first is taken")
    }
    return ManagementIntent(
      interface: OS9IntentBuilder.text(name), address: address, prefixLength: block.length,
      gateway: model.gateway)
  }

  mutating func spanningTree() -> SpanningTreeIntent {
    if let other = model.otherSpanningTree {
      log.report(
        "spanning-tree", line: other.line,
        "spanning tree \"\(other.name)\" is not one that plans use")
    }
    guard model.rstpEnabled else {
      if model.rstpLine > 0 {
        log.report("spanning-tree", line: model.rstpLine, "RSTP is configured but not enabled")
      }
      return SpanningTreeIntent(mode: .off, priority: traits.defaultBridgePriority.value)
    }
    return SpanningTreeIntent(
      mode: .rstp, priority: model.bridgePriority ?? traits.defaultBridgePriority.value)
  }

  mutating func pair() -> PairIntent? {
    guard let pair = model.pair else { return nil }
    guard let peerLAG = pair.peerLAG, let backup = pair.backup else {
      log.report(
        "pair", line: pair.line, "the VLT domain has no peer link or no back-up destination")
      return nil
    }
    if pair.systemMAC == nil || pair.unit == nil {
      log.report(
        "pair", as: .warning, line: pair.line,
        "the VLT domain leaves its system MAC or unit id to the switch")
    }
    return PairIntent(
      domain: pair.domain, peerLAG: peerLAG, backupDestination: backup,
      priority: pair.priority ?? 32768, systemMAC: pair.systemMAC ?? "", unit: pair.unit ?? -1,
      delayRestore: pair.delayRestore ?? 90)
  }

  mutating func qos() -> QoSIntent? {
    var used: [String] = []
    for port in model.ports {
      guard let name = port.dcbMap else { continue }
      if !used.contains(name) { used.append(name) }
      if !model.maps.contains(where: { $0.name == name }) {
        log.report(
          "undefined-map", line: port.line, subject: OS9IntentBuilder.text(port.name),
          "has DCB map \(name), which is not defined")
      }
      if port.foreignRole {
        log.report(
          "dcbx-role", line: port.line, subject: OS9IntentBuilder.text(port.name),
          "takes DCB settings from its neighbour")
      }
    }
    if used.count > 1 {
      log.report("several-maps", "ports have unlike DCB maps: \(used.joined(separator: ", "))")
    }
    let name = used.first ?? (model.maps.count == 1 ? model.maps[0].name : nil)
    guard let name, let map = model.maps.last(where: { $0.name == name }) else { return nil }
    if map.groupOfPriority.isEmpty {
      log.report("map", line: map.line, subject: name, "the map puts no priorities in groups")
    }
    let ids = Set(map.groups.map(\.id))
    for id in Set(map.groupOfPriority).subtracting(ids).sorted() {
      log.report("map", line: map.line, subject: name, "priority group \(id) is not defined")
    }
    return QoSIntent(
      policy: name,
      groups: map.groups.sorted { $0.id < $1.id }.map { group in
        TrafficGroup(
          id: group.id, bandwidth: group.bandwidth, lossless: group.lossless,
          priorities: map.groupOfPriority.enumerated().compactMap { priority, id in
            id == group.id ? PriorityCodePoint(priority) : nil
          })
      })
  }

  mutating func services(lossless: Bool) {
    if !model.telnetOff {
      log.report(
        "telnet", line: model.telnetLine, "telnet is on", hint: "no ip telnet server enable")
    }
    if !model.sshOn { log.report("ssh", "SSH is not switched on", hint: "ip ssh server enable") }
    for (number, vlan) in model.vlans.sorted(by: { $0.key < $1.key }) where vlan.hasAddress {
      log.report(
        "vlan-address", as: .warning, line: vlan.line, subject: "vlan \(number)",
        "has an address, so the switch routes it")
    }
    guard lossless else { return }
    if !model.dcbEnabled { log.report("dcb-off", "DCB is not switched on", hint: "dcb enable") }
    if !model.trustsPriority {
      log.report(
        "no-trust", "priorities of arriving frames are not honoured",
        hint: "service-class dynamic dot1p")
    }
    if !model.lldpEnabled {
      log.report("lldp-off", "LLDP is not switched on, so DCBX is not either", hint: "no disable")
    }
  }

  /// Name in full.
  static func text(_ name: InterfaceName) -> String {
    let kind =
      switch name.kind {
      case .gigabit: "GigabitEthernet "
      case .tenGigabit: "TenGigabitEthernet "
      case .twentyFiveGigabit: "twentyFiveGigE "
      case .fortyGigabit: "fortyGigE "
      case .fiftyGigabit: "fiftyGigE "
      case .hundredGigabit: "hundredGigE "
      case .management: "ManagementEthernet "
      case .portChannel: "Port-channel "
      case .vlan: "Vlan "
      case .loopback: "Loopback "
      case .null: "Null "
      case .outOfBand: "out-of-band"
      }
    return ReaderValues.text(kind, name)
  }
}
