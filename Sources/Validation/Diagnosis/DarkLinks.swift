import Fabric
import Quantities

/// Ports without a link that have one thing in common: a switch that is off, or a breakout cable.
struct DarkLinks {
  private(set) var findings: [Finding] = []
  /// Ports that a finding speaks of.
  private(set) var concerned: Set<Endpoint> = []
  /// Switches that a finding speaks of, in the order of the plan.
  private(set) var devices: [String] = []

  /// - Parameters:
  ///   - down: ports without a link.
  ///   - moved: ports of which the cabling was told: they say nothing of the switch of the plan.
  init(_ runs: [HostRun], down: Set<Endpoint>, moved: Set<Endpoint>) {
    var bySwitch: [(name: String, ports: [Endpoint], dark: Int)] = []
    var byCable: [(name: String, ports: [Endpoint], dark: Int)] = []
    var switches: [String: Int] = [:]
    var cables: [String: Int] = [:]
    for run in runs where run.observed != nil {
      for port in run.plan.ports {
        let own = Endpoint(node: run.plan.name, port: port.name)
        guard !moved.contains(own) else { continue }
        DarkLinks.count(port.switchPort.node, own, down, &bySwitch, &switches)
        DarkLinks.count(port.cable, own, down, &byCable, &cables)
      }
    }
    for entry in bySwitch where entry.ports.count > 1 && entry.dark == entry.ports.count {
      concerned.formUnion(entry.ports)
      devices.append(entry.name)
      findings.append(
        Finding(
          rule: CheckID.linkUp.rawValue, subject: [entry.name],
          message: "none of the \(entry.ports.count) hosts' ports on \(entry.name) has a link",
          expected: "a link on each",
          hint: "look whether \(entry.name) has power, and whether its uplinks are up: a switch"
            + " that lost them takes its host ports down"))
    }
    for entry in byCable where entry.ports.count > 1 && entry.dark == entry.ports.count {
      guard !entry.ports.allSatisfy(concerned.contains) else { continue }
      concerned.formUnion(entry.ports)
      findings.append(
        Finding(
          rule: CheckID.linkUp.rawValue, subject: [entry.name] + entry.ports.map(\.shown),
          message: "none of the \(entry.ports.count) legs of cable \(entry.name) has a link",
          expected: "a link on each",
          hint: "look at the plug of \(entry.name) at the switch, and whether its port is split"))
    }
  }

  private static func count(
    _ name: String, _ port: Endpoint, _ down: Set<Endpoint>,
    _ entries: inout [(name: String, ports: [Endpoint], dark: Int)], _ places: inout [String: Int]
  ) {
    let place = places[name] ?? entries.count
    if place == entries.count {
      places[name] = place
      entries.append((name, [], 0))
    }
    entries[place].ports.append(port)
    if down.contains(port) { entries[place].dark += 1 }
  }
}
