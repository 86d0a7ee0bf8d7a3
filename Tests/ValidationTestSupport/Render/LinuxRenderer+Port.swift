import Evidence
import Quantities
import TenfoldTestSupport

/// `ethtool` and sysfs of one port.
extension LinuxRenderer {
  mutating func tools(of port: InterfaceFacts) -> [ToolOutput] {
    let name = port.name
    var outputs = [
      ToolOutput(command: "sysfs net \(name)", text: printed(sysfs(port))),
      ToolOutput(command: "ethtool \(name)", text: settings(port)),
      ToolOutput(command: "ethtool -i \(name)", text: driver(port)),
      features(port), rings(port), channels(port), spread(port), pause(port),
      ToolOutput(
        command: "ethtool -P \(name)",
        text: "Permanent address: \(port.permanentMAC.value.map { "\($0)" } ?? "not set")\n"),
    ]
    outputs += dcb(port)
    return outputs
  }

  private mutating func sysfs(_ port: InterfaceFacts) -> [String] {
    var lines: [String] = []
    if let rate = port.rate.value {
      lines.append("speed=\(rate.bitsPerSecond / 1_000_000)")
    } else if random.chance(50) {
      lines.append("speed=-1")
    }
    if random.chance(30) { lines.append("ifalias=to \(port.name)=somewhere") }
    lines += ["device/vendor=0x15b3", "device/device=0x1015"]
    if case .known(let node, _) = port.hardware.numaNode {
      lines.append("device/numa_node=\(node ?? -1)")
    }
    if let transfers = port.hardware.pcieMegatransfers.value {
      let fraction = transfers % 1000 / 100
      let number =
        fraction > 0 || !isOld ? "\(transfers / 1000).\(fraction)" : "\(transfers / 1000)"
      lines.append("device/current_link_speed=\(number) GT/s\(isOld ? "" : " PCIe")")
    }
    if let lanes = port.hardware.pcieLanes.value {
      lines.append("device/current_link_width=\(lanes)")
    }
    if let bus = port.hardware.bus.value { lines.append("bus=\(bus)") }
    if let driver = port.hardware.driver.value { lines.append("driver=\(driver)") }
    if let queues = port.receive.queues.value { lines.append("receive-queues=\(queues)") }
    let bus = port.hardware.bus.value ?? ""
    let style = random.int(0...3)
    lines.append("irq/59=0-15 mlx5_async0@pci:\(bus)")
    for (place, processor) in (port.receive.processors.value ?? []).enumerated() {
      let name =
        switch style {
        case 0: "mlx5_comp\(place)@pci:\(bus)"
        case 1: "i40e-\(port.name)-TxRx-\(place)"
        case 2: "bnx2x-\(port.name)-fp-\(place)"
        default: "\(port.name)-rx-\(place)"
        }
      lines.append("irq/\(60 + place)=\(processor) \(name)")
    }
    return lines
  }

  private mutating func settings(_ port: InterfaceFacts) -> String {
    var lines = ["Settings for \(port.name):", "\tSupported ports: [ FIBRE ]"]
    if let rate = port.rate.value {
      lines += ["\tSpeed: \(rate.bitsPerSecond / 1_000_000)Mb/s", "\tDuplex: Full"]
    } else {
      lines += ["\tSpeed: Unknown!", "\tDuplex: Unknown! (255)"]
    }
    lines += ["\tAuto-negotiation: off", "\tPort: Direct Attach Copper"]
    if random.chance(20) { lines.append("netlink error: Operation not permitted") }
    let link = port.hasLink.value == true ? "yes" : isOld ? "no" : "no (No cable)"
    lines.append("\tLink detected: \(link)")
    return printed(lines)
  }

  private func driver(_ port: InterfaceFacts) -> String {
    let hardware = port.hardware
    return printed([
      "driver: \(hardware.driver.value ?? "")", "version: \(hardware.driverVersion.value ?? "")",
      "firmware-version: \(hardware.firmware.value ?? "")", "expansion-rom-version: ",
      "bus-info: \(hardware.bus.value ?? "")", "supports-statistics: yes",
    ])
  }

  /// An output of `ethtool` in one of both forms.
  private mutating func ethtool(
    _ request: String, _ name: String, _ lines: [String], _ members: [(String, MadeJSON)]
  ) -> ToolOutput {
    guard random.chance(50) else {
      return ToolOutput(command: "ethtool \(request) \(name)", text: printed(lines))
    }
    let json = MadeJSON.list([.object([("ifname", .text(name))] + members)])
    return ToolOutput(
      command: "ethtool --json \(request) \(name)",
      text: json.string(isWide: random.chance(50)) + "\n")
  }

  private mutating func features(_ port: InterfaceFacts) -> ToolOutput {
    guard let states = port.offloads.value else {
      return Self.refused("ethtool -k \(port.name)", port.offloads.unknown)
    }
    let names: [Offload: String] = [
      .receiveChecksum: "rx-checksumming", .sendChecksum: "tx-checksumming",
      .segmentation: "tcp-segmentation-offload", .coalescing: "generic-receive-offload",
      .hardwareCoalescing: "large-receive-offload",
    ]
    var lines = ["Features for \(port.name):"]
    var members: [(String, MadeJSON)] = []
    let isPlain = random.chance(20)
    for state in states.shuffled(using: &random) {
      let name = names[state.offload] ?? ""
      lines.append("\(name): \(state.isOn ? "on" : "off")\(state.isOn ? "" : " [fixed]")")
      lines.append("\ttx-checksum-ipv4: off [fixed]")
      members.append(
        (
          name,
          isPlain
            ? .flag(state.isOn)
            : .object([
              ("active", .flag(state.isOn)), ("fixed", .flag(false)),
              ("requested", .flag(!state.isOn)),
            ])
        ))
    }
    members.append(("tx-checksum-ipv4", .object([("active", .flag(false))])))
    return ethtool("-k", port.name, lines, members)
  }

  private mutating func rings(_ port: InterfaceFacts) -> ToolOutput {
    let hardware = port.hardware
    guard let receive = hardware.receiveRing.value, let send = hardware.sendRing.value else {
      return Self.refused("ethtool -g \(port.name)", hardware.receiveRing.unknown)
    }
    func shown(_ number: Int?) -> String { number.map { "\($0)" } ?? "n/a" }
    let lines = [
      "Ring parameters for \(port.name):", "Pre-set maximums:", "RX:\t\t\(shown(receive.maximum))",
      "RX Mini:\tn/a", "RX Jumbo:\tn/a", "TX:\t\t\(shown(send.maximum))",
      "Current hardware settings:", "RX:\t\t\(receive.current)", "RX Mini:\tn/a",
      "RX Jumbo:\tn/a", "TX:\t\t\(send.current)", "RX Buf Len:\t\tn/a",
    ]
    var members: [(String, MadeJSON)] = []
    if let most = receive.maximum { members.append(("rx-max", .number(most))) }
    members.append(("rx", .number(receive.current)))
    if let most = send.maximum { members.append(("tx-max", .number(most))) }
    members.append(("tx", .number(send.current)))
    return ethtool("-g", port.name, lines, members)
  }

  /// Channels that do both, or such as only receive.
  private mutating func channels(_ port: InterfaceFacts) -> ToolOutput {
    guard let queues = port.receive.queues.value, let most = port.receive.maximumQueues.value
    else { return Self.refused("ethtool -l \(port.name)", port.receive.queues.unknown) }
    let isCombined = random.chance(75)
    func block(_ number: Int) -> [String] {
      isCombined
        ? ["RX:\t\tn/a", "TX:\t\tn/a", "Other:\t\t1", "Combined:\t\(number)"]
        : ["RX:\t\t\(number)", "TX:\t\t\(number)", "Other:\t\t1", "Combined:\tn/a"]
    }
    let lines =
      ["Channel parameters for \(port.name):", "Pre-set maximums:"] + block(most)
      + ["Current hardware settings:"] + block(queues)
    let key = isCombined ? "combined" : "rx"
    return ethtool(
      "-l", port.name, lines, [("\(key)-max", .number(most)), (key, .number(queues))])
  }

  private mutating func spread(_ port: InterfaceFacts) -> ToolOutput {
    guard let isSpread = port.receive.isSpread.value else {
      return Self.refused("ethtool -x \(port.name)", port.receive.isSpread.unknown)
    }
    let rings = isSpread ? max(2, port.receive.queues.value ?? 2) : 1
    let table = (0..<128).map { $0 % rings }
    var lines = ["RX flow hash indirection table for \(port.name) with \(rings) RX ring(s):"]
    for start in stride(from: 0, to: 128, by: 8) {
      let row = table[start..<(start + 8)].map { "     \($0)" }.joined()
      lines.append("    \(start): \(row)")
    }
    lines += ["RSS hash key:", "12:34:56:78", "RSS hash function:", "    toeplitz: on"]
    return ethtool(
      "-x", port.name, lines,
      [
        (isOld ? "rss_indirection_table" : "rss-indirection-table", .numbers(table)),
        ("rss-hash-function", .text("toeplitz")),
      ])
  }

  private mutating func pause(_ port: InterfaceFacts) -> ToolOutput {
    guard let isOn = port.flowControl.value else {
      return Self.refused("ethtool -a \(port.name)", port.flowControl.unknown)
    }
    // On in one direction is on.
    let receive = isOn && random.chance(70)
    let send = isOn && (!receive || random.chance(50))
    func word(_ flag: Bool) -> String { flag ? "on" : "off" }
    var lines = [
      "Pause parameters for \(port.name):", "Autonegotiate:\toff", "RX:\t\t\(word(receive))",
      "TX:\t\t\(word(send))",
    ]
    if random.chance(20) { lines += ["RX negotiated: off", "TX negotiated: off"] }
    return ethtool(
      "-a", port.name, lines,
      [("autonegotiate", .flag(false)), ("rx", .flag(receive)), ("tx", .flag(send))])
  }
}
