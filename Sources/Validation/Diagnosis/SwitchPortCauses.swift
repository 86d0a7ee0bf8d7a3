import Evidence
import Fabric
import Quantities

/// Makes of what tables of switches say one finding a cause: nothing that a host, the cabling or a
/// running configuration said already, and links that are dark for one reason told once.
struct SwitchPortCauses {
  private(set) var findings: [Finding] = []
  /// What of paths follows, by the thing that is broken.
  private(set) var broken: [PathMap.Element: Set<ProbeMatrix.Failure>] = [:]
  /// Ports of hosts whose missing link follows from the switch.
  private(set) var shut: Set<Endpoint> = []
  /// Ends of links that are down by what either end says.
  private(set) var down: Set<Endpoint> = []
  /// Switches of which no link is up.
  private(set) var dark: Set<String> = []

  private let fabric: Fabric
  private let runs: [String: HostRun]
  private let told: Set<Endpoint>
  private let configured: Set<Endpoint>

  /// Most ports that a finding names one by one.
  private static let longestList = 6

  /// - Parameters:
  ///   - told: ports of hosts and switches that a finding on cabling or dark switches speaks of.
  ///   - configured: places of switches of which the running configuration says something else than
  ///     the plan; with an empty port for a whole switch.
  init(
    _ checks: SwitchPortChecks, _ fabric: Fabric, _ runs: [HostRun], told: Set<Endpoint>,
    configured: Set<Endpoint>
  ) {
    self.fabric = fabric
    self.runs = Dictionary(runs.map { ($0.plan.name, $0) }) { first, _ in first }
    self.told = told
    self.configured = configured
    let open = checks.faults.filter { !isTold($0) }
    mark(open)
    dark = darkDevices(open)
    let rest = open.filter { fault in
      !(fault.isDown && !fault.isShut
        && fault.links.contains { dark.contains($0.a.node) || dark.contains($0.b.node) })
        && !isSeenByHost(fault)
    }
    tell(onePerLink(rest))
  }

  private func isTold(_ fault: SwitchPortChecks.Fault) -> Bool {
    if isConfigured(fault) { return true }
    guard fault.check == .switchLink || fault.check == .switchErrors else { return false }
    return fault.links.contains { told.contains($0.a) || told.contains($0.b) }
  }

  /// Whether the running configuration says otherwise than the plan at the same place: the setting is
  /// the cause of what the table shows.
  private func isConfigured(_ fault: SwitchPortChecks.Fault) -> Bool {
    var places = [fault.place]
    switch fault.check {
    case .switchMTU, .switchPFC: places.append("")
    case .switchVLAN: places += fault.vlans.map { "vlan \($0.vlan.number)" }
    case .switchLink where fault.isShut: break
    default: return false
    }
    let port = fabric.intent(fault.device)?.ports.first { $0.name == fault.place }
    if let lag = port?.lag { places.append("lag \(lag)") }
    return places.contains { configured.contains(Endpoint(node: fault.device, port: $0)) }
  }

  /// The port of a host on the other end; `nil` for links between switches.
  private func hostEnd(_ fault: SwitchPortChecks.Fault) -> Endpoint? {
    fault.links.first { $0.role == .host }?.b
  }

  /// Whether the host on the other end says the same.
  private func isSeenByHost(_ fault: SwitchPortChecks.Fault) -> Bool {
    guard let end = hostEnd(fault) else { return false }
    guard let run = runs[end.node], run.observed != nil else {
      // Of a host without evidence of which no port has a link, its silence says more.
      return fault.isDown && !fault.isShut && hostsDark.contains(end.node)
    }
    let check: CheckID =
      switch fault.check {
      case .switchLink: fault.isDown ? .linkUp : .linkSpeed
      case .switchErrors: .linkErrors
      default: fault.check
      }
    guard !shut.contains(end) else { return false }
    return run.rows.contains {
      $0.check == check && $0.outcome == .fail && $0.place == end.port
    }
  }

  /// Hosts without evidence whose every port is without a link at the switches.
  private var hostsDark: Set<String> = []

  private mutating func mark(_ faults: [SwitchPortChecks.Fault]) {
    for fault in faults where fault.isDown {
      for link in fault.links {
        down.insert(link.a)
        down.insert(link.b)
      }
      if fault.isShut, let end = hostEnd(fault), runs[end.node]?.observed != nil {
        shut.insert(end)
      }
    }
    for run in runs.values where run.observed == nil {
      if run.plan.ports.allSatisfy({
        down.contains(Endpoint(node: run.plan.name, port: $0.name))
      }) {
        hostsDark.insert(run.plan.name)
      }
    }
    for fault in faults {
      for link in fault.links {
        switch link.role {
        case .host:
          // That the host answers nobody says the same of a host that is off.
          let isSilent = fault.isDown && !fault.isShut && hostsDark.contains(link.b.node)
          broken[.attachment(link.b), default: []].formUnion(
            fault.isDown && !isSilent ? [.reach] : fault.failures)
        case .uplink:
          let all = fabric.links.filter { $0.role == .uplink && $0.a.node == link.a.node }
          let isCut = fault.isDown && all.allSatisfy { down.contains($0.a) }
          broken[.uplinks(link.a.node), default: []].formUnion(isCut ? [.reach] : fault.failures)
        case .peer: broken[.peerLink, default: []].formUnion(fault.failures)
        case .core, .management: break
        }
      }
    }
  }

  /// Switches of which no link is up that any table tells of: they are off.
  private mutating func darkDevices(_ faults: [SwitchPortChecks.Fault]) -> Set<String> {
    var down: Set<Endpoint> = []
    for fault in faults where fault.isDown && !fault.isShut {
      down.formUnion(fault.links.flatMap { [$0.a, $0.b] })
    }
    var dark: Set<String> = []
    for device in fabric.devices where !faults.contains(where: { $0.device == device.name }) {
      let own = fabric.switchLinks(of: device.name)
      guard own.count > 1, own.allSatisfy({ down.contains($0.a) }) else { continue }
      dark.insert(device.name)
      // A finding of the ports of its hosts says so already.
      guard !told.contains(Endpoint(node: device.name, port: "")) else { continue }
      findings.append(
        Finding(
          rule: CheckID.switchLink.rawValue, subject: [device.name],
          message: "none of the \(own.count) links of \(device.name) to other switches is up",
          expected: "a link on each",
          hint: "look whether \(device.name) has power and runs"))
    }
    return dark
  }

  /// Of a link that both ends tell of, the end that the plan names first.
  private func onePerLink(_ faults: [SwitchPortChecks.Fault]) -> [SwitchPortChecks.Fault] {
    var seen: Set<String> = []
    return faults.filter { fault in
      guard fault.check == .switchLink || fault.check == .switchErrors, fault.links.count == 1
      else { return true }
      // The end that somebody shut down is where it is mended.
      let isOther = faults.contains { other in
        other.check == fault.check && other.links == fault.links && other.device != fault.device
          && other.isShut && !fault.isShut
      }
      return !isOther && seen.insert("\(fault.check.rawValue) \(fault.links[0].id)").inserted
    }
  }

  /// Ports of one switch with the same complaint are one setting.
  private mutating func tell(_ faults: [SwitchPortChecks.Fault]) {
    var groups: [[SwitchPortChecks.Fault]] = []
    for fault in faults {
      // Cables are looked at one by one, settings together.
      let isSetting =
        fault.check == .switchMTU || fault.check == .switchVLAN
        || fault.check == .switchPFC
      if isSetting,
        let known = groups.firstIndex(where: {
          $0[0].check == fault.check && $0[0].device == fault.device && $0[0].found == fault.found
            && $0[0].expected == fault.expected
        })
      {
        groups[known].append(fault)
      } else {
        groups.append([fault])
      }
    }
    findings += groups.map(finding)
  }

  private func finding(_ group: [SwitchPortChecks.Fault]) -> Finding {
    let first = group[0]
    let shown = group.prefix(Self.longestList).map { fault in
      let ends = fault.links.map { link in
        let other = link.a.node == fault.device ? link.b : link.a
        return "\(link.cable) to \(other.shown)"
      }
      return ends.isEmpty ? fault.place : "\(fault.place) (\(ends.joined(separator: ", ")))"
    }
    let more = group.count > Self.longestList ? " and \(group.count - Self.longestList) more" : ""
    let place = "\(first.device) \(shown.joined(separator: ", "))\(more)"
    let message =
      switch first.check {
      case .switchMTU: "\(place) carries \(first.found) bytes by the switch's own table"
      case .switchErrors: "\(place) receives damaged frames: \(first.found)"
      case .switchLoop: "\(place) has \(first.found), which the plan does not have"
      default: "\(place): \(first.found)"
      }
    let subject = group.flatMap { fault in
      [fault.place]
        + fault.links.flatMap { [$0.cable, $0.a.node == fault.device ? $0.b.shown : $0.a.shown] }
    }
    return Finding(
      rule: first.check.rawValue, severity: first.check.severity,
      subject: [first.device] + unique(subject), message: message, expected: first.expected,
      hint: SwitchRemedy.hint(first, group.map(\.place), fabric))
  }
}
