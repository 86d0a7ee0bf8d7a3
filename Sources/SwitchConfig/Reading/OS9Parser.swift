import Quantities

/// Reads OS9 text into an `OS9Model`. Blocks nest by indentation; in a text without any, a line
/// that the inner block does not know closes it.
struct OS9Parser {
  var model = OS9Model()
  var cursor: LineCursor
  var stack: [Frame] = []

  /// An open block.
  struct Frame {
    var context: Context
    var indent: Int
  }

  enum Context {
    case ports([Int])
    case lacp([Int])
    case portLLDP([Int])
    case portChannels([Int])
    case vlans([Int])
    case management(InterfaceName)
    case rstp
    case vlt
    case map(Int)
    case lldp
    case uplinkGroup(Int)
    /// A block that no intent holds: its lines are all unknown.
    case foreign
  }

  init(_ bytes: [UInt8]) { cursor = LineCursor(bytes) }

  mutating func parse() {
    while cursor.advance() {
      if cursor.isBlank { continue }
      if cursor.isComment {
        commentedMember()
        continue
      }
      line()
    }
  }

  mutating func line() {
    if cursor.isIndented {
      while let frame = stack.last, frame.indent >= cursor.indent { stack.removeLast() }
    }
    if cursor.count == 1, cursor.word(0, "exit", least: 4) {
      if !stack.isEmpty { stack.removeLast() }
      return
    }
    if cursor.count == 1, cursor.word(0, "end", least: 3) {
      stack.removeAll()
      return
    }
    if let frame = stack.last, child(frame.context) { return }
    if cursor.isIndented {
      if stack.isEmpty, global() { return }
      unknown()
      open(.foreign)
      return
    }
    flatLine()
  }

  /// In a text without indentation a line may belong to any open block or to none.
  mutating func flatLine() {
    let open = stack
    while stack.count > 1 {
      stack.removeLast()
      if let frame = stack.last, child(frame.context) { return }
    }
    stack.removeAll()
    if global() { return }
    unknown()
    stack = OS9Parser.openers.contains { cursor.word(0, $0) } ? [] : open
  }

  /// First words of blocks that no intent holds.
  static let openers: [StaticString] = [
    "interface", "protocol", "router", "route-map", "line", "class-map", "policy-map",
    "ip", "mac", "vrf", "vlt", "dcb-map", "uplink-state-group",
  ]

  mutating func unknown() {
    model.unknown.append(UnknownLine(number: cursor.number, text: cursor.text))
  }

  mutating func open(_ context: Context) {
    stack.append(Frame(context: context, indent: cursor.indent))
  }

  // MARK: - Outermost lines

  mutating func global() -> Bool {
    if cursor.word(0, "interface") { return interface() }
    if cursor.word(0, "hostname"), cursor.count == 2 {
      model.hostname = cursor.string(1)
      return true
    }
    if cursor.word(0, "stack-unit") { return stackUnit() }
    if cursor.word(0, "protocol") { return protocolBlock() }
    if cursor.word(0, "vlt"), cursor.word(1, "domain"), let domain = cursor.int(2) {
      model.pair = OS9Model.Pair(line: cursor.number, domain: domain)
      open(.vlt)
      return true
    }
    if cursor.word(0, "dcb", least: 3), cursor.word(1, "enable"), cursor.count == 2 {
      model.dcbEnabled = true
      return true
    }
    if cursor.word(0, "dcb-map", least: 7), cursor.count == 2 {
      model.maps.append(OS9Model.Map(line: cursor.number, name: cursor.string(1)))
      open(.map(model.maps.count - 1))
      return true
    }
    if cursor.word(0, "service-class"), cursor.word(1, "dynamic"), cursor.word(2, "dot1p") {
      model.trustsPriority = true
      return true
    }
    if cursor.word(0, "default-vlan", least: 9), cursor.word(1, "disable") {
      model.defaultVLANDisabled = true
      return true
    }
    if cursor.word(0, "default", least: 7), cursor.word(1, "vlan-id"), let id = cursor.int(2),
      (1...4094).contains(id)
    {
      model.defaultVLAN = id
      return true
    }
    if cursor.word(0, "uplink-state-group"), let id = cursor.int(1), cursor.count == 2 {
      if model.uplinkGroups[id] == nil {
        model.uplinkGroups[id] = OS9Model.UplinkGroup(line: cursor.number)
      }
      open(.uplinkGroup(id))
      return true
    }
    return service()
  }

  mutating func service() -> Bool {
    if cursor.word(0, "username"), cursor.count >= 2 {
      var privilege: Int?
      for index in 2..<max(2, cursor.count) where cursor.word(index, "privilege", least: 9) {
        privilege = cursor.int(index + 1)
      }
      let name = cursor.string(1)
      model.users.removeAll { $0.name == name }
      model.users.append(OS9Model.User(name: name, privilege: privilege))
      return true
    }
    if cursor.word(0, "logging"), cursor.count == 2, let address = cursor.address(1) {
      model.syslog.append(address)
      return true
    }
    if cursor.word(0, "ntp"), cursor.word(1, "server"), cursor.count == 3,
      let address = cursor.address(2)
    {
      model.ntp.append(address)
      return true
    }
    if cursor.word(0, "management"), cursor.word(1, "route"), cursor.count == 4,
      let to = cursor.prefix(2), to.address.bits == 0, to.length == 0,
      let gateway = cursor.address(3)
    {
      model.gateway = gateway
      return true
    }
    if cursor.word(0, "no"), cursor.word(1, "ip"), cursor.word(2, "telnet"),
      cursor.word(3, "server")
    {
      model.telnetOff = true
      return true
    }
    if cursor.word(0, "ip"), cursor.word(1, "telnet"), cursor.word(2, "server") {
      model.telnetOff = false
      model.telnetLine = cursor.number
      return true
    }
    if cursor.word(0, "ip"), cursor.word(1, "ssh"), cursor.word(2, "server") {
      if cursor.word(3, "enable") { model.sshOn = true }
      return cursor.word(3, "enable") || (cursor.word(3, "version") && cursor.int(4) == 2)
    }
    return false
  }

  mutating func stackUnit() -> Bool {
    guard let unit = cursor.int(1), cursor.word(2, "port", least: 4), let port = cursor.int(3),
      cursor.word(4, "portmode", least: 5), cursor.word(5, "quad")
    else { return false }
    if !model.splits.contains(where: { $0.unit == unit && $0.port == port }) {
      model.splits.append((unit, port))
    }
    return true
  }

  mutating func protocolBlock() -> Bool {
    if cursor.word(1, "lldp"), cursor.count == 2 {
      open(.lldp)
      return true
    }
    guard cursor.word(1, "spanning-tree") else { return false }
    if cursor.word(2, "rstp") {
      model.rstpLine = cursor.number
      open(.rstp)
      return true
    }
    model.otherSpanningTree = (cursor.number, cursor.string(2))
    return false
  }

  mutating func interface() -> Bool {
    let isRange = cursor.word(1, "range", least: 5)
    guard let names = InterfaceListReader.read(cursor.rest(from: isRange ? 2 : 1)),
      let first = names.first, isRange || names.count == 1,
      names.allSatisfy({ $0.kind == first.kind || ($0.kind.isPort && first.kind.isPort) })
    else { return false }
    switch first.kind {
    case .portChannel where names.allSatisfy { $0.count == 1 }:
      for name in names where model.portChannels[name.first] == nil {
        model.portChannels[name.first] = OS9Model.PortChannel(line: cursor.number)
      }
      open(.portChannels(names.map(\.first)))
    case .vlan where names.allSatisfy { $0.count == 1 && (1...4094).contains($0.first) }:
      for name in names where model.vlans[name.first] == nil {
        model.vlans[name.first] = OS9Model.VLAN(line: cursor.number)
      }
      open(.vlans(names.map(\.first)))
    case .management where first.count == 2 && names.count == 1:
      if model.management[first] == nil {
        model.management[first] = OS9Model.Management(line: cursor.number)
      }
      open(.management(first))
    default:
      guard first.kind.isPort, names.allSatisfy({ $0.count >= 2 }) else { return false }
      var places: [Int] = []
      for name in names { places.append(place(name)) }
      open(.ports(places))
    }
    return true
  }

  /// Place of a port in the model, which it enters if it is new.
  mutating func place(_ name: InterfaceName) -> Int {
    if let place = model.portPlaces[name] { return place }
    model.portPlaces[name] = model.ports.count
    model.ports.append(OS9Model.Port(name: name, line: cursor.number))
    return model.ports.count - 1
  }
}
