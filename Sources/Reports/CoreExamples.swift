import Fabric
import SiteModel

/// What the owner of the core types, in the words of two switch families.
///
/// Ports open last: until the list of VLANs stands, an open trunk would carry VLAN 1 (OS9) or
/// every VLAN (OS6).
struct CoreExamples {
  let core: Core
  let paths: [CoreChange.Path]
  let vlans: [VLAN]

  /// The section with the examples of all paths.
  func write(_ page: inout Markdown) {
    page.heading(2, "Examples")
    page.paragraph(
      "In the words of two switch families whose manuals were at hand.",
      "Compare with the manual of the core before you type; LAG 10 stands for a free number.",
      "Every port stays shut down until its LAG and its VLANs are set.")
    each(&page, "Dell OS9", open: os9)
    each(&page, "Dell OS6", open: os6)
  }

  /// The way back in the same words.
  func writeRollBack(_ page: inout Markdown) {
    page.paragraph("In the words of the examples:")
    each(&page, "Dell OS9") { ports, _ in
      var lines: [String] = []
      for port in ports {
        lines += ["interface \(port)", " shutdown", " no port-channel-protocol LACP"]
      }
      for vlan in vlans {
        lines += ["interface Vlan \(vlan.id.number)", " no tagged Port-channel 10"]
      }
      return lines + ["no interface Port-channel 10"]
    }
    each(&page, "Dell OS6") { ports, _ in
      var lines: [String] = []
      for port in ports { lines += ["interface \(port)", "shutdown", "no channel-group", "exit"] }
      lines += ["interface port-channel 10", "shutdown", "no switchport mode"]
      return lines + ["no switchport trunk allowed vlan", "exit"]
    }
  }

  private func each(
    _ page: inout Markdown, _ family: String,
    open: (_ ports: [String], _ isStandby: Bool) -> [String]
  ) {
    for (number, path) in paths.enumerated() {
      let box = paths.count > 1 ? ", box \(Markdown.code(path.box))" : ""
      page.paragraph("\(family)\(box):")
      page.code(open(ports(path), number > 0))
    }
  }

  private func ports(_ path: CoreChange.Path) -> [String] {
    path.links.map { core.portName(of: $0.b) }
  }

  /// What stands in place of the lines that open the ports of the standby, which stays shut.
  private static let standby = "! the standby: its ports stay shut down"
  /// A line before those that open the ports.
  private static let opening = "! plug in the cables, then one port at a time"

  private func os9(_ ports: [String], _ isStandby: Bool) -> [String] {
    var lines = ["interface Port-channel 10", " no ip address", " switchport", " shutdown"]
    for vlan in vlans { lines += ["interface Vlan \(vlan.id.number)", " tagged Port-channel 10"] }
    for port in ports {
      lines += [
        "interface \(port)", " shutdown", " no ip address", " port-channel-protocol LACP",
        "  port-channel 10 mode active",
      ]
    }
    lines += ["interface Port-channel 10", " no shutdown"]
    if isStandby { return lines + [CoreExamples.standby] }
    lines.append(CoreExamples.opening)
    for port in ports { lines += ["interface \(port)", " no shutdown"] }
    return lines
  }

  private func os6(_ ports: [String], _ isStandby: Bool) -> [String] {
    let list = vlans.map { String($0.id.number) }.joined(separator: ",")
    var lines: [String] = []
    for port in ports { lines += ["interface \(port)", "shutdown", "exit"] }
    lines += ["interface port-channel 10", "switchport mode trunk"]
    lines += ["switchport trunk allowed vlan \(list)", "exit"]
    for port in ports { lines += ["interface \(port)", "channel-group 10 mode active", "exit"] }
    if isStandby { return lines + [CoreExamples.standby] }
    lines.append(CoreExamples.opening)
    for port in ports { lines += ["interface \(port)", "no shutdown", "exit"] }
    return lines
  }
}
