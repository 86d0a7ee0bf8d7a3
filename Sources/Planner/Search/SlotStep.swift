import PlanProblem
import Quantities

/// A slot of a component in its place among the others.
struct SlotStep {
  /// An option with the coordinates of its component.
  struct Option {
    var adds: [(at: Int, count: Int32)]
    var now: Rational
    var linear: Int64
    /// Cost without spares.
    var bare: Int64
  }

  /// By pending mode.
  var options: [[Option]]
  /// Whether the option chosen here is the pending mode of the next step; else a pending mode goes
  /// on being so if the next step depends on it.
  var choosesMode: Bool
  /// Whether the next step depends on the mode.
  var keepsMode: Bool
  /// Whether a later step adds to a part.
  var isLive: [Bool]
  /// Whether a later step takes ports of the centre.
  var portsAreLive: Bool

  /// The mode that is pending after an option was chosen.
  func pending(after choice: Int, _ mode: Int) -> Int {
    keepsMode ? (choosesMode ? choice : mode) : 0
  }

  /// The steps of a component's slots.
  static func all(
    _ slots: [Slot], _ projection: Projection, _ costs: [SettledCost]
  ) -> [SlotStep] {
    var steps = slots.enumerated().map { place, slot in
      let next = place + 1 < slots.count ? slots[place + 1] : nil
      return SlotStep(
        options: slot.options.map { list in
          list.map { option in
            let adds = projection.adds(option.adds)
            return Option(
              adds: adds, now: option.now, linear: option.linear,
              bare: adds.reduce(0) {
                $1.at < costs.count ? $0 + costs[$1.at].part.bare * Int64($1.count) : $0
              })
          }
        },
        choosesMode: slot.role == nil,
        keepsMode: next.map { $0.group == slot.group && $0.options.count > 1 } ?? false,
        isLive: [Bool](repeating: false, count: costs.count), portsAreLive: false)
    }
    for place in steps.indices.dropLast().reversed() {
      steps[place].isLive = steps[place + 1].isLive
      steps[place].portsAreLive = steps[place + 1].portsAreLive
      for add in steps[place + 1].options.joined().flatMap(\.adds) {
        if add.at < costs.count { steps[place].isLive[add.at] = true }
        if add.at >= projection.firstPort { steps[place].portsAreLive = true }
      }
    }
    return steps
  }

  /// Least sum from each step on, by pending mode; one entry more than there are steps.
  ///
  /// - Parameter cost: of an option, by step, mode and index.
  static func rests(_ steps: [SlotStep], _ cost: (Int, Int, Int) -> Int64) -> [[Int64]] {
    var rests: [[Int64]] = [[0]]
    for (place, step) in steps.enumerated().reversed() {
      let next = rests[rests.count - 1]
      rests.append(
        step.options.enumerated().map { mode, options in
          options.indices.map { cost(place, mode, $0) + next[step.pending(after: $0, mode)] }.min()
            ?? Int64.max / 4
        })
    }
    return rests.reversed()
  }
}
