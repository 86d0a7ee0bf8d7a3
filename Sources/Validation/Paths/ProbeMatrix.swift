import Evidence
import Fabric
import Quantities

/// What came of the probes between all hosts of one network.
struct ProbeMatrix {
  /// What a pair of hosts did not do.
  enum Failure: Int, CaseIterable {
    /// No probe of any size was answered.
    case reach
    /// Small ones were, those of the planned size were not.
    case size
    /// Some were lost.
    case loss
    /// TCP carried less than it should.
    case rate

    /// Those that probes show.
    static let probed: [Failure] = [.reach, .size, .loss]
  }

  /// A pair that failed; the one who asked first.
  struct Pair {
    var from: Int32
    var to: Int32
    var failure: Failure
    /// Largest size that was answered, in bytes, 0 for none; of a rate, megabits a second.
    var reached: Int32
    /// The same as planned.
    var wanted: Int32
  }

  /// An address of a host in the network.
  struct Node {
    /// Place in the list of hosts.
    var host: Int
    /// Place in `PlannedHost.networks`.
    var network: Int
    /// Port that carries it.
    var port: Endpoint
    var place: (attachment: Int32, device: Int32)
  }

  /// Pairs by outcome.
  struct Counts: Hashable, Sendable {
    var pass = 0
    var fail = 0
    var unknown = 0
  }

  /// Packets of each size that collectors send unasked.
  private static let usualProbes = 3

  let vlan: VLAN
  let nodes: [Node]
  private(set) var failed: [Pair] = []
  private(set) var counts = Failure.allCases.map { _ in Counts() }
  /// Per failure and element: pairs over it that did not fail so.
  private(set) var passes: [[Int32]]
  /// Per element: probes that were sent over it, and those that were lost, of pairs that answer.
  private(set) var sent: [Int64]
  private(set) var lost: [Int64]
  /// Fewest probes of all sizes together that any pair that answers sent; `nil` without any.
  private(set) var fewestProbes: Int?
  /// Whether more were sent than collectors do by themselves.
  private(set) var hasManyProbes = false

  init(vlan: VLAN, nodes: [Node], elements: Int) {
    self.vlan = vlan
    self.nodes = nodes
    passes = Failure.allCases.map { _ in [Int32](repeating: 0, count: elements) }
    sent = [Int64](repeating: 0, count: elements)
    lost = [Int64](repeating: 0, count: elements)
  }

  /// What one host saw of one other.
  private struct Seen {
    var answered: Int32 = 0
    var biggest: Int32 = 0
    var sent: Int32 = 0
    var received: Int32 = 0
    var wasTried = false
  }

  /// Takes in the probes of one node.
  mutating func take(
    _ columns: [ProbeColumn], from: Int, indices: [IPv4Address: Int], _ map: PathMap
  ) {
    var seen = [Seen](repeating: Seen(), count: nodes.count)
    let full = Int32(clamping: vlan.mtu)
    for column in columns {
      let size = Int32(clamping: column.size)
      guard size <= full else { continue }
      if column.sent > Self.usualProbes { hasManyProbes = true }
      for (place, target) in column.to.enumerated() {
        guard let to = indices[target], to != from else { continue }
        let received = column.received[place]
        seen[to].wasTried = true
        seen[to].biggest = max(seen[to].biggest, size)
        if received > 0 {
          seen[to].answered = max(seen[to].answered, size)
          seen[to].sent &+= Int32(clamping: column.sent)
          seen[to].received &+= Int32(clamping: received)
        }
      }
    }
    for to in nodes.indices where nodes[to].host != nodes[from].host {
      judge(from, to, seen[to], full, map)
    }
  }

  private mutating func judge(
    _ from: Int, _ to: Int, _ seen: Seen, _ full: Int32, _ map: PathMap
  ) {
    guard seen.wasTried, let path = map.path(from: nodes[from].place, to: nodes[to].place) else {
      for failure in Failure.probed { counts[failure.rawValue].unknown += 1 }
      return
    }
    func pair(_ failure: Failure) -> Pair {
      Pair(
        from: Int32(from), to: Int32(to), failure: failure, reached: seen.answered,
        wanted: full)
    }
    guard seen.answered > 0 else {
      counts[Failure.reach.rawValue].fail += 1
      counts[Failure.size.rawValue].unknown += 1
      counts[Failure.loss.rawValue].unknown += 1
      return failed.append(pair(.reach))
    }
    pass(.reach, path)
    if seen.answered >= full {
      pass(.size, path)
    } else if seen.biggest >= full {
      counts[Failure.size.rawValue].fail += 1
      failed.append(pair(.size))
    } else {
      counts[Failure.size.rawValue].unknown += 1
    }
    fewestProbes = min(fewestProbes ?? Int.max, Int(seen.sent))
    path.each { element in
      sent[element] += Int64(seen.sent)
      lost[element] += Int64(seen.sent) - Int64(seen.received)
    }
    if seen.received < seen.sent {
      counts[Failure.loss.rawValue].fail += 1
      failed.append(pair(.loss))
    } else {
      pass(.loss, path)
    }
  }

  private mutating func pass(_ failure: Failure, _ path: Path) {
    counts[failure.rawValue].pass += 1
    path.each { passes[failure.rawValue][$0] += 1 }
  }

  /// Takes in what TCP carried from one node to another.
  /// - Parameters:
  ///   - least: What a healthy way carries.
  ///   - path: The way.
  mutating func take(
    _ measured: DataRate, least: DataRate, from: Int, to: Int, _ path: Path
  ) {
    guard measured < least else { return pass(.rate, path) }
    func megabits(_ rate: DataRate) -> Int32 { Int32(clamping: rate.bitsPerSecond / 1_000_000) }
    counts[Failure.rate.rawValue].fail += 1
    failed.append(
      Pair(
        from: Int32(from), to: Int32(to), failure: .rate, reached: megabits(measured),
        wanted: megabits(least)))
  }

  /// Pairs from a node of which nothing is known.
  mutating func takeNothing(from: Int) {
    let others = nodes.count { $0.host != nodes[from].host }
    for failure in Failure.probed { counts[failure.rawValue].unknown += others }
  }
}
