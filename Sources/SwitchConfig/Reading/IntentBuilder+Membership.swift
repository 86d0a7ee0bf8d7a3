import Fabric
import Quantities

/// Which VLANs pass which ports and LAGs.
extension IntentBuilder {
  mutating func lagMembers() {
    for port in model.interfaces where !port.otherLAGs.isEmpty {
      let numbers = ReaderValues.ascending(port.otherLAGs + [port.lag ?? 0].filter { $0 > 0 })
      guard numbers.count > 1 else { continue }
      log.report(
        "two-lags", line: port.line, subject: text(port.name),
        "is a member of port-channels "
          + numbers.map { String($0 % ConfigModel.lagsOfPair) }.joined(separator: " and "))
    }
    for number in lagPlaces.keys.sorted() {
      guard let at = lagPlaces[number] else { continue }
      let lag = model.interfaces[at]
      for member in lag.members {
        guard let place = model.places[member], role(member) == .port else {
          log.report(
            "dangling-member", line: lag.line, subject: lagText(number),
            "\(text(member)) is a member but has no block of its own")
          continue
        }
        if let other = lagOfPort[place], other != number {
          log.report(
            "two-lags", line: lag.line, subject: text(member),
            "is a member of port-channels \(other) and \(number)")
          continue
        }
        lagOfPort[place] = number
      }
    }
    for (place, port) in model.interfaces.enumerated() {
      guard let lag = lagOfPort[place], lagPlaces[lag] == nil, lag != peerLAGOfMembers else {
        continue
      }
      log.report(
        "undefined-lag", line: port.line, subject: text(port.name),
        "is a member of \(lagText(lag)), which is not defined")
    }
  }

  /// A member that has VLANs of its own has those of its LAG: some platforms suspend it otherwise.
  private mutating func memberVLANs() {
    for (place, port) in model.interfaces.enumerated()
    where port.hasVLANs && port.allowed?.isEmpty != true {
      guard let at = lagOfPort[place].flatMap({ lagPlaces[$0] }) else { continue }
      let lag = model.interfaces[at]
      if (port.mode, port.access, port.native, port.allowed ?? [])
        != (lag.mode, lag.access, lag.native, lag.allowed ?? [])
      {
        log.report(
          "member-vlans", as: .note, line: port.line, subject: text(port.name),
          "has VLANs of its own that are not those of its LAG")
      }
    }
  }

  mutating func memberships() {
    memberVLANs()
    unsureMemberships()
    for id in defined { namedMembers(of: id) }
    for (place, interface) in model.interfaces.enumerated() {
      if isPeerLink(interface) {
        // It carries every VLAN, with a list or without one.
        let missing = interface.allowed.map { Set(defined).subtracting($0 + [1]) } ?? []
        if !missing.isEmpty || (interface.hasVLANs && interface.mode != .trunk) {
          log.report(
            "peer-link", line: interface.line, subject: text(interface.name),
            "is the peer link but does not carry every VLAN")
          membership[place] = ownMembership(interface)
        }
      } else if interface.isRouted, interface.hasVLANs {
        log.report(
          "not-switchport", as: .warning, line: interface.line, subject: text(interface.name),
          "has VLANs but is no switchport")
      } else if interface.hasVLANs, lagOfPort[place] == nil {
        membership[place] = ownMembership(interface)
      } else if lagOfPort[place] == nil, isBridgedByDefault(interface, place) {
        membership[place].untagged = model.defaultVLAN.flatMap { VLANID($0) }
      }
      frames(of: interface, place)
      if !interface.isHybrid, !interface.hasVLANs, membership[place].untagged != nil,
        !membership[place].tagged.isEmpty
      {
        log.report(
          "not-hybrid", line: interface.line, subject: text(interface.name),
          "is tagged and untagged without portmode hybrid")
      }
    }
  }

  /// Leaves out the VLAN whose frames an interface does not take.
  private mutating func frames(of interface: ConfigModel.Interface, _ place: Int) {
    let own = membership[place]
    switch interface.frames {
    case .all: break
    case .tagged:
      guard let id = own.untagged else { break }
      membership[place].untagged = nil
      if id.number != model.defaultVLAN {
        log.report(
          "frames", as: .warning, line: interface.line, subject: text(interface.name),
          "takes tagged frames alone but has VLAN \(id.number) for others")
      }
    case .untagged where !own.tagged.isEmpty:
      let list = PortLists.ranges(own.tagged.map(\.number))
      log.report(
        "frames", line: interface.line, subject: text(interface.name),
        "takes untagged frames alone but is tagged in VLAN \(list)")
    case .untagged: break
    }
  }

  /// What a line says that is not understood may be that it is in other VLANs.
  private mutating func unsureMemberships() {
    for interface in model.interfaces where interface.isUnsure {
      log.report(
        "unsure-vlans", as: .warning, line: interface.line, subject: text(interface.name),
        "has a line about its VLANs that is not understood: it may be in others than are shown")
    }
  }

  private func isPeerLink(_ interface: ConfigModel.Interface) -> Bool {
    role(interface.name) == .lag && interface.name.first == peerLAG
  }

  /// Whether untagged frames go to the default VLAN though no line says so.
  private func isBridgedByDefault(_ interface: ConfigModel.Interface, _ place: Int) -> Bool {
    model.usesDefaultVLAN.isOn && membership[place].untagged == nil && isBridged(interface)
      && (interface.isHybrid || membership[place].tagged.isEmpty)
  }

  /// Whether an interface forwards frames: by its word on platforms where ports are routed or idle
  /// at first, else unless it is shut.
  private func isBridged(_ interface: ConfigModel.Interface) -> Bool {
    traits.enabledPortNeedsVLAN.value
      ? (!interface.isShut || role(interface.name).isLAG) && !interface.isRouted
      : interface.isSwitchport
  }

  // MARK: Members that VLANs name

  private mutating func namedMembers(of number: Int) {
    guard let vlan = model.vlans[number], let id = VLANID(number) else { return }
    for member in vlan.members {
      let name = text(member.interface)
      guard let place = model.places[member.interface] else {
        if role(member.interface).isLAG {
          log.report(
            "undefined-lag", line: member.line, subject: "vlan \(number)",
            "names port-channel \(member.interface.first), which is not defined")
        } else if !isWithinStride(member.interface) {
          log.report(
            "dangling-member", line: member.line, subject: "vlan \(number)",
            "names \(name), which has no block of its own")
        }
        continue
      }
      if !model.interfaces[place].isSwitchport {
        log.report(
          "not-switchport", line: member.line, subject: name,
          "is named in VLAN \(number) but is no switchport")
      }
      add(id, member, at: place)
    }
  }

  /// Whether the number of a port is one that another port takes up: a list of such ports runs over
  /// it, as in `0/20-32` of ports that are 4 apart.
  private func isWithinStride(_ name: InterfaceName) -> Bool {
    guard let kind = traits.portKinds.first(where: { $0.prefix == kinds[name.kind].text }),
      max(kind.stride, kind.lanes) > 1, name.count > 0
    else { return false }
    let step = max(kind.stride, kind.lanes)
    var whole = name
    whole[name.count - 1] -= name[name.count - 1] % step
    guard whole != name, model.places[whole] != nil else { return false }
    return !model.interfaces.contains { other in
      other.name.kind == name.kind && other.name[other.name.count - 1] % step != 0
    }
  }

  private mutating func add(_ id: VLANID, _ member: ConfigModel.Member, at place: Int) {
    if member.isTagged {
      // VLANs come in ascending order.
      if membership[place].tagged.last != id { membership[place].tagged.append(id) }
    } else if let other = membership[place].untagged, other != id {
      log.report(
        "two-untagged", line: member.line, subject: text(member.interface),
        "is untagged in VLANs \(other.number) and \(id.number)")
    } else {
      membership[place].untagged = id
    }
  }

  // MARK: VLANs that interfaces name

  private mutating func ownMembership(_ port: ConfigModel.Interface) -> Membership {
    let name = text(port.name)
    var untagged: Int?
    var tagged: [Int] = []
    switch port.mode {
    case .access: untagged = port.access ?? model.defaultVLAN ?? 1
    case .trunk:
      if let list = port.openList {
        untagged = port.trunkUntagged > 0 ? port.trunkUntagged : nil
        tagged = list.filter { $0 != port.trunkUntagged }
        if list.contains(port.trunkUntagged) {
          log.report(
            "access-in-list", line: port.line, subject: name,
            "has VLAN \(port.trunkUntagged), its access VLAN, in the list of its trunk")
        }
        break
      }
      let allowed = allowedVLANs(port)
      if allowed.contains(port.native) { untagged = port.native }
      tagged = allowed.filter { $0 != port.native }
    case .general:
      let plain = port.generalMembers.filter { !port.generalTags.contains($0) }
      if plain.contains(port.pvid) { untagged = port.pvid }
      tagged = port.generalMembers.filter { port.generalTags.contains($0) }
      if port.tagsAll {
        log.report("trunk-all", line: port.line, subject: name, "tags every VLAN")
        tagged = ReaderValues.ascending(tagged + defined).filter { $0 != untagged }
      }
      for id in plain where id != port.pvid && id != 1 {
        log.report(
          "two-untagged", line: port.line, subject: name,
          "sends VLAN \(id) untagged but receives untagged frames in VLAN \(port.pvid)")
      }
    }
    // A part of a configuration may leave out all VLANs.
    let undefined = ReaderValues.ascending(
      (tagged + [untagged ?? 1]).filter { $0 != 1 && model.vlans[$0] == nil })
    if !undefined.isEmpty, !defined.isEmpty || model.hostname != nil {
      let list = PortLists.ranges(undefined).split(separator: ",").joined(separator: ", ")
      log.report(
        "undefined-vlan", line: port.line, subject: name,
        undefined.count == 1
          ? "names VLAN \(list), which is not defined"
          : "names VLANs \(list), which are not defined")
    }
    return Membership(
      untagged: untagged.flatMap { VLANID($0) }, tagged: tagged.compactMap { VLANID($0) })
  }

  private mutating func allowedVLANs(_ port: ConfigModel.Interface) -> [Int] {
    func passes(_ id: Int) -> Bool {
      guard let groups = model.vlans[id]?.trunkGroups, !groups.isEmpty else { return true }
      return groups.contains { port.trunkGroups.contains($0) }
    }
    guard let allowed = port.allowed?.filter(passes) else {
      log.report(
        "trunk-all", line: port.line, subject: text(port.name),
        "is a trunk without a list, which carries every VLAN")
      // A part of a configuration may leave out all VLANs.
      let isPart = defined.isEmpty && model.hostname == nil
      let native = isPart && port.native > 0 ? [port.native] : []
      return ReaderValues.ascending(defined + [1] + native).filter(passes)
    }
    guard allowed.count > 1000 else { return allowed }
    // What `add` and `remove` left of all: only VLANs that exist matter.
    log.report(
      "trunk-all", line: port.line, subject: text(port.name),
      "has a list of \(allowed.count) VLANs, which carries those that are made later as well")
    let known = Set(defined + [1])
    return allowed.filter { known.contains($0) }
  }
}
