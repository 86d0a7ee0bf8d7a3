import CatalogModel
import Evidence
import Fabric
import Quantities

/// Ports of the switches, by what tables of the switches themselves say.
struct SwitchPortChecks: Sendable {
  /// What is wrong at one place of a switch.
  struct Fault: Sendable {
    var check: CheckID
    var device: String
    /// Port as the plan names it, or `lag 3`.
    var place: String
    /// Planned links on it: one, those of a bundle, or none.
    var links: [Link]
    var found: String
    var expected: String
    /// Whether there is no link at all.
    var isDown = false
    /// Whether an administrator shut it down.
    var isShut = false
    /// VLANs that it lacks or has too many.
    var vlans: [MemberTable.Difference] = []
    /// What of paths over it follows.
    var failures: Set<ProbeMatrix.Failure> = []
  }

  private(set) var rows: [CheckRow] = []
  private(set) var faults: [Fault] = []
  private let fabric: Fabric
  private var links: [Endpoint: Link] = [:]

  init(_ fabric: Fabric, _ switches: [SwitchFacts]) {
    self.fabric = fabric
    for link in fabric.links where link.role != .management {
      links[link.a] = link
      links[link.b] = link
    }
    let found = Dictionary(switches.map { ($0.device, $0) }) { first, _ in first }
    for intent in fabric.intents {
      let facts = found[intent.hostname] ?? SwitchFacts(device: intent.hostname)
      let states = SwitchStates(facts.states)
      ports(intent, facts, states)
      members(intent, facts, states)
      flowControl(intent, facts)
      spanningTree(intent, facts)
      loops(intent, facts)
    }
  }

  private mutating func add(
    _ check: CheckID, _ device: String, _ place: String, _ outcome: Outcome, _ found: String,
    expected: String = ""
  ) {
    rows.append(
      CheckRow(
        check: check, host: device, place: place, outcome: outcome, found: found,
        expected: expected, source: outcome == .skipped ? "" : "table of the switch"))
  }

  /// With what these checks find alone.
  func keeping(_ asked: Set<CheckID>) -> SwitchPortChecks {
    var own = self
    own.faults.removeAll { !asked.contains($0.check) }
    return own
  }

  private mutating func fail(_ fault: Fault) {
    add(fault.check, fault.device, fault.place, .fail, fault.found, expected: fault.expected)
    faults.append(fault)
  }

  private func link(_ device: String, _ port: PortIntent) -> Link? {
    links[Endpoint(node: device, port: port.name)]
  }

  // MARK: States

  private mutating func ports(_ intent: SwitchIntent, _ facts: SwitchFacts, _ states: SwitchStates)
  {
    let device = intent.hostname
    guard !facts.states.isEmpty else {
      for check in [CheckID.switchLink, .switchMTU, .switchErrors] {
        add(check, device, "", .skipped, "no table of its ports is in the evidence")
      }
      return
    }
    for port in intent.ports {
      guard port.enabled, let link = link(device, port) else { continue }
      guard let state = states[port.name] else {
        add(.switchLink, device, port.name, .skipped, "no table names the port")
        continue
      }
      self.state(device, port, link, state)
      errors(device, port, link, states.errors[port.name] ?? [])
    }
  }

  private mutating func state(
    _ device: String, _ port: PortIntent, _ link: Link, _ state: SwitchPortState
  ) {
    func fault(_ check: CheckID, _ found: String, _ expected: String) -> Fault {
      Fault(
        check: check, device: device, place: port.name, links: [link], found: found,
        expected: expected)
    }
    if let hasLink = state.hasLink {
      if !hasLink {
        var fault = fault(
          .switchLink, state.isShut == true ? "shut down" : "no link", "a link")
        fault.isDown = true
        fault.isShut = state.isShut == true
        fail(fault)
      } else if let rate = state.rate, rate != link.rate {
        fail(fault(.switchLink, "a link at \(Format.rate(rate))", Format.rate(link.rate)))
      } else {
        add(.switchLink, device, port.name, .pass, "a link")
      }
    }
    guard let mtu = state.mtu else {
      return add(.switchMTU, device, port.name, .skipped, "no table says it")
    }
    guard mtu < port.mtu else { return add(.switchMTU, device, port.name, .pass, "\(mtu)") }
    var fault = fault(.switchMTU, "\(mtu)", "\(port.mtu)")
    fault.failures = [.size]
    fail(fault)
  }

  /// A counter proves something as a difference alone: one table is told, and no fault.
  private mutating func errors(
    _ device: String, _ port: PortIntent, _ link: Link, _ counts: [UInt64]
  ) {
    guard let first = counts.first, let last = counts.last else { return }
    // Smaller than before: somebody cleared it in between.
    guard counts.count > 1, last >= first else {
      return add(
        .switchErrors, device, port.name, .skipped,
        "\(last) damaged frames in all: a second table tells whether they grow")
    }
    guard last > first else {
      return add(.switchErrors, device, port.name, .pass, "none between two tables")
    }
    fail(
      Fault(
        check: .switchErrors, device: device, place: port.name, links: [link],
        found: "\(last - first) damaged frames between two tables", expected: "none",
        failures: [.loss]))
  }

  // MARK: VLANs

  private mutating func members(
    _ intent: SwitchIntent, _ facts: SwitchFacts, _ states: SwitchStates
  ) {
    let device = intent.hostname
    guard !facts.vlans.isEmpty else {
      return add(.switchVLAN, device, "", .skipped, "no table of its VLANs is in the evidence")
    }
    let table = MemberTable(facts, of: Set(fabric.vlans.map(\.id)))
    for port in intent.ports where port.enabled && port.lag == nil {
      guard let link = link(device, port) else { continue }
      member(device, port.name, [link], port.membership, table, states)
    }
    for lag in intent.lags where !lag.isPeerLink {
      let own = intent.ports.filter { $0.lag == lag.number }.compactMap { self.link(device, $0) }
      guard !own.isEmpty else { continue }
      member(device, "lag \(lag.number)", own, lag.membership, table, states)
    }
  }

  private mutating func member(
    _ device: String, _ place: String, _ links: [Link], _ planned: Membership,
    _ table: MemberTable, _ states: SwitchStates
  ) {
    // Some platforms list a port in no VLAN while it has no link.
    guard table.names(place) || states[place]?.hasLink == true else {
      return add(.switchVLAN, device, place, .skipped, "no table of VLANs names it")
    }
    let differences = table.differences(place, planned)
    guard !differences.isEmpty else {
      return add(.switchVLAN, device, place, .pass, "as planned")
    }
    fail(
      Fault(
        check: .switchVLAN, device: device, place: place, links: links,
        found: differences.map(\.found).joined(separator: ", "),
        expected: differences.map(\.planned).joined(separator: ", "),
        vlans: differences,
        failures: differences.contains { $0.cuts } ? [.reach] : []))
  }

  // MARK: Flow control, spanning tree, loops

  private mutating func flowControl(_ intent: SwitchIntent, _ facts: SwitchFacts) {
    let device = intent.hostname
    guard let qos = intent.qos else {
      return add(.switchPFC, device, "", .skipped, "the plan has no lossless class on it")
    }
    guard !facts.flowControl.isEmpty else {
      return add(.switchPFC, device, "", .skipped, "no table of flow control is in the evidence")
    }
    let lossless = qos.groups.filter(\.lossless).flatMap(\.priorities).sorted()
    let shown = { (all: [PriorityCodePoint]) in
      all.isEmpty
        ? "no priority is paused"
        : "priority \(all.map { "\($0.number)" }.joined(separator: ", ")) is paused"
    }
    for port in intent.ports where port.enabled {
      guard let link = link(device, port),
        let entry = facts.flowControl.last(where: { $0.place == port.name })
      else { continue }
      let wanted = port.lossless ? lossless : []
      guard entry.priorities != wanted else {
        add(.switchPFC, device, port.name, .pass, shown(wanted))
        continue
      }
      fail(
        Fault(
          check: .switchPFC, device: device, place: port.name, links: [link],
          found: shown(entry.priorities), expected: shown(wanted)))
    }
  }

  private mutating func spanningTree(_ intent: SwitchIntent, _ facts: SwitchFacts) {
    let device = intent.hostname
    guard facts.hasSpanningTree else {
      return add(.switchTree, device, "", .skipped, "no table of spanning tree is in the evidence")
    }
    var isGood = true
    for place in facts.blocked {
      let own = intent.ports.filter { $0.name == place || "lag \($0.lag ?? 0)" == place }
        .compactMap { link(device, $0) }
      // Whether the core may have a second way is its owner's to know.
      guard !own.isEmpty, own.allSatisfy({ $0.role != .core }) else { continue }
      isGood = false
      fail(
        Fault(
          check: .switchTree, device: device, place: place, links: own,
          found: "spanning tree blocks it", expected: "forwarding: no other way leads there",
          failures: [.reach]))
    }
    if isGood { add(.switchTree, device, "", .pass, "no planned link is blocked") }
  }

  /// Ports that the plan leaves empty and that lead to a switch of the plan. A plug that belongs into
  /// another port is a matter of cabling.
  private mutating func loops(_ intent: SwitchIntent, _ facts: SwitchFacts) {
    let device = intent.hostname
    guard !facts.neighbours.isEmpty else {
      return add(
        .switchLoop, device, "", .skipped, "no table of its neighbours is in the evidence")
    }
    let devices = Set(fabric.devices.map(\.name))
    var isGood = true
    for neighbour in facts.neighbours {
      let own = Endpoint(node: device, port: neighbour.port)
      let other = Endpoint(node: neighbour.node, port: neighbour.remotePort)
      guard links[own] == nil, devices.contains(other.node), links[other] == nil else { continue }
      isGood = false
      // Both ends see it, and one of them tells.
      let isTold = faults.contains { fault in
        fault.check == .switchLoop && fault.device == other.node && fault.place == other.port
      }
      guard !isTold else { continue }
      fail(
        Fault(
          check: .switchLoop, device: device, place: neighbour.port, links: [],
          found: "a cable to \(other.shown)", expected: "an empty port"))
    }
    if isGood { add(.switchLoop, device, "", .pass, "no port beside the planned ones") }
  }
}
