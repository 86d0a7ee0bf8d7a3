import Evidence
import Quantities
import TenfoldTestSupport

/// Teams and virtual switches.
extension WindowsRenderer {
  /// Ports that stand alone and have virtual ports on them are in a virtual switch too.
  mutating func teamOutputs() -> [ToolOutput] {
    let old = teams.filter { $0.mac.value != nil }
    var (groups, members, teamPorts):
      ([[(String, MadeJSON)]], [[(String, MadeJSON)]], [[(String, MadeJSON)]]) = ([], [], [])
    for team in old {
      let ports = interfaces.filter {
        $0.kind == .virtual && $0.lower == [team.name] && !$0.name.hasPrefix("vEthernet")
      }
      groups.append(
        [
          ("Name", .text(team.name)),
          (
            "Members",
            team.lower.count == 1 && random.chance(50)
              ? .text(team.lower[0]) : .texts(team.lower)
          ),
          ("TeamNics", .texts([team.name] + ports.map(\.name))),
        ] + word("TeamingMode", 1, team.team.value?.modeText ?? ""))
      let active = team.team.value?.active ?? []
      for member in interfaces where team.lower.contains(member.name) {
        let isActive = active.contains(member.name)
        members.append(
          [("Name", .text(member.name)), ("Team", .text(team.name))]
            + word("OperationalStatus", isActive ? 0 : 2, isActive ? "Active" : "Failed"))
      }
      teamPorts.append([
        ("Name", .text(team.name)), ("Team", .text(team.name)), ("VlanID", .null),
        ("Primary", .flag(true)),
      ])
      for port in ports {
        let id = port.vlan.value ?? nil
        teamPorts.append([
          ("Name", .text(port.name)), ("Team", .text(team.name)),
          ("VlanID", id.map { .number($0.number) } ?? .null), ("Primary", .flag(false)),
        ])
      }
    }
    return [
      output("Get-NetLbfoTeam", groups), output("Get-NetLbfoTeamMember", members),
      output("Get-NetLbfoTeamNic", teamPorts),
    ] + switchOutputs()
  }

  private mutating func switchOutputs() -> [ToolOutput] {
    let virtual = interfaces.filter { $0.kind == .virtual && $0.name.hasPrefix("vEthernet") }
    var (switches, embedded): ([[(String, MadeJSON)]], [[(String, MadeJSON)]]) = ([], [])
    let bases = unique(virtual.flatMap(\.lower) + teams.filter { $0.mac.value == nil }.map(\.name))
    for base in bases {
      guard let below = interfaces.first(where: { $0.name == base }) else { continue }
      let isEmbedded = below.kind == .team && below.mac.value == nil
      let described = (isEmbedded ? below.lower : [base]).compactMap { name in
        interfaces.first { $0.name == name }.map { description($0) }
      }
      var row: [(String, MadeJSON)] = [("Name", .text(switchName(base)))]
      row += word("SwitchType", 2, "External")
      if !isOld || isEmbedded {
        row.append(("EmbeddedTeamingEnabled", flag(isEmbedded)))
        row.append(("NetAdapterInterfaceDescriptions", .texts(described)))
      }
      row.append(
        (
          "NetAdapterInterfaceDescription",
          .text(isEmbedded ? "Teamed-Interface" : described.first ?? "")
        ))
      switches.append(row)
      if isEmbedded {
        embedded.append(
          [
            ("Name", .text(switchName(base))),
            ("NetAdapterInterfaceDescription", .texts(described)),
          ] + word("TeamingMode", 1, below.team.value?.modeText ?? ""))
      }
    }
    var outputs = [output("Get-VMSwitch", switches)]
    outputs.append(
      isOld
        ? ToolOutput(command: "Get-VMSwitchTeam", status: 127)
        : output("Get-VMSwitchTeam", embedded))
    return outputs + virtualOutputs(virtual)
  }

  /// A team in a switch has the name of the switch.
  private func switchName(_ base: String) -> String {
    interfaces.first { $0.name == base }?.kind == .team
      && interfaces.first { $0.name == base }?.mac.value == nil ? base : "switch on \(base)"
  }

  private mutating func virtualOutputs(_ virtual: [InterfaceFacts]) -> [ToolOutput] {
    var (ports, vlans, isolation):
      ([[(String, MadeJSON)]], [[(String, MadeJSON)]], [[(String, MadeJSON)]]) = ([], [], [])
    for facts in virtual {
      let name = String(facts.name.dropFirst("vEthernet (".count).dropLast())
      ports.append([
        ("Name", .text(name)), ("SwitchName", .text(switchName(facts.lower.first ?? ""))),
        ("MacAddress", .text("00155D000011")),
      ])
      let id = (facts.vlan.value ?? nil)?.number
      let isIsolated = id != nil && random.chance(25)
      var row: [(String, MadeJSON)] = [("ParentName", .text(name))]
      if let id, !isIsolated {
        row += word("OperationMode", 1, "Access") + [("AccessVlanId", number(id))]
      } else {
        row += word("OperationMode", 0, "Untagged") + [("AccessVlanId", .number(0))]
      }
      vlans.append(row)
      row = [("ParentName", .text(name))]
      row += word("IsolationMode", isIsolated ? 3 : 0, isIsolated ? "Vlan" : "None")
      row.append(("DefaultIsolationID", .number(isIsolated ? id ?? 0 : 0)))
      isolation.append(row)
    }
    return [
      output("Get-VMNetworkAdapter -ManagementOS", ports),
      output("Get-VMNetworkAdapterVlan -ManagementOS", vlans),
      output("Get-VMNetworkAdapterIsolation -ManagementOS", isolation),
    ]
  }
}
