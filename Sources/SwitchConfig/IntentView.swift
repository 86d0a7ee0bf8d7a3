import CatalogModel
import Fabric
import Quantities
import TemplateText

/// Prepares an intent for the templates of its dialect: order, ranges and grouping happen here,
/// wording in the template. Names of the parts: `templates/README.md`.
struct IntentView {
  let intent: SwitchIntent
  let header: ConfigHeader
  private let traits: DialectTraits?
  private let memberNames: [Int: [String]]
  private let losslessLAGs: Set<Int>

  init(_ intent: SwitchIntent, header: ConfigHeader, traits: DialectTraits?) {
    self.intent = intent
    self.header = header
    self.traits = traits
    var memberNames: [Int: [String]] = [:]
    for port in intent.ports {
      if let lag = port.lag { memberNames[lag, default: []].append(port.name) }
    }
    self.memberNames = memberNames
    losslessLAGs = Set(intent.ports.filter(\.lossless).compactMap(\.lag))
  }

  /// The whole view.
  ///
  /// - Parameter portBlocks: all ports in the words of the dialect.
  func node(portBlocks: String) -> Node {
    var parts: [String: Node] = [
      "hostname": Node(intent.hostname),
      "planName": Node(header.planName),
      "planHash": Node(header.planHash),
      "date": Node(header.date.iso),
      "users": Node(
        intent.users.map { user in
          Node([
            "name": Node(user.name), "administrator": Node(user.isAdministrator),
            "isAdmin": Node(user.name == "admin"),
          ])
        }),
      "ntp": Node(intent.ntp.map(\.description)),
      "hasNTP": Node(!intent.ntp.isEmpty),
      "syslog": Node(intent.syslog.map(\.description)),
      "numberedSyslog": Node(
        intent.syslog.enumerated().map { index, address in
          Node(["number": Node(index + 1), "address": Node(address.description)])
        }),
      "splits": Node(intent.splits.map(split)),
      "hasSplits": Node(!intent.splits.isEmpty),
      "lags": Node(intent.lags.filter { !$0.isPeerLink }.map(lag)),
      "portBlocks": Node(portBlocks),
      "vlanList": Node(PortLists.ranges(intent.vlans.map(\.id.number))),
      "hasVLANs": Node(!intent.vlans.isEmpty),
      "vlans": Node(vlans()),
      "uplinkGroups": Node(intent.uplinkGroups.map(uplinkGroup)),
      "hasUplinkGroups": Node(!intent.uplinkGroups.isEmpty),
      "bpduGuard": Node(intent.ports.contains(where: \.bpduGuard)),
    ]
    if !header.model.isEmpty { parts["model"] = Node(header.model) }
    if intent.spanningTree.mode == .rstp {
      parts["spanningTree"] = Node(["priority": Node(intent.spanningTree.priority)])
    }
    if let management = intent.management { parts["management"] = self.management(management) }
    if let lag = intent.lags.first(where: \.isPeerLink) { parts["peerLink"] = self.lag(lag) }
    if let pair = intent.pair { parts["pair"] = self.pair(pair) }
    if let qos = intent.qos { parts["qos"] = self.qos(qos) }
    if let mtu = intent.ports.first?.mtu, mtu != traits?.defaultMTU.value {
      parts["systemMTU"] = Node(mtu)
    }
    return Node(parts)
  }

  private func management(_ management: ManagementIntent) -> Node {
    var parts = [
      "interface": Node(management.interface),
      "address": Node(management.address.description),
      "prefixLength": Node(management.prefixLength),
      "mask": Node(IntentView.mask(management.prefixLength)),
    ]
    if let gateway = management.gateway { parts["gateway"] = Node(gateway.description) }
    return Node(parts)
  }

  /// The netmask of a prefix length.
  private static func mask(_ prefixLength: Int) -> String {
    let length = min(32, max(0, prefixLength))
    return IPv4Address(bits: length == 0 ? 0 : ~0 << UInt32(32 - length)).description
  }

  private func split(_ split: SplitIntent) -> Node {
    var parts = ["port": Node(split.port), "lanes": Node(split.lanes)]
    if let numbers = PortNumbers(split.port) {
      parts["number"] = Node(numbers.last)
      parts["unit"] = Node(String(numbers.stem.dropFirst(numbers.kind.count).prefix { $0 != "/" }))
    }
    return Node(parts)
  }

  private func pair(_ pair: PairIntent) -> Node {
    var parts = [
      "domain": Node(pair.domain),
      "peerLAG": Node(pair.peerLAG),
    ]
    if let backup = pair.backupDestination { parts["backupDestination"] = Node(backup.description) }
    if let shared = pair.sharedAddress { parts["sharedAddress"] = Node(shared.description) }
    if let priority = pair.priority { parts["priority"] = Node(priority) }
    if let systemMAC = pair.systemMAC { parts["systemMAC"] = Node(systemMAC) }
    if let unit = pair.unit { parts["unit"] = Node(unit) }
    if let seconds = pair.delayRestore { parts["delayRestore"] = Node(seconds) }
    if let peering = pair.peering {
      parts["peering"] = Node([
        "vlan": Node(peering.vlan.number), "address": Node(peering.address.description),
        "peer": Node(peering.peer.description), "prefixLength": Node(peering.prefixLength),
        "mask": Node(IntentView.mask(peering.prefixLength)),
      ])
    }
    return Node(parts)
  }

  private func lag(_ lag: LAGIntent) -> Node {
    var parts = IntentView.membership(lag.membership, isUp: !lag.isPeerLink)
    parts["number"] = Node(lag.number)
    parts["lacp"] = Node(lag.lacp)
    if !lag.description.isEmpty {
      parts["description"] = Node(lag.description)
      parts["quotedDescription"] = Node(IntentView.quoted(lag.description, lag.description))
    }
    if lag.mtu != traits?.defaultMTU.value { parts["mtu"] = Node(lag.mtu) }
    if let number = lag.pairLAG { parts["pairLAG"] = Node(number) }
    let upstreamOf = intent.uplinkGroups.filter { $0.upstreamLAGs.contains(lag.number) }
    parts["upstreamOf"] = Node(upstreamOf.map { Node($0.id) })
    parts["hasUpstreamOf"] = Node(!upstreamOf.isEmpty)
    if let qos = intent.qos, losslessLAGs.contains(lag.number) {
      parts["lossless"] = Node(["policy": Node(qos.policy)])
    }
    let members = Node(PortLists.os9(memberNames[lag.number] ?? []))
    parts["memberLists"] = members
    parts["memberNames"] = Node((memberNames[lag.number] ?? []).joined(separator: ","))
    if !lag.lacp { parts["staticMemberLists"] = members }
    return Node(parts)
  }

  /// A text in quotes when it is more than one word.
  static func quoted(_ text: String, _ shown: String) -> String {
    text.utf8.contains(32) ? "\"\(shown)\"" : shown
  }

  /// Parts of a membership; a LAG member and an unused port have none of them.
  /// - Parameter isUp: whether it forwards frames, so that being in no VLAN must be said.
  static func membership(_ membership: Membership, isUp: Bool) -> [String: Node] {
    if membership == .none { return isUp ? ["noVLAN": .yes] : [:] }
    let tagged = membership.tagged.map(\.number)
    if tagged.isEmpty {
      return ["switchport": .yes, "access": Node(membership.untagged?.number ?? 0)]
    }
    guard let untagged = membership.untagged?.number else {
      return [
        "switchport": .yes,
        "trunk": Node([
          "allowed": Node(PortLists.ranges(tagged)), "taggedLists": eachRange(tagged),
          "taggedVLANs": Node(tagged.map { Node($0) }),
        ]),
      ]
    }
    return [
      "switchport": .yes, "hybrid": .yes,
      "trunk": Node([
        "tagged": Node(PortLists.ranges(tagged)), "taggedLists": eachRange(tagged),
        "taggedVLANs": Node(tagged.map { Node($0) }),
        "allowed": Node(PortLists.ranges((tagged + [untagged]).sorted())),
        "native": Node(untagged),
      ]),
    ]
  }

  /// Ascending numbers, ranges as one: `1-3` and `7`.
  private static func eachRange(_ numbers: [Int]) -> Node {
    Node(PortLists.ranges(numbers).split(separator: ",").map(String.init))
  }

  private func vlans() -> [Node] {
    var places: [VLANID: Int] = [:]
    for (place, vlan) in intent.vlans.enumerated() { places[vlan.id] = place }
    var tagged = Array(repeating: [String](), count: intent.vlans.count)
    var untagged = tagged
    var taggedLAGs = Array(repeating: [Int](), count: intent.vlans.count)
    var untaggedLAGs = taggedLAGs
    for port in intent.ports {
      for id in port.membership.tagged {
        if let place = places[id] { tagged[place].append(port.name) }
      }
      if let id = port.membership.untagged, let place = places[id] {
        untagged[place].append(port.name)
      }
    }
    for lag in intent.lags {
      for id in lag.membership.tagged {
        if let place = places[id] { taggedLAGs[place].append(lag.number) }
      }
      if let id = lag.membership.untagged, let place = places[id] {
        untaggedLAGs[place].append(lag.number)
      }
    }
    func lists(_ ports: [String], _ lags: [Int]) -> Node {
      Node(
        PortLists.os9(ports) + (lags.isEmpty ? [] : ["Port-channel " + PortLists.ranges(lags)]))
    }
    /// One by one; no list for none.
    func members(_ ports: [String], _ lags: [Int]) -> Node {
      let all = ports.map { ($0, false) } + lags.map { (String($0), true) }
      let nodes = all.enumerated().map { index, member in
        Node([
          "name": Node(member.0), "lag": Node(member.1), "more": Node(index + 1 < all.count),
        ])
      }
      return Node(nodes.isEmpty ? [] : [Node(["names": Node(nodes)])])
    }
    return intent.vlans.enumerated().map { place, vlan in
      Node([
        "id": Node(vlan.id.number),
        "name": Node(vlan.name),
        "tagged": lists(tagged[place], taggedLAGs[place]),
        "taggedMembers": members(tagged[place], taggedLAGs[place]),
        "untagged": lists(untagged[place], untaggedLAGs[place]),
      ])
    }
  }

  private func qos(_ qos: QoSIntent) -> Node {
    var groupOfPriority = Array(repeating: 0, count: 8)
    for group in qos.groups {
      for priority in group.priorities { groupOfPriority[priority.number] = group.id }
    }
    return Node([
      "policy": Node(qos.policy),
      "groups": IntentView.groups(qos.groups),
      "groupOfPriority": Node(groupOfPriority.map { String($0) }.joined(separator: " ")),
      "priorities": Node(
        groupOfPriority.enumerated().map { priority, group in
          Node(["priority": Node(priority), "group": Node(group)])
        }),
      "queues": Node((0...7).reversed().map { queue($0, qos) }),
      "weights": Node(qos.groups.map { String($0.bandwidth) }.joined(separator: " ")),
    ])
  }

  /// Traffic groups.
  static func groups(_ groups: [TrafficGroup]) -> Node {
    Node(
      groups.map { group in
        Node([
          "id": Node(group.id), "bandwidth": Node(group.bandwidth),
          "pfc": Node(group.lossless ? "on" : "off"),
          "losslessPriorities": Node(
            (group.lossless ? group.priorities : []).map { Node($0.number) }),
          "isLossy": Node(!group.lossless),
          "priorityRanges": Node(PortLists.ranges(group.priorities.map(\.number))),
          "priorities": Node(group.priorities.map { String($0.number) }.joined(separator: " ")),
        ])
      })
  }

  /// A queue whether or not a group has its number.
  private func queue(_ id: Int, _ qos: QoSIntent) -> Node {
    let group = qos.groups.first { $0.id == id }
    var parts = ["id": Node(id), "share": Node(group?.bandwidth ?? 0), "isZero": Node(id == 0)]
    let priorities = group?.priorities.map(\.number) ?? []
    if id != 0, !priorities.isEmpty { parts["priorityRanges"] = Node(PortLists.ranges(priorities)) }
    if group?.lossless == true { parts["noDrop"] = Node(PortLists.ranges(priorities)) }
    return Node(parts)
  }

  private func uplinkGroup(_ group: UplinkGroupIntent) -> Node {
    Node([
      "id": Node(group.id),
      "upstreamLAGs": Node(group.upstreamLAGs.map { Node($0) }),
      "upstreamList": Node(PortLists.ranges(group.upstreamLAGs)),
      "watchesPeer": Node(
        intent.pair.map { group.upstreamLAGs.contains($0.peerLAG) } ?? false),
      "enabled": Node(group.enabled),
      "downstream": Node(group.downstream),
      "downstreamLists": Node(PortLists.os9(group.downstream)),
    ])
  }
}
