import PlanProblem

/// The climb to the prices of a `DualBound`.
struct DualAscent {
  private(set) var lots: [Lot]
  /// By limit of the ports.
  private(set) var prices: [Double]
  private let steps: [SlotStep]
  private let limits: [LocalPortLimit]
  /// Of each part: price of one spare, 0 where none is divided, and the fraction of it that one unit
  /// costs.
  private let spares: [(whole: Double, fraction: Double)]

  /// A step as far as prices go.
  struct Lot {
    /// Parts of whose spare it may have a share.
    var parts: [Int] = []
    /// By pending mode.
    var options: [[Choice]] = []
    var shares: [Double] = []
  }

  struct Choice {
    /// Linear cost.
    var cost: Double
    /// Places in `Lot.parts` with units.
    var uses: [(place: Int, units: Double)]
    /// By limit of the ports.
    var ports: [Int]
  }

  /// No shares and prices.
  init(
    _ steps: [SlotStep], _ costs: [SettledCost], _ limits: [LocalPortLimit], start: [Int32]
  ) {
    self.steps = steps
    self.limits = limits
    spares = costs.indices.map { at in
      let cost = costs[at].part
      guard start[at] == 0, cost.pack == 1, cost.spare.numerator > 0 else { return (0, 0) }
      return (Double(cost.unit * 1024), Double(cost.linear - cost.bare))
    }
    prices = [Double](repeating: 0, count: limits.count)
    lots = steps.map { [spares] in DualAscent.lot($0, costs, spares, limits) }
  }

  private static func lot(
    _ step: SlotStep, _ costs: [SettledCost], _ spares: [(whole: Double, fraction: Double)],
    _ limits: [LocalPortLimit]
  ) -> Lot {
    var lot = Lot()
    var places: [Int: Int] = [:]
    lot.options = step.options.map { options in
      options.map { option in
        var choice = Choice(cost: 0, uses: [], ports: limits.map { $0.taken(option.adds) })
        for add in option.adds where add.at < costs.count {
          choice.cost += Double(costs[add.at].part.linear) * Double(add.count)
          guard spares[add.at].whole > 0 else { continue }
          let place = places[add.at] ?? lot.parts.count
          if place == lot.parts.count {
            places[add.at] = place
            lot.parts.append(add.at)
          }
          choice.uses.append((place, Double(add.count)))
        }
        return choice
      }
    }
    lot.shares = [Double](repeating: 0, count: lot.parts.count)
    return lot
  }

  /// Climbs until the bound reaches a cost or the rounds are over; keeps the best.
  mutating func climb(towards target: Double) {
    divideSpares(of: evaluate())
    var best = (lots: lots, prices: prices)
    var highest = -Double.infinity
    var stride = 1.0
    var idle = 0
    for _ in 0..<DualAscent.rounds {
      let round = evaluate()
      if round.least > highest {
        highest = round.least
        best = (lots, prices)
        idle = 0
      } else {
        idle += 1
        if idle % DualAscent.patience == 0 { stride /= 2 }
      }
      let slopes = slopes(round)
      let size =
        slopes.joined().reduce(0.0) { $0 + $1 * $1 }
        + round.excess.reduce(0.0) { $0 + Double($1 * $1) }
      let gap = target - round.least
      guard gap > 0, size > 0, stride > DualAscent.shortest else { break }
      let step = stride * gap / size
      for (lot, own) in slopes.enumerated() {
        for (place, slope) in own.enumerated() { lots[lot].shares[place] += step * slope }
      }
      for (limit, excess) in round.excess.enumerated() {
        prices[limit] = max(0, prices[limit] + step * Double(excess))
      }
      project()
    }
    lots = best.lots
    prices = best.prices
  }

  private static let rounds = 400
  private static let patience = 8
  private static let shortest = 1e-4

  /// Divides evenly the spare of each part that the cheapest choice uses so little that its first
  /// spare is more than the fraction of all.
  private mutating func divideSpares(of round: Round) {
    var users = [Double](repeating: 0, count: spares.count)
    for part in lots.flatMap(\.parts) { users[part] += 1 }
    for lot in lots.indices {
      for (place, part) in lots[lot].parts.enumerated()
      where round.units[part] * spares[part].fraction < spares[part].whole {
        lots[lot].shares[place] = spares[part].whole / users[part]
      }
    }
  }

  /// What the cheapest choice at some prices costs and uses.
  private struct Round {
    var least: Double
    /// For each lot the places of the parts used.
    var uses: [[Int]] = []
    /// Of each part.
    var units: [Double]
    /// For each limit the ports taken beyond it; negative when some are left.
    var excess: [Int]
  }

  private func evaluate() -> Round {
    let discounts = discounts
    var rest: [Double] = [0]
    var picks: [[Int]] = []
    for (step, lot) in zip(steps, lots).reversed() {
      var least: [Double] = []
      var own: [Int] = []
      for (mode, options) in lot.options.enumerated() {
        var (best, pick) = (Double.infinity, 0)
        for (index, option) in options.enumerated() {
          var cost = option.cost + rest[step.pending(after: index, mode)]
          for use in option.uses {
            cost += lot.shares[use.place] - use.units * discounts[lot.parts[use.place]]
          }
          for (limit, count) in option.ports.enumerated() { cost += prices[limit] * Double(count) }
          if cost < best { (best, pick) = (cost, index) }
        }
        least.append(best)
        own.append(pick)
      }
      rest = least
      picks.append(own)
    }
    var round = Round(
      least: rest[0], units: [Double](repeating: 0, count: spares.count),
      excess: limits.map { -$0.capacity })
    for (limit, price) in prices.enumerated() {
      round.least -= price * Double(limits[limit].capacity)
    }
    var mode = 0
    for ((step, lot), own) in zip(zip(steps, lots), picks.reversed()) {
      let pick = own[mode]
      if lot.options[mode].indices.contains(pick) {
        let choice = lot.options[mode][pick]
        round.uses.append(choice.uses.map(\.place))
        for use in choice.uses { round.units[lot.parts[use.place]] += use.units }
        for (limit, count) in choice.ports.enumerated() { round.excess[limit] += count }
      } else {
        round.uses.append([])
      }
      mode = step.pending(after: pick, mode)
    }
    return round
  }

  /// What is left out of each unit's fraction of a spare: as much of it as of the spare is divided.
  private var discounts: [Double] {
    var sums = [Double](repeating: 0, count: spares.count)
    for lot in lots { for (part, share) in zip(lot.parts, lot.shares) { sums[part] += share } }
    return zip(spares, sums).map { $0.whole > 0 ? $1 / $0.whole * $0.fraction : 0 }
  }

  /// How the bound changes with each share: it is paid where the part is used, and each unit used
  /// then costs less.
  private func slopes(_ round: Round) -> [[Double]] {
    zip(lots, round.uses).map { lot, uses in
      var slopes = lot.parts.map { part in
        -round.units[part] * spares[part].fraction / spares[part].whole
      }
      for place in uses { slopes[place] += 1 }
      // A share of nothing cannot shrink.
      for place in slopes.indices where lot.shares[place] <= 0 {
        slopes[place] = max(0, slopes[place])
      }
      return slopes
    }
  }

  /// The nearest shares that are not negative and of which those of each part sum to at most its
  /// spare.
  private mutating func project() {
    var holders = [[(lot: Int, place: Int)]](repeating: [], count: spares.count)
    for (index, lot) in lots.enumerated() {
      for (place, part) in lot.parts.enumerated() { holders[part].append((index, place)) }
    }
    for (part, own) in holders.enumerated() where !own.isEmpty {
      let shares = own.map { max(0, lots[$0.lot].shares[$0.place]) }
      let budget = spares[part].whole
      // The projection on a simplex: the same amount off each share, none below zero.
      var off = 0.0
      if shares.reduce(0, +) > budget {
        var sum = 0.0
        for (index, share) in shares.sorted(by: >).enumerated() {
          sum += share
          let next = (sum - budget) / Double(index + 1)
          if next >= share { break }
          off = next
        }
      }
      for (holder, share) in zip(own, shares) {
        lots[holder.lot].shares[holder.place] = max(0, share - off)
      }
    }
  }
}
