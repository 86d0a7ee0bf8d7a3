import PlanProblem

/// A lower bound that knows two things that the linear one does not: the first unit of a part
/// brings a whole spare with it, and the ports of the centre are scarce.
///
/// The linear bound counts spares as a fraction, so that ten parts of which one unit each is used
/// look as cheap as ten units of one part, and lets every rack take the ports it likes. Here
/// - of the price of a part's first spare some is divided among the steps that could use the part:
///   whatever steps do so, their shares sum to at most that; as much of the fraction that each unit
///   would cost is left out in turn (for n >= 1, a rate s and 0 <= a <= 1,
///   ceil(s n) >= a + (1 - a) s n);
/// - each port taken costs a price, and what all ports together would cost is taken off again.
///
/// An option's cost is then a sum again, so that the rest of a search is bounded as easily as by
/// the linear cost. How the prices are set decides how close the bound is, not whether it holds:
/// they climb towards the best, steps that use a part or a scarce port in the cheapest choice so far
/// pay more (subgradients of the Lagrangian dual: Geoffrion, Lagrangean relaxation for integer
/// programming, 1974; step lengths after Polyak).
///
/// Once a part is used, its whole first spare is bought: the shares of the steps that could have
/// used it and did not are then claimed as well. And once no step can add to a part any more, its
/// true cost takes the place of what was counted for it.
struct DualBound {
  /// What a step's options cost without shares, by pending mode, in 1/1024 minor units.
  private(set) var costs: [[[Int64]]] = []
  /// Shares of each step.
  private(set) var claims: [[Claim]] = []
  /// Parts with a share that a step's options use, as places in its claims.
  private(set) var uses: [[[[Int]]]] = []
  /// What is counted for each unit of a part, and for its first spare.
  private(set) var units: [Int64] = []
  private(set) var firstSpares: [Int64] = []
  /// Least cost from a step on, by pending mode.
  private(set) var rest: [[Int64]] = []
  /// Cost before the first step, less the price of all free ports.
  private(set) var start: Int64 = 0

  /// Lower bound of the whole.
  var least: Int64 { start + (rest.first?[0] ?? 0) }

  /// A step's share of a part's first spare.
  struct Claim {
    var part: Int
    var share: Int64
    /// Shares of the steps up to here.
    var through: Int64
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
    var before: Int64 = 0
    for (at, cost) in costs.enumerated() { before += cost.part.linear * Int64(start[at]) }
    var ascent = DualAscent(steps, costs, limits, start: start)
    ascent.climb(towards: Double(target - before))
    let prices = ascent.prices.map { Int64($0.rounded(.down)) }
    self.start = zip(prices, limits).reduce(before) { $0 - $1.0 * Int64($1.1.capacity) }
    takeShares(ascent, costs)
    for (step, lot) in zip(steps, ascent.lots) {
      self.costs.append(
        zip(step.options, lot.options).map { options, choices in
          zip(options, choices).map { option, choice in
            let ports = zip(prices, choice.ports).reduce(0) { $0 + $1.0 * Int64($1.1) }
            return option.adds.reduce(ports) {
              $1.at < units.count ? $0 + units[$1.at] * Int64($1.count) : $0
            }
          }
        })
      uses.append(lot.options.map { $0.map { $0.uses.map(\.place) } })
    }
    rest = SlotStep.rests(steps) { [self] place, mode, choice in
      uses[place][mode][choice].reduce(self.costs[place][mode][choice]) {
        $0 + claims[place][$1].share
      }
    }
  }

  /// Shares rounded down, so that no spare is exceeded, and what units then cost beside them.
  private mutating func takeShares(_ ascent: DualAscent, _ costs: [SettledCost]) {
    firstSpares = [Int64](repeating: 0, count: costs.count)
    for lot in ascent.lots {
      claims.append(
        zip(lot.parts, lot.shares).map { part, share in
          let share = Int64(max(0, share * (1 - 1e-9)).rounded(.down))
          firstSpares[part] += share
          return Claim(part: part, share: share, through: firstSpares[part])
        })
    }
    units = zip(costs, firstSpares).map { cost, first in
      guard first > 0 else { return cost.part.linear }
      let divided = Double(first) / Double(cost.part.unit * 1024)
      let fraction = Double(cost.part.linear - cost.part.bare)
      return cost.part.linear - Int64((divided * fraction).rounded(.up)) - 1
    }
  }

  /// What choosing an option costs, shares included, after some counts.
  func cost(_ place: Int, _ mode: Int, _ choice: Int, after counts: [Int32]) -> Int64 {
    var cost = costs[place][mode][choice]
    let claims = claims[place]
    for claim in claims where counts[claim.part] > 0 { cost += claim.share }
    for use in uses[place][mode][choice] where counts[claims[use].part] == 0 {
      cost += claims[use].through
    }
    return cost
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
