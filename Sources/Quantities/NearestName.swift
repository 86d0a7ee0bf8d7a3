/// Finds the name that a mistyped one was probably meant to be.
public enum NearestName {
  /// The candidate with the fewest edits (insert, delete, replace, swap neighbours), letters' case
  /// ignored, at most a third of the word; the first on a tie; `nil` when none is near.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = Array(word.lowercased().utf8.prefix(64))
    var best: (distance: Int, name: String)?
    for name in candidates {
      let other = Array(name.lowercased().utf8.prefix(64))
      let distance = edits(wanted, other)
      guard distance <= max(1, max(wanted.count, other.count) / 3) else { continue }
      if let best, best.distance <= distance { continue }
      best = (distance, name)
    }
    return best?.name
  }

  /// Damerau-Levenshtein distance, restricted (optimal string alignment).
  private static func edits(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var before: [Int] = []
    var above = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(above[j] + 1, row[j - 1] + 1, replace)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      before = above
      above = row
    }
    return above[b.count]
  }
}
