/// Lines within OS6 blocks.
extension OS6Parser {
  mutating func child(_ context: Context) -> Bool {
    switch context {
    case .ports(let places):
      if cursor.word(0, "datacenter-bridging"), cursor.count == 1 {
        stack.append(.dataCenterBridging(places))
        return true
      }
      if cursor.word(0, "hardware"), cursor.word(1, "profile"), cursor.word(2, "portmode"),
        cursor.word(3, "4x10g", least: 5)
      {
        split(places)
        return true
      }
      for place in places {
        guard portSetting(&model.ports[place]) else { return false }
      }
      return true
    case .portChannels(let numbers):
      for number in numbers {
        guard var lag = model.portChannels[number] else { continue }
        guard portChannelSetting(&lag) else { return false }
        model.portChannels[number] = lag
      }
      return true
    case .dataCenterBridging(let places):
      for place in places {
        guard flowControl(&model.ports[place]) else { return false }
      }
      return true
    case .vlans(let ids):
      guard cursor.word(0, "name"), cursor.count >= 2 else { return false }
      for id in ids { model.vlans[id] = cursor.unquoted(from: 1) }
      return true
    case .management: return managementLine()
    case .link(let id): return linkLine(id)
    case .logging, .foreign: return false
    }
  }

  /// A port that is split is no port any more; its lanes have blocks of their own.
  mutating func split(_ places: [Int]) {
    for place in places {
      let name = model.ports[place].name
      if !model.splits.contains(name) { model.splits.append(name) }
    }
  }

  func portSetting(_ port: inout OS6Model.Port) -> Bool {
    if cursor.word(0, "description") {
      port.description = cursor.unquoted(from: 1)
    } else if cursor.word(0, "shutdown"), cursor.count == 1 {
      port.shut = true
    } else if cursor.word(0, "no"), cursor.word(1, "shutdown"), cursor.count == 2 {
      port.shut = false
    } else if cursor.word(0, "switchport") {
      return OS6Parser.switchport(&port.switchport, cursor)
    } else if cursor.word(0, "spanning-tree"), cursor.word(1, "portfast"), cursor.count == 2 {
      port.portFast = true
    } else if cursor.word(0, "channel-group"), cursor.count == 4, let lag = cursor.int(1),
      cursor.word(2, "mode"), cursor.word(3, "active", least: 2) || cursor.word(3, "on")
    {
      port.lag = lag
      port.lacp = !cursor.word(3, "on")
    } else if cursor.word(0, "lldp"), cursor.word(1, "dcbx"), cursor.word(2, "port-role"),
      cursor.count == 4
    {
      port.foreignRole = !cursor.word(3, "manual")
    } else {
      return cursor.word(0, "lldp") && cursor.count == 2
        && (cursor.word(1, "transmit") || cursor.word(1, "receive"))
    }
    return true
  }

  func portChannelSetting(_ lag: inout OS6Model.PortChannel) -> Bool {
    if cursor.word(0, "description") {
      lag.description = cursor.unquoted(from: 1)
    } else if cursor.word(0, "shutdown"), cursor.count == 1 {
      lag.shut = true
    } else if cursor.word(0, "no"), cursor.word(1, "shutdown"), cursor.count == 2 {
      lag.shut = false
    } else {
      return cursor.word(0, "switchport") && OS6Parser.switchport(&lag.switchport, cursor)
    }
    return true
  }

  static func switchport(_ port: inout OS6Model.Switchport, _ cursor: LineCursor) -> Bool {
    func list(_ index: Int) -> [Int]? {
      NumberList.read(cursor.rest(from: index), within: 1...4094)
    }
    if cursor.word(1, "mode"), cursor.count == 3 {
      if cursor.word(2, "access") {
        port.mode = .access
      } else if cursor.word(2, "trunk") {
        port.mode = .trunk
      } else if cursor.word(2, "general") {
        port.mode = .general
      } else {
        return false
      }
    } else if cursor.word(1, "access"), cursor.word(2, "vlan"), cursor.count == 4,
      let id = cursor.int(3), (1...4094).contains(id)
    {
      port.access = id
    } else if cursor.word(1, "trunk"), cursor.word(2, "native"), cursor.word(3, "vlan"),
      cursor.count == 5, let id = cursor.int(4), (1...4094).contains(id)
    {
      port.native = id
    } else if cursor.word(1, "trunk"), cursor.word(2, "allowed"), cursor.word(3, "vlan") {
      if cursor.word(4, "add"), let ids = list(5) {
        port.allowed = ReaderValues.ascending((port.allowed ?? Array(1...4094)) + ids)
      } else if cursor.word(4, "remove"), let ids = list(5) {
        let removed = Set(ids)
        port.allowed = (port.allowed ?? Array(1...4094)).filter { !removed.contains($0) }
      } else if cursor.word(4, "all"), cursor.count == 5 {
        port.allowed = nil
      } else if let ids = list(4) {
        port.allowed = ids
      } else {
        return false
      }
    } else if cursor.word(1, "general"), cursor.word(2, "pvid"), cursor.count == 4,
      let id = cursor.int(3), (1...4094).contains(id)
    {
      port.pvid = id
    } else if cursor.word(1, "general"), cursor.word(2, "allowed"), cursor.word(3, "vlan") {
      return general(&port, cursor)
    } else {
      return false
    }
    port.isWritten = true
    return true
  }

  static func general(_ port: inout OS6Model.Switchport, _ cursor: LineCursor) -> Bool {
    guard cursor.count == 6 || cursor.count == 7,
      let ids = NumberList.read(Array(cursor.string(5).utf8)[...], within: 1...4094)
    else { return false }
    let named = Set(ids)
    if cursor.word(4, "add") {
      guard cursor.count == 6 || cursor.word(6, "tagged") || cursor.word(6, "untagged") else {
        return false
      }
      port.generalTagged.removeAll { named.contains($0) }
      port.generalUntagged.removeAll { named.contains($0) }
      if cursor.word(6, "tagged") {
        port.generalTagged += ids
      } else {
        port.generalUntagged += ids
      }
    } else if cursor.word(4, "remove"), cursor.count == 6 {
      port.generalTagged.removeAll { named.contains($0) }
      port.generalUntagged.removeAll { named.contains($0) }
    } else {
      return false
    }
    port.isWritten = true
    return true
  }

  func flowControl(_ port: inout OS6Model.Port) -> Bool {
    guard cursor.word(0, "priority-flow-control") else { return false }
    if cursor.word(1, "mode"), cursor.count == 3, cursor.word(2, "on") || cursor.word(2, "off") {
      port.pfc = cursor.word(2, "on")
      return true
    }
    guard cursor.word(1, "priority"), cursor.count == 4,
      let priorities = NumberList.read(Array(cursor.string(2).utf8)[...], within: 0...7),
      cursor.word(3, "no-drop") || cursor.word(3, "drop")
    else { return false }
    port.noDrop.removeAll { priorities.contains($0) }
    if cursor.word(3, "no-drop") {
      port.noDrop = ReaderValues.ascending(port.noDrop + priorities)
    }
    return true
  }

  mutating func managementLine() -> Bool {
    guard cursor.word(0, "ip"), cursor.word(1, "address"), let address = cursor.address(2),
      let length = cursor.mask(3), cursor.count == 4 || cursor.count == 5
    else { return false }
    if cursor.count == 5 {
      guard let gateway = cursor.address(4) else { return false }
      model.gateway = gateway
    }
    model.address = address
    model.length = length
    return true
  }

  mutating func linkLine(_ id: Int) -> Bool {
    if cursor.word(0, "action"), cursor.count == 2,
      cursor.word(1, "down") || cursor.word(1, "up", least: 2)
    {
      model.links[id]?.up = cursor.word(1, "up", least: 2)
    } else if cursor.word(0, "depends-on"),
      let list = InterfaceListReader.read(cursor.rest(from: 1))
    {
      model.links[id]?.dependsOn += list
    } else if cursor.word(0, "add"), let list = InterfaceListReader.read(cursor.rest(from: 1)) {
      model.links[id]?.members += list
    } else {
      return false
    }
    return true
  }
}
