import PlanProblem
import Quantities

/// Tells which options of a slot can never be part of an optimum.
///
/// Putting option y in the place of x adds at most the rounded-up cost of what y has more and saves
/// at least the rounded-down cost of what x has more, whatever else is built in. If that is a gain
/// and y takes no more ports, no optimum holds x.
struct OptionDominance {
  let costs: [PartCost]
  let marks: Range<Int>

  /// Options without those that one of the cheapest beats; order is kept.
  func kept(_ options: [SlotOption]) -> [SlotOption] {
    let judges = options.sorted { $0.linear < $1.linear }.prefix(24)
    return options.filter { option in !judges.contains { beats($0, option) } }
  }

  private func beats(_ y: SlotOption, _ x: SlotOption) -> Bool {
    guard y.linear < x.linear else { return false }
    var gain: Int64 = 0
    var (i, j) = (0, 0)
    while i < x.adds.count || j < y.adds.count {
      let atX = i < x.adds.count ? x.adds[i].at : Int.max
      let atY = j < y.adds.count ? y.adds[j].at : Int.max
      let at = min(atX, atY)
      let more = (atX == at ? Int64(x.adds[i].count) : 0) - (atY == at ? Int64(y.adds[j].count) : 0)
      if atX == at { i += 1 }
      if atY == at { j += 1 }
      guard more != 0 else { continue }
      if at < costs.count {
        gain += more > 0 ? costs[at].leastSaving(more) : -costs[at].mostExtra(-more)
      } else if marks.contains(at) {
        continue
      } else if more < 0 {
        return false
      }
    }
    return gain > 0
  }
}

extension PartCost {
  /// The least that leaving out some units saves, in minor units. A test batch may eat it up.
  func leastSaving(_ units: Int64) -> Int64 {
    let spares = spare.timesRoundedDown(units) ?? 0
    return unit * max(0, (units + spares) / pack - batch)
  }

  /// The most that some units more cost, in minor units, a test batch included.
  func mostExtra(_ units: Int64) -> Int64 {
    let spares = spare.timesRoundedUp(units) ?? units
    return unit * ((units + spares + pack - 1) / pack + batch)
  }
}

extension Rational {
  /// The largest integer not above `self × count` for a rate that is not negative.
  fileprivate func timesRoundedDown(_ count: Int64) -> Int64? {
    let (top, overflow) = numerator.multipliedReportingOverflow(by: count)
    return overflow ? nil : top / denominator
  }
}
