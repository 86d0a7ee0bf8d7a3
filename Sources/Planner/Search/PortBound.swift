import PlanProblem
import Quantities

/// Least linear cost of all racks that the centre's ports allow.
///
/// Only ports couple the racks here, so a few uses of ports a rack and a table over the sums of
/// uses give the exact minimum; it bounds the true cost from below and proves a centre too small.
struct PortBound {
  let structure: CentreStructure
  let freePorts: Int
  /// The cheapest option of each rack for each use of ports.
  let modes: [[RackOption]]

  /// The minimum, with one rack held to one option when asked; `nil` when the ports do not
  /// suffice.
  func least(forcing forced: (rack: Int, option: RackOption)?) -> Int64? {
    var uses = [structure.use]
    var costs: [Int64] = [0]
    for (rack, options) in modes.enumerated() {
      let allowed = forced.flatMap { $0.rack == rack ? [$0.option] : nil } ?? options
      var nextUses: [PortUse] = []
      var nextCosts: [Int64] = []
      var known: [PortUse: Int] = [:]
      for (use, cost) in zip(uses, costs) {
        for option in allowed {
          let sum = PortBound.sum(use, option.centreUse)
          guard structure.variant.fits(sum, freePorts: freePorts) else { continue }
          let total = cost + option.linear
          if let at = known[sum] {
            nextCosts[at] = min(nextCosts[at], total)
          } else {
            known[sum] = nextUses.count
            nextUses.append(sum)
            nextCosts.append(total)
          }
        }
      }
      guard !nextUses.isEmpty else { return nil }
      uses = nextUses
      costs = nextCosts
    }
    return costs.min()
  }

  private static func sum(_ a: PortUse, _ b: PortUse) -> PortUse {
    var sum = a
    for group in sum.native.indices {
      sum.native[group] += b.native[group]
      sum.split[group] += b.split[group]
      sum.hosts[group] += b.hosts[group]
    }
    return sum
  }
}
