/// Lines within OS9 blocks.
extension OS9Parser {
  mutating func child(_ context: Context) -> Bool {
    switch context {
    case .ports(let places): return portLine(places)
    case .lacp(let places):
      guard cursor.word(0, "port-channel", least: 6), let lag = cursor.int(1),
        cursor.word(2, "mode"), cursor.word(3, "active") || cursor.word(3, "passive"),
        cursor.count == 4
      else { return false }
      for place in places { model.ports[place].lag = lag }
      return true
    case .portLLDP(let places):
      guard cursor.word(0, "dcbx"), cursor.word(1, "port-role"), cursor.count == 3 else {
        return false
      }
      let manual = cursor.word(2, "manual")
      for place in places { model.ports[place].foreignRole = !manual }
      return true
    case .portChannels(let numbers): return portChannelLine(numbers)
    case .vlans(let ids): return vlanLine(ids)
    case .management(let name): return managementLine(name)
    case .rstp:
      if cursor.word(0, "no"), cursor.word(1, "disable"), cursor.count == 2 {
        model.rstpEnabled = true
      } else if cursor.word(0, "disable"), cursor.count == 1 {
        model.rstpEnabled = false
      } else if cursor.word(0, "bridge-priority"), cursor.count == 2,
        let priority = cursor.int(1)
      {
        model.bridgePriority = priority
      } else {
        return false
      }
      return true
    case .vlt: return pairLine()
    case .map(let index): return mapLine(index)
    case .lldp:
      if cursor.word(0, "no"), cursor.word(1, "disable"), cursor.count == 2 {
        model.lldpEnabled = true
        return true
      }
      if cursor.word(0, "disable"), cursor.count == 1 {
        model.lldpEnabled = false
        return true
      }
      return cursor.word(0, "advertise")
    case .uplinkGroup(let id): return uplinkLine(id)
    case .foreign: return false
    }
  }

  mutating func portLine(_ places: [Int]) -> Bool {
    if cursor.word(0, "port-channel-protocol", least: 13), cursor.word(1, "lacp") {
      open(.lacp(places))
      return true
    }
    if cursor.word(0, "protocol", least: 4), cursor.word(1, "lldp"), cursor.count == 2 {
      open(.portLLDP(places))
      return true
    }
    for place in places {
      guard portSetting(&model.ports[place]) else { return false }
    }
    return true
  }

  func portSetting(_ port: inout OS9Model.Port) -> Bool {
    if cursor.word(0, "no") { return negated(&port) }
    if cursor.word(0, "description") {
      port.description = cursor.unquoted(from: 1)
    } else if cursor.word(0, "mtu"), cursor.count == 2, let value = cursor.int(1) {
      port.mtu = value
    } else if cursor.word(0, "portmode", least: 5), cursor.word(1, "hybrid") {
      port.hybrid = true
    } else if cursor.word(0, "switchport"), cursor.count == 1 {
      port.switchport = true
    } else if cursor.word(0, "shutdown"), cursor.count == 1 {
      port.enabled = false
    } else if cursor.word(0, "dcb-map", least: 7), cursor.count == 2 {
      port.dcbMap = cursor.string(1)
    } else if cursor.word(0, "spanning-tree"), cursor.word(1, "rstp"),
      cursor.word(2, "edge-port"), cursor.count < 6,
      cursor.count < 4 || cursor.word(3, "bpduguard"),
      cursor.count < 5 || cursor.word(4, "shutdown-on-violation")
    {
      port.edge = true
      // A guard that leaves the link up does not let the host see the loss: it counts as none.
      port.guarded = port.guarded || cursor.count == 5
    } else {
      return false
    }
    return true
  }

  func negated(_ port: inout OS9Model.Port) -> Bool {
    if cursor.word(1, "shutdown"), cursor.count == 2 {
      port.enabled = true
    } else if cursor.word(1, "switchport"), cursor.count == 2 {
      port.switchport = false
    } else if cursor.word(1, "dcb-map", least: 7) {
      port.dcbMap = nil
    } else {
      return cursor.word(1, "ip") && cursor.word(2, "address") && cursor.count == 3
    }
    return true
  }

  mutating func portChannelLine(_ numbers: [Int]) -> Bool {
    if cursor.word(0, "channel-member") {
      guard numbers.count == 1, let list = InterfaceListReader.read(cursor.rest(from: 1)),
        list.allSatisfy(\.kind.isPort)
      else { return false }
      model.portChannels[numbers[0]]?.members += list
      return true
    }
    for number in numbers {
      guard var lag = model.portChannels[number] else { continue }
      guard portChannelSetting(&lag) else { return false }
      model.portChannels[number] = lag
    }
    return true
  }

  func portChannelSetting(_ lag: inout OS9Model.PortChannel) -> Bool {
    if cursor.word(0, "description") {
      lag.description = cursor.unquoted(from: 1)
    } else if cursor.word(0, "mtu"), cursor.count == 2, let value = cursor.int(1) {
      lag.mtu = value
    } else if cursor.word(0, "portmode", least: 5), cursor.word(1, "hybrid") {
      lag.hybrid = true
    } else if cursor.word(0, "switchport"), cursor.count == 1 {
      lag.switchport = true
    } else if cursor.word(0, "shutdown"), cursor.count == 1 {
      lag.enabled = false
    } else if cursor.word(0, "vlt-peer-lag"), cursor.word(1, "port-channel", least: 6),
      let number = cursor.int(2)
    {
      lag.pairLAG = number
    } else if cursor.word(0, "no"), cursor.word(1, "shutdown"), cursor.count == 2 {
      lag.enabled = true
    } else {
      return cursor.word(0, "no") && cursor.word(1, "ip") && cursor.word(2, "address")
        && cursor.count == 3
    }
    return true
  }

  /// In the default VLAN a running configuration shows members as comments.
  mutating func commentedMember() {
    guard case .vlans(let ids)? = stack.last?.context,
      cursor.word(0, "!untagged", least: 9) || cursor.word(0, "!tagged", least: 7)
    else { return }
    if !members(of: ids, tagged: cursor.word(0, "!tagged", least: 7)) { unknown() }
  }

  mutating func members(of ids: [Int], tagged: Bool) -> Bool {
    guard let list = InterfaceListReader.read(cursor.rest(from: 1)),
      list.allSatisfy({ $0.kind.isPort || $0.kind == .portChannel }),
      ids.count * list.count <= InterfaceListReader.maxCount
    else { return false }
    for id in ids {
      for interface in list {
        model.vlans[id]?.memberships.append(
          OS9Model.Member(line: cursor.number, tagged: tagged, interface: interface))
      }
    }
    return true
  }

  mutating func vlanLine(_ ids: [Int]) -> Bool {
    if cursor.word(0, "tagged") { return members(of: ids, tagged: true) }
    if cursor.word(0, "untagged") { return members(of: ids, tagged: false) }
    if cursor.word(0, "name"), cursor.count >= 2 {
      for id in ids { model.vlans[id]?.name = cursor.unquoted(from: 1) }
      return true
    }
    if cursor.word(0, "description") {
      for id in ids { model.vlans[id]?.description = cursor.unquoted(from: 1) }
      return true
    }
    if cursor.word(0, "ip"), cursor.word(1, "address") {
      for id in ids { model.vlans[id]?.hasAddress = true }
      return false
    }
    if cursor.word(0, "shutdown"), cursor.count == 1 { return true }
    return cursor.word(0, "no")
      && ((cursor.word(1, "shutdown") && cursor.count == 2)
        || (cursor.word(1, "ip") && cursor.word(2, "address") && cursor.count == 3))
  }

  mutating func managementLine(_ name: InterfaceName) -> Bool {
    if cursor.word(0, "ip"), cursor.word(1, "address") {
      if let prefix = cursor.prefix(2), cursor.count == 3 {
        model.management[name]?.address = prefix.address
        model.management[name]?.length = prefix.length
        return true
      }
      if let address = cursor.address(2), let length = cursor.mask(3), cursor.count == 4 {
        model.management[name]?.address = address
        model.management[name]?.length = length
        return true
      }
      return false
    }
    if cursor.word(0, "shutdown"), cursor.count == 1 {
      model.management[name]?.enabled = false
      return true
    }
    guard cursor.word(0, "no") else { return false }
    if cursor.word(1, "shutdown"), cursor.count == 2 {
      model.management[name]?.enabled = true
      return true
    }
    return cursor.word(1, "ip") && cursor.word(2, "address") && cursor.count <= 4
  }

  mutating func pairLine() -> Bool {
    if cursor.word(0, "peer-link"), cursor.word(1, "port-channel", least: 6), cursor.count == 3,
      let number = cursor.int(2)
    {
      model.pair?.peerLAG = number
    } else if cursor.word(0, "back-up"), cursor.word(1, "destination"), cursor.count == 3,
      let address = cursor.address(2)
    {
      model.pair?.backup = address
    } else if cursor.word(0, "primary-priority"), let value = cursor.int(1) {
      model.pair?.priority = value
    } else if cursor.word(0, "system-mac"), cursor.word(1, "mac-address"), cursor.count == 3 {
      model.pair?.systemMAC = cursor.string(2).lowercased()
    } else if cursor.word(0, "unit-id"), let value = cursor.int(1) {
      model.pair?.unit = value
    } else if cursor.word(0, "delay-restore", least: 13), let value = cursor.int(1) {
      model.pair?.delayRestore = value
    } else {
      return false
    }
    return true
  }

  mutating func mapLine(_ index: Int) -> Bool {
    guard model.maps.indices.contains(index) else { return false }
    if cursor.word(0, "priority-group"), cursor.count == 6, let id = cursor.int(1),
      cursor.word(2, "bandwidth"), let share = cursor.int(3), cursor.word(4, "pfc"),
      cursor.word(5, "on") || cursor.word(5, "off")
    {
      model.maps[index].groups.removeAll { $0.id == id }
      model.maps[index].groups.append(
        OS9Model.Group(id: id, bandwidth: share, lossless: cursor.word(5, "on")))
      return true
    }
    if cursor.word(0, "priority-pgid"), cursor.count == 9 {
      let groups = (1...8).compactMap { cursor.int($0) }
      guard groups.count == 8 else { return false }
      model.maps[index].groupOfPriority = groups
      return true
    }
    return false
  }

  mutating func uplinkLine(_ id: Int) -> Bool {
    if cursor.word(0, "upstream"), let list = InterfaceListReader.read(cursor.rest(from: 1)) {
      model.uplinkGroups[id]?.upstream += list
    } else if cursor.word(0, "downstream"), cursor.word(1, "auto-recover"), cursor.count == 2 {
      return true
    } else if cursor.word(0, "downstream"),
      let list = InterfaceListReader.read(cursor.rest(from: 1))
    {
      model.uplinkGroups[id]?.downstream += list
    } else if cursor.word(0, "enable"), cursor.count == 1 {
      model.uplinkGroups[id]?.enabled = true
    } else if cursor.word(0, "no"), cursor.word(1, "enable"), cursor.count == 2 {
      model.uplinkGroups[id]?.enabled = false
    } else {
      return cursor.word(0, "description")
    }
    return true
  }
}
