import Fabric
import Quantities

/// Loads that networks of a plan are put under, to see what they carry, and how long small messages take
/// meanwhile.
public struct LoadPlan: Sendable {
  /// From one host to another.
  public struct Flow: Hashable, Sendable {
    public var sender: String
    public var receiver: String
    public var from: IPv4Address
    public var to: IPv4Address
  }

  /// Flows at the same time.
  public struct Shape: Sendable {
    /// Which.
    public enum Kind: String, Sendable, Codable {
      /// One host to one other.
      case oneToOne = "1:1"
      /// Several to one (incast).
      case incast = "N:1"
      /// Each to another.
      case everyone = "N:N"
      /// Several to one, in the lossless class and in another at the same time.
      case classes = "N:1 in two classes"
    }
    public var kind: Kind
    public var flows: [Flow]
    /// Payload that they can carry together, each getting its fair share of what several use.
    public var ceiling: DataRate
    /// Payload that they must carry together; `nil` where the plan does not say it, since nobody knows
    /// which of a LAG's links a flow gets.
    public var least: DataRate?

    /// The first of its flows twice, in two classes at the same time. How they share what there is the
    /// classes say, so that nothing is asked of their sum.
    public func beside(_ flows: Int) -> Shape {
      Shape(kind: .classes, flows: Array(self.flows.prefix(flows)), ceiling: ceiling, least: nil)
    }
  }

  /// A network and its loads.
  public struct Network: Sendable {
    public var name: String
    public var vlan: VLANID
    /// Priority for which the plan has priority flow control; `nil` for a network that may lose frames.
    public var losslessPriority: Int?
    /// Small messages go along it.
    public var watched: Flow
    public var shapes: [Shape]
  }

  public private(set) var networks: [Network] = []

  /// Most hosts that send to one at once: an agent takes part in eight measurements, of which one is that
  /// of delays.
  public static let mostSenders = 7

  /// Plans loads.
  /// - Parameters:
  ///   - hosts: Those that take part, such as those that have an agent; all when `nil`.
  ///   - names: Networks; when `nil` as few as bring every port into one.
  ///   - senders: Most hosts that send to one at once, 2 to `mostSenders`.
  public init(
    _ fabric: Fabric, hosts: Set<String>? = nil, networks names: Set<String>? = nil,
    senders: Int = LoadPlan.mostSenders
  ) {
    let map = PathMap(fabric)
    let planned = PlannedHosts(fabric)
    let own = planned.hosts.filter { hosts?.contains($0.name) ?? true }
    let all = Entrant.networks(own, map)
    let chosen =
      names.map { names in
        all.filter { names.contains($0.vlan.name) }
      } ?? Entrant.fewest(all)
    let senders = min(max(senders, 2), Self.mostSenders)
    networks = chosen.compactMap { network in
      Self.network(network, planned.qos, senders: senders, map)
    }
  }

  private static func network(
    _ network: EntrantNetwork, _ qos: QoSIntent?, senders: Int, _ map: PathMap
  ) -> Network? {
    let entrants = network.entrants
    guard let receiver = entrants.first,
      // Those farthest away in the order of the plan, so that the way is over as much as possible.
      let far = entrants.last(where: { $0.host != receiver.host }),
      let watched = Path(far, receiver, map)
    else { return nil }
    let others = entrants.filter { $0.host != receiver.host }
    let count = min(senders, others.count)
    var seen: Set<String> = []
    let incast = (0..<count).compactMap { number -> Path? in
      let sender = others[others.count - 1 - number * others.count / count]
      guard seen.insert(sender.host).inserted else { return nil }
      return Path(sender, receiver, map)
    }
    let half = entrants.count / 2
    let everyone = entrants.indices.compactMap { place in
      Path(entrants[place], entrants[(place + half) % entrants.count], map)
    }
    let shapes: [(Shape.Kind, [Path])] = [
      (.oneToOne, [watched]), (.incast, incast), (.everyone, everyone),
    ]
    return Network(
      name: network.vlan.name, vlan: network.vlan.id,
      losslessPriority: network.vlan.lossless
        ? qos?.groups.first { $0.lossless }?.priorities.first.map { Int($0.number) } : nil,
      watched: watched.flow,
      shapes: shapes.compactMap { kind, paths in
        // Of two hosts one sends to the other, and that is all there is.
        guard paths.count > 1 || kind == .oneToOne,
          let ceiling = ceiling(paths, network.vlan.mtu, map)
        else { return nil }
        let isSure = paths.count == 1 || paths.allSatisfy { $0.flow.receiver == receiver.host }
        return Shape(
          kind: kind, flows: paths.map(\.flow), ceiling: ceiling,
          least: isSure
            ? Rational.percent(90).timesRoundedDown(ceiling.bitsPerSecond).map {
              DataRate(bitsPerSecond: $0)
            } : nil)
      })
  }

  /// Way of a flow.
  private struct Path {
    var flow: Flow
    /// What it uses of what others may use too: element and direction.
    var uses: [Int]

    init?(_ from: Entrant, _ to: Entrant, _ map: PathMap) {
      guard from.host != to.host, let path = map.path(from: from.place, to: to.place) else {
        return nil
      }
      flow = Flow(sender: from.host, receiver: to.host, from: from.address, to: to.address)
      var uses: [Int] = []
      let (start, end) = (Int(from.place.attachment), Int(to.place.attachment))
      var climbs = 0
      path.each { element in
        guard map.capacity(element) != nil else { return }
        // Links carry both directions at once: out of one host and up, down and into the other.
        if element == start {
          uses.append(element * 2)
        } else if element == end {
          uses.append(element * 2 + 1)
        } else {
          uses.append(element * 2 + climbs)
          climbs = 1
        }
      }
      self.uses = uses
    }
  }

  /// What flows carry together when each gets its fair share of each link (max-min fairness; Bertsekas
  /// and Gallager, Data Networks, 6.5.2), as payload of TCP.
  private static func ceiling(_ paths: [Path], _ mtu: Int, _ map: PathMap) -> DataRate? {
    var left: [Int: Int64] = [:]
    for use in paths.flatMap(\.uses) { left[use] = map.capacity(use / 2) }
    var open = Array(paths.indices)
    var sum: Int64 = 0
    while !open.isEmpty {
      var counts: [Int: Int64] = [:]
      for place in open { for use in paths[place].uses { counts[use, default: 0] += 1 } }
      let shares = counts.keys.sorted().compactMap { use in
        counts[use].flatMap { count in left[use].map { (use: use, share: $0 / count) } }
      }
      guard let tightest = shares.min(by: { $0.share < $1.share }) else { return nil }
      let done = open.filter { paths[$0].uses.contains(tightest.use) }
      for place in done {
        sum += tightest.share
        for use in paths[place].uses { left[use, default: 0] -= tightest.share }
      }
      open.removeAll { done.contains($0) }
    }
    return TCPCeiling.payload(of: DataRate(bitsPerSecond: sum), mtu: mtu)
  }
}
