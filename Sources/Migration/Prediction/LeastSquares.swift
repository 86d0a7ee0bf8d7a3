/// Fits sums of terms to what was measured.
enum LeastSquares {
  /// What was measured, and the terms whose weighted sum it is thought to be: as many in each row.
  struct Row {
    var terms: [Double]
    var value: Double
  }

  /// The weights that leave the least squares of relative differences, none of them negative: of all
  /// choices of terms that count for nothing the one that fits best.
  /// - Parameter needed: A term that counts for something.
  /// - Returns: `nil` where nothing fits, or the rows do not tell the terms apart.
  static func weights(_ rows: [Row], needed: Int) -> [Double]? {
    guard let first = rows.first, first.terms.indices.contains(needed) else { return nil }
    var best: (error: Double, weights: [Double])?
    for choice in 0..<(1 << first.terms.count) where choice >> needed & 1 == 1 {
      let used = first.terms.indices.filter { choice >> $0 & 1 == 1 }
      guard let weights = solved(rows, used), weights[needed] > 0,
        weights.allSatisfy({ $0 >= 0 })
      else { continue }
      let error = rows.reduce(0.0) { sum, row in
        let difference = zip(row.terms, weights).reduce(0) { $0 + $1.0 * $1.1 } / row.value - 1
        return sum + difference * difference
      }
      if let known = best, known.error <= error { continue }
      best = (error, weights)
    }
    return best?.weights
  }

  /// Terms of which so small a part of their squares is left beside others are no terms of their own: what
  /// would be made of it is noise.
  private static let least = 1e-4

  /// Normal equations of the terms that are used, by Gauss's elimination with the largest pivot. Terms are
  /// brought to one size first.
  private static func solved(_ rows: [Row], _ used: [Int]) -> [Double]? {
    let size = used.count
    guard rows.count >= size, let all = rows.first?.terms.count else { return nil }
    let sizes = used.map { term in
      rows.reduce(0.0) { $0 + ($1.terms[term] / $1.value) * ($1.terms[term] / $1.value) }
        .squareRoot()
    }
    guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var matrix = Array(repeating: Array(repeating: 0.0, count: size + 1), count: size)
    for row in rows {
      let terms = zip(used, sizes).map { row.terms[$0] / row.value / $1 }
      for place in 0..<size {
        for column in 0..<size { matrix[place][column] += terms[place] * terms[column] }
        matrix[place][size] += terms[place]
      }
    }
    for place in 0..<size {
      guard
        let pivot = (place..<size).max(by: { abs(matrix[$0][place]) < abs(matrix[$1][place]) }),
        abs(matrix[pivot][place]) > least
      else { return nil }
      matrix.swapAt(place, pivot)
      for row in 0..<size where row != place {
        let factor = matrix[row][place] / matrix[place][place]
        for column in place...size { matrix[row][column] -= factor * matrix[place][column] }
      }
    }
    var weights = Array(repeating: 0.0, count: all)
    for (place, term) in used.enumerated() {
      weights[term] = matrix[place][size] / matrix[place][place] / sizes[place]
    }
    return weights.allSatisfy(\.isFinite) ? weights : nil
  }
}
