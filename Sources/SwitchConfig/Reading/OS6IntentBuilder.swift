import CatalogModel
import Fabric
import Quantities

/// Makes an intent of what an OS6 configuration says.
struct OS6IntentBuilder {
  private let model: OS6Model
  private let traits = DialectTraits.os6
  private(set) var log: ReadingLog
  /// Ascending.
  private let defined: [Int]

  init(_ model: OS6Model, file: String) {
    self.model = model
    log = ReadingLog(file: file)
    defined = model.vlans.keys.sorted()
  }

  /// `nil` when the switch has no name or no management address.
  mutating func build() -> SwitchIntent? {
    let mtu = model.jumboMTU ?? traits.defaultMTU.value
    let noDrop = losslessPriorities()
    let ports = ports(mtu: mtu, noDrop: noDrop)
    let lags = lags(mtu: mtu)
    let qos = qos(noDrop: noDrop)
    let groups = uplinkGroups()
    let tree = spanningTree()
    services()
    if model.hostname == nil { log.report("no-hostname", "the switch has no host name") }
    if model.address == nil {
      log.report("no-management", line: model.managementLine, "the out-of-band port has no address")
    }
    log.sort()
    guard let hostname = model.hostname, let address = model.address else { return nil }
    return SwitchIntent(
      hostname: hostname, os: .os6,
      management: ManagementIntent(
        interface: traits.managementInterface.value, address: address,
        prefixLength: model.length, gateway: model.gateway),
      users: model.users.map { UserIntent(name: $0.name, isAdministrator: $0.privilege == 15) }
        .sorted { $0.name.precedesInBytes($1.name) },
      ntp: ReaderValues.ascending(model.ntp), syslog: ReaderValues.ascending(model.syslog),
      spanningTree: tree,
      splits: model.splits.sorted(by: OS6IntentBuilder.precedes).map {
        SplitIntent(port: OS6IntentBuilder.text($0), lanes: 4, laneRate: .gigabits(10))
      },
      pair: nil,
      vlans: defined.compactMap { id in
        // VLAN 1 is always there.
        guard let vlan = VLANID(id), id != 1 || model.vlans[id]?.isEmpty == false else {
          return nil
        }
        return VLANIntent(id: vlan, name: model.vlans[id] ?? "")
      },
      lags: lags, ports: ports, qos: qos, uplinkGroups: groups)
  }

  // MARK: - Ports and LAGs

  private mutating func ports(mtu: Int, noDrop: [Int]) -> [PortIntent] {
    let split = Set(model.splits)
    let kept = model.ports.filter { !split.contains($0.name) }.sorted {
      OS6IntentBuilder.precedes($0.name, $1.name)
    }
    return kept.map { port in
      let name = OS6IntentBuilder.text(port.name)
      if let lag = port.lag, model.portChannels[lag] == nil {
        log.report(
          "undefined-lag", line: port.line, subject: name,
          "is a member of port-channel \(lag), which is not defined")
      }
      if port.foreignRole {
        log.report(
          "dcbx-role", line: port.line, subject: name,
          "takes DCB settings from its neighbour, so that the shares here are ignored")
      }
      let membership =
        port.lag != nil
        ? .none : membership(port.switchport, used: !port.shut, line: port.line, subject: name)
      let lossless = port.pfc && !port.noDrop.isEmpty
      if lossless, port.lag == nil, membership.tagged.isEmpty {
        log.report(
          "pfc-untagged", line: port.line, subject: name,
          "has priority flow control without a tagged VLAN")
      }
      if !port.pfc, !port.noDrop.isEmpty {
        log.report(
          "pfc-off", line: port.line, subject: name,
          "has no-drop priorities while priority flow control is off")
      }
      if lossless, port.noDrop != noDrop {
        log.report(
          "pfc-differs", line: port.line, subject: name,
          "has no-drop priorities \(port.noDrop), other ports \(noDrop)")
      }
      return PortIntent(
        name: name, description: port.description, enabled: !port.shut, mtu: mtu, lag: port.lag,
        membership: membership, edge: port.portFast,
        bpduGuard: port.portFast && model.bpduProtection,
        lossless: lossless && port.noDrop == noDrop)
    }
  }

  /// - Parameter used: `false` for a shut port, whose default membership means nothing.
  private mutating func membership(
    _ port: OS6Model.Switchport, used: Bool, line: Int, subject: String
  ) -> Membership {
    if !port.isWritten {
      return used ? Membership(untagged: VLANID(1)) : .none
    }
    var untagged: Int?
    var tagged: [Int] = []
    switch port.mode {
    case .access: untagged = port.access
    case .trunk:
      var allowed = port.allowed ?? []
      if port.allowed == nil {
        log.report(
          "trunk-all", line: line, subject: subject,
          "is a trunk without a list, which carries every VLAN",
          hint: "switchport trunk allowed vlan LIST")
        allowed = ReaderValues.ascending(defined + [1])
      } else if allowed.count > 1000 {
        // What `add` and `remove` left of all: only VLANs that exist matter.
        let known = Set(defined + [1])
        allowed = allowed.filter { known.contains($0) }
      }
      if allowed.contains(port.native) { untagged = port.native }
      tagged = allowed.filter { $0 != port.native }
    case .general:
      if port.generalUntagged.contains(port.pvid) { untagged = port.pvid }
      tagged = ReaderValues.ascending(port.generalTagged)
      for id in port.generalUntagged where id != port.pvid && id != 1 {
        log.report(
          "two-untagged", line: line, subject: subject,
          "sends VLAN \(id) untagged but receives untagged frames in VLAN \(port.pvid)")
      }
    }
    for id in tagged + (untagged.map { [$0] } ?? []) where id != 1 && model.vlans[id] == nil {
      log.report(
        "undefined-vlan", line: line, subject: subject,
        "names VLAN \(id), which is not defined")
    }
    return Membership(
      untagged: untagged.flatMap { VLANID($0) }, tagged: tagged.compactMap { VLANID($0) })
  }

  private mutating func lags(mtu: Int) -> [LAGIntent] {
    model.portChannels.keys.sorted().compactMap { number in
      guard let lag = model.portChannels[number] else { return nil }
      let subject = "port-channel \(number)"
      let members = model.ports.filter { $0.lag == number }
      if members.isEmpty {
        log.report("empty-lag", as: .warning, line: lag.line, subject: subject, "has no members")
      }
      if members.contains(where: { $0.lacp != members[0].lacp }) {
        log.report(
          "static-and-lacp", line: lag.line, subject: subject, "has static and LACP members")
      }
      if lag.shut { log.report("shut-lag", line: lag.line, subject: subject, "is shut down") }
      return LAGIntent(
        number: number, description: lag.description, lacp: members.first?.lacp ?? false,
        isPeerLink: false, pairLAG: nil,
        membership: membership(lag.switchport, used: true, line: lag.line, subject: subject),
        mtu: mtu)
    }
  }

  private mutating func uplinkGroups() -> [UplinkGroupIntent] {
    model.links.keys.sorted().compactMap { id in
      guard let link = model.links[id] else { return nil }
      let subject = "uplink group \(id)"
      if link.up {
        log.report(
          "uplink-group", line: link.line, subject: subject,
          "brings its ports up when the uplinks are lost")
        return nil
      }
      var upstream: [Int] = []
      for name in link.dependsOn {
        if name.kind == .portChannel, model.portChannels[name.first] != nil {
          upstream.append(name.first)
        } else {
          log.report(
            "uplink-group", line: link.line, subject: subject,
            "depends on \(OS6IntentBuilder.text(name)), which is no LAG of the switch")
        }
      }
      var downstream: [InterfaceName] = []
      for name in link.members {
        if model.portPlaces[name] != nil {
          downstream.append(name)
        } else {
          log.report(
            "uplink-group", line: link.line, subject: subject,
            "holds \(OS6IntentBuilder.text(name)), which is no port of the switch")
        }
      }
      var names: [String] = []
      for name in downstream.sorted(by: OS6IntentBuilder.precedes) {
        let text = OS6IntentBuilder.text(name)
        if text != names.last { names.append(text) }
      }
      return UplinkGroupIntent(
        id: id, upstreamLAGs: ReaderValues.ascending(upstream), downstream: names)
    }
  }

  // MARK: - Whole switch

  /// The no-drop set that most lossless ports have; the lowest of equals.
  private func losslessPriorities() -> [Int] {
    var counts: [[Int]: Int] = [:]
    for port in model.ports where port.pfc && !port.noDrop.isEmpty {
      counts[port.noDrop, default: 0] += 1
    }
    return counts.min { left, right in
      left.value != right.value
        ? left.value > right.value : left.key.lexicographicallyPrecedes(right.key)
    }?.key ?? []
  }

  private mutating func qos(noDrop: [Int]) -> QoSIntent? {
    guard model.hasPolicy || !noDrop.isEmpty else { return nil }
    if model.weights.isEmpty {
      log.report(
        "no-shares", "traffic-class groups have no shares", hint: "traffic-class-group weight A B C"
      )
    }
    let groups = (0...2).map { id in
      let priorities = (0...7).filter { model.groupOfQueue[model.queueOfPriority[$0]] == id }
      return TrafficGroup(
        id: id, bandwidth: model.weights.indices.contains(id) ? model.weights[id] : 0,
        lossless: priorities.contains { noDrop.contains($0) },
        priorities: priorities.compactMap { PriorityCodePoint($0) })
    }
    for priority in noDrop {
      let queue = model.queueOfPriority[priority]
      let sharing = (0...7).filter { model.queueOfPriority[$0] == queue && $0 != priority }
      if !sharing.isEmpty {
        log.report(
          "lossless-queue",
          "lossless priority \(priority) shares queue \(queue) with priorities \(sharing)")
      }
    }
    return QoSIntent(
      policy: "", groups: groups.filter { !$0.priorities.isEmpty || $0.bandwidth > 0 })
  }

  private mutating func spanningTree() -> SpanningTreeIntent {
    if let other = model.otherSpanningTree {
      log.report(
        "spanning-tree", line: other.line,
        "spanning tree \"\(other.name)\" is not one that plans use")
    }
    guard !model.spanningTreeOff, model.otherSpanningTree == nil else {
      return SpanningTreeIntent(mode: .off, priority: traits.defaultBridgePriority.value)
    }
    return SpanningTreeIntent(
      mode: .rstp, priority: model.bridgePriority ?? traits.defaultBridgePriority.value)
  }

  private mutating func services() {
    if !model.telnetOff {
      log.report("telnet", line: model.telnetLine, "telnet is on", hint: "ip telnet server disable")
    }
    if !model.sshOn { log.report("ssh", "SSH is not switched on", hint: "ip ssh server") }
    if !model.webOff || !model.secureWebOff {
      log.report(
        "web", "the web interface is on", hint: "no ip http server, no ip http secure-server")
    }
    if !model.ntp.isEmpty, !model.ntpClient {
      log.report(
        "ntp-off", "time servers are named but the client is off",
        hint: "sntp unicast client enable")
    }
  }

  /// Name as the platform writes it.
  static func text(_ name: InterfaceName) -> String {
    let kind =
      switch name.kind {
      case .gigabit: "Gi"
      case .tenGigabit: "Te"
      case .fortyGigabit: "Fo"
      case .twentyFiveGigabit: "Tw"
      case .fiftyGigabit: "Fi"
      case .hundredGigabit: "Hu"
      case .portChannel: "port-channel "
      case .vlan: "vlan "
      case .management, .outOfBand: "out-of-band"
      case .loopback: "loopback "
      case .null: "null "
      }
    return ReaderValues.text(kind, name)
  }

  /// Order on the device: 40G ports lie where their lanes would (`PortRank`).
  static func precedes(_ left: InterfaceName, _ right: InterfaceName) -> Bool {
    func key(_ name: InterfaceName) -> (Int, Int, Int, Int) {
      let port =
        name.kind == .fortyGigabit
        ? (name.third - 1) * 4 + (name.second == 0 ? 49 : 1) : name.third
      return (name.first, name.second, port, Int(name.kind.rawValue))
    }
    return key(left) < key(right)
  }
}
