import Evidence
import Fabric
import Quantities

/// Where each port is plugged in: by what its neighbour says, or else by where the switches learned
/// its address.
struct CablingChecks {
  /// A port that is plugged in elsewhere than planned.
  struct Misplaced: Hashable {
    /// The host's port.
    var port: Endpoint
    var cable: String
    var planned: Endpoint
    /// Where it is; `nil` at a port that nobody can tell, or at something else.
    var actual: Endpoint?
    /// The same in words.
    var shown: String
  }

  private let directory: SwitchDirectory
  private let learned: LearnedPorts
  private(set) var misplaced: [Misplaced] = []

  init(_ directory: SwitchDirectory, _ learned: LearnedPorts) {
    self.directory = directory
    self.learned = learned
  }

  mutating func run(_ host: ObservedHost, _ sheet: inout Sheet) {
    for (place, port) in host.plan.ports.enumerated() {
      guard let interface = host.interface(ofPort: place) else { continue }
      sheet.ports = [place]
      guard interface.hasLink.value != false else {
        sheet.skip(.lldpSeen, port.name, "there is no link")
        sheet.skip(.lldpPlan, port.name, "there is no link")
        continue
      }
      switch interface.neighbours {
      case .unknown(let why):
        // Windows shows no neighbours: what it cannot tell is only asked of it where it counts.
        if host.facts.system == .windows {
          sheet.skip(.lldpSeen, port.name, "Windows shows no LLDP neighbours")
        } else {
          sheet.add(.lldpSeen, port.name, .unknown, why.shown)
        }
        compare(interface, port, host, why, &sheet)
      case .known(let neighbours, let source):
        guard neighbours.count == 1 else {
          sheet.add(
            .lldpSeen, port.name, .fail, "\(neighbours.count) neighbours", expected: "one",
            output: source.output)
          compare(interface, port, host, Unknown(.notSupported, "no neighbour tells"), &sheet)
          continue
        }
        sheet.add(.lldpSeen, port.name, .pass, "one neighbour", output: source.output)
        compare(neighbours[0], interface, port, host, source, &sheet)
      }
    }
  }

  /// Compares with where the switches learned the port's address.
  private mutating func compare(
    _ interface: InterfaceFacts, _ port: PlannedPort, _ host: ObservedHost, _ why: Unknown,
    _ sheet: inout Sheet
  ) {
    let own = interface.permanentMAC.value ?? interface.mac.value
    let places = own.map { learned.ports(of: $0) } ?? []
    guard !places.isEmpty else {
      return sheet.add(
        .lldpPlan, port.name, .unknown,
        learned.devices.contains(port.switchPort.node)
          ? "\(why.shown), and no switch learned its address"
          : "\(why.shown), and there is no table of learned addresses",
        expected: port.switchPort.shown)
    }
    if places.contains(port.switchPort) {
      return sheet.add(.lldpPlan, port.name, .pass, "\(port.switchPort.shown), by its address")
    }
    // Teams may send with the address of one member by another.
    let others = host.plan.ports.filter { $0.team != nil && $0.team == port.team }.map(\.switchPort)
    guard places.count == 1, !others.contains(places[0]) else {
      return sheet.add(
        .lldpPlan, port.name, .unknown,
        "its address was learned on \(places.map(\.shown).joined(separator: ", "))",
        expected: port.switchPort.shown)
    }
    misplace(port, places[0], places[0].shown, nil, &sheet)
  }

  private mutating func misplace(
    _ port: PlannedPort, _ actual: Endpoint?, _ shown: String, _ output: Int?,
    _ sheet: inout Sheet
  ) {
    sheet.add(
      .lldpPlan, port.name, .fail, shown, expected: port.switchPort.shown, output: output)
    misplaced.append(
      Misplaced(
        port: Endpoint(node: sheet.host, port: port.name), cable: port.cable,
        planned: port.switchPort, actual: actual, shown: shown))
  }

  private mutating func compare(
    _ neighbour: Neighbour, _ interface: InterfaceFacts, _ port: PlannedPort,
    _ host: ObservedHost, _ source: Source, _ sheet: inout Sheet
  ) {
    // A neighbour that does not say its port leaves it to the switches to say it.
    func ask(_ why: String) {
      compare(interface, port, host, Unknown(.notSupported, why), &sheet)
    }
    let expected = port.switchPort.shown
    switch directory.place(of: neighbour) {
    case .port(port.switchPort):
      sheet.add(.lldpPlan, port.name, .pass, expected, output: source.output)
    case .port(let other): misplace(port, other, other.shown, source.output, &sheet)
    case .device(port.switchPort.node):
      ask("\(port.switchPort.node) calls its port \(neighbour.port.text)")
    case .device(let other):
      misplace(
        port, nil, "\(other), at a port that it calls \(neighbour.port.text)", source.output, &sheet
      )
    case .stranger(let name):
      misplace(port, nil, "\(name), which is no switch of the plan", source.output, &sheet)
    case .untold:
      ask("the neighbour says \(neighbour.chassis.text) and \(neighbour.port.text) alone")
    }
  }
}

extension Endpoint {
  /// `r1-tor-a TenGigabitEthernet 0/3`.
  var shown: String { port.isEmpty ? node : "\(node) \(port)" }
}
