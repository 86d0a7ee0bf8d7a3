import Fabric
import Quantities

/// Makes of pairs that failed one finding for each thing that explains them.
struct PathCauses {
  private(set) var findings: [Finding] = []
  /// Hosts of which some port reaches nobody.
  private(set) var touched: Set<String> = []
  /// Hosts that answer nobody, in lower case: whatever else they do not answer follows from it.
  private(set) var silent: Set<String> = []
  /// Ports of hosts that nothing passes, of which a finding speaks.
  private(set) var cut: Set<Endpoint> = []
  /// Pairs that failed and that nothing explains, with one of them.
  private var unexplained:
    [(vlan: VLAN, failure: ProbeMatrix.Failure, pairs: Int, ends: [Endpoint])] = []

  /// One thing that broke in one way, in one or several VLANs.
  private struct Cause {
    var suspect: Tomography.Suspect
    var vlans: [VLAN]
  }

  private let hosts: [PlannedHost]
  private let links: [Endpoint: Link]
  private let uplinks: [String: [Link]]

  /// - Parameter isExplained: whether a pair's failure follows from what was found at one of its
  ///   ends: the host's place and that of its network, and the failure.
  /// - Parameter broken: Things that another finding speaks of, and which failures of pairs over them
  ///   follow from it.
  init(
    _ checks: PathChecks, _ fabric: Fabric, _ hosts: [PlannedHost],
    broken elements: [PathMap.Element: Set<ProbeMatrix.Failure>],
    isExplained: (ProbeMatrix.Node, ProbeMatrix.Failure) -> Bool
  ) {
    self.hosts = hosts
    links = Dictionary(
      fabric.links.lazy.filter { $0.role == .host }.map { ($0.b, $0) }
    ) { first, _ in first }
    uplinks = Dictionary(grouping: fabric.links.lazy.filter { $0.role == .uplink }, by: \.a.node)
    var marked = Dictionary(
      uniqueKeysWithValues: ProbeMatrix.Failure.allCases.map { failure in
        let own = elements.filter { $0.value.contains(failure) }.keys
        return (failure, Set(own.compactMap { checks.map.index(of: $0).map(Int.init) }))
      })
    var causes: [Cause] = []
    find(ProbeMatrix.Failure.probed, in: checks, &causes, marked: marked, isExplained)
    // What loses packets or carries small ones alone is slow for that.
    var slow = Set(causes.compactMap { checks.map.index(of: $0.suspect.element).map(Int.init) })
    for failure in ProbeMatrix.Failure.allCases { slow.formUnion(marked[failure] ?? []) }
    marked[.rate] = slow
    find([.rate], in: checks, &causes, marked: marked, isExplained)
    tell(Self.merged(causes))
    for rest in unexplained {
      let check = rest.failure.check
      findings.append(
        Finding(
          rule: check.rawValue, severity: check.severity, subject: rest.ends.map(\.shown),
          message: "\(rest.pairs) pairs of hosts fail in VLAN \(rest.vlan.id.number)"
            + " (\(rest.vlan.name)), and nothing that they share is at fault: such as"
            + " \(rest.ends.map(\.shown).joined(separator: " and "))",
          expected: check.claim,
          hint: "look at both hosts: firewalls, two hosts with one address, a way in one direction")
      )
    }
  }

  /// Where links between switches are to blame for pairs of one network, they are for those of another
  /// too, of which nothing tells them from the port of a host.
  private static func merged(_ causes: [Cause]) -> [Cause] {
    var kept = causes
    for cause in causes where !cause.suspect.alike.isEmpty {
      guard
        let known = kept.firstIndex(where: {
          $0.suspect.failure == cause.suspect.failure
            && cause.suspect.alike.contains($0.suspect.element)
        }),
        let own = kept.firstIndex(where: {
          $0.suspect.element == cause.suspect.element
            && $0.suspect.failure == cause.suspect.failure
        })
      else { continue }
      kept[known].suspect.pairs += cause.suspect.pairs
      kept[known].vlans += cause.vlans
      kept.remove(at: own)
    }
    return kept
  }

  private mutating func find(
    _ failures: [ProbeMatrix.Failure], in checks: PathChecks, _ causes: inout [Cause],
    marked: [ProbeMatrix.Failure: Set<Int>],
    _ isExplained: (ProbeMatrix.Node, ProbeMatrix.Failure) -> Bool
  ) {
    let cut = cutAlone(failures, in: checks, marked: marked, isExplained)
    var blamed: [(element: PathMap.Element, failure: ProbeMatrix.Failure, vlan: VLAN)] = []
    for matrix in checks.matrices {
      for failure in failures {
        let members = matrix.nodes.map { member(of: $0, in: matrix, failure, cut) }
        for pair in matrix.failed where pair.failure == failure {
          guard let own = members[Int(pair.from)] ?? members[Int(pair.to)] else { continue }
          blamed.append((own, failure, matrix.vlan))
        }
        let broken = matrix.nodes.indices.map {
          members[$0] != nil || isExplained(matrix.nodes[$0], failure)
            || isTeamed(matrix.nodes[$0], over: marked[failure] ?? [], checks.map)
        }
        let found = Self.suspects(failure, matrix, checks.map, marked[failure] ?? [], broken)
        if let example = found.example {
          unexplained.append(
            (
              matrix.vlan, failure, found.unexplained,
              [example.from, example.to].map { matrix.nodes[Int($0)].port }
            ))
        }
        for suspect in found.suspects {
          if let known = causes.firstIndex(where: {
            $0.suspect.element == suspect.element && $0.suspect.failure == failure
          }) {
            causes[known].suspect.pairs += suspect.pairs
            causes[known].suspect.reached = max(causes[known].suspect.reached, suspect.reached)
            causes[known].suspect.wanted = max(causes[known].suspect.wanted, suspect.wanted)
            causes[known].suspect.alike.removeAll { !suspect.alike.contains($0) }
            causes[known].vlans.append(matrix.vlan)
          } else {
            causes.append(Cause(suspect: suspect, vlans: [matrix.vlan]))
          }
        }
      }
    }
    for pair in blamed {
      guard
        let cause = causes.firstIndex(where: {
          $0.suspect.element == pair.element && $0.suspect.failure == pair.failure
        })
      else { continue }
      causes[cause].suspect.pairs += 1
      if causes[cause].vlans.last?.id != pair.vlan.id { causes[cause].vlans.append(pair.vlan) }
    }
  }

  /// What explains pairs over nothing that is marked, between nodes of which none is broken.
  private static func suspects(
    _ failure: ProbeMatrix.Failure, _ matrix: ProbeMatrix, _ map: PathMap, _ marked: Set<Int>,
    _ broken: [Bool]
  ) -> (suspects: [Tomography.Suspect], unexplained: Int, example: ProbeMatrix.Pair?) {
    Tomography.suspects(failure, matrix, map) { pair in
      map.crosses(marked, matrix.nodes[Int(pair.from)], matrix.nodes[Int(pair.to)])
        || broken[Int(pair.from)] || broken[Int(pair.to)]
    }
  }

  private func network(_ node: ProbeMatrix.Node) -> PlannedNetwork {
    hosts[node.host].networks[node.network]
  }

  /// Whether a team of which another finding names a port carries a network to a node: its path has one
  /// of the ports alone.
  private func isTeamed(
    _ node: ProbeMatrix.Node, over marked: Set<Int>, _ map: PathMap
  ) -> Bool {
    guard network(node).carriers.count > 1, !marked.isEmpty else { return false }
    return attachments(node).contains { element in
      map.index(of: element).map { marked.contains(Int($0)) } ?? false
    }
  }

  /// All ports that may carry a network to a node.
  private func attachments(_ node: ProbeMatrix.Node) -> [PathMap.Element] {
    let host = hosts[node.host]
    return network(node).carriers.map {
      .attachment(Endpoint(node: host.name, port: host.ports[$0].name))
    }
  }

  /// Ports of hosts that nothing passes in a network which they carry alone. Of a network that a team
  /// carries some pairs pass by other members, as it happens, so that it cannot tell.
  private func cutAlone(
    _ failures: [ProbeMatrix.Failure], in checks: PathChecks,
    marked: [ProbeMatrix.Failure: Set<Int>],
    _ isExplained: (ProbeMatrix.Node, ProbeMatrix.Failure) -> Bool
  ) -> [ProbeMatrix.Failure: Set<PathMap.Element>] {
    var cut: [ProbeMatrix.Failure: Set<PathMap.Element>] = [:]
    for matrix in checks.matrices where !matrix.failed.isEmpty {
      let alone = Set(
        matrix.nodes.lazy.filter { network($0).carriers.count == 1 }
          .map { PathMap.Element.attachment($0.port) })
      guard !alone.isEmpty else { continue }
      for failure in failures {
        let broken = matrix.nodes.map { isExplained($0, failure) }
        let found = Self.suspects(failure, matrix, checks.map, marked[failure] ?? [], broken)
        cut[failure, default: []].formUnion(
          found.suspects.lazy.filter { !$0.isPartial }.map(\.element).filter(alone.contains))
      }
    }
    return cut
  }

  /// The port that is cut of the team which carries a network to a node, where others of the team let some
  /// pairs pass.
  private func member(
    of node: ProbeMatrix.Node, in matrix: ProbeMatrix, _ failure: ProbeMatrix.Failure,
    _ cut: [ProbeMatrix.Failure: Set<PathMap.Element>]
  ) -> PathMap.Element? {
    guard network(node).carriers.count > 1, let cut = cut[failure], !cut.isEmpty,
      matrix.passes[failure.rawValue][Int(node.place.attachment)] > 0
    else { return nil }
    return attachments(node).first(where: cut.contains)
  }

  private mutating func tell(_ causes: [Cause]) {
    var done: Set<Int> = []
    for (place, cause) in causes.enumerated() where !done.contains(place) {
      done.insert(place)
      // A host of which no port reaches anybody is one cause.
      if case .attachment(let port) = cause.suspect.element, cause.suspect.failure == .reach {
        touched.insert(port.node)
        cut.insert(port)
        let others = causes.indices.filter { other in
          guard !done.contains(other), causes[other].suspect.failure == .reach,
            case .attachment(let otherPort) = causes[other].suspect.element
          else { return false }
          return otherPort.node == port.node
        }
        let own = [place] + others
        let ports = Set(
          own.compactMap { index -> String? in
            if case .attachment(let port) = causes[index].suspect.element { port.port } else { nil }
          })
        if let host = hosts.first(where: { $0.name == port.node }), ports.count > 1,
          ports.isSuperset(of: host.networks.map { host.ports[$0.port].name })
        {
          done.formUnion(others)
          silent.insert(host.name.lowercased())
          findings.append(whole(host, own.reduce(0) { $0 + causes[$1].suspect.pairs }))
          continue
        }
      }
      findings.append(finding(cause))
    }
  }

  private func whole(_ host: PlannedHost, _ pairs: Int) -> Finding {
    Finding(
      rule: CheckID.pathReach.rawValue, subject: [host.name],
      message: "\(host.name) answers nobody in any network by any port"
        + " (\(pairs) pairs of hosts)",
      expected: "an answer in "
        + unique(host.networks.map(\.name)).joined(separator: ", "),
      hint: "the host is off, or the cables of its two ports are crossed: "
        + host.ports.map { "\($0.name) belongs in \($0.switchPort.shown) (\($0.cable))" }
        .joined(separator: ", "))
  }

  private func finding(_ cause: Cause) -> Finding {
    let suspect = cause.suspect
    var (place, subject, hint) = place(of: suspect)
    for element in suspect.alike {
      var other = suspect
      other.element = element
      let also = self.place(of: other)
      place += ", or \(also.shown), which the same pairs pass,"
      hint += ", else \(also.hint)"
    }
    let vlans =
      unique(cause.vlans.map { "VLAN \($0.id.number) (\($0.name))" }).joined(separator: ", ")
    let pairs = "\(suspect.pairs) pairs of hosts"
    let check = suspect.failure.check
    let message: String
    let expected: String
    switch suspect.failure {
    case .reach:
      message = "nothing passes \(place) in \(vlans) (\(pairs))"
      expected = "the VLAN on it, and a way through"
    case .size:
      message =
        "\(place) carries packets of \(suspect.reached) bytes and not of \(suspect.wanted) in"
        + " \(vlans)"
        + " (\(pairs))"
      expected = "\(suspect.wanted) bytes, as everywhere else"
    case .loss:
      message = "packets are lost at \(place) in \(vlans) (\(pairs))"
      expected = "no loss"
    case .rate:
      message =
        "\(place) carries \(megabits(suspect.reached)) of TCP at most in \(vlans) (\(pairs))"
      expected = "\(megabits(suspect.wanted)) at least"
    }
    return Finding(
      rule: check.rawValue, severity: check.severity, subject: subject, message: message,
      expected: expected, hint: hint)
  }

  private func megabits(_ count: Int) -> String {
    Format.rate(DataRate(bitsPerSecond: Int64(count) * 1_000_000))
  }

  private func place(
    of suspect: Tomography.Suspect
  ) -> (shown: String, subject: [String], hint: String) {
    let part = suspect.isPartial ? "one of " : ""
    switch suspect.element {
    case .attachment(let port):
      guard let link = links[port] else { return (port.shown, [port.shown], "") }
      return (
        "\(link.a.shown) (cable \(link.cable) to \(port.shown))",
        [port.shown, link.cable, link.a.shown],
        "look at the configuration of \(link.a.shown), then at cable \(link.cable)"
      )
    case .uplinks(let device):
      let own = uplinks[device] ?? []
      let cables = unique(own.map(\.cable))
      return (
        "\(part)the links of \(device) to the spine (\(cables.joined(separator: ", ")))",
        [device] + cables,
        "look at "
          + own.map { "\($0.a.shown) and \($0.b.shown)" }.joined(separator: ", ")
      )
    case .device(let device):
      return (device, [device], "look at the VLANs, the MTU and the power of \(device)")
    case .peerLink:
      return (
        "\(part)the peer link", ["peer link"], "look at the ports of the peer link on both switches"
      )
    case .spine:
      return ("\(part)the spine", ["spine"], "look at the VLANs and the MTU of both spine switches")
    }
  }
}

extension ProbeMatrix.Failure {
  /// The check that speaks of it.
  var check: CheckID {
    switch self {
    case .reach: .pathReach
    case .size: .pathMTU
    case .loss: .pathLoss
    case .rate: .pathRate
    }
  }
}
