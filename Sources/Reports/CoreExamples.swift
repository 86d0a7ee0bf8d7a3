import Fabric
import SiteModel

/// What the owner of the core types, in the words of the switch families that its ports may be of.
///
/// Ports open last: until the list of VLANs stands, an open trunk would carry VLAN 1 (OS9) or
/// every VLAN (OS6, IOS).
struct CoreExamples {
  let core: Core
  let paths: [CoreChange.Path]
  let vlans: [VLAN]

  /// A switch family whose words are known here.
  enum Family: CaseIterable {
    case os9, os6, ios

    var name: String {
      switch self {
      case .os9: "Dell OS9"
      case .os6: "Dell OS6"
      case .ios: "Cisco IOS"
      }
    }
  }

  /// Families of the maker that name ports like those of the core; both of Dell's where the names
  /// do not tell. A maker that the site does not state may be Dell.
  var families: [Family] {
    let names = paths.flatMap(\.links).map { core.portName(of: $0.b) }
    func fitting(_ families: [Family]) -> [Family] {
      families.filter { family in names.allSatisfy { CoreExamples.fits($0, family) } }
    }
    let vendor = core.vendor.lowercased()
    let dell = fitting([.os9, .os6])
    if vendor.isEmpty { return dell }
    if ["dell", "force10"].contains(where: vendor.contains) {
      return dell.isEmpty ? [.os9, .os6] : dell
    }
    return vendor.contains("cisco") ? fitting([.ios]) : []
  }

  /// Whether a port name is one of a family: `Te1/1` and `TenGigabitEthernet 0/1` on OS9, `Te1/0/1`
  /// on OS6, either on IOS; letters alone tell nothing.
  private static func fits(_ name: String, _ family: Family) -> Bool {
    let kind = name.prefix { $0.isLetter }.lowercased()
    let numbers = name.dropFirst(kind.count).drop { $0 == " " }.split(
      separator: "/", omittingEmptySubsequences: false)
    guard
      ["te", "tengig", "tengige", "tengigabitethernet", "fo", "fortygige"].contains(kind)
        || family != .os9 && ["gi", "gigabitethernet", "fortygigabitethernet"].contains(kind),
      numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
    else { return false }
    switch family {
    case .os9: return numbers.count == 2
    case .os6: return numbers.count == 3
    case .ios: return (2...3).contains(numbers.count)
    }
  }

  /// The section with the examples of all paths.
  func write(_ page: inout Markdown) {
    let families = families
    page.heading(2, "Examples")
    guard !families.isEmpty else {
      page.paragraph(
        "None: no manual of a switch that names its ports like this core was at hand. What must be "
          + "so stands above; keep every port shut down until its LAG and its VLANs are set.")
      return
    }
    page.paragraph(
      core.vendor.isEmpty
        ? "The site does not say who made the core. This is in the words of a family that names its "
          + "ports like this."
        : "In the words of \(listing(families.map(\.name))).",
      families.contains(.ios) ? "**These lines are not verified.**" : "",
      "Compare with the manual of the core before you type; LAG 10 stands for a free number.",
      core.kind == .mlag
        ? "What joins the LAGs of the two boxes is not here: the owner's manual has it." : "",
      "Every port stays shut down until its LAG and its VLANs are set.")
    for family in families {
      each(&page, family) { ports, isStandby in
        switch family {
        case .os9: os9(ports, isStandby)
        case .os6: os6(ports, isStandby)
        case .ios: ios(ports, isStandby)
        }
      }
    }
  }

  /// The way back in the same words.
  func writeRollBack(_ page: inout Markdown) {
    let families = families
    guard !families.isEmpty else { return }
    page.paragraph("In the words of the examples:")
    for family in families {
      each(&page, family) { ports, _ in
        switch family {
        case .os9: os9Back(ports)
        case .os6: os6Back(ports)
        case .ios: iosBack(ports)
        }
      }
    }
  }

  private func each(
    _ page: inout Markdown, _ family: Family,
    open: (_ ports: [String], _ isStandby: Bool) -> [String]
  ) {
    for (number, path) in paths.enumerated() {
      let box = paths.count > 1 ? ", box \(Markdown.code(path.box))" : ""
      page.paragraph("\(family.name)\(box):")
      page.code(
        open(path.links.map { core.portName(of: $0.b) }, core.kind == .separate && number > 0))
    }
  }

  /// What stands in place of the lines that open the ports of the standby, which stays shut.
  private static let standby = "! the standby: its ports stay shut down"
  /// A line before those that open the ports.
  private static let opening = "! plug in the cables, then one port at a time"
  private static let notVerified = "! not verified: compare with the manual"
  private var vlanList: String { vlans.map { String($0.id.number) }.joined(separator: ",") }

  // MARK: Dell OS9

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

  private func os9Back(_ ports: [String]) -> [String] {
    var lines: [String] = []
    for port in ports {
      lines += ["interface \(port)", " shutdown", " no port-channel-protocol LACP"]
    }
    for vlan in vlans {
      lines += ["interface Vlan \(vlan.id.number)", " no tagged Port-channel 10"]
    }
    return lines + ["no interface Port-channel 10"]
  }

  // MARK: Dell OS6

  private func os6(_ ports: [String], _ isStandby: Bool) -> [String] {
    var lines: [String] = []
    for port in ports { lines += ["interface \(port)", "shutdown", "exit"] }
    lines += ["interface port-channel 10", "switchport mode trunk"]
    lines += ["switchport trunk allowed vlan \(vlanList)", "exit"]
    for port in ports { lines += ["interface \(port)", "channel-group 10 mode active", "exit"] }
    if isStandby { return lines + [CoreExamples.standby] }
    lines.append(CoreExamples.opening)
    for port in ports { lines += ["interface \(port)", "no shutdown", "exit"] }
    return lines
  }

  /// A LAG cannot be deleted there. It was never shut, and without members it carries nothing: to
  /// shut it now would keep its next user from coming up.
  private func os6Back(_ ports: [String]) -> [String] {
    var lines: [String] = []
    for port in ports { lines += ["interface \(port)", "shutdown", "no channel-group", "exit"] }
    lines += [
      "interface port-channel 10", "! also a description or a root guard, where one was set",
    ]
    lines.append(CoreExamples.notVerified)
    lines += ["no switchport trunk allowed vlan", "no switchport mode"]
    return lines + ["! it has no members any more", "no shutdown", "exit"]
  }

  // MARK: Cisco IOS

  private func ios(_ ports: [String], _ isStandby: Bool) -> [String] {
    var lines = [CoreExamples.notVerified]
    for port in ports { lines += ["interface \(port)", " shutdown"] }
    for port in ports {
      lines += ["interface \(port)"] + iosTrunk + [" channel-group 10 mode active"]
    }
    lines += ["interface Port-channel10"] + iosTrunk
    if core.spanningTree.mode != .none { lines.append(" spanning-tree guard root") }
    if isStandby { return lines + [CoreExamples.standby] }
    lines.append(CoreExamples.opening)
    for port in ports { lines += ["interface \(port)", " no shutdown"] }
    return lines
  }

  private var iosTrunk: [String] {
    [" switchport", " switchport mode trunk", " switchport trunk allowed vlan \(vlanList)"]
  }

  private func iosBack(_ ports: [String]) -> [String] {
    var lines = [CoreExamples.notVerified]
    for port in ports { lines += ["interface \(port)", " shutdown"] }
    for port in ports { lines.append("default interface \(port)") }
    for port in ports { lines += ["interface \(port)", " shutdown"] }
    return lines + ["no interface Port-channel10"]
  }
}
