import Evidence
import Quantities
import TenfoldTestSupport

extension LinuxRenderer {
  /// The file of a bond, and its port in sysfs.
  mutating func bond(_ team: InterfaceFacts) -> [ToolOutput] {
    let members = team.lower.compactMap { name in interfaces.first { $0.name == name } }
    var lines = [
      "Ethernet Channel Bonding Driver: v6.1.0-18-amd64", "",
      "Bonding Mode: fault-tolerance (active-backup)",
      "Primary Slave: \(team.lower.first ?? "None") (primary_reselect always)",
      "Currently Active Slave: \(team.team.value?.active?.first ?? "None")",
      "MII Status: \(team.hasLink.value == true ? "up" : "down")",
      "MII Polling Interval (ms): 100", "Up Delay (ms): 0", "Down Delay (ms): 0",
    ]
    for member in members {
      let isUp = member.hasLink.value == true
      lines += [
        "", "Slave Interface: \(member.name)", "MII Status: \(isUp ? "up" : "down")",
        "Speed: \(isUp ? "10000 Mbps" : "Unknown")", "Duplex: \(isUp ? "full" : "Unknown")",
        "Link Failure Count: 0",
        "Permanent HW addr: \(member.permanentMAC.value.map { "\($0)" } ?? "")",
        "Slave queue ID: 0",
      ]
    }
    let end = random.chance(20) ? "\r\n" : "\n"
    var outputs = [
      ToolOutput(
        command: "cat /proc/net/bonding/\(team.name)", text: lines.joined(separator: end) + end)
    ]
    var own: [String] = []
    if let rate = team.rate.value {
      own.append("speed=\(rate.bitsPerSecond / 1_000_000)")
    } else {
      own.append("speed=-1")
    }
    outputs.append(ToolOutput(command: "sysfs net \(team.name)", text: printed(own)))
    return outputs
  }

  func printed(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
