import CatalogModel
import Fabric
import Quantities

/// What a set of configurations says together, with no plan beside it: the switches, and what their
/// descriptions tell of the links between them.
struct TextContext: Sendable {
  /// A switch as its configuration tells it.
  struct Switch: Sendable {
    var intent: SwitchIntent
    /// `nil` for a dialect of which nobody says what it can hold.
    var traits: DialectTraits?
    /// Place in `intent.lags` by number.
    var lagPlaces: [Int: Int]
    var name: String { intent.hostname }

    /// The LAG with a number.
    func lag(_ number: Int?) -> LAGIntent? {
      number.flatMap { lagPlaces[$0] }.map { intent.lags[$0] }
    }

    /// What a port carries: its own VLANs, or those of its LAG.
    func membership(_ port: PortIntent) -> Membership {
      port.lag == nil ? port.membership : lag(port.lag)?.membership ?? .none
    }

    /// Largest payload of a tagged frame; 22 bytes beside it where no traits say otherwise.
    func payload(_ port: PortIntent) -> Int {
      traits?.payload(linkMTU: port.mtu) ?? max(0, port.mtu - 22)
    }
  }

  /// One end of a link: places in `switches` and in its ports.
  struct End: Hashable, Sendable {
    var device: Int
    var port: Int
  }

  /// A link that the description of one end tells of.
  struct Link: Sendable {
    var a: End
    /// The switch that the description names.
    var far: Int
    /// The port of it that the description names; `nil` when it names none that exists.
    var b: End?
  }

  /// Two switches that act as one, by their places.
  struct Pair: Sendable {
    var first: Int
    var second: Int
  }

  /// In the order given; names may repeat.
  let switches: [Switch]
  /// Each link once where both ends tell of it.
  let links: [Link]
  /// Switches that found each other.
  let pairs: [Pair]
  /// The other one of a pair, by place.
  let peers: [Int?]
  /// By place, one number for all switches that links or pairs join.
  let networks: [Int]

  init(_ intents: [SwitchIntent], traits: [DialectTraits]) {
    switches = intents.map { intent in
      Switch(
        intent: intent, traits: traits.first { $0.os == intent.os },
        lagPlaces: Dictionary(
          intent.lags.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
      )
    }
    links = Self.links(switches)
    (pairs, peers) = Self.pairs(switches)
    var sets = DisjointSets(switches.count)
    for link in links { _ = sets.join(link.a.device, link.far) }
    for pair in pairs { _ = sets.join(pair.first, pair.second) }
    networks = switches.indices.map { sets.root($0) }
  }

  func port(_ end: End) -> PortIntent { switches[end.device].intent.ports[end.port] }

  // MARK: Links by descriptions

  private static func links(_ switches: [Switch]) -> [Link] {
    let places = Dictionary(
      switches.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let ports = switches.map { one in
      Dictionary(
        one.intent.ports.enumerated().map { ($1.name.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first })
    }
    var links: [Link] = []
    var known: Set<End> = []
    for (device, one) in switches.enumerated() {
      for (place, port) in one.intent.ports.enumerated() {
        let end = End(device: device, port: place)
        guard !known.contains(end), let (far, rest) = named(port.description, places),
          far != device
        else { continue }
        let b = ports[far][rest.lowercased()].map { End(device: far, port: $0) }
        if let b { known.insert(b) }
        links.append(Link(a: end, far: far, b: b))
      }
    }
    return links
  }

  /// The switch whose name is a word of a description, and what follows it.
  private static func named(
    _ description: String, _ places: [String: Int]
  ) -> (far: Int, rest: String)? {
    let words = description.split { " ,;:".contains($0) }
    for (index, word) in words.enumerated() {
      if let far = places[String(word)] {
        return (far, words[(index + 1)...].joined(separator: " "))
      }
    }
    return nil
  }

  // MARK: Pairs

  /// By the address that the heartbeat of one goes to; else by the addresses on the peer link, where
  /// these leave no choice: many pairs use the same ones.
  private static func pairs(_ switches: [Switch]) -> (pairs: [Pair], peers: [Int?]) {
    var peers = [Int?](repeating: nil, count: switches.count)
    let paired = switches.indices.filter { switches[$0].intent.pair != nil }
    let places = Dictionary(
      paired.compactMap { place in
        switches[place].intent.management.map { ($0.address, place) }
      }, uniquingKeysWith: { first, _ in first })
    func join(_ one: Int, _ two: Int) {
      guard one != two, peers[one] == nil, peers[two] == nil else { return }
      (peers[one], peers[two]) = (two, one)
    }
    for place in paired {
      if let other = switches[place].intent.pair.flatMap({ places[$0.backupDestination] }) {
        join(place, other)
      }
    }
    let alone = paired.filter { peers[$0] == nil }
    for place in alone {
      let others = alone.filter { $0 != place && meets(switches[place], switches[$0]) }
      if others.count == 1 { join(place, others[0]) }
    }
    let pairs = peers.enumerated().compactMap { one, two in
      two.flatMap { one < $0 ? Pair(first: one, second: $0) : nil }
    }
    return (pairs, peers)
  }

  /// Whether two of one domain look for each other on the peer link.
  private static func meets(_ a: Switch, _ b: Switch) -> Bool {
    guard let one = a.intent.pair, let two = b.intent.pair, let peering = one.peering else {
      return false
    }
    return one.domain == two.domain && peering.peer == two.peering?.address
  }
}
