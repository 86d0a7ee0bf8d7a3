/// Finds the word that somebody probably meant.
enum Nearest {
  /// The candidate with the smallest edit distance, if that is at most a third of its length plus
  /// one and leaves a letter in place; ties go to the earlier candidate.
  static func match(_ word: String, among candidates: [String]) -> String? {
    // Long words are no slips of the pen, and the distance is quadratic in time.
    guard word.utf8.count <= 40 else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = self.distance(Array(word.utf8), Array(candidate.utf8))
      guard distance <= candidate.utf8.count / 3 + 1, distance < word.utf8.count else { continue }
      if let current = best, current.distance <= distance { continue }
      best = (candidate, distance)
    }
    return best?.candidate
  }

  /// Levenshtein distance.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(diagonal + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
