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
    let planned = PlannedHosts(fabric).hosts.filter { hosts?.contains($0.name) ?? true }
    let groups = Entrant.fewest(Entrant.networks(planned, map)).map(\.entrants)
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
