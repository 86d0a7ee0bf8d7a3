import PlanProblem

/// A lower bound that knows two things that the linear one does not: the first unit of a part
/// brings a whole spare with it, and the ports of the centre are scarce.
///
/// The linear bound counts spares as a fraction, so that ten parts of which one unit each is used
/// look as cheap as ten units of one part, and lets every rack take the ports it likes. Here
/// - the price of a part's first spare is divided among the steps that could use the part: whatever
///   steps do so, their shares sum to at most the one spare that is bought;
/// - each port taken costs a price, and what all ports together would cost is taken off again.
///
/// An option's cost is then a sum again, so that the rest of a search is bounded as easily as by
/// the linear cost. How the prices are set decides how close the bound is, not whether it holds:
/// they climb towards the best, steps that use a part or a scarce port in the cheapest choice so far
/// pay more (subgradients of the Lagrangian dual: Geoffrion, Lagrangean relaxation for integer
/// programming, 1974; step lengths after Polyak).
struct DualBound {
  /// What a step's options cost, by pending mode, in 1/1024 minor units.
  private(set) var costs: [[[Int64]]] = []
  /// Least cost from a step on, by pending mode.
  private(set) var rest: [[Int64]] = []
  /// Cost before the first step, less the price of all free ports.
  private(set) var start: Int64 = 0

  /// Lower bound of the whole.
  var least: Int64 { start + (rest.first?[0] ?? 0) }

  /// A step as far as prices go.
  private struct Lot {
    /// Parts whose spare it may have a share of.
    var parts: [Int] = []
    /// By pending mode.
    var options: [[Choice]] = []
    var shares: [Double] = []
  }

  private struct Choice {
    /// Without shares and ports.
    var cost: Int64
    /// Places in `Lot.parts`.
    var uses: [Int]
    /// By limit of the ports.
    var ports: [Int]
  }

  /// - Parameters:
  ///   - steps: slots in order.
  ///   - costs: of each part.
  ///   - limits: of the ports, with the counts before the first step taken off.
  ///   - start: units before the first step.
  ///   - target: a cost that is known to be possible, in 1/1024 minor units.
  init(
    _ steps: [SlotStep], _ costs: [SettledCost], _ limits: [LocalPortLimit],
    start: [Int32], target: Int64
  ) {
    let spares = DualBound.spares(steps, costs, start)
    var before: Int64 = 0
    for (at, cost) in costs.enumerated() { before += cost.part.linear * Int64(start[at]) }
    var lots = steps.map { DualBound.lot($0, costs, spares, limits) }
    DualBound.divide(spares, &lots)
    var prices = [Double](repeating: 0, count: limits.count)
    var best = (lots: lots, prices: prices)
    var highest = -Double.infinity
    var stride = 1.0
    var idle = 0
    for _ in 0..<DualBound.rounds {
      let round = DualBound.evaluate(steps, lots, prices, limits)
      if round.least > highest {
        highest = round.least
        best = (lots, prices)
        idle = 0
      } else {
        idle += 1
        if idle % 6 == 0 { stride /= 2 }
      }
      let gap = Double(target - before) - round.least
      let size =
        round.uses.reduce(0.0) { $0 + Double($1.count) }
        + round.excess.reduce(0.0) { $0 + Double($1 * $1) }
      guard gap > 0, size > 0 else { break }
      let step = stride * gap / size
      for (lot, used) in round.uses.enumerated() {
        for place in used { lots[lot].shares[place] += step }
      }
      for (limit, excess) in round.excess.enumerated() {
        prices[limit] = max(0, prices[limit] + step * Double(excess))
      }
      DualBound.project(spares, &lots)
    }
    let whole = best.prices.map { Int64($0.rounded(.down)) }
    self.costs = best.lots.map { DualBound.rounded($0, whole) }
    self.start = zip(whole, limits).reduce(before) { $0 - $1.0 * Int64($1.1.capacity) }
    rest = SlotStep.rests(steps) { [costs = self.costs] in costs[$0][$1][$2] }
  }

  private static let rounds = 150

  /// For each part the price of spares that is divided, and what a unit costs beside it.
  ///
  /// Of a part that never needs a second spare, the first counts whole and no fraction; of one that
  /// may need a few, half of the first and half of the fraction (for n >= 1 and a rate s,
  /// ceil(s n) >= 1/2 + s n / 2); of all others the fraction alone.
  private static func spares(
    _ steps: [SlotStep], _ costs: [SettledCost], _ start: [Int32]
  ) -> [(divided: Int64, unit: Int64)] {
    var most = [Int64](repeating: 0, count: costs.count)
    for step in steps {
      var own = [Int64](repeating: 0, count: costs.count)
      for add in step.options.joined().flatMap(\.adds) where add.at < costs.count {
        own[add.at] = max(own[add.at], Int64(add.count))
      }
      for at in most.indices { most[at] += own[at] }
    }
    return costs.indices.map { at in
      let cost = costs[at].part
      guard start[at] == 0, cost.pack == 1, cost.spare.numerator > 0,
        let number = cost.spare.timesRoundedUp(most[at]), number <= 8
      else { return (0, cost.linear) }
      let whole = cost.unit * 1024
      return number <= 1 ? (whole, cost.bare) : (whole / 2, (cost.bare + cost.linear) / 2)
    }
  }

  private static func lot(
    _ step: SlotStep, _ costs: [SettledCost],
    _ spares: [(divided: Int64, unit: Int64)], _ limits: [LocalPortLimit]
  ) -> Lot {
    var lot = Lot()
    var places: [Int: Int] = [:]
    lot.options = step.options.map { options in
      options.map { option in
        var choice = Choice(cost: 0, uses: [], ports: limits.map { $0.taken(option.adds) })
        for add in option.adds where add.at < costs.count {
          choice.cost += spares[add.at].unit * Int64(add.count)
          guard spares[add.at].divided > 0 else { continue }
          let place = places[add.at] ?? lot.parts.count
          if place == lot.parts.count {
            places[add.at] = place
            lot.parts.append(add.at)
          }
          choice.uses.append(place)
        }
        return choice
      }
    }
    lot.shares = [Double](repeating: 0, count: lot.parts.count)
    return lot
  }

  /// Divides each price evenly.
  private static func divide(_ spares: [(divided: Int64, unit: Int64)], _ lots: inout [Lot]) {
    var users = [Int](repeating: 0, count: spares.count)
    for part in lots.flatMap(\.parts) { users[part] += 1 }
    for lot in lots.indices {
      for (place, part) in lots[lot].parts.enumerated() {
        lots[lot].shares[place] = Double(spares[part].divided) / Double(max(1, users[part]))
      }
    }
  }

  /// What the cheapest choice at some prices costs and uses.
  private struct Round {
    var least: Double
    /// For each lot the places of the parts used.
    var uses: [[Int]] = []
    /// For each limit the ports taken beyond it; negative when some are left.
    var excess: [Int]
  }

  private static func evaluate(
    _ steps: [SlotStep], _ lots: [Lot], _ prices: [Double],
    _ limits: [LocalPortLimit]
  ) -> Round {
    var rest: [Double] = [0]
    var picks: [[Int]] = []
    for (step, lot) in zip(steps, lots).reversed() {
      var least: [Double] = []
      var own: [Int] = []
      for (mode, options) in lot.options.enumerated() {
        var (best, pick) = (Double.infinity, 0)
        for (index, option) in options.enumerated() {
          var cost = Double(option.cost) + rest[step.pending(after: index, mode)]
          for place in option.uses { cost += lot.shares[place] }
          for (limit, count) in option.ports.enumerated() { cost += prices[limit] * Double(count) }
          if cost < best { (best, pick) = (cost, index) }
        }
        least.append(best)
        own.append(pick)
      }
      rest = least
      picks.append(own)
    }
    var round = Round(least: rest[0], excess: limits.map { -$0.capacity })
    for (limit, price) in prices.enumerated() {
      round.least -= price * Double(limits[limit].capacity)
    }
    var mode = 0
    for ((step, lot), own) in zip(zip(steps, lots), picks.reversed()) {
      let pick = own[mode]
      if lot.options[mode].indices.contains(pick) {
        let choice = lot.options[mode][pick]
        round.uses.append(choice.uses)
        for (limit, count) in choice.ports.enumerated() { round.excess[limit] += count }
      } else {
        round.uses.append([])
      }
      mode = step.pending(after: pick, mode)
    }
    return round
  }

  /// The nearest shares of which those of each part sum to at most its price.
  private static func project(_ spares: [(divided: Int64, unit: Int64)], _ lots: inout [Lot]) {
    var holders = [[(lot: Int, place: Int)]](repeating: [], count: spares.count)
    for (index, lot) in lots.enumerated() {
      for (place, part) in lot.parts.enumerated() { holders[part].append((index, place)) }
    }
    for (part, own) in holders.enumerated() where !own.isEmpty {
      let shares = own.map { lots[$0.lot].shares[$0.place] }
      let budget = Double(spares[part].divided)
      guard shares.reduce(0, +) > budget else { continue }
      // The projection on a simplex: the same amount off each share, none below zero.
      var sum = 0.0
      var off = 0.0
      for (index, share) in shares.sorted(by: >).enumerated() {
        sum += share
        let next = (sum - budget) / Double(index + 1)
        if next >= share { break }
        off = next
      }
      for holder in own {
        lots[holder.lot].shares[holder.place] = max(
          0, lots[holder.lot].shares[holder.place] - off)
      }
    }
  }

  /// Costs in whole units, shares rounded down so that no price is exceeded.
  private static func rounded(_ lot: Lot, _ prices: [Int64]) -> [[Int64]] {
    let shares = lot.shares.map { Int64(max(0, $0 * (1 - 1e-9)).rounded(.down)) }
    return lot.options.map { options in
      options.map { option in
        var cost = option.uses.reduce(option.cost) { $0 + shares[$1] }
        for (price, count) in zip(prices, option.ports) { cost += price * Int64(count) }
        return cost
      }
    }
  }
}

/// A limit of ports in the coordinates of one component.
struct LocalPortLimit {
  /// Coordinate of the first port.
  let first: Int
  /// By port.
  let weights: [Int]
  /// Ports still free before the first step.
  let capacity: Int

  /// Ports of the limit that additions take.
  func taken(_ adds: [(at: Int, count: Int32)]) -> Int {
    adds.reduce(0) { $1.at < first ? $0 : $0 + weights[$1.at - first] * Int($1.count) }
  }
}
