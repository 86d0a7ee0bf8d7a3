import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel
import Threads

/// States what each switch is to do.
struct IntentDrafting {
  let site: Site
  let choice: PlanChoice
  let switches: [SwitchDraft]
  let hosts: [HostDraft]
  let networks: NetworkPlan
  let links: [Link]

  /// LAG of a ToR towards the spine.
  static let uplinkLAG = 1
  /// LAG towards the core: 100, or the last but one of a platform that numbers fewer.
  var coreLAG: Int { min(100, lastLAG - 1) }
  /// LAG between the two switches of a pair: 128, or the last of a platform that numbers fewer.
  var peerLAG: Int {
    switches.first?.traits?.pair?.peerLinkLAG?.value ?? min(128, lastLAG)
  }
  private var lastLAG: Int { switches.first?.traits?.lagNumbers.value.upperBound ?? 128 }
  /// First LAG of a central switch towards a ToR.
  static let firstToRLAG = 11

  /// One intent for each switch but the out-of-band one, in their order.
  func intents() -> [SwitchIntent] {
    let lists = linkLists()
    return concurrentMap(switches.indices.filter { switches[$0].role != .outOfBand }) { index in
      SwitchIntentDrafting(parent: self, index: index, links: lists[index]).intent()
    }
  }

  /// Links of each switch: its own end and the other.
  private func linkLists() -> [[SwitchLink]] {
    var places: [String: Int] = [:]
    for (index, draft) in switches.enumerated() { places[draft.name] = index }
    var lists = [[SwitchLink]](repeating: [], count: switches.count)
    for link in links {
      if let place = places[link.a.node] {
        lists[place].append(
          SwitchLink(role: link.role, rate: link.rate, near: link.a, far: link.b))
      }
      if let place = places[link.b.node] {
        lists[place].append(
          SwitchLink(role: link.role, rate: link.rate, near: link.b, far: link.a))
      }
    }
    return lists
  }

  /// LAG number of a ToR on the central switches: equal on both, leaving out those of core and
  /// peer link.
  func lagNumber(tor name: String) -> Int {
    var number = IntentDrafting.firstToRLAG
    for draft in switches where draft.role == .tor {
      while number == coreLAG || number == peerLAG { number += 1 }
      if draft.name == name { return number }
      number += 1
    }
    return number
  }

  /// Bridge priority. The new switches must never become root of the core's tree, not even while
  /// its root is away: they take the last steps, far after the 32768 of any old switch that nobody
  /// configured, central ones before ToRs. Without a core the first central switch is root; a core
  /// that no link leads to counts as none. A standalone pair has a tree of one switch each.
  func priority(_ index: Int) -> Int {
    let (step, worst) = (4096, 61440)
    guard choice.design != .standalonePair else { return 32768 }
    guard switches[index].role != .tor else { return worst }
    let isHookedUp = choice.centre.core != nil && site.core != nil
    return (isHookedUp ? Core.worstRootPriority : step) + step * min(index, 1)
  }

  /// Whether a central switch leads to the second of two separate core boxes: its way is shut until
  /// somebody opens it, since the boxes are joined outside the plan and two open ways are a circle.
  func isStandby(_ index: Int) -> Bool { site.core?.kind == .separate && index == 1 }

  /// The first management address behind those of the switches that nobody has, or any; `nil` where
  /// the subnet is full.
  func sharedAddress() -> IPv4Address? {
    let management = site.management
    let taken =
      switches.compactMap(\.address) + management.ntp + management.syslog
      + (management.gateway.map { [$0] } ?? [])
    let first = max(1, management.firstAddress)
    let numbers = Array(first...(first + taken.count)) + Array(1...(taken.count + 1))
    return numbers.lazy.compactMap { management.subnet.address($0) }
      .first { !taken.contains($0) }
  }

  /// Locally administered, the same for both switches of a pair and another for another site: also
  /// for one of the same name, whose switches have other management addresses.
  func systemMAC() -> String {
    let addresses = switches.prefix(2).compactMap { $0.address?.description }
    let seed = (["tenfold pair 1", site.name] + addresses).joined(separator: " ")
    let digest = Array(SHA256.hexDigest(Array(seed.utf8)).prefix(10))
    var text = "02"
    for (index, digit) in digest.enumerated() {
      if index % 2 == 0 { text += ":" }
      text.append(digit)
    }
    return text
  }
}

/// A link as one of its switches sees it.
struct SwitchLink {
  var role: LinkRole
  var rate: DataRate
  var near: Endpoint
  var far: Endpoint
}

/// States what one switch is to do.
struct SwitchIntentDrafting {
  let parent: IntentDrafting
  let index: Int
  let links: [SwitchLink]
  private let linkAt: [String: Int]
  private let hostAt: [String: Int]

  private var draft: SwitchDraft { parent.switches[index] }
  private var networks: NetworkPlan { parent.networks }
  private var isPaired: Bool {
    draft.role != .tor && parent.choice.design != .standalonePair
  }

  init(parent: IntentDrafting, index: Int, links: [SwitchLink]) {
    self.parent = parent
    self.index = index
    self.links = links
    linkAt = Dictionary(
      links.enumerated().map { ($1.near.port, $0) }, uniquingKeysWith: { first, _ in first })
    hostAt = Dictionary(
      parent.hosts.enumerated().map { ($1.host.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  func intent() -> SwitchIntent {
    let lags = lags()
    let ports = ports(lags: lags)
    return SwitchIntent(
      hostname: draft.name, os: draft.spec.os ?? SwitchOS(rawValue: "unknown"),
      management: management(), users: [UserIntent(name: "admin", isAdministrator: true)],
      ntp: Set(parent.site.management.ntp).sorted(),
      syslog: Set(parent.site.management.syslog).sorted(),
      spanningTree: SpanningTreeIntent(mode: .rstp, priority: parent.priority(index)),
      splits: draft.pool.splitIntents(), pair: pair(), vlans: vlans(lags, ports), lags: lags,
      ports: ports, qos: qos(ports), uplinkGroups: uplinkGroups(ports))
  }

  private func management() -> ManagementIntent {
    let site = parent.site.management
    return ManagementIntent(
      interface: draft.managementData == nil ? draft.managementPort : "",
      address: draft.address ?? site.subnet.network, prefixLength: site.subnet.prefixLength,
      gateway: site.gateway, vlan: draft.managementData == nil ? nil : site.vlan)
  }

  private func pair() -> PairIntent? {
    guard isPaired, index < 2, parent.switches.count > 1 else { return nil }
    let other = parent.switches[1 - index]
    let traits = draft.traits?.pair
    let network = parent.site.management.subnet.network
    return PairIntent(
      domain: 1, peerLAG: parent.peerLAG,
      backupDestination: traits?.hasHeartbeat == false ? nil : other.address ?? network,
      sharedAddress: traits?.sharesAddress == true ? parent.sharedAddress() ?? network : nil,
      priority: traits?.priorities.map { min(4096, $0.value.upperBound / 2) * (index + 1) },
      systemMAC: traits?.hasSystemMAC.value == true ? parent.systemMAC() : nil,
      unit: traits?.hasUnit.value == true ? index : nil,
      delayRestore: traits?.delayRestore.map { _ in 90 },
      peering: traits?.peeringVLAN.flatMap { wanted in
        Peering(wanted.value, networks: networks)?.intent(index)
      })
  }

  /// All VLANs of the switch: those that pass it, and those of its own ports.
  private func vlans(_ lags: [LAGIntent], _ ports: [PortIntent]) -> [VLANIntent] {
    let used = Set(
      (lags.map(\.membership) + ports.map(\.membership)).flatMap {
        $0.tagged + ($0.untagged.map { [$0] } ?? [])
      })
    let known = Set(networks.known(to: draft).map(\.id))
    return networks.vlans.filter { used.contains($0.id) || known.contains($0.id) }
      .map { VLANIntent(id: $0.id, name: $0.name) }
  }

  private func lagNumber(_ link: SwitchLink) -> Int? {
    switch link.role {
    case .host, .management: nil
    case .peer: parent.peerLAG
    case .core: parent.coreLAG
    case .uplink:
      draft.role == .tor
        ? IntentDrafting.uplinkLAG : parent.lagNumber(tor: link.far.node)
    }
  }

  private func lags() -> [LAGIntent] {
    var lags: [LAGIntent] = []
    for link in links {
      guard let number = lagNumber(link), !lags.contains(where: { $0.number == number }) else {
        continue
      }
      lags.append(lag(number, link))
    }
    return lags.sorted { $0.number < $1.number }
  }

  private func lag(_ number: Int, _ link: SwitchLink) -> LAGIntent {
    var lag = LAGIntent(
      number: number, description: "",
      lacp: link.role != .peer || draft.traits?.pair?.speaksLACP == true,
      isPeerLink: link.role == .peer,
      pairLAG: nil, membership: .none, mtu: draft.linkMTU)
    switch link.role {
    case .peer:
      if draft.traits?.pair?.describesPeerLink != false {
        lag.description = described("peer link to \(link.far.node)")
      }
    case .core:
      lag.description = described("core \(link.far.node)")
      lag.membership = Membership(tagged: networks.leaving)
      if parent.isStandby(index) {
        lag.description = described(
          "core \(link.far.node) STANDBY: open when \(parent.switches[0].name) fails")
      }
      // Two separate boxes cannot end one LAG: each switch has its own, one of them shut.
      lag.pairLAG = isPaired && parent.site.core?.kind != .separate ? number : nil
    case .uplink where draft.role == .tor:
      let spines = parent.switches.prefix(2).map(\.name).joined(separator: " and ")
      lag.description = described("uplinks to \(spines)")
      lag.membership = filled(networks.tagged(side: draft.side))
    case .uplink:
      let tor = parent.switches.first { $0.name == link.far.node }
      lag.description = described(link.far.node)
      lag.membership = filled(networks.tagged(side: tor?.side ?? draft.side))
      lag.pairLAG = isPaired ? number : nil
    case .host, .management: break
    }
    return lag
  }

  /// Tagged VLANs; a link that has none carries the unused VLAN untagged, so that no platform puts
  /// it into its default VLAN.
  private func filled(_ tagged: [VLANID]) -> Membership {
    tagged.isEmpty
      ? Membership(untagged: parent.site.addressing.nativeVLAN) : Membership(tagged: tagged)
  }

  private func described(_ text: String) -> String {
    (draft.traits?.description ?? NameRule(.text, maxLength: 64, fact: "")).fitted(text)
  }

  private func ports(lags: [LAGIntent]) -> [PortIntent] {
    draft.devicePorts().map { port in
      guard port.usable, let place = linkAt[port.name] else { return unused(port) }
      let link = links[place]
      var intent = PortIntent(
        name: port.name,
        description: described("\(link.far.node) \(link.far.port)"),
        enabled: true, mtu: draft.linkMTU, rate: stated(link.rate, port))
      switch link.role {
      case .host:
        let tagged = hostVLANs(link.far)
        intent.membership = filled(tagged)
        intent.edge = true
        intent.bpduGuard = true
        intent.lossless = networks.isLossless(tagged)
      case .management:
        intent.membership = Membership(untagged: parent.site.management.vlan)
        // The far end is a switch that sends BPDUs: a guard would shut the only way in.
        intent.edge = true
      case .core:
        intent.lag = lagNumber(link)
        if parent.isStandby(index) {
          intent.enabled = false
          intent.description = described(
            "\(link.far.node) \(link.far.port) STANDBY: open when \(parent.switches[0].name) fails")
        }
      case .uplink, .peer:
        intent.lag = lagNumber(link)
        let lag = lags.first { $0.number == intent.lag }
        let carried =
          link.role == .peer
          ? networks.known(to: draft).map(\.id) : lag?.membership.tagged ?? []
        intent.lossless = networks.isLossless(carried)
      }
      return intent
    }
  }

  /// The rate of a link where the text must say it: on a whole port that goes by the name of its
  /// first lane, and so might be split, or on every port of a platform that wants it.
  private func stated(_ rate: DataRate, _ port: DevicePort) -> DataRate? {
    if draft.traits?.portsStateRate?.value == true { return rate }
    guard port.connector == .qsfpPlus || port.connector == .qsfp28,
      let kinds = draft.traits?.portKinds, PortRank(port.name, kinds: kinds)?.lane == 1,
      (PortRank.kind(of: port.name, among: kinds)?.lanes ?? 0) > 0, port.splitFrom == nil
    else { return nil }
    return rate
  }

  /// Shut, in no VLAN, with the link MTU of a port that nobody configured; on a platform with one
  /// MTU for all ports, with that.
  private func unused(_ port: DevicePort) -> PortIntent {
    let traits = draft.traits
    let mtu =
      traits.map { $0.mtuScope.value == .system } ?? true
      ? draft.linkMTU : min(traits?.defaultMTU.value ?? draft.linkMTU, draft.linkMTU)
    return PortIntent(name: port.name, enabled: false, mtu: mtu)
  }

  private func hostVLANs(_ far: Endpoint) -> [VLANID] {
    guard let place = hostAt[far.node],
      let port = parent.hosts[place].ports.first(where: { $0.name == far.port })
    else { return [] }
    let host = parent.hosts[place]
    return networks.tagged(parent.site.hosts[host.group], slot: port.slot, side: port.side)
  }

  private func qos(_ ports: [PortIntent]) -> QoSIntent? {
    guard parent.choice.isLossless, ports.contains(where: \.lossless) else { return nil }
    if let traits = draft.traits?.qos { return traits.standard(lossless: .storage) }
    // The same policy for a platform of which nobody has said what it can hold.
    return QoSIntent.standard(policy: "SMB", lossless: .storage)
  }

  /// A ToR without uplinks takes its host ports down. So does a central switch that hosts plug
  /// into when it has lost both the core and its peer: a pair that loses its peer link shuts the
  /// LAGs of its second switch, whose hosts would send into a dead end. While the core is away that
  /// would be wrong, since a switch whose peer is being upgraded is all that the hosts have left:
  /// the group of such a switch waits until somebody has hooked up the core. Where the core is two
  /// separate boxes the way of one switch is shut anyhow, and the loss of the other switch must not
  /// take its host ports down.
  private func uplinkGroups(_ ports: [PortIntent]) -> [UplinkGroupIntent] {
    let hosts = ports.filter { port in
      linkAt[port.name].map { links[$0].role == .host } ?? false
    }
    let upstream: [Int]
    if draft.role == .tor {
      upstream = links.contains { $0.role == .uplink } ? [IntentDrafting.uplinkLAG] : []
    } else if draft.followsCore, isPaired, parent.site.core?.kind != .separate,
      links.contains(where: { $0.role == .core })
    {
      upstream = [parent.coreLAG, parent.peerLAG].sorted()
    } else {
      upstream = []
    }
    guard !hosts.isEmpty, !upstream.isEmpty else { return [] }
    return [
      UplinkGroupIntent(
        id: 1, upstreamLAGs: upstream, downstream: hosts.map(\.name), enabled: draft.role == .tor)
    ]
  }
}
