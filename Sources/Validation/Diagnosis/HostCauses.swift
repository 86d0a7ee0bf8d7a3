import Evidence
import Fabric
import Quantities

/// Makes of the failed rows of one host one finding a cause.
struct HostCauses {
  private(set) var findings: [Finding] = []
  private let host: PlannedHost
  private let system: Remedy.Means
  private let bonds: [InterfaceFacts]
  private let rows: [CheckRow]
  /// Ports whose complaints follow from something else.
  private let silenced: Set<Int>
  private let owners: AddressOwners
  /// Names of interfaces by the networks that they carry.
  private let interfaces: [String: String]

  /// - Parameter silenced: places of ports whose cabling was told already.
  init(
    _ observed: ObservedHost, _ rows: [CheckRow], silenced: Set<Int>, owners: AddressOwners
  ) {
    host = observed.plan
    system = Remedy.Means(observed.facts)
    bonds = observed.interfaces.filter { $0.kind == .team }
    interfaces = Dictionary(
      host.networks.enumerated().compactMap { place, network in
        observed.interface(ofNetwork: place).map { (network.name, $0.name) }
      }, uniquingKeysWith: { first, _ in first })
    self.rows = rows
    self.silenced = silenced
    self.owners = owners
    missing()
    single()
    teams()
    mtu()
    settings()
  }

  private func failed(_ checks: CheckID...) -> [CheckRow] {
    rows.filter { checks.contains($0.check) && $0.outcome == .fail }
  }

  private mutating func tell(_ row: CheckRow, _ message: String, hint: String = "") {
    findings.append(
      Finding(
        rule: row.check.rawValue, severity: row.check.severity,
        subject: [host.name] + (row.place.isEmpty ? [] : [row.place]), message: message,
        expected: row.expected, hint: hint))
  }

  /// Whether none of some ports is there, so that nothing can stand on them.
  private func isGone(_ ports: [Int]) -> Bool {
    let missing = Set(failed(.nicPresent).flatMap(\.ports))
    return !ports.isEmpty && ports.allSatisfy(missing.contains)
  }

  /// Ports that are not there are one cause: a card that is missing, or ports that nobody named.
  private mutating func missing() {
    let rows = failed(.nicPresent)
    guard let first = rows.first else { return }
    let names = rows.map(\.place).joined(separator: ", ")
    findings.append(
      Finding(
        rule: first.check.rawValue, subject: [host.name] + rows.map(\.place),
        message: rows.count == 1
          ? "\(host.name) has no port \(names)" : "\(host.name) has no ports \(names)",
        expected: rows.count == host.ports.count
          ? "ports of these names" : "the ports of all cards",
        hint: "look whether the card is in its slot, and name its ports (name-nics.sh, apply.ps1)"))
  }

  /// Checks of which each failure is a cause by itself.
  private mutating func single() {
    for row in rows where row.outcome == .fail {
      let ports = row.ports
      let isSilenced = !ports.isEmpty && ports.allSatisfy(silenced.contains)
      let at = row.place.isEmpty ? host.name : "\(host.name) \(row.place)"
      switch row.check {
      case .evidencePlan:
        tell(
          row, "the evidence of \(host.name) was collected for another plan",
          hint: "collect it again")
      case .linkUp where !isSilenced:
        guard let place = ports.first else { continue }
        let port = host.ports[place]
        tell(
          row, row.found == "no link" ? "\(at) has no link" : "\(at) has no link: \(row.found)",
          hint: "look at cable \(port.cable) and at \(port.switchPort.shown)")
      case .linkSpeed where !isSilenced:
        tell(row, "\(at) runs at \(row.found)", hint: cableHint(ports))
      case .linkErrors where !isSilenced:
        tell(
          row, "\(at) receives damaged frames: \(row.found)",
          hint: "clean or change " + cableHint(ports))
      case .linkDrops where !isSilenced:
        tell(row, "\(at) drops frames: \(row.found)", hint: "more receive buffers and queues")
      case .nicPCIe: tell(row, "the slot of \(at) is too slow: \(row.found)", hint: "move the card")
      case .lldpSeen where !isSilenced:
        tell(
          row, "\(at) sees \(row.found) by LLDP",
          hint: "switch LLDP on at the switch, and off in the firmware of the card")
      case .address where !isGone(ports):
        guard let network = host.networks.first(where: { $0.name == row.place }) else { continue }
        let owner = owners.owner(row).flatMap {
          $0.host == host.name ? nil : ", which belongs to \($0.host)"
        }
        tell(
          row, "\(at) has \(row.found)\(owner ?? "")", hint: Remedy.address(network, system))
      case .vlanID:
        guard let network = host.networks.first(where: { $0.name == row.place }) else { continue }
        tell(
          row, "\(at) is in \(row.found) and not in \(row.expected)",
          hint: Remedy.vlan(
            network, host.ports[network.port].name, interface: interfaces[network.name], system))
      case .migrationOption, .migrationCount, .migrationNetwork, .migrationSignIn, .smbLimit:
        tell(
          row, "\(host.name) does not move guests as planned: \(row.found)",
          hint: Remedy.migration(row.check, row.expected))
      case .teamMode: tell(row, "the team of \(at) is \(row.found)")
      default: break
      }
    }
  }

  private func cableHint(_ ports: [Int]) -> String {
    guard let place = ports.first else { return "" }
    return "cable \(host.ports[place].cable) to \(host.ports[place].switchPort.shown)"
  }

  /// Members of one team that are not there are one cause, but for those that have no link.
  private mutating func teams() {
    var told: [(ports: [Int], rows: [CheckRow])] = []
    for row in failed(.teamMembers) {
      if let place = host.ports.firstIndex(where: { $0.name == row.place }),
        silenced.contains(place)
          || failed(.nicPresent, .linkUp).contains(where: { $0.ports.contains(place) })
      {
        continue
      }
      if let known = told.firstIndex(where: { $0.ports == row.ports }) {
        told[known].rows.append(row)
      } else {
        told.append((row.ports, [row]))
      }
    }
    for entry in told {
      findings.append(
        Finding(
          rule: CheckID.teamMembers.rawValue, subject: [host.name] + entry.rows.map(\.place),
          message: "a team of \(host.name) is not whole: "
            + entry.rows.map { "\($0.place) is \($0.found)" }.joined(separator: ", "),
          expected: entry.rows[0].expected,
          hint: Remedy.team(entry.rows.map(\.place), bond: bond(entry.ports), system)))
    }
  }

  /// The team that some of these ports are in.
  private func bond(_ ports: [Int]) -> String? {
    let names = Set(ports.map { host.ports[$0].name.lowercased() })
    return bonds.first { $0.lower.contains { names.contains($0.lowercased()) } }?.name
  }

  /// Layers that stand on each other are one cause: a VLAN cannot carry more than its port.
  private mutating func mtu() {
    var open = failed(.mtuHost)
    while let first = open.first {
      var ports = Set(first.ports)
      var group: [CheckRow] = []
      var grew = true
      while grew {
        grew = false
        for row in open where !ports.isDisjoint(with: row.ports) && !group.contains(row) {
          group.append(row)
          ports.formUnion(row.ports)
          grew = true
        }
      }
      if group.isEmpty { group = [first] }
      open.removeAll(where: group.contains)
      // The lowest layers are those to mend: ports, if any is among them.
      let lowest = group.filter { row in host.ports.contains { $0.name == row.place } }
      let named = lowest.isEmpty ? group : lowest
      let places = named.map { "\($0.place) \($0.found)" }.joined(separator: ", ")
      let wanted = Int(named[0].expected) ?? 0
      findings.append(
        Finding(
          rule: CheckID.mtuHost.rawValue, subject: [host.name] + named.map(\.place),
          message: "\(host.name) carries packets of less than the planned size: \(places)",
          expected: "\(named[0].expected)",
          hint: named.map { row in
            Remedy.mtu(
              interfaces[row.place] ?? row.place, wanted,
              isPort: host.ports.contains { $0.name == row.place }, system)
          }.joined(separator: "; ")))
    }
  }

  /// Settings: ports of which the same checks fail are told together.
  private mutating func settings() {
    let power = failed(.powerOS)
    for row in power {
      tell(row, "\(host.name) does not run at full clock: \(row.found)", hint: Remedy.power(system))
    }
    let families: [[CheckID]] = [
      [.flowControl, .dcbWilling, .pfcPriority, .etsBandwidth, .appPriority],
      [.rdmaOn, .rdmaTechnology], [.driverInbox], [.pfcQuiet],
      [.rssOn, .rssQueues, .rssNUMA, .interruptSpread],
      [.offload],
    ]
    for family in families {
      var told: [(checks: [CheckID], rows: [CheckRow], ports: [String])] = []
      for port in host.ports {
        let own = rows.filter {
          family.contains($0.check) && $0.outcome == .fail && $0.place == port.name
        }
        guard !own.isEmpty else { continue }
        let checks = own.map(\.check)
        if let known = told.firstIndex(where: {
          $0.checks == checks && $0.rows.map(\.found) == own.map(\.found)
        }) {
          told[known].ports.append(port.name)
        } else {
          told.append((checks, own, [port.name]))
        }
      }
      for entry in told {
        let first = entry.rows[0]
        let ports = entry.ports.joined(separator: ", ")
        findings.append(
          Finding(
            rule: first.check.rawValue, severity: entry.rows.map(\.check.severity).min() ?? .error,
            subject: [host.name] + entry.ports,
            message: "\(host.name) \(ports): "
              + entry.rows.map { "\($0.check.rawValue) is \($0.found)" }.joined(separator: "; "),
            expected: entry.rows.map { "\($0.check.rawValue) \($0.expected)" }
              .joined(separator: "; "),
            hint: unique(entry.ports.map { Remedy.setting(first.check, $0, system) })
              .filter { !$0.isEmpty }.joined(separator: "; ")))
      }
    }
  }
}
