/// The stages of a search: a look without a closer bound, then ever further with one.
extension ComponentSearch {
  /// What a search without a closer bound finds.
  enum Look {
    /// The best answer; `nil` when there is none.
    case answer(SlotAnswer?)
    /// There are too many states to go on with.
    case crowd
  }

  /// The best answer whose lower bounds stay within `most` (1/1024 minor units), if few states show
  /// it: a closer bound takes longer to make than most searches take.
  func look(most: Int64) -> Look {
    let found = fill(most: most, beam: nil, bound: nil, limit: crowd)
    return found.isComplete ? .answer(found.answer) : .crowd
  }

  /// A good answer within `most`, not always the best: only a number of states goes on.
  func glance(most: Int64, beam: Int) -> SlotAnswer? {
    fill(most: most, beam: beam, bound: nil).answer
  }

  /// A closer bound than the linear one.
  func closeBound(most: Int64) -> DualBound {
    DualBound(steps, costs, portLimits, start: start, target: most)
  }

  /// The best answer whose lower bounds stay within `most`; `nil` when there is none.
  func best(most: Int64, _ bound: DualBound) -> SlotAnswer? {
    guard bound.least <= most else { return nil }
    // What is found within a cost is the best there is; most answers lie close above the bound, and
    // looking no further takes a fraction of the states.
    var most = most
    var hasGlanced = false
    for (index, part) in ComponentSearch.reaches.enumerated() {
      let reach = bound.least + (most - bound.least) / part
      let found = fill(most: reach, beam: nil, bound: bound)
      if let answer = found.answer { return answer }
      // A narrow search among many states shows how far to look.
      guard !hasGlanced, index + 1 < ComponentSearch.reaches.count,
        found.most > 5 * crowd,
        let near = fill(most: most, beam: crowd, bound: bound).answer
      else { continue }
      most = min(most, near.goods * 1024)
      hasGlanced = true
    }
    return nil
  }

  /// Parts of the distance between bound and known cost that are searched in turn.
  private static let reaches: [Int64] = [16, 4, 2, 1]
}
