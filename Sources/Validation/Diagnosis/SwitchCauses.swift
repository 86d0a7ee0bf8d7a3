import Fabric
import Quantities

/// Makes of settings of switches that differ from the plan one finding a place.
struct SwitchCauses {
  private(set) var rows: [CheckRow] = []
  private(set) var findings: [Finding] = []
  /// Things that such a setting breaks.
  private(set) var elements: Set<PathMap.Element> = []
  /// Places of switches that a finding speaks of; with an empty port for a whole switch.
  private(set) var places: Set<Endpoint> = []

  /// Most commands that a hint spells out.
  private static let longestHint = 12

  init(_ running: [RunningConfig], _ fabric: Fabric) {
    let links = Dictionary(grouping: fabric.links.flatMap { [($0.a, $0), ($0.b, $0)] }, by: \.0)
    for device in fabric.devices where fabric.intent(device.name) != nil {
      guard let config = running.first(where: { $0.device == device.name }) else {
        rows.append(
          CheckRow(
            check: .switchConfig, host: device.name, outcome: .skipped,
            found: "its running configuration is not in the evidence"))
        continue
      }
      let count = config.differences.count
      rows.append(
        CheckRow(
          check: .switchConfig, host: device.name, outcome: count == 0 ? .pass : .fail,
          found: count == 0 ? "as planned" : "\(count) settings differ"))
      for place in unique(config.differences.map(\.place)) {
        let own = config.differences.filter { $0.place == place }
        places.insert(Endpoint(node: device.name, port: place))
        tell(config, place, own)
        if let intent = fabric.intent(device.name) { mark(place, intent, links) }
      }
    }
  }

  private mutating func tell(
    _ config: RunningConfig, _ place: String, _ own: [RunningConfig.Difference]
  ) {
    let commands = config.commands
    findings.append(
      Finding(
        rule: CheckID.switchConfig.rawValue,
        subject: [config.device] + (place.isEmpty ? [] : [place]),
        message: "\(config.device)\(place.isEmpty ? "" : " \(place)"): "
          + own.map(\.found).joined(separator: "; "),
        expected: own.map(\.planned).filter { !$0.isEmpty }.joined(separator: "; "),
        hint: commands.isEmpty || commands.count > Self.longestHint
          ? "tenfold config diff names the commands that bring it back"
          : "type on \(config.device):\n" + commands.joined(separator: "\n")))
  }

  private mutating func mark(
    _ place: String, _ intent: SwitchIntent, _ links: [Endpoint: [(Endpoint, Link)]]
  ) {
    var ports: [String] = []
    if let number = Int(place.split(separator: " ").last ?? ""), place.hasPrefix("lag ") {
      ports = intent.ports.filter { $0.lag == number }.map(\.name)
    } else if place.hasPrefix("vlan ") {
      elements.insert(.device(intent.hostname))
    } else {
      ports = [place]
    }
    for port in ports {
      for (_, link) in links[Endpoint(node: intent.hostname, port: port)] ?? [] {
        switch link.role {
        case .host: elements.insert(.attachment(link.b))
        case .uplink: elements.insert(.uplinks(link.a.node))
        case .peer: elements.insert(.peerLink)
        case .core, .management: break
        }
      }
    }
  }
}
