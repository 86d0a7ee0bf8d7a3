import CatalogModel
import Quantities

extension DialectTraits {
  /// Whether a switch's text is written at all.
  public func writes(_ intent: SwitchIntent) -> Bool { wordless(intent) == nil }

  /// What of a switch the dialect has no words for at all, so that it is set up by hand; `nil` when
  /// its text is written.
  public func wordless(_ intent: SwitchIntent) -> String? {
    if pair == nil, intent.pair != nil { return "a pair" }
    if uplinkTracking == nil, !intent.uplinkGroups.isEmpty {
      return "ports that go down with their uplinks"
    }
    if qos == nil, intent.qos != nil { return "lossless Ethernet" }
    return intent.vlans.first { !holds(vlan: $0.id.number) }.map { "VLAN \($0.id.number)" }
  }

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
struct DialectCheck {
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
    management()
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
    if intent.spanningTree.mode == .off, traits.spanningTreeIsAlwaysOn.value {
      fail(
        "spanning-tree", "", "no text switches spanning tree off",
        fact: traits.spanningTreeIsAlwaysOn.fact)
    }
    if intent.spanningTree.mode == .off && priority != traits.defaultBridgePriority.value {
      fail("bridge-priority", "", "a bridge priority without spanning tree is not kept")
    }
  }

  private mutating func management() {
    guard let management = intent.management else {
      return fail("management", "", "the switch has no management address")
    }
    let interfaces = traits.managementInterfaces
    if !interfaces.value.contains(management.interface) {
      fail(
        "management", management.interface, "is not an out-of-band interface",
        expected: interfaces.value.first ?? "", fact: interfaces.fact)
    }
    if management.vlan != nil {
      fail("management", "", "management through a VLAN is not emitted")
    }
    if !(1...32).contains(management.prefixLength) {
      fail("management", "", "prefix length \(management.prefixLength)", expected: "1 to 32")
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
      let own = lag.isPeerLink ? traits.pair?.peerLinkLAG : nil
      if own.map({ $0.value != lag.number }) ?? !traits.lagNumbers.value.contains(lag.number) {
        fail(
          "lag", subject, "number outside the range",
          expected: own.map { "\($0.value)" } ?? "\(traits.lagNumbers.value)",
          fact: own?.fact ?? traits.lagNumbers.fact)
      }
      if lag.isPeerLink, traits.pair?.describesPeerLink == false, !lag.description.isEmpty {
        fail("peer-link", subject, "a description of the peer link is not kept")
      }
      if !lag.lacp, traits.staticLAGs?.value == false {
        fail("lag", subject, "is static", expected: "LACP", fact: traits.staticLAGs?.fact ?? "")
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
        if let fixed = traits.pair?.peerLinkMTU, fixed.value != lag.mtu {
          fail(
            "mtu", subject, "link MTU \(lag.mtu)", expected: "\(fixed.value)", fact: fixed.fact)
        }
        if lag.membership != .none {
          fail("peer-link", subject, "VLANs are added to the peer link by the switch itself")
        }
        if lag.lacp != (traits.pair?.speaksLACP ?? false) {
          fail(
            "peer-link", subject,
            lag.lacp ? "the peer link is static" : "the peer link speaks LACP",
            fact: traits.pair?.peerLinkLACP?.fact ?? "")
        }
        if lag.pairLAG != nil { fail("peer-link", subject, "the peer link is no LAG of the pair") }
      } else if !traits.canCarryNothing, lag.membership == .none {
        fail("vlan", subject, "belongs to no VLAN", fact: traits.enabledPortNeedsVLAN.fact)
      }
      if let number = lag.pairLAG {
        if intent.pair == nil { fail("lag", subject, "a LAG of a pair on a switch without one") }
        if !traits.lagNumbers.value.contains(number) {
          fail("lag", subject, "pair number \(number) outside the range")
        }
        if let own = traits.pair?.ownLAGNumbers, own.value, number != lag.number {
          fail(
            "lag", subject, "pair number \(number)", expected: "\(lag.number)", fact: own.fact)
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
    let ranks = intent.ports.map { PortRank($0.name, kinds: traits.portKinds) }
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
      let rank = PortRank(split.port, kinds: traits.portKinds)
      if let rank { splitRanks.append(rank) }
      // Some platforms call the first lane as they call the whole port.
      let isLane = (rank?.lane ?? 0) > 0
      let lanes = PortRank.kind(of: split.port, among: traits.portKinds)?.lanes ?? 0
      if names.contains(split.port) != isLane || lanes == 0 || split.lanes != lanes
        || split.laneRate != .gigabits(10)
      {
        fail(
          "split", split.port, "cannot be split so",
          expected: lanes == 0 ? "a port that can be split" : "\(lanes) lanes of 10G")
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
    } else if port.enabled, port.membership == .none, !traits.canCarryNothing {
      fail("vlan", port.name, "belongs to no VLAN", fact: traits.enabledPortNeedsVLAN.fact)
    }
    if port.bpduGuard && !port.edge { fail("bpdu-guard", port.name, "guard needs an edge port") }
    if port.lossless {
      if intent.qos == nil { fail("qos", port.name, "lossless without a traffic policy") }
      if let needs = traits.qos?.losslessNeedsTagged, needs.value, port.lag == nil,
        port.membership.tagged.isEmpty
      {
        fail("qos", port.name, "lossless without a tagged VLAN", fact: needs.fact)
      }
    }
  }

  func ascending<Value>(_ values: [Value], by less: (Value, Value) -> Bool) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { less($0, $1) }
  }
  private func utf8Less(_ left: String, _ right: String) -> Bool { left.precedesInBytes(right) }
}
