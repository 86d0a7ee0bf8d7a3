import CatalogModel
import Fabric
import Quantities

/// What to type at a switch where one line or two mend it, in the words of its dialect.
enum SwitchRemedy {
  /// - Parameter places: ports with this fault, as the plan names them, or bundles.
  static func hint(
    _ fault: SwitchPortChecks.Fault, _ places: [String], _ fabric: Fabric
  ) -> String {
    switch fault.check {
    case .switchLink where fault.isShut:
      let typed = typed(fault, places, fabric) { command, port, link in
        command(.openPort)?.lines(port: port, link: link)
      }
      return typed.isEmpty ? "enable it" : typed
    case .switchLink where fault.isDown:
      return "look at the plugs and optics of both ends, and whether either port is shut down"
    case .switchLink: return "look at the optics, and at the rate that either end is set to"
    case .switchMTU:
      return typed(fault, places, fabric) { command, port, link in
        command(.setMTU)?.lines(port: port, link: link, mtu: fault.expected)
      }
    case .switchVLAN where fault.vlans.allSatisfy(\.isPlain):
      let typed = typed(fault, places, fabric) { command, port, link in
        vlans(fault.vlans, port, link, command)
      }
      return typed.isEmpty ? "put it into its planned VLANs, and into no others" : typed
    case .switchVLAN, .switchPFC:
      return "tenfold config diff names the commands, given the running configuration of"
        + " \(fault.device)"
    case .switchErrors: return "clean or change the cable, then the optics"
    case .switchTree: return "look for a cable that joins switches beside the planned ones"
    default: return "pull it out, or shut the port down"
    }
  }

  private typealias Commands = (OperatorTask) -> OperatorCommand?

  /// Lines for all places; empty where the dialect has none for one of them.
  private static func typed(
    _ fault: SwitchPortChecks.Fault, _ places: [String], _ fabric: Fabric,
    _ lines: (Commands, _ port: String, _ link: String?) -> [String]?
  ) -> String {
    guard let intent = fabric.intent(fault.device), let traits = fabric.traits(intent.os)
    else { return "" }
    var all: [[String]] = []
    for place in places {
      let lag =
        intent.ports.first { $0.name == place }?.lag
        ?? intent.lags.first { place == "lag \($0.number)" }?.number
      let link = lag.map(traits.lagName) ?? place
      guard let own = lines(traits.command, place, link), !own.isEmpty else { return "" }
      all.append(own)
    }
    // Members of one LAG have the same lines.
    return "type on \(fault.device):\n" + unique(all).joined().joined(separator: "\n")
  }

  /// VLANs that are missing come in with a tag, those too many go.
  private static func vlans(
    _ differences: [MemberTable.Difference], _ port: String, _ link: String?, _ command: Commands
  ) -> [String]? {
    var lines: [String] = []
    for (task, isMissing) in [(OperatorTask.addVLANs, true), (.removeVLANs, false)] {
      let numbers = differences.filter { $0.cuts == isMissing }.map(\.vlan.number)
      guard !numbers.isEmpty else { continue }
      guard let own = command(task)?.lines(port: port, link: link, vlans: numbers), !own.isEmpty
      else { return nil }
      lines += own
    }
    return lines
  }
}
