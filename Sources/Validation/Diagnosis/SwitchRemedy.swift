import CatalogModel
import Fabric
import Quantities

/// What to type at a switch, in the words of its system, where one line or two mend it. The forms are
/// those of the configurations that the plan emits.
enum SwitchRemedy {
  /// - Parameter places: ports with this fault, as the plan names them, or bundles.
  static func hint(
    _ fault: SwitchPortChecks.Fault, _ places: [String], _ fabric: Fabric
  ) -> String {
    switch fault.check {
    case .switchLink where fault.isShut: return typed(fault, places, fabric, "", shut)
    case .switchLink where fault.isDown:
      return "look at the plugs and optics of both ends, and whether either port is shut down"
    case .switchLink: return "look at the optics, and at the rate that either end is set to"
    case .switchMTU: return typed(fault, places, fabric, fault.expected, mtu)
    case .switchVLAN where fault.vlans.allSatisfy(\.isPlain):
      let typed = typed(
        fault, places, fabric, "", { place, os, _ in vlans(place, os, fault.vlans) })
      return typed.isEmpty ? "put it into its planned VLANs, and into no others" : typed
    case .switchVLAN, .switchPFC:
      return "tenfold config diff names the commands, given the running configuration of"
        + " \(fault.device)"
    case .switchErrors: return "clean or change the cable, then the optics"
    case .switchTree: return "look for a cable that joins switches beside the planned ones"
    default: return "pull it out, or shut the port down"
    }
  }

  private static func typed(
    _ fault: SwitchPortChecks.Fault, _ places: [String], _ fabric: Fabric, _ value: String,
    _ line: (String, SwitchOS, String) -> [String]
  ) -> String {
    guard let intent = fabric.intent(fault.device) else { return "" }
    // Members take the size of their bundle on some systems.
    let isOfBundle = fault.check == .switchMTU && fabric.traits(intent.os)?.mtuScope.value == .lag
    let own = places.map { place in
      let bundle = intent.ports.first { $0.name == place }?.lag
      return isOfBundle ? bundle.map { "port-channel\($0)" } ?? place : place
    }
    let lines = unique(own).flatMap { line($0, intent.os, value) }
    return lines.isEmpty ? "" : "type on \(fault.device):\n" + lines.joined(separator: "\n")
  }

  private static func shut(_ place: String, _ os: SwitchOS, _ value: String) -> [String] {
    switch os.rawValue {
    case "sonic": ["config interface startup \(place)"]
    case "onyx": ["no interface \(place) shutdown"]
    case "routeros": ["/interface/ethernet set \(place) disabled=no"]
    default: ["interface \(place)", "no shutdown"]
    }
  }

  private static func mtu(_ place: String, _ os: SwitchOS, _ value: String) -> [String] {
    switch os.rawValue {
    case "sonic": ["config interface mtu \(place) \(value)"]
    case "onyx": ["interface \(place) mtu \(value) force"]
    case "routeros": ["/interface/ethernet set \(place) l2mtu=\(value)"]
    // One size holds for the whole switch there.
    case "os6": ["system jumbo mtu \(value)"]
    default: ["interface \(place)", "mtu \(value)"]
    }
  }

  /// VLANs that are missing come in with a tag, those too many go.
  private static func vlans(
    _ place: String, _ os: SwitchOS, _ differences: [MemberTable.Difference]
  ) -> [String] {
    let name = place.hasPrefix("lag ") ? bundle(place, os) : place
    guard !name.isEmpty else { return [] }
    let lines = differences.flatMap { one -> [String] in
      let vlan = one.vlan.number
      switch os.rawValue {
      case "os9": return ["interface vlan \(vlan)", "\(one.cuts ? "" : "no ")tagged \(name)"]
      case "os10": return ["\(one.cuts ? "" : "no ")switchport trunk allowed vlan \(vlan)"]
      case "eos", "nxos", "os6", "netgear":
        return ["switchport trunk allowed vlan \(one.cuts ? "add" : "remove") \(vlan)"]
      default: return []
      }
    }
    guard !lines.isEmpty else { return [] }
    return os.rawValue == "os9" ? lines : ["interface \(name)"] + lines
  }

  /// A bundle as its system writes it; empty where it has a name of its own.
  private static func bundle(_ place: String, _ os: SwitchOS) -> String {
    let number = place.dropFirst(4)
    switch os.rawValue {
    case "eos": return "Port-Channel\(number)"
    case "nxos", "os10": return "port-channel\(number)"
    case "os9": return "Port-channel \(number)"
    case "os6": return "port-channel \(number)"
    case "netgear": return "lag \(number)"
    default: return ""
    }
  }
}
