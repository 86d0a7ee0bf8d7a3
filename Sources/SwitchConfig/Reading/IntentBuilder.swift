import CatalogModel
import Fabric
import Quantities

/// Makes an intent of what a configuration says, and finds what does not fit together.
struct IntentBuilder {
  var model: ConfigModel
  let os: SwitchOS
  let kinds: [InterfaceKind]
  let traits: DialectTraits
  var log: ReadingLog
  /// Membership by place in the model.
  var membership: [Membership]
  /// Key of the LAG by place in the model; `nil` for LAGs and ports in none.
  var lagOfPort: [Int?]
  /// Traffic classes of most ports with priority flow control, where each has its own.
  var usual: ConfigModel.TrafficClasses?
  /// Numbers of the VLANs that are defined, ascending.
  let defined: [Int]
  /// Place of each LAG in the model by its key.
  let lagPlaces: [Int: Int]

  init(
    _ model: ConfigModel, _ grammar: Grammar, _ os: SwitchOS, _ traits: DialectTraits, file: String
  ) {
    self.model = model
    self.os = os
    self.traits = traits
    kinds = grammar.kinds
    log = ReadingLog(file: file, hints: grammar.hints)
    membership = Array(repeating: .none, count: model.interfaces.count)
    defined = model.vlans.keys.sorted()
    var lagPlaces: [Int: Int] = [:]
    for (place, interface) in model.interfaces.enumerated() {
      if let key = interface.name.lagKey(grammar.kinds) { lagPlaces[key] = place }
    }
    self.lagPlaces = lagPlaces
    lagOfPort = model.interfaces.map(\.lag)
  }

  /// What the text says; of a part of a configuration that part.
  mutating func build() -> SwitchIntent {
    if let pair = model.pair, !pair.isMade {
      log.report("pair", line: pair.line, "no line makes the switch one of a pair")
      model.pair = nil
    }
    classes()
    schedulers()
    queuePolicies()
    names()
    peerMembers()
    lagMembers()
    memberships()
    making()
    groupLinks()
    let pair = pair()
    let noDrop = losslessPriorities()
    usual = usualClasses(noDrop)
    buffers(noDrop)
    let qos = qos(noDrop)
    let lags = lags(peerLink: peerLAG)
    let ports = ports(policy: qos?.policy, noDrop: noDrop)
    let groups = uplinkGroups()
    let management = management()
    let tree = spanningTree()
    treePorts()
    services(isLossless: qos != nil)
    for oddity in model.oddities {
      log.report(
        oddity.rule, as: oddity.isError ? .error : oddity.isNote ? .note : .warning,
        line: oddity.line, oddity.message)
    }
    if model.hostname == nil { log.report("no-hostname", "the switch has no host name") }
    log.sort()
    return SwitchIntent(
      hostname: model.hostname ?? "", os: os, management: management,
      users: model.users.map { UserIntent(name: $0.name, isAdministrator: $0.privilege == 15) }
        .sorted { $0.name.precedesInBytes($1.name) },
      ntp: ReaderValues.ascending(model.ntp), syslog: ReaderValues.ascending(model.syslog),
      spanningTree: tree,
      splits: inOrder(splits).map {
        SplitIntent(port: text($0), lanes: 4, laneRate: .gigabits(10))
      },
      pair: pair, vlans: vlans(), lags: lags, ports: ports, qos: qos, uplinkGroups: groups)
  }

  /// Number of the peer link: as the pair says it, or the LAG that says it is.
  var peerLAG: Int? {
    model.pair?.peerLAG
      ?? (model.pair == nil
        ? nil : model.interfaces.first { $0.isPeerLink && role($0.name) == .lag }?.name.first)
  }

  /// LAG that the switch makes of the ports of the peer link by itself.
  var peerLAGOfMembers: Int? {
    model.pair.flatMap { $0.peerMembers.isEmpty ? nil : traits.pair?.peerLinkLAG?.value }
  }

  private mutating func peerMembers() {
    guard let pair = model.pair, let number = peerLAGOfMembers else { return }
    model.pair?.peerLAG = number
    for name in pair.peerMembers {
      guard let place = model.places[name] else {
        log.report(
          "dangling-member", line: pair.line, subject: "port-channel \(number)",
          "\(text(name)) is a port of the peer link but has no block of its own")
        continue
      }
      if let other = lagOfPort[place] {
        log.report(
          "two-lags", line: pair.line, subject: text(name),
          "is a member of port-channel \(other) and a port of the peer link")
        continue
      }
      lagOfPort[place] = number
    }
  }

  // MARK: Names

  /// Name in full.
  func text(_ name: InterfaceName) -> String { name.text(kinds) }

  func role(_ name: InterfaceName) -> InterfaceRole { kinds[name.kind].role }

  /// Names in the order of the device, without repeats.
  func inOrder(_ names: [InterfaceName]) -> [InterfaceName] {
    let ranked = names.map { (name: $0, rank: PortRank(text($0), kinds: traits.portKinds)) }.sorted
    { left, right in
      if let a = left.rank, let b = right.rank, a != b { return a < b }
      return InterfaceName.precedes(left.name, right.name)
    }
    var result: [InterfaceName] = []
    for entry in ranked where entry.name != result.last { result.append(entry.name) }
    return result
  }

  // MARK: Ports and LAGs

  private mutating func ports(policy: String?, noDrop: [Int]) -> [PortIntent] {
    let split = Set(splits)
    // On some platforms the first lane has the name of the whole port.
    let names = model.interfaces.map(\.name).filter {
      role($0) == .port && (!split.contains($0) || isLane($0))
    }
    return inOrder(names).compactMap { name in
      guard let place = model.places[name] else { return nil }
      let port = model.interfaces[place]
      let isEdge =
        port.isEdge || (port.isAccessEdge && port.mode == .access)
        || (model.edgesAll.isOn && !port.saysEdge && lagOfPort[place] == nil)
      return PortIntent(
        name: text(name), description: port.description, enabled: !port.isShut,
        mtu: mtu(port), lag: lagOfPort[place].map(lagNumber),
        rate: rate(port),
        membership: membership[place], edge: isEdge,
        bpduGuard: port.isGuarded || (isEdge && model.guardsAll.isOn),
        lossless: isLossless(port, place, policy: policy, noDrop: noDrop))
    }
  }

  private func isLane(_ name: InterfaceName) -> Bool { lane(name) > 0 }

  private func lane(_ name: InterfaceName) -> Int {
    PortRank(text(name), kinds: traits.portKinds)?.lane ?? 0
  }

  /// Whole ports that are split: by a word for that, or since their first lane has the rate of one.
  private var splits: [InterfaceName] {
    model.splits
      + model.interfaces.filter { $0.rate == 10 && lane($0.name) == 1 }.map(\.name)
  }

  /// The rate that a port is set to; lanes have theirs by the split.
  private func rate(_ port: ConfigModel.Interface) -> DataRate? {
    port.rate == 10 && isLane(port.name) ? nil : port.rate.map { .gigabits($0) }
  }

  private func mtu(_ interface: ConfigModel.Interface) -> Int {
    let own: Int?
    switch traits.mtuScope.value {
    case .system: own = nil
    case .port: own = interface.mtu
    case .member:
      own = interface.name.lagKey(kinds).map { memberMTU($0) } ?? interface.mtu
    case .lag:
      let lag = model.places[interface.name].flatMap { lagOfPort[$0] }.flatMap { lagPlaces[$0] }
      own = interface.mtu ?? lag.flatMap { model.interfaces[$0].mtu }
    }
    return own ?? peerMTU(interface) ?? model.systemMTU ?? traits.defaultMTU.value
  }

  /// What the switch gives the peer link and its ports by itself.
  private func peerMTU(_ interface: ConfigModel.Interface) -> Int? {
    guard let mtu = model.pair?.peerMTU, let peerLAG else { return nil }
    let lag =
      role(interface.name) == .lag
      ? interface.name.first : model.places[interface.name].flatMap { lagOfPort[$0] }
    return lag == peerLAG ? mtu : nil
  }

  /// That of the first member which says one.
  private func memberMTU(_ lag: Int) -> Int? {
    model.interfaces.indices.lazy.filter { lagOfPort[$0] == lag }
      .compactMap { model.interfaces[$0].mtu }.first
  }

  private mutating func lags(peerLink: Int?) -> [LAGIntent] {
    if let peerLink, lagPlaces[peerLink] == nil, peerLAGOfMembers == nil {
      log.report(
        "undefined-lag", line: model.pair?.line ?? 0, subject: "port-channel \(peerLink)",
        "is the peer link but is not defined")
    }
    var members: [Int: [Bool]] = [:]
    for (place, number) in lagOfPort.enumerated() {
      if let number { members[number, default: []].append(model.interfaces[place].isLACP) }
    }
    let made: [LAGIntent] = lagPlaces.keys.sorted().compactMap { key in
      guard let place = lagPlaces[key] else { return nil }
      let lag = model.interfaces[place]
      let (number, subject) = (lagNumber(key), lagText(key))
      let own = members[key] ?? []
      if number != key % ConfigModel.lagsOfPair {
        log.report(
          "lag-numbers", as: .warning, line: lag.line, subject: subject,
          "has the number of another LAG and is called \(number) here")
      }
      let pairLAG = lag.pairLAG ?? (role(lag.name) == .pairLAG ? lag.name.first : nil)
      if own.isEmpty {
        log.report("empty-lag", as: .warning, line: lag.line, subject: subject, "has no members")
      }
      if own.contains(where: { $0 != own[0] }) {
        log.report(
          "static-and-lacp", line: lag.line, subject: subject, "has static and LACP members")
      }
      if lag.isShut { log.report("shut-lag", line: lag.line, subject: subject, "is shut down") }
      if pairLAG != nil, model.pair == nil {
        log.report(
          "no-pair", line: lag.line, subject: subject,
          "is a LAG of a pair on a switch that is in none")
      }
      return LAGIntent(
        number: number, description: lag.description, lacp: lag.lacp ?? own.first ?? false,
        isPeerLink: key == peerLink, pairLAG: pairLAG, membership: membership[place],
        mtu: mtu(lag))
    }.sorted { $0.number < $1.number }
    guard let number = peerLAGOfMembers, lagPlaces[number] == nil else { return made }
    let own = LAGIntent(
      number: number, description: "", lacp: false, isPeerLink: true, pairLAG: nil,
      membership: .none, mtu: memberMTU(number) ?? model.pair?.peerMTU ?? traits.defaultMTU.value)
    return (made + [own]).sorted { $0.number < $1.number }
  }

  private mutating func uplinkGroups() -> [UplinkGroupIntent] {
    model.uplinkGroups.compactMap { group in
      let subject = "uplink group \(group.id)"
      if group.isInverse {
        log.report(
          "uplink-group", line: group.line, subject: subject,
          "brings its ports up when the uplinks are lost")
        return nil
      }
      var upstream: [Int] = []
      for name in group.upstream {
        if let key = name.lagKey(kinds), lagPlaces[key] != nil || key == peerLAGOfMembers {
          upstream.append(lagNumber(key))
        } else {
          log.report(
            "uplink-group", line: group.line, subject: subject,
            "upstream \(text(name)) is no LAG of the switch")
        }
      }
      var downstream: [InterfaceName] = []
      for name in group.downstream {
        if role(name) == .port, model.places[name] != nil {
          downstream.append(name)
        } else {
          log.report(
            "uplink-group", line: group.line, subject: subject,
            "downstream \(text(name)) is no port of the switch")
        }
      }
      return UplinkGroupIntent(
        id: group.id, upstreamLAGs: ReaderValues.ascending(upstream),
        downstream: inOrder(downstream).map(text), enabled: group.isEnabled)
    }
  }
}
