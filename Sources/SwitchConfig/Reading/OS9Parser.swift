import Quantities

/// Reads OS9 text into an `OS9Model`. Blocks nest by indentation; in a text without any, a line
/// that the inner block does not know closes it.
struct OS9Parser {
  private(set) var model = OS9Model()
  private var cursor: LineCursor
  private var stack: [Frame] = []

  /// An open block.
  private struct Frame {
    var context: Context
    var indent: Int
  }

  private enum Context {
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

  private mutating func line() {
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
  private mutating func flatLine() {
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
  private static let openers: [StaticString] = [
    "interface", "protocol", "router", "route-map", "line", "class-map", "policy-map",
    "ip", "mac", "vrf", "vlt", "dcb-map", "uplink-state-group",
  ]

  private mutating func unknown() {
    model.unknown.append(UnknownLine(number: cursor.number, text: cursor.text))
  }

  private mutating func open(_ context: Context) {
    stack.append(Frame(context: context, indent: cursor.indent))
  }

  // MARK: - Outermost lines

  private mutating func global() -> Bool {
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

  private mutating func service() -> Bool {
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

  private mutating func stackUnit() -> Bool {
    guard let unit = cursor.int(1), cursor.word(2, "port", least: 4), let port = cursor.int(3),
      cursor.word(4, "portmode", least: 5), cursor.word(5, "quad")
    else { return false }
    if !model.splits.contains(where: { $0.unit == unit && $0.port == port }) {
      model.splits.append((unit, port))
    }
    return true
  }

  private mutating func protocolBlock() -> Bool {
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

  private mutating func interface() -> Bool {
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
  private mutating func place(_ name: InterfaceName) -> Int {
    if let place = model.portPlaces[name] { return place }
    model.portPlaces[name] = model.ports.count
    model.ports.append(OS9Model.Port(name: name, line: cursor.number))
    return model.ports.count - 1
  }

  // MARK: - Lines of blocks

  private mutating func child(_ context: Context) -> Bool {
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

  private mutating func portLine(_ places: [Int]) -> Bool {
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

  private func portSetting(_ port: inout OS9Model.Port) -> Bool {
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
      cursor.word(2, "edge-port"),
      cursor.count == 3 || (cursor.count == 4 && cursor.word(3, "bpduguard"))
    {
      port.edge = true
      port.guarded = port.guarded || cursor.count == 4
    } else {
      return false
    }
    return true
  }

  private func negated(_ port: inout OS9Model.Port) -> Bool {
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

  private mutating func portChannelLine(_ numbers: [Int]) -> Bool {
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

  private func portChannelSetting(_ lag: inout OS9Model.PortChannel) -> Bool {
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
  private mutating func commentedMember() {
    guard case .vlans(let ids)? = stack.last?.context,
      cursor.word(0, "!untagged", least: 9) || cursor.word(0, "!tagged", least: 7)
    else { return }
    if !members(of: ids, tagged: cursor.word(0, "!tagged", least: 7)) { unknown() }
  }

  private mutating func members(of ids: [Int], tagged: Bool) -> Bool {
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

  private mutating func vlanLine(_ ids: [Int]) -> Bool {
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

  private mutating func managementLine(_ name: InterfaceName) -> Bool {
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

  private mutating func pairLine() -> Bool {
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

  private mutating func mapLine(_ index: Int) -> Bool {
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

  private mutating func uplinkLine(_ id: Int) -> Bool {
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
