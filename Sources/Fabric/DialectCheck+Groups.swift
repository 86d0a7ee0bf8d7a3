import CatalogModel
import Quantities

/// Pairs, traffic classes and uplink groups: what concerns several ports at once.
extension DialectCheck {
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
    within(limits.priorities, pair.priority, "priority")
    within(limits.delayRestore, pair.delayRestore, "restore delay")
    within(limits.hasUnit.value ? Sourced(0...1, limits.hasUnit.fact) : nil, pair.unit, "unit")
    if pair.systemMAC.map(DialectCheck.isUnicastMAC) != (limits.hasSystemMAC.value ? true : nil) {
      fail(
        "pair", "", "system MAC \(pair.systemMAC ?? "none")",
        expected: limits.hasSystemMAC.value ? "lower-case unicast address" : "none",
        fact: limits.hasSystemMAC.fact)
    }
    if (pair.backupDestination != nil) != limits.hasHeartbeat {
      fail(
        "pair", "", "back-up destination \(pair.backupDestination?.description ?? "none")",
        expected: limits.hasHeartbeat ? "the other's management address" : "none",
        fact: limits.heartbeat?.fact ?? "")
    }
    if (pair.sharedAddress != nil) != limits.sharesAddress
      || (pair.sharedAddress != nil && pair.sharedAddress == intent.management?.address)
    {
      fail(
        "pair", "", "shared address \(pair.sharedAddress?.description ?? "none")",
        expected: limits.sharesAddress ? "an address that no switch has for itself" : "none",
        fact: limits.sharedAddress?.fact ?? "")
    }
    peering(pair, limits)
  }

  /// A number of the pair that the platform has a word for, and only then, within its limits.
  private mutating func within(
    _ limits: Sourced<ClosedRange<Int>>?, _ value: Int?, _ what: String
  ) {
    guard value.map({ limits?.value.contains($0) ?? false }) != (limits == nil ? nil : true) else {
      return
    }
    fail(
      "pair", "", "\(what) \(value.map(String.init) ?? "none")",
      expected: limits.map { "\($0.value)" } ?? "none", fact: limits?.fact ?? "")
  }

  private mutating func peering(_ pair: PairIntent, _ limits: PairTraits) {
    guard let peering = pair.peering else {
      if let wanted = limits.peeringVLAN {
        fail("pair", "", "no VLAN for the peer link", fact: wanted.fact)
      }
      return
    }
    guard let wanted = limits.peeringVLAN else {
      fail("pair", "", "a VLAN for the peer link", expected: "none")
      return
    }
    if intent.vlans.contains(where: { $0.id == peering.vlan }) {
      fail(
        "pair", "", "VLAN \(peering.vlan.number) of the peer link is one of the plan's",
        fact: wanted.fact)
    }
    let subnet = IPv4Subnet(around: peering.address, prefixLength: peering.prefixLength)
    if !(8...30).contains(peering.prefixLength) || peering.address == peering.peer
      || subnet?.contains(peering.peer) != true
    {
      fail(
        "pair", "", "\(peering.address)/\(peering.prefixLength) and \(peering.peer)",
        expected: "two addresses of one subnet", fact: wanted.fact)
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
    if limits.losslessOnPorts, !intent.ports.contains(where: \.lossless), !lossless.isEmpty {
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
      if !group.enabled, !limits.canBeOff.value {
        fail(
          "uplinks", subject, "cannot be kept without acting", fact: limits.canBeOff.fact)
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
