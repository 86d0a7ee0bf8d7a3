/// The order in which the slots of a component are filled.
///
/// A part that some slots may have used and others still may use is open: its number of units tells
/// states apart. The fewer parts are open at a time, the fewer states there are.
struct SlotOrder {
  /// The slots of one group, which stay together, in their order.
  private struct Group {
    var slots: [Int] = []
    var parts: Set<Int> = []
  }

  private let groups: [Group]
  private let parts: Int

  /// The members of a component in the order with the fewest states, as far as can be told.
  static func best(_ members: [Int], _ table: SlotTable, _ projection: Projection) -> [Int] {
    let order = SlotOrder(members, table, projection)
    var candidates = [Array(order.groups.indices)]
    for weights in [evenWeights, growingWeights] { candidates.append(order.greedy(weights)) }
    let states = candidates.map(order.states)
    let best = candidates.indices.min { (states[$0], $0) < (states[$1], $1) } ?? 0
    return candidates[best].flatMap { order.groups[$0].slots }
  }

  private init(_ members: [Int], _ table: SlotTable, _ projection: Projection) {
    var groups: [Group] = []
    var last: Int?
    for member in members {
      let slot = table.slots[member]
      if slot.group != last { groups.append(Group()) }
      last = slot.group
      groups[groups.count - 1].slots.append(member)
      for option in slot.options.joined() {
        for add in projection.adds(option.adds) where add.at < projection.parts.count {
          groups[groups.count - 1].parts.insert(add.at)
        }
      }
    }
    self.groups = groups
    parts = projection.parts.count
  }

  /// By how many groups may have used an open part, how much it counts: each alike, or about as the
  /// logarithm of the numbers of units in which it comes.
  private static let evenWeights = [0, 1000]
  private static let growingWeights = [0, 1000, 1585, 2000, 2322, 2585, 2807, 3000]

  private static func weight(_ weights: [Int], _ users: Int) -> Int {
    weights[min(users, weights.count - 1)]
  }

  /// How many groups may use each part.
  private var users: [Int] {
    var users = [Int](repeating: 0, count: parts)
    for group in groups { for part in group.parts { users[part] += 1 } }
    return users
  }

  /// Next comes the group that leaves the least weight of open parts; of equal ones the first.
  private func greedy(_ weights: [Int]) -> [Int] {
    var wanted = users
    var used = [Int](repeating: 0, count: parts)
    var left = Array(groups.indices)
    var order: [Int] = []
    while !left.isEmpty {
      var best: (place: Int, more: Int)?
      for (place, index) in left.enumerated() {
        var more = 0
        for part in groups[index].parts {
          more -= SlotOrder.weight(weights, used[part])
          if wanted[part] > 1 { more += SlotOrder.weight(weights, used[part] + 1) }
        }
        if let best, best.more <= more { continue }
        best = (place, more)
      }
      guard let best else { break }
      let index = left.remove(at: best.place)
      for part in groups[index].parts {
        wanted[part] -= 1
        used[part] += 1
      }
      order.append(index)
    }
    return order
  }

  /// About how many states there are after all groups of an order.
  private func states(_ order: [Int]) -> Double {
    var wanted = users
    var used = [Int](repeating: 0, count: parts)
    var sum = 0.0
    for index in order {
      for part in groups[index].parts {
        wanted[part] -= 1
        used[part] += 1
      }
      sum += (0..<parts).reduce(1.0) { $0 * (wanted[$1] > 0 ? Double(used[$1] + 1) : 1) }
    }
    return sum
  }
}
