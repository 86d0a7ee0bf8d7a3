import Fabric
import Quantities

/// Names one cause for all that follows from it.
struct Diagnosis {
  private(set) var findings: [Finding] = []

  init(
    _ fabric: Fabric, _ hosts: [PlannedHost], _ runs: [HostRun], _ paths: PathChecks,
    _ switchLinks: SwitchLinkChecks, _ switches: SwitchCauses, _ switchPorts: SwitchPortChecks,
    _ odd: [LikenessChecks.OddOne]
  ) {
    var down: Set<Endpoint> = []
    for run in runs {
      for row in run.rows where row.check == .linkUp && row.outcome == .fail {
        down.insert(Endpoint(node: run.plan.name, port: row.place))
      }
    }
    let cabling = Cabling(
      runs.flatMap(\.misplaced) + switchLinks.misplaced, fabric: fabric,
      isDown: { down.contains($0) })
    findings += cabling.findings
    let dark = DarkLinks(runs, down: down, moved: cabling.concerned)
    findings += dark.findings
    let ports = SwitchPortCauses(
      switchPorts, fabric, runs,
      told: cabling.concerned.union(dark.concerned)
        .union(dark.devices.map { Endpoint(node: $0, port: "") }),
      configured: switches.places)
    findings += switchLinks.findings(
      without: ports.down, ports.dark.union(dark.devices))
    // Of a switch that is off, the one port of a host on it is no cause of its own.
    let off = ports.dark.union(switchLinks.silent.map(\.name))
    let unlit = runs.flatMap { run in
      run.plan.ports.filter { off.contains($0.switchPort.node) }
        .map { Endpoint(node: run.plan.name, port: $0.name) }
    }.filter(down.contains)
    let silenced = cabling.concerned.union(dark.concerned).union(ports.shut).union(unlit)
    let owners = AddressOwners(hosts)
    for run in runs {
      guard let observed = run.observed else { continue }
      let places = Set(
        run.plan.ports.indices.filter {
          silenced.contains(Endpoint(node: run.plan.name, port: run.plan.ports[$0].name))
        })
      findings +=
        HostCauses(observed, run.rows, silenced: places, owners: owners).findings
    }
    findings += switches.findings
    findings += ports.findings
    findings += Isolation.findings(runs)
    let taken = owners.taken(runs)
    let broken = runs.map { Breakage($0, silenced, taken: taken[$0.plan.name] ?? []) }
    var elements = ports.broken
    for element in switches.elements { elements[element] = Set(ProbeMatrix.Failure.allCases) }
    let pathCauses = PathCauses(paths, fabric, hosts, broken: elements) { node, failure in
      broken[node.host].explains(failure, network: node.network, port: node.port)
    }
    // Where nothing passes, no word of LLDP does.
    findings.removeAll { finding in
      finding.rule == CheckID.lldpSeen.rawValue && finding.subject.count == 2
        && pathCauses.cut.contains(Endpoint(node: finding.subject[0], port: finding.subject[1]))
    }
    findings += pathCauses.findings
    findings += SessionCauses.findings(runs, paths, silenced)
    // Of a host that gave no evidence and answers nobody, one finding says enough.
    let absent = runs.filter { $0.observed == nil && pathCauses.touched.contains($0.plan.name) }
      .map { $0.plan.name.lowercased() }
    findings += ReachCauses.findings(runs, silent: pathCauses.silent.union(absent))
    findings += OddOnes.findings(odd, runs, silenced)
  }
}

/// What is wrong at a host itself, as far as paths are concerned.
struct Breakage {
  private let unreachable: Set<String>
  private let small: Set<Int>
  private let lossy: Set<String>
  private let slow: Set<String>
  private let networksGone: Set<String>
  private let names: [String]
  private let networkNames: [String]

  /// - Parameter taken: Networks in which another host has the address of this one.
  init(_ run: HostRun, _ silenced: Set<Endpoint>, taken: Set<String>) {
    var unreachable: Set<String> = []
    var lossy: Set<String> = []
    var slow: Set<String> = []
    var gone = taken
    var small: Set<Int> = []
    for row in run.rows where row.outcome == .fail {
      switch row.check {
      case .nicPresent, .linkUp, .teamMembers: unreachable.insert(row.place)
      case .linkErrors: lossy.insert(row.place)
      case .linkSpeed, .nicPCIe: slow.insert(row.place)
      // A processor that saves power fills no link of the host.
      case .powerOS: slow.formUnion(run.plan.ports.map(\.name))
      case .address, .vlanID: gone.insert(row.place)
      case .mtuHost: small.formUnion(row.ports)
      default: break
      }
    }
    for port in run.plan.ports
    where silenced.contains(Endpoint(node: run.plan.name, port: port.name)) {
      unreachable.insert(port.name)
    }
    self.unreachable = unreachable
    self.small = small
    self.lossy = lossy
    self.slow = slow
    networksGone = gone
    names = run.plan.ports.map(\.name)
    networkNames = run.plan.networks.map(\.name)
  }

  /// Whether a failure of pairs with this host follows from what is wrong at the host.
  func explains(_ failure: ProbeMatrix.Failure, network: Int, port: Endpoint) -> Bool {
    if unreachable.contains(port.port) || networksGone.contains(networkNames[network]) {
      return true
    }
    switch failure {
    case .reach: return false
    case .size: return small.contains { names[$0] == port.port }
    case .loss: return lossy.contains(port.port)
    case .rate:
      return slow.contains(port.port) || lossy.contains(port.port)
        || small.contains { names[$0] == port.port }
    }
  }
}
