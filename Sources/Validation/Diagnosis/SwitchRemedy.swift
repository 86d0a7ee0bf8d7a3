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
}
