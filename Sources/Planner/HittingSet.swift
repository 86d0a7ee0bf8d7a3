/// Smallest sets that share a member with each of some sets.
enum HittingSet {
  /// The smallest set of numbers below `count` that shares one with each of `sets`; of several the
  /// first in lexicographic order; `nil` when one of the sets is empty.
  ///
  /// - Complexity: binomial in `count` and the size of the answer; meant for a few dozen numbers.
  static func smallest(of sets: [[Int]], among count: Int) -> [Int]? {
    guard !sets.contains(where: \.isEmpty) else { return nil }
    for size in 0...max(0, count) {
      if let found = extended([], to: size, sets, count) { return found }
    }
    return nil
  }

  private static func extended(
    _ chosen: [Int], to size: Int, _ sets: [[Int]], _ count: Int
  ) -> [Int]? {
    let missed = sets.filter { set in !set.contains(where: chosen.contains) }
    if chosen.count == size { return missed.isEmpty ? chosen : nil }
    // A set whose members are all behind can no longer be hit.
    let first = (chosen.last ?? -1) + 1
    let last = missed.compactMap(\.last).min() ?? count - 1
    guard first <= last else { return nil }
    for next in first...last {
      if let found = extended(chosen + [next], to: size, sets, count) { return found }
    }
    return nil
  }
}
