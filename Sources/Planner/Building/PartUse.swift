import CatalogModel
import Fabric
import PlanProblem

/// What a unit of a part is used for; the order is that of purposes in a bill's line.
enum UsePlace: Hashable, Comparable {
  /// A switch, module or accessory of a central switch.
  case central
  /// One of a ToR in the rack with this index.
  case tor(Int)
  case outOfBand
  case hostLink(Int)
  case uplink(Int)
  case peer
  case core
  /// Management cable of a central switch, or of a ToR in this rack.
  case management(Int?)
  /// A card in a host of this rack.
  case card(Int)

  private var rank: (Int, Int) {
    switch self {
    case .central: (0, 0)
    case .tor(let rack): (1, rack)
    case .outOfBand: (2, 0)
    case .hostLink(let rack): (3, rack)
    case .uplink(let rack): (4, rack)
    case .peer: (5, 0)
    case .core: (6, 0)
    case .management(let rack): (7, rack ?? -1)
    case .card(let rack): (8, rack)
    }
  }
  static func < (left: UsePlace, right: UsePlace) -> Bool { left.rank < right.rank }

  /// Whether it belongs to the centre, without which nothing works.
  var isCentral: Bool {
    switch self {
    case .central, .outOfBand, .peer, .core, .management(nil): true
    default: false
    }
  }

  /// Index of the rack it belongs to; `nil` for the centre.
  var rack: Int? {
    switch self {
    case .tor(let rack), .hostLink(let rack), .uplink(let rack), .card(let rack): rack
    case .management(let rack): rack
    default: nil
    }
  }
}

/// Units of parts with what they are for: the sum over a whole plan.
struct PartUse {
  struct Entry {
    var part: Int
    var place: UsePlace
    var count: Int
  }
  private(set) var entries: [Entry] = []

  init(
    problem: PlanProblem, switches: [SwitchDraft], hosts: [HostDraft], cables: [Cable],
    links: [Link]
  ) {
    for draft in switches {
      let place: UsePlace =
        switch draft.role {
        case .spine, .central: .central
        case .tor: .tor(draft.rack)
        case .outOfBand: .outOfBand
        }
      add(draft.part, 1, place)
      for module in draft.modules { add(module, 1, place) }
      for extra in draft.accessories { add(extra.part, extra.count, place) }
    }
    for host in hosts {
      for card in host.bought { add(card, 1, .card(host.rack)) }
    }
    let places = PartUse.places(of: cables, links, switches: switches, hosts: hosts)
    for (cable, place) in zip(cables, places) {
      add(problem.index(of: cable.part), cable.pieces, place)
      for end in [cable.a] + cable.b {
        if let optic = end.optic { add(problem.index(of: optic), 1, place) }
      }
    }
  }

  private mutating func add(_ part: Int?, _ count: Int, _ place: UsePlace) {
    guard let part, count > 0 else { return }
    entries.append(Entry(part: part, place: place, count: count))
  }

  /// What each cable is for, by its first link.
  private static func places(
    of cables: [Cable], _ links: [Link], switches: [SwitchDraft], hosts: [HostDraft]
  ) -> [UsePlace] {
    var first: [String: Link] = [:]
    for link in links where first[link.cable] == nil { first[link.cable] = link }
    var rackOf: [String: Int] = [:]
    for draft in switches where draft.role == .tor { rackOf[draft.name] = draft.rack }
    for host in hosts { rackOf[host.host.name] = host.rack }
    return cables.map { cable in
      guard let link = first[cable.id] else { return .central }
      switch link.role {
      case .host: return .hostLink(rackOf[link.b.node] ?? 0)
      case .uplink: return .uplink(rackOf[link.a.node] ?? 0)
      case .peer: return .peer
      case .core: return .core
      case .management: return .management(rackOf[link.a.node])
      }
    }
  }

  /// Units of each part, ascending by part, of the places that pass.
  func totals(where isCounted: (UsePlace) -> Bool = { _ in true }) -> [(part: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for entry in entries where isCounted(entry.place) {
      counts[entry.part, default: 0] += entry.count
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Places in which a part is used, in order, once each.
  func places(of part: Int) -> [UsePlace] {
    Set(entries.filter { $0.part == part }.map(\.place)).sorted()
  }
}
