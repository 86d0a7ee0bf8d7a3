import CatalogModel
import Fabric
import Quantities

/// Values by the names that templates use (`templates/README.md`).
typealias View = [String: Any]

/// Prepares an intent for the templates of its dialect: order, ranges and grouping happen here,
/// wording in the template.
struct IntentView {
  let intent: SwitchIntent
  let header: ConfigHeader
  let traits: DialectTraits?
  private let memberNames: [Int: [String]]

  init(_ intent: SwitchIntent, header: ConfigHeader) {
    self.intent = intent
    self.header = header
    traits = DialectTraits.of(intent.os)
    var memberNames: [Int: [String]] = [:]
    for port in intent.ports {
      if let lag = port.lag { memberNames[lag, default: []].append(port.name) }
    }
    self.memberNames = memberNames
  }

  /// The whole view.
  func view() -> View {
    var view: View = [
      "hostname": intent.hostname,
      "planName": header.planName,
      "planHash": header.planHash,
      "date": header.date.iso,
      "model": header.model,
      "management": management(),
      "users": intent.users.map { user -> View in
        ["name": user.name, "administrator": user.isAdministrator]
      },
      "ntp": intent.ntp.map(\.description),
      "hasNTP": !intent.ntp.isEmpty,
      "syslog": intent.syslog.map(\.description),
      "splits": intent.splits.map(split),
      "hasSplits": !intent.splits.isEmpty,
      "lags": intent.lags.filter { !$0.isPeerLink }.map(lag),
      "ports": ports(),
      "vlanList": PortLists.ranges(intent.vlans.map(\.id.number)),
      "hasVLANs": !intent.vlans.isEmpty,
      "vlans": vlans(),
      "uplinkGroups": intent.uplinkGroups.map(uplinkGroup),
      "bpduGuard": intent.ports.contains(where: \.bpduGuard),
      "hasLossless": intent.ports.contains(where: \.lossless),
    ]
    if intent.spanningTree.mode == .rstp {
      view["spanningTree"] = ["priority": intent.spanningTree.priority] as View
    }
    if let lag = intent.lags.first(where: \.isPeerLink) { view["peerLink"] = self.lag(lag) }
    if let pair = intent.pair { view["pair"] = self.pair(pair) }
    if let qos = intent.qos { view["qos"] = self.qos(qos) }
    if let mtu = intent.ports.first?.mtu, mtu != traits?.defaultMTU.value {
      view["systemMTU"] = mtu
    }
    return view
  }

  private func management() -> View {
    let management = intent.management
    let mask = IPv4Address(
      bits: management.prefixLength <= 0
        ? 0 : ~0 << UInt32(32 - min(32, management.prefixLength)))
    var view: View = [
      "interface": management.interface,
      "address": management.address.description,
      "prefixLength": management.prefixLength,
      "mask": mask.description,
    ]
    if let gateway = management.gateway { view["gateway"] = gateway.description }
    return view
  }

  private func split(_ split: SplitIntent) -> View {
    var view: View = ["port": split.port, "lanes": split.lanes]
    if let numbers = PortNumbers(split.port) {
      view["number"] = numbers.last
      view["unit"] = String(numbers.stem.dropFirst(numbers.kind.count).prefix { $0 != "/" })
    }
    return view
  }

  private func pair(_ pair: PairIntent) -> View {
    [
      "domain": pair.domain,
      "peerLAG": pair.peerLAG,
      "backupDestination": pair.backupDestination.description,
      "priority": pair.priority,
      "systemMAC": pair.systemMAC,
      "unit": pair.unit,
      "delayRestore": pair.delayRestore,
    ]
  }

  private func lag(_ lag: LAGIntent) -> View {
    var view = membership(lag.membership)
    view["number"] = lag.number
    view["lacp"] = lag.lacp
    if !lag.description.isEmpty { view["description"] = lag.description }
    if lag.mtu != traits?.defaultMTU.value { view["mtu"] = lag.mtu }
    if let number = lag.pairLAG { view["pairLAG"] = number }
    let names = memberNames[lag.number] ?? []
    view["memberLists"] = PortLists.os9(names)
    if !lag.lacp { view["staticMemberLists"] = PortLists.os9(names) }
    return view
  }

  /// Keys of a membership; a LAG member and an unused port have none of them.
  private func membership(_ membership: Membership) -> View {
    var view: View = [:]
    if membership == .none { return view }
    view["switchport"] = true
    let tagged = membership.tagged.map(\.number)
    if tagged.isEmpty {
      view["access"] = membership.untagged?.number
      return view
    }
    var trunk: View = [:]
    if let untagged = membership.untagged {
      view["hybrid"] = true
      trunk["native"] = untagged.number
      trunk["allowed"] = PortLists.ranges((tagged + [untagged.number]).sorted())
    } else {
      trunk["allowed"] = PortLists.ranges(tagged)
    }
    view["trunk"] = trunk
    return view
  }

  private func ports() -> [View] {
    let lacp = Dictionary(
      intent.lags.map { ($0.number, $0.lacp) }, uniquingKeysWith: { first, _ in first })
    let noDrop = intent.qos.map { qos in
      qos.groups.filter(\.lossless).flatMap(\.priorities).map(\.number).sorted()
    }
    let policy = intent.qos?.policy ?? ""
    return intent.ports.map { port in
      var view = membership(port.membership)
      view["name"] = port.name
      view["enabled"] = port.enabled
      if !port.description.isEmpty { view["description"] = port.description }
      if port.mtu != traits?.defaultMTU.value { view["mtu"] = port.mtu }
      if let lag = port.lag {
        view["lag"] = lag
        view[lacp[lag] == true ? "lacp" : "static"] = lag
      }
      if port.bpduGuard {
        view["guardedEdge"] = true
      } else if port.edge {
        view["plainEdge"] = true
      }
      if port.edge { view["edge"] = true }
      if port.lossless {
        view["lossless"] = ["policy": policy, "priorities": noDrop ?? []] as View
      }
      return view
    }
  }

  private func vlans() -> [View] {
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
    return intent.vlans.enumerated().map { place, vlan in
      func lists(_ ports: [String], _ lags: [Int]) -> [String] {
        PortLists.os9(ports) + (lags.isEmpty ? [] : ["Port-channel " + PortLists.ranges(lags)])
      }
      return [
        "id": vlan.id.number,
        "name": vlan.name,
        "tagged": lists(tagged[place], taggedLAGs[place]),
        "untagged": lists(untagged[place], untaggedLAGs[place]),
      ]
    }
  }

  private func qos(_ qos: QoSIntent) -> View {
    var groupOfPriority = Array(repeating: 0, count: 8)
    for group in qos.groups {
      for priority in group.priorities { groupOfPriority[priority.number] = group.id }
    }
    return [
      "policy": qos.policy,
      "groups": qos.groups.map { group -> View in
        ["id": group.id, "bandwidth": group.bandwidth, "pfc": group.lossless ? "on" : "off"]
      },
      "groupOfPriority": groupOfPriority.map { String($0) }.joined(separator: " "),
      "priorities": groupOfPriority.enumerated().map { priority, group -> View in
        ["priority": priority, "group": group]
      },
      "weights": qos.groups.map { String($0.bandwidth) }.joined(separator: " "),
    ]
  }

  private func uplinkGroup(_ group: UplinkGroupIntent) -> View {
    [
      "id": group.id,
      "upstreamLAGs": group.upstreamLAGs,
      "upstreamList": PortLists.ranges(group.upstreamLAGs),
      "downstream": group.downstream,
      "downstreamLists": PortLists.os9(group.downstream),
    ]
  }
}
