import Evidence
import Fabric
import Quantities

/// Cables between switches, by the neighbours that either end sees.
struct SwitchLinkChecks {
  private(set) var rows: [CheckRow] = []
  private(set) var misplaced: [CablingChecks.Misplaced] = []
  /// Links on which nobody sees a neighbour.
  private var unseen: [(own: Endpoint, other: Endpoint)] = []
  /// Switches without a word of their own that no other switch sees on any of several links, with
  /// how many those are.
  private(set) var silent: [(name: String, links: Int)] = []

  init(_ fabric: Fabric, _ switches: [SwitchFacts]) {
    var seen: [Endpoint: SwitchNeighbour] = [:]
    var telling: Set<String> = []
    for facts in switches where !facts.neighbours.isEmpty {
      telling.insert(facts.device)
      for neighbour in facts.neighbours {
        let own = Endpoint(node: facts.device, port: neighbour.port)
        // Of two on one port, such as a host's and its management controller's, nobody knows which.
        seen[own] = seen[own] ?? neighbour
      }
    }
    for link in fabric.links where link.role.joinsSwitches {
      let ends = [(own: link.a, other: link.b), (own: link.b, other: link.a)]
      guard let end = ends.first(where: { telling.contains($0.own.node) }) else {
        rows.append(
          CheckRow(
            check: .lldpPlan, host: link.a.node, place: link.a.port, outcome: .skipped,
            found: "neither switch of the link shows its neighbours"))
        continue
      }
      let told = ends.first { seen[$0.own] != nil } ?? end
      judge(link, told.own, told.other, seen[told.own])
    }
    for device in fabric.devices where !telling.contains(device.name) {
      let own = fabric.switchLinks(of: device.name).count
      if own > 1, unseen.count(where: { $0.other.node == device.name }) == own {
        silent.append((device.name, own))
      }
    }
  }

  /// With what these checks find alone.
  func keeping(_ asked: Set<CheckID>) -> SwitchLinkChecks {
    var own = self
    if !asked.contains(.lldpPlan) { own.misplaced = [] }
    if !asked.contains(.lldpSeen) { (own.unseen, own.silent) = ([], []) }
    return own
  }

  private mutating func judge(
    _ link: Link, _ own: Endpoint, _ other: Endpoint, _ neighbour: SwitchNeighbour?
  ) {
    func add(_ check: CheckID, _ outcome: Outcome, _ found: String, expected: String = "") {
      rows.append(
        CheckRow(
          check: check, host: own.node, place: own.port, outcome: outcome, found: found,
          expected: expected, source: "table of neighbours"))
    }
    guard let neighbour else {
      unseen.append((own, other))
      return add(.lldpSeen, .fail, "no neighbour", expected: other.shown)
    }
    add(.lldpSeen, .pass, "one neighbour")
    let found = Endpoint(node: neighbour.node, port: neighbour.remotePort)
    if found == other { return add(.lldpPlan, .pass, other.shown) }
    guard neighbour.node != other.node || !neighbour.remotePort.isEmpty else {
      return add(
        .lldpPlan, .unknown, "\(other.node), at a port that the table does not tell",
        expected: other.shown)
    }
    add(.lldpPlan, .fail, found.shown, expected: other.shown)
    misplaced.append(
      CablingChecks.Misplaced(
        port: own, cable: link.cable, planned: other,
        actual: neighbour.remotePort.isEmpty ? nil : found, shown: found.shown))
  }

  /// Links that neither end sees: the cable, or LLDP.
  /// - Parameters:
  ///   - down: ends of links that are known to be down, which says more.
  ///   - dark: switches that a finding says are off.
  func findings(without down: Set<Endpoint>, _ dark: Set<String>) -> [Finding] {
    let quiet = silent.filter { entry in
      !dark.contains(entry.name)
        && unseen.contains {
          $0.other.node == entry.name && !down.contains($0.own)
        }
    }
    let whole = quiet.map { entry in
      Finding(
        rule: CheckID.lldpSeen.rawValue, severity: .warning, subject: [entry.name],
        message:
          "on none of its \(entry.links) links to other switches is \(entry.name) seen by LLDP",
        expected: "a neighbour on each",
        hint: "look whether \(entry.name) has power and runs, and whether LLDP is on there")
    }
    let told = dark.union(quiet.map(\.name))
    return whole
      + unseen.filter {
        !down.contains($0.own) && !told.contains($0.own.node) && !told.contains($0.other.node)
      }.map { own, other in
        Finding(
          rule: CheckID.lldpSeen.rawValue, severity: .warning, subject: [own.node, own.port],
          message: "\(own.node) \(own.port) sees no LLDP neighbour", expected: other.shown,
          hint: "look whether the link is up, and whether LLDP is on at both ends")
      }
  }
}
