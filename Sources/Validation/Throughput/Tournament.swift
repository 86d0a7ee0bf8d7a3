import Fabric
import Quantities

/// Which hosts measure what they get between them, and when: every pair in both directions, so that no
/// measurement stands in another's way.
///
/// Hosts of a network meet as teams of a round robin do (the circle method). What shares a NIC is never
/// measured at once, and what shares a LAG only as far as one of its links could carry all of it: where
/// the hash of the LAG puts them, nobody knows.
public struct Tournament: Sendable {
  /// One measurement.
  public struct Match: Hashable, Sendable {
    /// Names of hosts.
    public var sender: String
    public var receiver: String
    public var from: IPv4Address
    public var to: IPv4Address
  }

  /// Matches of a round are measured at once.
  public private(set) var rounds: [[Match]] = []
  /// Matches of all rounds.
  public var count: Int { rounds.reduce(0) { $0 + $1.count } }

  /// Makes the rounds of a plan.
  /// - Parameters:
  ///   - hosts: Hosts that take part, such as those that have an agent; all when `nil`.
  ///   - limit: Most rounds; the first of them are measured. No limit when `nil`.
  public init(_ fabric: Fabric, hosts: Set<String>? = nil, limit: Int? = nil) {
    let map = PathMap(fabric)
    let groups = Tournament.groups(
      PlannedHosts(fabric).hosts.filter { hosts?.contains($0.name) ?? true }, map)
    let longest = groups.map { Circle(count: $0.count).rounds }.max() ?? 0
    // Enough to choose from, and not the square of the hosts at once.
    let enough = groups.reduce(1) { $0 + $1.count }
    var waiting: [Candidate] = []
    var drawn = 0
    while rounds.count < limit ?? .max {
      while drawn < 2 * longest, waiting.count < enough {
        for group in groups { waiting += Tournament.candidates(group, drawn, map) }
        drawn += 1
      }
      let round = Tournament.take(&waiting)
      guard !round.isEmpty else { break }
      rounds.append(round)
    }
  }

  /// Those of one turn of the circle, there at even draws, back at odd ones.
  private static func candidates(
    _ group: [Entrant], _ draw: Int, _ map: PathMap
  ) -> [Candidate] {
    let circle = Circle(count: group.count)
    guard draw / 2 < circle.rounds else { return [] }
    return circle.pairs(draw / 2).compactMap { a, b in
      draw % 2 == 0
        ? Candidate(from: group[a], to: group[b], map)
        : Candidate(from: group[b], to: group[a], map)
    }
  }

  /// As many of those that wait as can be measured at once, the first first.
  private static func take(_ waiting: inout [Candidate]) -> [Match] {
    var busy: Set<Endpoint> = []
    var used: [Int: Int64] = [:]
    var round: [Match] = []
    var rest: [Candidate] = []
    for candidate in waiting {
      guard busy.isDisjoint(with: candidate.ports),
        candidate.shared.allSatisfy({ share in
          let before = used[share.key] ?? 0
          return before == 0 || before + candidate.rate <= share.rate
        })
      else {
        rest.append(candidate)
        continue
      }
      busy.formUnion(candidate.ports)
      for share in candidate.shared { used[share.key, default: 0] += candidate.rate }
      round.append(candidate.match)
    }
    waiting = rest
    return round
  }

  /// An address of a host in a network that is measured.
  private struct Entrant {
    var host: String
    var address: IPv4Address
    /// All ports that may carry it: one, or a team's.
    var ports: [Endpoint]
    var place: (attachment: Int32, device: Int32)
    var rate: DataRate
  }

  /// A match that waits for its round.
  private struct Candidate {
    var match: Match
    var ports: [Endpoint]
    /// The most that it can carry, in bits a second.
    var rate: Int64
    /// LAGs on its way, by direction, with the rate of one link.
    var shared: [(key: Int, rate: Int64)]

    init?(from: Entrant, to: Entrant, _ map: PathMap) {
      guard from.host != to.host, let path = map.path(from: from.place, to: to.place) else {
        return nil
      }
      match = Match(sender: from.host, receiver: to.host, from: from.address, to: to.address)
      ports = from.ports + to.ports
      rate = min(from.rate, to.rate).bitsPerSecond
      var shared: [(key: Int, rate: Int64)] = []
      var climbs = 0
      path.each { element in
        guard let link = map.sharedRate(element) else { return }
        // The first LAG is gone up, the second down: a link carries both at once.
        shared.append((element * 2 + climbs, link.bitsPerSecond))
        climbs = 1
      }
      self.shared = shared
    }
  }

  /// Networks to measure, with those in them: as few as bring every port into one, that of most
  /// ports first. What a second network of the same ports could add, probes tell.
  private static func groups(_ hosts: [PlannedHost], _ map: PathMap) -> [[Entrant]] {
    var networks: [(vlan: VLAN, entrants: [Entrant])] = []
    var places: [VLANID: Int] = [:]
    for host in hosts {
      for network in host.networks where network.foldedInto == nil {
        let port = Endpoint(node: host.name, port: host.ports[network.port].name)
        guard let place = map.attachment(port) else { continue }
        let entrant = Entrant(
          host: host.name, address: network.address,
          ports: network.carriers.map {
            Endpoint(node: host.name, port: host.ports[$0].name)
          }, place: place, rate: host.ports[network.port].rate)
        if let known = places[network.vlan.id] {
          networks[known].entrants.append(entrant)
        } else {
          places[network.vlan.id] = networks.count
          networks.append((network.vlan, [entrant]))
        }
      }
    }
    var open = Set(networks.flatMap { $0.entrants.flatMap(\.ports) })
    var left = networks
    var groups: [[Entrant]] = []
    while !open.isEmpty {
      let gains = left.map { network in
        Set(network.entrants.lazy.flatMap(\.ports)).intersection(open).count
      }
      guard let most = gains.max(), most > 0, let place = gains.firstIndex(of: most) else { break }
      let network = left.remove(at: place)
      open.subtract(network.entrants.flatMap(\.ports))
      if network.entrants.count > 1 { groups.append(network.entrants) }
    }
    return groups
  }
}

/// The circle method: one stays, the others go around. Every two meet once.
private struct Circle {
  let count: Int
  /// One more for an odd count, in which somebody waits each round.
  private var size: Int { count + count % 2 }
  var rounds: Int { count < 2 ? 0 : size - 1 }

  func pairs(_ round: Int) -> [(Int, Int)] {
    let turning = size - 1
    return (0..<(size / 2)).compactMap { place in
      let a = place == 0 ? turning : (round + place) % turning
      let b = (round + turning - place) % turning
      guard a < count, b < count else { return nil }
      return (a, b)
    }
  }
}
