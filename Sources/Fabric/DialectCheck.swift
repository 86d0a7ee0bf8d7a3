import CatalogModel
import Quantities

extension DialectTraits {
  /// What of an intent this dialect's text cannot hold, or would hold as something else; empty for
  /// an intent that reads back as it is.
  public func check(_ intent: SwitchIntent) -> [Finding] {
    var check = DialectCheck(traits: self, intent: intent)
    check.identity()
    check.vlans()
    check.lags()
    check.ports()
    check.pairing()
    check.trafficClasses()
    check.uplinks()
    return check.findings
  }
}

/// Working state of `DialectTraits.check`.
private struct DialectCheck {
  let traits: DialectTraits
  let intent: SwitchIntent
  var findings: [Finding] = []
  /// Ids of the VLANs of the switch.
  let defined: Set<VLANID>
  /// Members by LAG number.
  let members: [Int: [PortIntent]]

  init(traits: DialectTraits, intent: SwitchIntent) {
    self.traits = traits
    self.intent = intent
    defined = Set(intent.vlans.map(\.id))
    members = Dictionary(
      grouping: intent.ports.filter { $0.lag != nil }, by: { $0.lag ?? 0 })
  }

  mutating func fail(
    _ rule: String, _ subject: String, _ message: String, expected: String = "", fact: String = ""
  ) {
    findings.append(
      Finding(
        rule: "dialect-" + rule,
        subject: subject.isEmpty
          ? [intent.hostname] : [intent.hostname, subject],
        message: message,
        expected: fact.isEmpty ? expected : expected.isEmpty ? fact : "\(expected) (\(fact))"))
  }

  mutating func name(_ rule: NameRule, _ name: String, _ subject: String, _ what: String) {
    guard !rule.accepts(name) else { return }
    fail(
      "name", subject, "\(what) does not fit the platform's names",
      expected: "at most \(rule.maxLength) characters of kind \(rule.alphabet.rawValue)",
      fact: rule.fact)
  }

  mutating func identity() {
    if intent.os != traits.os { fail("os", "", "made for \(intent.os.rawValue)") }
    name(traits.hostname, intent.hostname, "", "host name")
    if intent.management.interface != traits.managementInterface.value
      && !isManagementOfAnotherUnit(intent.management.interface)
    {
      fail(
        "management", intent.management.interface, "is not an out-of-band interface",
        expected: traits.managementInterface.value, fact: traits.managementInterface.fact)
    }
    if intent.management.vlan != nil {
      fail("management", "", "management through a VLAN is not emitted")
    }
    if !(1...32).contains(intent.management.prefixLength) {
      fail("management", "", "prefix length \(intent.management.prefixLength)", expected: "1 to 32")
    }
    if !ascending(intent.users.map(\.name), by: { utf8Less($0, $1) }) {
      fail("order", "users", "accounts are not ascending by name")
    }
    for user in intent.users { name(traits.userName, user.name, user.name, "account name") }
    if !ascending(intent.ntp, by: <) { fail("order", "ntp", "servers are not ascending") }
    if !ascending(intent.syslog, by: <) { fail("order", "syslog", "servers are not ascending") }
    let priority = intent.spanningTree.priority
    if priority < 0 || priority > 61440 || priority % 4096 != 0 {
      fail(
        "bridge-priority", "", "bridge priority \(priority)",
        expected: "0 to 61440 in steps of 4096", fact: traits.defaultBridgePriority.fact)
    }
    if intent.spanningTree.mode == .off && priority != traits.defaultBridgePriority.value {
      fail("bridge-priority", "", "a bridge priority without spanning tree is not kept")
    }
  }

  /// `ManagementEthernet 1/0` of an OS9 switch, whose units count from 0 or from 1.
  private func isManagementOfAnotherUnit(_ interface: String) -> Bool {
    traits.os == .os9
      && (0...11).contains {
        interface == "ManagementEthernet \($0)/0"
          || interface
            == "ManagementEthernet \($0)/1"
      }
  }

  mutating func vlans() {
    if !ascending(intent.vlans.map(\.id), by: <) {
      fail("order", "vlans", "VLANs are not ascending")
    }
    for vlan in intent.vlans {
      if vlan.id.number == 1 {
        fail("vlan", "vlan 1", "the default VLAN carries nothing of a plan")
      }
      if vlan.name.isEmpty { fail("vlan", "vlan \(vlan.id.number)", "has no name") }
      name(traits.vlanName, vlan.name, "vlan \(vlan.id.number)", "VLAN name")
    }
  }

  mutating func membership(_ membership: Membership, _ subject: String) {
    if !ascending(membership.tagged, by: <) {
      fail("order", subject, "tagged VLANs are not ascending")
    }
    if let untagged = membership.untagged, membership.tagged.contains(untagged) {
      fail("vlan", subject, "VLAN \(untagged.number) is both tagged and untagged")
    }
    for id in membership.tagged + (membership.untagged.map { [$0] } ?? [])
    where !defined.contains(id) {
      fail("vlan", subject, "VLAN \(id.number) is not defined on the switch")
    }
  }

  mutating func lags() {
    if !ascending(intent.lags.map(\.number), by: <) {
      fail("order", "lags", "LAGs are not ascending")
    }
    for lag in intent.lags {
      let subject = "port-channel \(lag.number)"
      if !traits.lagNumbers.value.contains(lag.number) {
        fail(
          "lag", subject, "number outside the range", expected: "\(traits.lagNumbers.value)",
          fact: traits.lagNumbers.fact)
      }
      name(traits.description, lag.description, subject, "description")
      membership(lag.membership, subject)
      mtu(lag.mtu, subject)
      let ports = members[lag.number] ?? []
      let limit =
        lag.isPeerLink
        ? traits.pair?.maxPeerLinkMembers ?? traits.maxLAGMembers
        : traits.maxLAGMembers
      if ports.isEmpty || ports.count > limit.value {
        fail(
          "lag-members", subject, "\(ports.count) members", expected: "1 to \(limit.value)",
          fact: limit.fact)
      }
      if ports.contains(where: { $0.mtu != lag.mtu }) {
        fail("mtu", subject, "members and LAG have unlike MTU")
      }
      if ports.contains(where: { $0.lossless != ports.first?.lossless }) {
        fail("lag-members", subject, "some members are lossless and some are not")
      }
      if lag.isPeerLink {
        if lag.membership != .none {
          fail("peer-link", subject, "VLANs are added to the peer link by the switch itself")
        }
        if lag.lacp { fail("peer-link", subject, "the peer link is static") }
        if lag.pairLAG != nil { fail("peer-link", subject, "the peer link is no LAG of the pair") }
      } else if traits.enabledPortNeedsVLAN.value, lag.membership == .none {
        fail("vlan", subject, "belongs to no VLAN", fact: traits.enabledPortNeedsVLAN.fact)
      }
      if let number = lag.pairLAG {
        if intent.pair == nil { fail("lag", subject, "a LAG of a pair on a switch without one") }
        if !traits.lagNumbers.value.contains(number) {
          fail("lag", subject, "pair number \(number) outside the range")
        }
      }
    }
  }

  mutating func mtu(_ mtu: Int, _ subject: String) {
    if !traits.linkMTU.value.contains(mtu) {
      fail(
        "mtu", subject, "link MTU \(mtu)", expected: "\(traits.linkMTU.value)",
        fact: traits.linkMTU.fact)
    }
    if traits.mtuScope.value == .system, let first = intent.ports.first, first.mtu != mtu {
      fail(
        "mtu", subject, "link MTU \(mtu)", expected: "\(first.mtu) as on \(first.name)",
        fact: traits.mtuScope.fact)
    }
  }

  mutating func ports() {
    if intent.ports.isEmpty { fail("ports", "", "the switch has no ports") }
    let ranks = intent.ports.map { PortRank($0.name, os: traits.os) }
    for (port, rank) in zip(intent.ports, ranks) where rank == nil {
      fail("port-name", port.name, "is not a port name of the platform")
    }
    if !ascending(ranks.compactMap { $0 }, by: <) {
      fail("order", "ports", "ports are not in the order of the device")
    }
    let names = Set(intent.ports.map(\.name))
    let numbers = Set(intent.lags.map(\.number))
    var splitRanks: [PortRank] = []
    for split in intent.splits {
      if let rank = PortRank(split.port, os: traits.os) { splitRanks.append(rank) }
      if names.contains(split.port) || PortRank(split.port, os: traits.os) == nil
        || !split.port.hasPrefix(traits.os == .os9 ? "fortyGigE " : "Fo")
        || split.lanes != 4 || split.laneRate != .gigabits(10)
      {
        fail("split", split.port, "cannot be split so", expected: "40G port into 4 lanes of 10G")
      }
    }
    if !ascending(splitRanks, by: <) { fail("order", "splits", "splits are not in port order") }
    for port in intent.ports { self.port(port, lags: numbers) }
    let edges = intent.ports.filter(\.edge)
    if traits.bpduGuardIsGlobal.value, edges.contains(where: { $0.bpduGuard != edges[0].bpduGuard })
    {
      fail(
        "bpdu-guard", "", "some edge ports are guarded and some are not",
        fact: traits.bpduGuardIsGlobal.fact)
    }
  }

  mutating func port(_ port: PortIntent, lags: Set<Int>) {
    name(traits.description, port.description, port.name, "description")
    membership(port.membership, port.name)
    mtu(port.mtu, port.name)
    if let lag = port.lag {
      if !lags.contains(lag) { fail("lag", port.name, "port-channel \(lag) is not defined") }
      if port.membership != .none || port.edge || port.bpduGuard {
        fail("lag-members", port.name, "a member of a LAG has no VLAN or edge setting of its own")
      }
    } else if port.enabled, port.membership == .none, traits.enabledPortNeedsVLAN.value {
      fail("vlan", port.name, "belongs to no VLAN", fact: traits.enabledPortNeedsVLAN.fact)
    }
    if port.bpduGuard && !port.edge { fail("bpdu-guard", port.name, "guard needs an edge port") }
    if port.lossless {
      if intent.qos == nil { fail("qos", port.name, "lossless without a traffic policy") }
      if traits.os == .os6, port.lag == nil, port.membership.tagged.isEmpty {
        fail("qos", port.name, "lossless without a tagged VLAN", fact: "OS6-3a")
      }
    }
  }

  mutating func pairing() {
    let links = intent.lags.filter(\.isPeerLink).map(\.number)
    guard let pair = intent.pair else {
      if !links.isEmpty { fail("pair", "", "a peer link without a pair") }
      return
    }
    guard let limits = traits.pair else {
      fail("pair", "", "no text is emitted for a pair on this platform")
      return
    }
    if links != [pair.peerLAG] {
      fail("pair", "port-channel \(pair.peerLAG)", "is not the one peer link")
    }
    if !limits.domains.value.contains(pair.domain) {
      fail("pair", "", "domain \(pair.domain)", fact: limits.domains.fact)
    }
    if !limits.priorities.value.contains(pair.priority) {
      fail("pair", "", "priority \(pair.priority)", fact: limits.priorities.fact)
    }
    if !limits.delayRestore.value.contains(pair.delayRestore) {
      fail("pair", "", "delay \(pair.delayRestore) s", fact: limits.delayRestore.fact)
    }
    if !(0...1).contains(pair.unit) { fail("pair", "", "unit \(pair.unit)", expected: "0 or 1") }
    if !DialectCheck.isUnicastMAC(pair.systemMAC) {
      fail("pair", "", "system MAC \(pair.systemMAC)", expected: "lower-case unicast address")
    }
  }

  mutating func trafficClasses() {
    guard let qos = intent.qos else { return }
    guard let limits = traits.qos else {
      fail("qos", "", "the platform has no lossless Ethernet")
      return
    }
    let ids = qos.groups.map(\.id)
    if !ascending(ids, by: <) || ids.contains(where: { !limits.groups.value.contains($0) })
      || ids.isEmpty || (limits.consecutive && ids != Array(limits.groups.value))
    {
      fail(
        "qos", "", "traffic groups \(ids)", expected: "\(limits.groups.value)",
        fact: limits.groups.fact)
    }
    if qos.groups.contains(where: { !(1...100).contains($0.bandwidth) })
      || qos.groups.reduce(0, { $0 &+ $1.bandwidth }) != 100
    {
      fail("qos", "", "shares do not add up to 100 %", fact: limits.groups.fact)
    }
    let all = qos.groups.flatMap(\.priorities)
    if all.count != 8 || Set(all).count != 8
      || qos.groups.contains(where: { !ascending($0.priorities, by: <) })
    {
      fail("qos", "", "priorities 0 to 7 do not stand once each, ascending")
    }
    let lossless = qos.groups.filter(\.lossless)
    if lossless.reduce(0, { $0 + $1.priorities.count }) > limits.maxLossless.value {
      fail(
        "qos", "", "too many lossless priorities", expected: "at most \(limits.maxLossless.value)",
        fact: limits.maxLossless.fact)
    }
    if limits.losslessAlone, lossless.contains(where: { $0.priorities.count != 1 }) {
      fail("qos", "", "a lossless group holds one priority", fact: limits.groups.fact)
    }
    if let queues = limits.queueOfPriority {
      var owner: [Int: Int] = [:]
      for group in qos.groups {
        for priority in group.priorities where queues.value.indices.contains(priority.number) {
          let queue = queues.value[priority.number]
          if let other = owner[queue], other != group.id {
            fail(
              "qos", "", "queue \(queue) is in groups \(other) and \(group.id)",
              fact: queues.fact)
          }
          owner[queue] = group.id
        }
      }
    }
    if limits.policyName.isEmpty != qos.policy.isEmpty
      || !NameRule(.word, maxLength: 32, fact: limits.groups.fact).accepts(qos.policy + "x")
    {
      fail("qos", qos.policy, "does not fit as the name of the policy")
    }
    if limits.policyName.isEmpty, !intent.ports.contains(where: \.lossless), !lossless.isEmpty {
      fail("qos", "", "a lossless group without a lossless port is not kept")
    }
  }

  mutating func uplinks() {
    if !ascending(intent.uplinkGroups.map(\.id), by: <) {
      fail("order", "uplink groups", "groups are not ascending")
    }
    let positions = Dictionary(
      intent.ports.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let numbers = Set(intent.lags.map(\.number))
    var used: Set<String> = []
    for group in intent.uplinkGroups {
      let subject = "uplink group \(group.id)"
      guard let limits = traits.uplinkTracking else {
        fail("uplinks", subject, "the platform cannot follow uplinks")
        continue
      }
      if !limits.groups.value.contains(group.id) {
        fail(
          "uplinks", subject, "id outside the range", expected: "\(limits.groups.value)",
          fact: limits.groups.fact)
      }
      if group.upstreamLAGs.isEmpty || !ascending(group.upstreamLAGs, by: <)
        || group.upstreamLAGs.contains(where: { !numbers.contains($0) })
      {
        fail("uplinks", subject, "upstream LAGs \(group.upstreamLAGs) are not ascending LAGs")
      }
      let places = group.downstream.map { positions[$0] ?? -1 }
      if places.isEmpty || places.contains(-1) || !ascending(places, by: <) {
        fail("uplinks", subject, "downstream ports are not ports in the order of the device")
      }
      for name in group.downstream {
        if !used.insert(name).inserted { fail("uplinks", name, "is in two uplink groups") }
        if let place = positions[name], let lag = intent.ports[place].lag,
          group.upstreamLAGs.contains(lag)
        {
          fail("uplinks", name, "is a member of its own upstream")
        }
      }
    }
  }

  private func ascending<Value>(_ values: [Value], by less: (Value, Value) -> Bool) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { less($0, $1) }
  }
  private func utf8Less(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// `aa:bb:cc:dd:ee:ff`, lower case, not a group address.
  private static func isUnicastMAC(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 17 else { return false }
    for (index, byte) in bytes.enumerated() {
      if index % 3 == 2 {
        if byte != 58 { return false }
      } else if !(48...57).contains(byte) && !(97...102).contains(byte) {
        return false
      }
    }
    let low = bytes[1]
    return (low >= 97 ? low - 87 : low - 48) & 1 == 0
  }
}
