import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

/// Lays every cable of a plan in patch order: rack by rack (hosts, uplinks, management), then the
/// centre (peer links, core links, management).
struct Cabling {
  let problem: PlanProblem
  let choice: PlanChoice
  /// Racks with hosts in the order of the site.
  let racks: [RackChoice]
  let plan: PortPlan
  let hosts: [HostDraft]
  var switches: [SwitchDraft]
  private var wiring: Wiring
  /// Ports of the bought management switch that are free, lowest first.
  private var managementPorts: [String] = []

  init(
    problem: PlanProblem, choice: PlanChoice, racks: [RackChoice], plan: PortPlan,
    hosts: [HostDraft], switches: [SwitchDraft]
  ) {
    self.problem = problem
    self.choice = choice
    self.racks = racks
    self.plan = plan
    self.hosts = hosts
    self.switches = switches
    wiring = Wiring(catalog: problem.catalog)
    takeManagementPorts()
  }

  /// Cables and links of the whole plan.
  mutating func lay() -> (cables: [Cable], links: [Link]) {
    for index in racks.indices {
      layHosts(index)
      layUplinks(index)
      if let management = racks[index].management {
        for place in tors(of: index) { layManagement(switches[place], management.solution1) }
      }
    }
    layPeer()
    layCore()
    let management = choice.centre.management
    for (place, solution) in zip(0..<2, [management.solution1, management.solution2])
    where switches.indices.contains(place) {
      layManagement(switches[place], solution)
    }
    return (wiring.cables, wiring.links())
  }

  /// Places in `switches` of the ToRs of a rack, side A first.
  private func tors(of rack: Int) -> [Int] {
    guard racks[rack].tor != nil else { return [] }
    let room = racks[rack].rack.rack
    return switches.indices.filter { switches[$0].role == .tor && switches[$0].rack == room }
  }

  private mutating func layHosts(_ index: Int) {
    let rack = racks[index]
    let tors = tors(of: index)
    let ends = tors.count == 2 ? tors : [0, 1]
    var used = [[Int]](repeating: [0, 0], count: rack.hosts.count)
    for host in hosts where host.rack == rack.rack.rack {
      for port in host.ports {
        guard let kind = rack.hosts.firstIndex(where: { $0.card == port.card }) else { continue }
        let side = port.side == .a ? 0 : 1
        let number = used[kind][side]
        used[kind][side] += 1
        guard plan.racks[index].hosts.indices.contains(kind),
          plan.racks[index].hosts[kind].indices.contains(number),
          switches.indices.contains(ends[side])
        else { continue }
        let ref = plan.racks[index].hosts[kind][number]
        let near = switches[ends[side]]
        let link = rack.hosts[kind]
        // One solution serves both ToRs of a rack.
        let solution = tors.count == 2 || side == 0 ? link.solution1 : link.solution2
        wiring.connect(
          .host, endpoint(near, ref), Endpoint(node: host.host.name, port: port.name),
          trunk: trunk(near, ref),
          lay: lay(solution, link.rate, room(host.rack), true, room(near.rack)))
      }
    }
  }

  private mutating func layUplinks(_ index: Int) {
    guard let uplink = racks[index].uplink, switches.count > 1 else { return }
    let ports = plan.racks[index]
    for (side, place) in tors(of: index).enumerated() where side < 2 {
      for node in 0..<2 {
        let (tor, spine) = (switches[place], switches[node])
        let lay = lay(
          node == 0 ? uplink.solution1 : uplink.solution2, uplink.rate, room(tor.rack), false,
          room(spine.rack))
        for (near, far) in zip(ports.torUplinks[node], ports.spineUplinks[side]) {
          wiring.connect(
            .uplink, endpoint(tor, near), endpoint(spine, far),
            trunk: trunk(tor, near) ?? trunk(spine, far), lay: lay)
        }
      }
    }
  }

  private mutating func layPeer() {
    guard let peer = choice.centre.peer, switches.count > 1 else { return }
    let (a, b) = (switches[0], switches[1])
    for ref in plan.centre.peer {
      wiring.connect(
        .peer, endpoint(a, ref), endpoint(b, ref),
        lay: lay(peer.solution, peer.rate, room(a.rack), false, room(b.rack)))
    }
  }

  private mutating func layCore() {
    guard let core = choice.centre.core, let site = problem.site.core, switches.count > 1,
      let rack = problem.rack(named: site.rack)
    else { return }
    let ports = site.dealtPorts(perNode: core.perNode)
    for node in 0..<2 {
      let near = switches[node]
      let lay = lay(
        node == 0 ? core.solution1 : core.solution2, core.rate, room(near.rack), false, rack)
      for (ref, port) in zip(plan.centre.core, ports[node]) {
        wiring.connect(
          .core, endpoint(near, ref), Endpoint(node: site.name, port: port.label), lay: lay)
      }
    }
  }

  private mutating func layManagement(_ near: SwitchDraft, _ solution: LinkSolution) {
    guard let rack = problem.rack(named: problem.site.management.rack) else { return }
    var far = Endpoint(node: "management", port: "")
    if let own = switches.first(where: { $0.role == .outOfBand }), !managementPorts.isEmpty {
      far = Endpoint(node: own.name, port: managementPorts.removeFirst())
    }
    let port = near.managementData.map { near.pool.name($0) } ?? near.managementPort
    wiring.connect(
      .management, Endpoint(node: near.name, port: port), far,
      lay: lay(solution, .gigabits(1), room(near.rack), false, rack))
  }

  /// Takes the lowest RJ45 ports of the bought management switch that run at 1 Gbps.
  private mutating func takeManagementPorts() {
    guard let place = switches.firstIndex(where: { $0.role == .outOfBand }) else { return }
    var pool = switches[place].pool
    var needed = switches.count - 1
    for (index, entry) in pool.groups.enumerated()
    where entry.group.connector == .rj45 && entry.group.rates.contains(.gigabits(1)) {
      while needed > 0, let ref = pool.takeLowest(index) {
        managementPorts.append(pool.name(ref))
        needed -= 1
      }
    }
    switches[place].pool = pool
  }
}

extension Cabling {
  private func room(_ index: Int) -> Rack {
    let racks = problem.site.room.racks
    return racks.indices.contains(index)
      ? racks[index] : Rack(name: "", row: 0, rowName: "", position: 0)
  }

  private func endpoint(_ draft: SwitchDraft, _ ref: PortRef) -> Endpoint {
    Endpoint(node: draft.name, port: draft.pool.name(ref))
  }

  private func trunk(_ draft: SwitchDraft, _ ref: PortRef) -> Endpoint? {
    ref.lane == nil ? nil : Endpoint(node: draft.name, port: draft.pool.wholeName(ref))
  }

  /// Length and fixed cabling for a solution between two racks; only end A can be a host's rack.
  private func lay(
    _ solution: LinkSolution, _ rate: DataRate, _ a: Rack, _ isHost: Bool, _ b: Rack
  ) -> Lay {
    let geometry = problem.geometry
    guard let medium = solution.existing else {
      return Lay(
        solution: solution, rate: rate, routed: geometry.routed(a, aIsHost: isHost, b),
        existing: "")
    }
    let fixed = geometry.existing(a, b).filter { $0.medium == medium.rawValue }
    let run = fixed.first { reaches(solution, medium, over: $0.length) } ?? fixed.first
    return Lay(
      solution: solution, rate: rate, routed: geometry.patched(a, aIsHost: isHost, b),
      existing: run.map { "\($0.rackA)-\($0.rackB) \($0.medium)" } ?? "")
  }

  /// Whether both transceivers reach over two cords and the fixed run, and base-T its 100 m.
  private func reaches(_ solution: LinkSolution, _ medium: Medium, over fixed: Length) -> Bool {
    guard let cable = problem.catalog.parts[solution.cable].asCable else { return false }
    let (cords, overflow) = cable.length.millimetres.multipliedReportingOverflow(by: 2)
    let (path, overflow2) = cords.addingReportingOverflow(fixed.millimetres)
    guard !overflow, !overflow2 else { return false }
    if medium.isTwistedPair, path > Length.metres(100).millimetres { return false }
    return [solution.opticA, solution.opticB].compactMap { $0 }.allSatisfy { optic in
      problem.catalog.parts[optic].asOptic?.reach.contains {
        $0.medium == medium && $0.length.millimetres >= path
      } ?? false
    }
  }
}
