import Fabric
import Quantities
import SiteModel

/// A host that can give its guests to others, and take theirs.
struct PoolMember {
  var host: Host
  var group: HostGroup
  var ports: MigrationPorts
  /// Guests that its memory holds; `nil` where the site does not say how much it has.
  var slots: Int?
  var guests = 0
}

/// Hosts among which guests move: those of one operating system.
///
/// All guests are alike, so what a host holds is a number of them: a cluster holds all guests without a
/// host when the others have as many places.
struct GuestPool {
  /// In the order of the plan.
  var members: [PoolMember]

  /// All pools of some hosts, in the order of their first ones.
  static func all(of members: [PoolMember]) -> [GuestPool] {
    unique(members.map(\.group.os)).map { os in
      GuestPool(members: members.filter { $0.group.os == os })
    }
  }

  /// Gives each host as many guests as leave room for those of any one of them on the others: the part
  /// of its places that all places but those of the largest host are.
  mutating func fill() {
    let places = members.map { $0.slots ?? 0 }
    let all = places.reduce(0, +)
    guard all > 0, let most = places.max() else { return }
    // Places of one host are below 65,537 (64 TiB in guests of 1 GiB), hosts a few thousand.
    for place in members.indices { members[place].guests = places[place] * (all - most) / all }
  }

  /// Whether the others have room for the guests of any one host; `nil` where the memory of one is not
  /// known.
  var fits: Bool? {
    let places = members.compactMap(\.slots)
    guard places.count == members.count, let most = places.max() else { return nil }
    return members.reduce(0) { $0 + $1.guests } <= places.reduce(0, +) - most
      && members.allSatisfy { $0.guests <= $0.slots ?? 0 }
  }

  /// Guests that each host gives away when one after the other is drained and guests stay where they went:
  /// later hosts have some of the earlier ones too. Where they do not fit each has its own alone.
  var givenAway: [Int] {
    var loads = members.map(\.guests)
    guard fits != false, members.count > 1 else { return loads }
    // Where memory is not known the host with the fewest guests takes the next.
    let places = members.map { $0.slots ?? 1 << 40 }
    return members.indices.map { drained in
      let given = loads[drained]
      loads[drained] = 0
      let takers = members.indices.filter { $0 != drained }
      let free = takers.map { places[$0] - loads[$0] }
      for (taker, taken) in zip(takers, Self.levelled(given, over: free)) { loads[taker] += taken }
      return given
    }
  }

  /// So many guests over free places, each to where most are free; of equal ones to the first.
  static func levelled(_ guests: Int, over free: [Int]) -> [Int] {
    func taken(downTo level: Int) -> Int { free.reduce(0) { $0 + max(0, $1 - level) } }
    // The lowest level above which no more places are than guests.
    var (low, high) = ((free.min() ?? 0) - guests, free.max() ?? 0)
    while low < high {
      let middle = low + (high - low) / 2
      if taken(downTo: middle) <= guests { high = middle } else { low = middle + 1 }
    }
    var left = guests - taken(downTo: low)
    return free.map { own in
      let extra = own >= low && left > 0 ? 1 : 0
      left -= extra
      return max(0, own - low) + extra
    }
  }
}
