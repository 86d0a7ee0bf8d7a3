import Glibc

/// Least squares with a small penalty on all coefficients but the first (ridge regression; Hoerl
/// and Kennard 1970, doi:10.1080/00401706.1970.10488634), solved by Cholesky factorisation in a
/// fixed order, so that the same rows give the same bits.
struct RidgeRegression {
  /// One for each column of the rows.
  let coefficients: [Double]
  /// Inverse of XᵀX + λI, for the leverage of a row.
  private let inverse: [[Double]]

  /// Fits `targets` on `rows`, whose first column is 1. `nil` when there are no rows or the matrix
  /// is not positive definite.
  init?(rows: [[Double]], targets: [Double], penalty: Double) {
    guard let width = rows.first?.count, width > 0, rows.count == targets.count,
      rows.allSatisfy({ $0.count == width })
    else { return nil }
    var normal = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    var right = [Double](repeating: 0, count: width)
    for (row, target) in zip(rows, targets) {
      for i in 0..<width {
        right[i] += row[i] * target
        for j in 0..<width { normal[i][j] += row[i] * row[j] }
      }
    }
    for i in 1..<max(width, 1) { normal[i][i] += penalty }
    guard let inverse = RidgeRegression.inverse(of: normal) else { return nil }
    self.inverse = inverse
    coefficients = (0..<width).map { i in
      (0..<width).reduce(0) { $0 + inverse[i][$1] * right[$1] }
    }
  }

  /// The fitted value for a row.
  func value(_ row: [Double]) -> Double {
    zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// How far a row lies from those that were fitted: near 1/n inside, above 1 far outside.
  func leverage(_ row: [Double]) -> Double {
    var sum = 0.0
    for i in row.indices where i < inverse.count {
      for j in row.indices where j < inverse.count { sum += row[i] * inverse[i][j] * row[j] }
    }
    return max(0, sum)
  }

  /// By Cholesky factorisation; `nil` unless positive definite.
  private static func inverse(of matrix: [[Double]]) -> [[Double]]? {
    let n = matrix.count
    var lower = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0...i {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        if i == j {
          guard sum > 1e-12 else { return nil }
          lower[i][i] = sum.squareRoot()
        } else {
          lower[i][j] = sum / lower[j][j]
        }
      }
    }
    var result = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for column in 0..<n {
      var forward = [Double](repeating: 0, count: n)
      for i in 0..<n {
        var sum = i == column ? 1.0 : 0.0
        for k in 0..<i { sum -= lower[i][k] * forward[k] }
        forward[i] = sum / lower[i][i]
      }
      for i in stride(from: n - 1, through: 0, by: -1) {
        var sum = forward[i]
        for k in (i + 1)..<max(n, i + 1) { sum -= lower[k][i] * result[k][column] }
        result[i][column] = sum / lower[i][i]
      }
    }
    return result
  }
}
