import Quantities

/// Reads OS6 text into an `OS6Model`. Blocks nest by their openers and `exit` alone.
struct OS6Parser {
  var model = OS6Model()
  var cursor: LineCursor
  var stack: [Context] = []

  enum Context {
    case ports([Int])
    case portChannels([Int])
    case dataCenterBridging([Int])
    case vlans([Int])
    case management
    case logging
    case link(Int)
    /// A block that no intent holds: its lines are all unknown.
    case foreign
  }

  init(_ bytes: [UInt8]) { cursor = LineCursor(bytes) }

  mutating func parse() {
    while cursor.advance() {
      if cursor.isBlank || cursor.isComment { continue }
      line()
    }
  }

  mutating func line() {
    if cursor.count == 1 {
      if cursor.word(0, "exit", least: 4) {
        if !stack.isEmpty { stack.removeLast() }
        return
      }
      if cursor.word(0, "configure", least: 4) || cursor.word(0, "end") {
        stack.removeAll()
        return
      }
    }
    // A text without exits: these words open a block from anywhere but a foreign one.
    if let context = stack.last {
      if child(context) { return }
      if case .foreign = context {
        unknown()
        if opensForeign() { stack.append(.foreign) }
        return
      }
      if cursor.word(0, "interface") || (cursor.word(0, "vlan", least: 4) && cursor.count == 2) {
        stack.removeAll()
        if global() { return }
      }
      unknown()
      if opensForeign() { stack.append(.foreign) }
      return
    }
    if global() { return }
    unknown()
    if opensForeign() { stack.append(.foreign) }
  }

  mutating func unknown() {
    model.unknown.append(UnknownLine(number: cursor.number, text: cursor.text))
  }

  /// Whether an unknown line opens a block that an `exit` closes (fact OS6-9d: the list of Dell's
  /// own parser).
  func opensForeign() -> Bool {
    if cursor.word(0, "vlan", least: 4) { return !cursor.word(1, "priority") }
    if cursor.word(0, "ip", least: 2) {
      return (cursor.word(1, "ssh") && !cursor.word(2, "server"))
        || (cursor.word(1, "dhcp") && cursor.word(2, "pool"))
        || (cursor.word(1, "vrf") && cursor.count == 3)
        || cursor.word(1, "access-list", least: 6)
    }
    if cursor.word(0, "line") || cursor.word(0, "spanning-tree") {
      return cursor.word(1, "console") || cursor.word(1, "telnet") || cursor.word(1, "ssh")
        || (cursor.word(1, "mst") && cursor.word(2, "configuration"))
    }
    return OS6Parser.openers.contains { cursor.word(0, $0, least: 5) }
  }

  static let openers: [StaticString] = [
    "stack", "interface", "datacenter-bridging", "mac", "mail-server", "router", "route-map",
    "policy-map", "class-map", "class", "template", "address-family", "radius-server",
    "tacacs-server", "vpc", "link-dependency",
  ]

  // MARK: - Outermost lines

  mutating func global() -> Bool {
    if cursor.word(0, "interface") { return interface() }
    if cursor.word(0, "vlan", least: 4), cursor.count == 2,
      let ids = NumberList.read(cursor.rest(from: 1), within: 1...4094)
    {
      for id in ids where model.vlans[id] == nil { model.vlans[id] = "" }
      stack.append(.vlans(ids))
      return true
    }
    if cursor.word(0, "hostname"), cursor.count >= 2 {
      model.hostname = cursor.unquoted(from: 1)
      return true
    }
    if cursor.word(0, "link-dependency"), cursor.word(1, "group"), cursor.count == 3,
      let id = cursor.int(2)
    {
      if model.links[id] == nil { model.links[id] = OS6Model.LinkDependency(line: cursor.number) }
      stack.append(.link(id))
      return true
    }
    if cursor.word(0, "system"), cursor.word(1, "jumbo"), cursor.word(2, "mtu"),
      cursor.count == 4, let mtu = cursor.int(3)
    {
      model.jumboMTU = mtu
      return true
    }
    if cursor.word(0, "spanning-tree")
      || (cursor.word(0, "no") && cursor.word(1, "spanning-tree"))
    {
      return spanningTree()
    }
    if cursor.word(0, "classofservice") || cursor.word(0, "traffic-class-group") {
      return policy()
    }
    return service()
  }

  mutating func spanningTree() -> Bool {
    if cursor.word(0, "no") {
      guard cursor.count == 2 else { return false }
      model.spanningTreeOff = true
      return true
    }
    if cursor.count == 1 {
      model.spanningTreeOff = false
      return true
    }
    if cursor.word(1, "mode"), cursor.count == 3 {
      model.otherSpanningTree =
        cursor.word(2, "rstp", least: 4) ? nil : (cursor.number, cursor.string(2))
      return true
    }
    if cursor.word(1, "priority"), cursor.count == 3, let priority = cursor.int(2) {
      model.bridgePriority = priority
      return true
    }
    if cursor.word(1, "bpdu-protection"), cursor.count == 2 {
      model.bpduProtection = true
      return true
    }
    return false
  }

  mutating func policy() -> Bool {
    if cursor.word(0, "traffic-class-group") {
      let weights = (2..<max(2, cursor.count)).compactMap { cursor.int($0) }
      guard cursor.word(1, "weight"), weights.count == 3, cursor.count == 5,
        weights.allSatisfy({ $0 <= 100 })
      else { return false }
      model.weights = weights
    } else if cursor.word(1, "dot1p-mapping"), cursor.count == 4, let priority = cursor.int(2),
      (0...7).contains(priority), let queue = cursor.int(3), (0...6).contains(queue)
    {
      model.queueOfPriority[priority] = queue
    } else if cursor.word(1, "traffic-class-group"), cursor.count == 4, let queue = cursor.int(2),
      (0...6).contains(queue), let group = cursor.int(3), (0...2).contains(group)
    {
      model.groupOfQueue[queue] = group
    } else {
      return cursor.word(1, "trust") && cursor.word(2, "dot1p") && cursor.count == 3
    }
    model.hasPolicy = true
    return true
  }

  mutating func service() -> Bool {
    if cursor.word(0, "username"), cursor.count >= 2 {
      var privilege: Int?
      for index in 2..<max(2, cursor.count) where cursor.word(index, "privilege", least: 9) {
        privilege = cursor.int(index + 1)
      }
      var name = cursor.string(1)
      if name.utf8.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = String(name.dropFirst().dropLast())
      }
      model.users.removeAll { $0.name == name }
      model.users.append(OS9Model.User(name: name, privilege: privilege))
      return true
    }
    // Set or not, it says nothing of what the switch is to do.
    if cursor.word(0, "enable"), cursor.word(1, "password"), cursor.count > 2 { return true }
    if cursor.word(0, "sntp") {
      if cursor.word(1, "unicast"), cursor.word(2, "client"), cursor.word(3, "enable") {
        model.ntpClient = true
        return true
      }
      guard cursor.word(1, "server"), cursor.count == 3, let address = cursor.address(2) else {
        return false
      }
      model.ntp.append(address)
      return true
    }
    if cursor.word(0, "logging"), cursor.count == 2, let address = cursor.address(1) {
      model.syslog.append(address)
      stack.append(.logging)
      return true
    }
    let negated = cursor.word(0, "no")
    let word = negated ? 1 : 0
    guard cursor.word(word, "ip") else { return false }
    if cursor.word(word + 1, "telnet"), cursor.word(word + 2, "server") {
      model.telnetOff = cursor.word(word + 3, "disable") && !negated
      if !model.telnetOff { model.telnetLine = cursor.number }
      return true
    }
    if cursor.word(word + 1, "ssh"), cursor.word(word + 2, "server"), cursor.count == word + 3 {
      model.sshOn = !negated
      return true
    }
    if cursor.word(word + 1, "http"), cursor.count == word + 3 {
      if cursor.word(word + 2, "server") {
        model.webOff = negated
        return true
      }
      if cursor.word(word + 2, "secure-server") {
        model.secureWebOff = negated
        return true
      }
    }
    return false
  }

  mutating func interface() -> Bool {
    let isRange = cursor.word(1, "range", least: 5)
    guard let names = InterfaceListReader.read(cursor.rest(from: isRange ? 2 : 1)),
      let first = names.first, isRange || names.count == 1,
      names.allSatisfy({ $0.kind == first.kind || ($0.kind.isPort && first.kind.isPort) })
    else { return false }
    switch first.kind {
    case .outOfBand:
      model.managementLine = cursor.number
      stack.append(.management)
    case .portChannel where names.allSatisfy { $0.count == 1 }:
      for name in names where model.portChannels[name.first] == nil {
        model.portChannels[name.first] = OS6Model.PortChannel(line: cursor.number)
      }
      stack.append(.portChannels(names.map(\.first)))
    default:
      guard first.kind.isPort, names.allSatisfy({ $0.count == 3 }) else { return false }
      var places: [Int] = []
      for name in names { places.append(place(name)) }
      stack.append(.ports(places))
    }
    return true
  }

  mutating func place(_ name: InterfaceName) -> Int {
    if let place = model.portPlaces[name] { return place }
    model.portPlaces[name] = model.ports.count
    model.ports.append(OS6Model.Port(name: name, line: cursor.number))
    return model.ports.count - 1
  }
}
