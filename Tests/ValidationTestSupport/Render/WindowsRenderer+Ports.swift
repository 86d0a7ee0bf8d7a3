import Evidence
import Quantities
import TenfoldTestSupport

/// Settings of drivers, RSS, offloads and RDMA.
extension WindowsRenderer {
  mutating func portOutputs() -> [ToolOutput] {
    var (properties, spread): ([[(String, MadeJSON)]], [[(String, MadeJSON)]]) = ([], [])
    for port in ports {
      properties += settings(port)
      spread.append(receive(port))
    }
    var outputs = [
      output("Get-NetAdapterAdvancedProperty", properties), output("Get-NetAdapterRss", spread),
    ]
    outputs += offloads()
    outputs.append(rdma())
    return outputs
  }

  private mutating func settings(_ port: InterfaceFacts) -> [[(String, MadeJSON)]] {
    var rows: [[(String, MadeJSON)]] = []
    func add(_ keyword: String, _ value: String, _ more: [(String, MadeJSON)] = []) {
      let registry: MadeJSON = random.chance(80) ? .texts([value]) : .text(value)
      rows.append(
        [
          ("Name", .text(port.name)), ("RegistryKeyword", .text(keyword)),
          ("RegistryValue", registry),
        ] + more)
    }
    add("*JumboPacket", port.mtu.value.map { "\($0 + 14)" } ?? "1514")
    if let isOn = port.flowControl.value {
      add("*FlowControl", isOn ? random.pick(["1", "2", "3"]) : "0")
    }
    let rings = [
      ("*ReceiveBuffers", port.hardware.receiveRing), ("*TransmitBuffers", port.hardware.sendRing),
    ]
    for (keyword, ring) in rings {
      guard let ring = ring.value else { continue }
      add(keyword, "\(ring.current)", most(ring.maximum))
    }
    if let most = port.receive.maximumQueues.value {
      add("*NumRssQueues", "\(port.receive.queues.value ?? 1)", self.most(most))
    }
    switch port.rdma.value?.technology {
    case .iwarp: add("*NetworkDirectTechnology", "1")
    case .roce2: add("*NetworkDirectTechnology", "4")
    default: break
    }
    if usesDriverVLAN(port) {
      add("VlanID", "\((port.vlan.value ?? nil)?.number ?? 0)")
    }
    return rows
  }

  /// The list of values, or the bound of a range.
  private mutating func most(_ value: Int?) -> [(String, MadeJSON)] {
    guard let value else { return [] }
    return random.chance(50)
      ? [("ValidRegistryValues", .texts(["2", "4", "\(value)"]))]
      : [("NumericParameterMaxValue", random.chance(50) ? .text("\(value)") : .number(value))]
  }

  private mutating func receive(_ port: InterfaceFacts) -> [(String, MadeJSON)] {
    let receive = port.receive
    var row: [(String, MadeJSON)] = [
      ("Name", .text(port.name)), ("Enabled", flag(receive.isSpread.value ?? true)),
      ("NumberOfReceiveQueues", number(receive.queues.value ?? 1)),
    ]
    if random.chance(50) {
      row.append(("Profile", .number(4)))
    } else {
      row += word("Profile", 4, "NUMAStatic")
    }
    let used = receive.processors.value ?? []
    let distance = receive.isNear.value == true ? 0 : 32_767
    // Far processors stand last; the table names those that serve.
    let all = used.map { "\($0)/\(distance)" } + ["1:0/32767"]
    row.append(
      ("RssProcessorArray", random.chance(50) ? .texts(all) : .text(all.joined(separator: " "))))
    let table = (used + used)
    if random.chance(30) {
      row.append(
        (
          "IndirectionTable",
          .list(
            table.map { name in
              let parts = name.split(separator: ":").compactMap { Int($0) }
              return .object([
                ("ProcessorGroup", .number(parts[0])), ("ProcessorNumber", .number(parts[1])),
              ])
            })
        ))
    } else {
      row.append(("IndirectionTable", .texts(table)))
    }
    return row
  }

  private mutating func offloads() -> [ToolOutput] {
    var (checksums, segments, joined):
      ([[(String, MadeJSON)]], [[(String, MadeJSON)]], [[(String, MadeJSON)]]) = ([], [], [])
    for port in ports {
      guard let states = port.offloads.value else { continue }
      func isOn(_ offload: Offload) -> Bool? { states.first { $0.offload == offload }?.isOn }
      let name: [(String, MadeJSON)] = [("Name", .text(port.name))]
      var row = name
      let (send, receive) = (isOn(.sendChecksum) ?? false, isOn(.receiveChecksum) ?? false)
      let text =
        send ? receive ? "RxTxEnabled" : "TxEnabled" : receive ? "RxEnabled" : "Disabled"
      let value = send ? receive ? 3 : 1 : receive ? 2 : 0
      for field in ["IpIPv4Enabled", "TcpIPv4Enabled", "UdpIPv4Enabled"] {
        // Numbers alone are certain for none and both.
        row +=
          send == receive && random.chance(30)
          ? [(field, .number(value))] : word(field, value, text)
      }
      checksums.append(row)
      if let isOn = isOn(.segmentation) {
        segments.append(name + [("IPv4Enabled", flag(isOn)), ("IPv6Enabled", flag(isOn))])
      }
      if let isOn = isOn(.coalescing) {
        // What is on and does not run counts as off.
        let runs = isOn || random.chance(50)
        row = name + [("IPv4Enabled", flag(runs || isOn))]
        if runs || random.chance(50) { row.append(("IPv4OperationalState", flag(isOn))) }
        joined.append(row)
      }
    }
    return [
      output("Get-NetAdapterChecksumOffload", checksums), output("Get-NetAdapterLso", segments),
      output("Get-NetAdapterRsc", joined),
    ]
  }

  private mutating func rdma() -> ToolOutput {
    let command = "Get-NetAdapterRdma"
    if let why = adapters.lazy.compactMap(\.rdma.unknown).first(where: {
      $0.reason == .notPermitted
    }) {
      return Self.refused(command, why)
    }
    var rows: [[(String, MadeJSON)]] = []
    for facts in adapters {
      guard let own = facts.rdma.value else { continue }
      rows.append([("Name", .text(facts.name)), ("Enabled", flag(own.isOn))])
    }
    return output(command, rows)
  }
}
