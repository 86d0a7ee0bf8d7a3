import Evidence
import Quantities
import TenfoldTestSupport

/// Data Center Bridging, and how guests are moved.
extension WindowsRenderer {
  mutating func qualityOutputs() -> [ToolOutput] {
    let commands = [
      "Get-NetAdapterQos", "Get-NetQosTrafficClass", "Get-NetQosFlowControl",
      "Get-NetQosDcbxSetting", "Get-NetQosPolicy",
    ]
    let known = ports.filter { $0.dcb.isWilling.value != nil }
    guard let first = known.first else {
      let why = ports.first?.dcb.isWilling.unknown
      return commands.map { Self.refused($0, why) }
    }
    let isOn = { (port: InterfaceFacts) in port.dcb.classes.value?.isEmpty == false }
    // The host has one set of priorities; an adapter may run another.
    let host = known.first(where: isOn) ?? first
    let lossless = host.dcb.lossless.value ?? []
    var rows: [[(String, MadeJSON)]] = []
    for port in known {
      var row: [(String, MadeJSON)] = [
        ("Name", .text(port.name)), ("Enabled", flag(isOn(port))),
      ]
      let own = port.dcb.lossless.value ?? []
      if isOn(port), own != lossless || random.chance(60) {
        row.append(("OperationalFlowControl", .text(shown(own))))
      } else if random.chance(50) {
        row.append(("OperationalFlowControl", .text("優先度 3 有効")))
      }
      rows.append(row)
    }
    var outputs = [output(commands[0], rows)]
    var classes: [[(String, MadeJSON)]] = []
    for own in host.dcb.classes.value ?? [] {
      let numbers = own.priorities.map(\.number)
      var row: [(String, MadeJSON)] = [
        ("Name", .text(numbers.contains(0) ? "[Default]" : "class \(numbers)"))
      ]
      if let share = own.share {
        row += random.chance(50) ? [("Algorithm", .number(2))] : word("Algorithm", 2, "ETS")
        row.append(("BandwidthPercentage", number(share)))
      } else {
        row += word("Algorithm", 1, "Strict")
      }
      row.append(
        (
          "Priority",
          numbers.count == 1 && random.chance(50) ? .number(numbers[0]) : .numbers(numbers)
        ))
      classes.append(row)
    }
    outputs.append(output(commands[1], classes.shuffled(using: &random)))
    var priorities: [[(String, MadeJSON)]] = []
    for number in 0...7 {
      let isLossless = lossless.contains { $0.number == number }
      priorities.append([("Priority", self.number(number)), ("Enabled", flag(isLossless))])
    }
    outputs.append(output(commands[2], priorities))
    outputs += willing(known, host)
    outputs.append(policies(first.dcb.marked.value ?? []))
    return outputs
  }

  private func shown(_ priorities: [PriorityCodePoint]) -> String {
    guard !priorities.isEmpty else { return "All Priorities Disabled" }
    let numbers = priorities.map { "\($0.number)" }.joined(separator: ",")
    return "\(priorities.count == 1 ? "Priority" : "Priorities") \(numbers) Enabled"
  }

  /// That of the host, and from 2016 on that of each adapter, which wins.
  private mutating func willing(
    _ ports: [InterfaceFacts], _ host: InterfaceFacts
  ) -> [ToolOutput] {
    let value = host.dcb.isWilling.value == true
    let hasOwn = !isOld && random.chance(60)
    var outputs = [
      output(
        "Get-NetQosDcbxSetting",
        [[("InterfaceAlias", .text("")), ("Willing", flag(hasOwn ? !value : value))]])
    ]
    guard hasOwn else { return outputs }
    for port in ports {
      outputs.append(
        output(
          "Get-NetQosDcbxSetting -InterfaceAlias \(port.name)",
          [
            [
              ("InterfaceAlias", .text(port.name)),
              ("Willing", flag(port.dcb.isWilling.value == true)),
            ]
          ]))
    }
    return outputs
  }

  private mutating func policies(_ marked: [PriorityCodePoint]) -> ToolOutput {
    var rows: [[(String, MadeJSON)]] = marked.map { priority in
      [
        ("Name", .text("SMB_Direct \(priority.number)")),
        ("NetDirectPortMatchCondition", .number(445)),
        ("PriorityValue8021Action", .number(priority.number)), ("DSCPAction", .number(-1)),
      ]
    }
    if random.chance(50) {
      rows.append([
        ("Name", .text("Default")), ("NetDirectPortMatchCondition", .number(0)),
        ("PriorityValue8021Action", .number(0)),
      ])
    }
    return output("Get-NetQosPolicy", rows)
  }

  mutating func migrationOutputs() -> [ToolOutput] {
    let migration = facts.migration
    var row: [(String, MadeJSON)] = [
      ("UseAnyNetworkForMigration", flag(migration.networks.value == [.everything])),
      ("MaximumVirtualMachineMigrations", number(migration.hostLimit.value ?? 2)),
    ]
    let words: [String] =
      switch migration.option.value {
      case .tcp: ["TCPIP", "None"]
      case .compression: ["Compression"]
      case .smb, nil: ["SMB", "SMBTransport"]
      }
    row += word("VirtualMachineMigrationPerformanceOption", 2, random.pick(words))
    row += word(
      "VirtualMachineMigrationAuthenticationType", 1, migration.authentication.value ?? "")
    var outputs = [output("Get-VMHost", [row])]
    // Services of virtualization-based security: 1 is Credential Guard, 2 the integrity of code.
    let services = [migration.hasCredentialGuard.value == true ? [1] : [], [2]].joined().map {
      number($0)
    }
    outputs.append(
      output(
        "Get-CimInstance Win32_DeviceGuard", [[("SecurityServicesRunning", .list(services))]]))
    outputs.append(
      output(
        "Get-VMMigrationNetwork",
        (migration.networks.value ?? []).filter { $0 != .everything }.map {
          [("Subnet", .text("\($0)")), ("Priority", .number(0))]
        }))
    outputs.append(
      output(
        "Get-Cluster",
        migration.clusterLimit.value.map { limit in
          [[("Name", .text("c1")), ("MaximumParallelMigrations", number(limit))]]
        } ?? []))
    let limit = migration.smbLimit.value ?? nil
    let category = word("Category", 4, "LiveMigration")
    outputs.append(
      output(
        "Get-SmbBandwidthLimit", limit.map { [category + [("BytesPerSecond", .number($0))]] } ?? [])
    )
    outputs.append(
      output(
        "Get-SmbMultichannelConnection",
        (facts.smbConnections.value ?? []).map { one in
          [
            ("ServerName", .text(one.server)), ("Selected", flag(one.isSelected)),
            ("Failed", flag(one.hasFailed)),
            ("ClientIpAddress", .text(one.client?.description ?? "")),
            ("ClientRSSCapable", flag(one.isRSSCapable)),
            ("ClientRdmaCapable", flag(one.isRDMACapable)),
          ]
        }))
    return outputs
  }
}
