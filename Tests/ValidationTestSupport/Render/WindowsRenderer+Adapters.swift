import Evidence
import Quantities
import TenfoldTestSupport

/// `Get-NetAdapter`, the cards below, and IP above.
extension WindowsRenderer {
  /// Windows tells adapters of one model apart by a number.
  func description(_ facts: InterfaceFacts) -> String {
    let place = numbers[facts.name] ?? 0
    switch facts.kind {
    case .team: return "Microsoft Network Adapter Multiplexor Driver #\(place)"
    case .virtual: return "Hyper-V Virtual Ethernet Adapter #\(place)"
    default:
      let model = facts.hardware.model.value ?? ""
      return ports.first?.name == facts.name ? model : "\(model) #\(place)"
    }
  }

  private func device(_ facts: InterfaceFacts) -> String {
    let digits = String(numbers[facts.name] ?? 0, radix: 16)
    return "{\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)-0000-0000-0000-00"
      + "0000000000}"
  }

  private func dashed(_ mac: MACAddress?) -> String {
    (mac.map { "\($0)" } ?? "").uppercased().split(separator: ":").joined(separator: "-")
  }

  mutating func adapterOutputs() -> [ToolOutput] {
    let all = adapters
    var rows: [[(String, MadeJSON)]] = []
    for facts in all { rows.append(adapter(facts)) }
    return [output("Get-NetAdapter", rows)]
  }

  private mutating func adapter(_ facts: InterfaceFacts) -> [(String, MadeJSON)] {
    let isUp = facts.isUp.value == true
    let hasLink = facts.hasLink.value == true
    var row: [(String, MadeJSON)] = [
      ("Name", .text(facts.name)), ("InterfaceDescription", .text(description(facts))),
      ("ifIndex", number(numbers[facts.name] ?? 0)), ("InterfaceGuid", .text(device(facts))),
      ("DeviceID", .text(device(facts))), ("Status", .text(hasLink ? "Up" : "Disconnected")),
      ("AdminStatus", .text(isUp ? "Up" : "Down")),
    ]
    if random.chance(80) { row.append(("InterfaceAdminStatus", .number(isUp ? 1 : 2))) }
    row.append(("MediaConnectionState", .text(hasLink ? "Connected" : "Disconnected")))
    if random.chance(80) { row.append(("MediaConnectState", .number(hasLink ? 1 : 2))) }
    row.append(("MacAddress", .text(dashed(facts.mac.value))))
    row.append(
      ("PermanentAddress", .text(dashed(facts.permanentMAC.value).filter { $0 != "-" })))
    row += rate(facts)
    row.append((isOld ? "MtuSize" : "ActiveMaximumTransmissionUnit", linkMTU(facts)))
    row += vlan(facts)
    let isPhysical = facts.kind == .physical
    if isPhysical || random.chance(80) { row.append(("Virtual", flag(!isPhysical))) }
    if random.chance(70) { row.append(("HardwareInterface", flag(isPhysical))) }
    let driver =
      switch facts.kind {
      case .team: "NdisImPlatform.sys"
      case .virtual: facts.name.hasPrefix("vEthernet") ? "vmswitch.sys" : "NdisImPlatform.sys"
      default: facts.hardware.driver.value ?? ""
      }
    return row + [
      ("DriverFileName", .text(driver)),
      ("DriverVersion", .text(facts.hardware.driverVersion.value ?? "10.0.1")),
      ("DriverProvider", .text(facts.hardware.driverProvider.value ?? "Microsoft")),
    ]
  }

  private mutating func rate(_ facts: InterfaceFacts) -> [(String, MadeJSON)] {
    guard let rate = facts.rate.value else {
      return random.chance(50)
        ? [("LinkSpeed", .text("0 bps"))]
        : [
          ("LinkSpeed", .text("0 bps")), ("ReceiveLinkSpeed", .count(.max)),
          ("TransmitLinkSpeed", .count(.max)),
        ]
    }
    let gigabits = rate.bitsPerSecond / 1_000_000_000
    let text = ("LinkSpeed", MadeJSON.text("\(gigabits) Gbps"))
    if rate.bitsPerSecond % 1_000_000_000 == 0, random.chance(25) { return [text] }
    return [
      text, ("ReceiveLinkSpeed", .number(rate.bitsPerSecond)),
      ("TransmitLinkSpeed", .number(rate.bitsPerSecond)),
    ]
  }

  /// What the adapter has; under IP the lower of both counts.
  private mutating func linkMTU(_ facts: InterfaceFacts) -> MadeJSON {
    let own = facts.mtu.value ?? 1500
    return number(hasIP(facts) && facts.name.utf8.count % 2 == 0 ? own + 14 : own)
  }

  private func hasIP(_ facts: InterfaceFacts) -> Bool { facts.addresses.value?.isEmpty == false }

  /// A port in a switch, and all that stands on one, has its VLAN elsewhere.
  private mutating func vlan(_ facts: InterfaceFacts) -> [(String, MadeJSON)] {
    guard facts.kind == .physical else { return [("VlanID", .null)] }
    let id = (facts.vlan.value ?? nil)?.number ?? 0
    return usesDriverVLAN(facts) ? [("VlanID", .null)] : [("VlanID", number(id))]
  }

  /// Whether the driver alone says the VLAN.
  func usesDriverVLAN(_ facts: InterfaceFacts) -> Bool { facts.name.utf8.count % 3 == 0 }

  mutating func hardwareOutputs() -> [ToolOutput] {
    var rows: [[(String, MadeJSON)]] = []
    for port in ports {
      let hardware = port.hardware
      let bus = (hardware.bus.value ?? "").split { $0 == ":" || $0 == "." }
        .compactMap { Int($0, radix: 16) }
      let isNew = random.chance(50)
      var row: [(String, MadeJSON)] = [("Name", .text(port.name))]
      if bus.count == 4 {
        if bus[0] != 0 || random.chance(70) { row.append(("SegmentNumber", .number(bus[0]))) }
        let names =
          isNew
          ? ["BusNumber", "DeviceNumber", "FunctionNumber"] : ["Bus", "Device", "Function"]
        for (name, value) in zip(names, bus.dropFirst()) { row.append((name, number(value))) }
      }
      row.append(("Slot", .number(3)))
      if case .known(let node, _) = hardware.numaNode {
        row.append(("NumaNode", .number(node ?? 65_535)))
      }
      if let transfers = hardware.pcieMegatransfers.value {
        let mark = random.pick([".", ","])
        row.append(
          ("PcieLinkSpeed", .text("\(transfers / 1000)\(mark)\(transfers % 1000 / 100) GT/s")))
      }
      if let lanes = hardware.pcieLanes.value {
        row.append(("PcieLinkWidth", random.chance(50) ? .number(lanes) : .text("x\(lanes)")))
        if random.chance(40) { row.append(("PciExpressCurrentLinkWidth", .number(lanes))) }
      }
      rows.append(row)
    }
    return [output("Get-NetAdapterHardwareInfo", rows)]
  }

  mutating func addressOutputs() -> [ToolOutput] {
    var interfaces: [[(String, MadeJSON)]] = [
      [
        ("ifIndex", .number(1)), ("InterfaceAlias", .text("Loopback Pseudo-Interface 1")),
        ("AddressFamily", .number(2)), ("NlMtu", .number(4_294_967_295)),
      ]
    ]
    var addresses: [[(String, MadeJSON)]] = []
    for facts in adapters where hasIP(facts) {
      let index = numbers[facts.name] ?? 0
      let key: [(String, MadeJSON)] = [
        ("ifIndex", number(index)), ("InterfaceAlias", .text(facts.name)),
      ]
      if random.chance(40) {
        interfaces.append(
          key + [("AddressFamily", .number(23)), ("NlMtu", .number(1280))])
      }
      interfaces.append(
        key + word("AddressFamily", 2, "IPv4") + [("NlMtu", number(facts.mtu.value ?? 1500))])
      for own in facts.addresses.value ?? [] {
        addresses.append(
          key + [
            ("IPAddress", .text("\(own.address)")), ("PrefixLength", number(own.prefixLength)),
          ] + word("AddressState", 4, "Preferred"))
      }
      if random.chance(40) {
        addresses.append(
          key + [("IPAddress", .text("fe80::\(index)%\(index)")), ("PrefixLength", .number(64))])
      }
    }
    var routes: [[(String, MadeJSON)]] = (facts.routes.value ?? []).map { route in
      [
        ("DestinationPrefix", .text("\(route.destination)")),
        ("NextHop", .text(route.gateway.map { "\($0)" } ?? "0.0.0.0")),
        ("ifIndex", .number(numbers[route.interface] ?? 0)),
        ("InterfaceAlias", .text(route.interface)), ("RouteMetric", .number(256)),
      ]
    }
    if random.chance(50) {
      routes.append([
        ("DestinationPrefix", .text("ff00::/8")), ("NextHop", .text("::")),
        ("InterfaceAlias", .text("x")),
      ])
    }
    return [
      output("Get-NetIPInterface", interfaces), output("Get-NetIPAddress", addresses),
      output("Get-NetRoute", routes),
    ]
  }
}
