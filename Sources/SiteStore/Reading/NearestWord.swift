/// Finds the word that somebody meant.
enum NearestWord {
  /// The candidate with the fewest edits to `word`, if they are few enough to be a slip; the first
  /// of equals.
  static func of(_ word: String, among candidates: [String]) -> String? {
    let letters = Array(word.lowercased().utf8.prefix(48))
    var best: (word: String, edits: Int)?
    for candidate in candidates {
      let edits = distance(letters, Array(candidate.lowercased().utf8.prefix(48)))
      if edits < (best?.edits ?? .max) { best = (candidate, edits) }
    }
    guard let best, best.edits <= min(letters.count, best.word.utf8.count) / 3 else {
      return candidates.first { candidate in
        letters.count >= 4 && candidate.lowercased().utf8.starts(with: letters)
      }
    }
    return best.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(last[j] + 1, row[j - 1] + 1, replaced)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
