/// Constants of a link and its hosts, fitted to migrations that were measured there.
public enum MigrationFit {
  /// A pass as it is fitted: seconds = pass + pages with content x content + empty pages x empty.
  private struct Pass {
    var content: Double
    var empty: Double
    var seconds: Double
  }

  /// Fits constants by least squares of relative differences; none of them is negative.
  ///
  /// - Parameter reports: Of guests that moved alone over one link; those that did not move are left out.
  /// - Returns: `nil` where no pass carried anything.
  public static func costs(of reports: [MigrationReport], pageSize: Int) -> MigrationCosts? {
    let moved = reports.filter { $0.outcome == .moved && !$0.isPostCopy }
    let passes = moved.flatMap(\.rounds).compactMap { round -> Pass? in
      let seconds = round.time / .seconds(1)
      guard seconds > 0 else { return nil }
      return Pass(
        content: Double(round.carried), empty: Double(round.pages - round.carried),
        seconds: seconds)
    }
    guard passes.contains(where: { $0.content > 0 }), let fitted = fitted(passes) else {
      return nil
    }
    var costs = MigrationCosts(bytesPerSecond: 1)
    let bytes = Double(pageSize) + costs.bytesPerPage
    costs.bytesPerSecond = bytes / fitted.content
    costs.bytesPerZeroPage = fitted.empty * costs.bytesPerSecond
    costs.perPass = fitted.pass
    func median(_ value: (MigrationReport) -> Double?) -> Double {
      let values = moved.compactMap(value)
      return values.isEmpty ? 0 : max(0, TunedCurve.median(values))
    }
    costs.setUp = median { $0.setUp / .seconds(1) }
    costs.blackOut = median { report in
      guard let blackOut = report.blackOut, let last = report.rounds.last else { return nil }
      return (blackOut - last.time) / .seconds(1)
    }
    costs.comparePerPage = median { report in
      guard let first = report.rounds.first, first.pages > 0 else { return nil }
      return report.comparison / .seconds(1) / Double(first.pages)
    }
    costs.cleanUp = median { report in
      guard let blackOut = report.blackOut else { return nil }
      let passes = report.rounds.dropLast().reduce(Duration.zero) { $0 + $1.time }
      return (report.total - report.setUp - passes - blackOut - report.comparison) / .seconds(1)
    }
    return costs
  }

  /// Of all choices of what costs nothing the one that fits best.
  private static func fitted(
    _ passes: [Pass]
  ) -> (pass: Double, content: Double, empty: Double)? {
    var best: (error: Double, values: [Double])?
    for used in [[1], [0, 1], [1, 2], [0, 1, 2]] {
      guard let values = solved(passes, used), values[1] > 0, values.allSatisfy({ $0 >= 0 }) else {
        continue
      }
      let error = passes.reduce(0.0) { sum, pass in
        let terms = [1, pass.content, pass.empty]
        let expected = zip(terms, values).reduce(0) { $0 + $1.0 * $1.1 }
        let difference = expected / pass.seconds - 1
        return sum + difference * difference
      }
      if let known = best, known.error <= error { continue }
      best = (error, values)
    }
    return best.map { ($0.values[0], $0.values[1], $0.values[2]) }
  }

  /// Normal equations of the terms that are used, by Gauss's elimination with the largest pivot.
  private static func solved(_ passes: [Pass], _ used: [Int]) -> [Double]? {
    let size = used.count
    guard passes.count >= size else { return nil }
    var matrix = Array(repeating: Array(repeating: 0.0, count: size + 1), count: size)
    for pass in passes {
      let all = [1, pass.content, pass.empty].map { $0 / pass.seconds }
      let terms = used.map { all[$0] }
      for row in 0..<size {
        for column in 0..<size { matrix[row][column] += terms[row] * terms[column] }
        matrix[row][size] += terms[row]
      }
    }
    for place in 0..<size {
      guard
        let pivot = (place..<size).max(by: { abs(matrix[$0][place]) < abs(matrix[$1][place]) }),
        abs(matrix[pivot][place]) > 1e-300
      else { return nil }
      matrix.swapAt(place, pivot)
      for row in 0..<size where row != place {
        let factor = matrix[row][place] / matrix[place][place]
        for column in place...size { matrix[row][column] -= factor * matrix[place][column] }
      }
    }
    var values = [0.0, 0, 0]
    for (place, term) in used.enumerated() {
      values[term] = matrix[place][size] / matrix[place][place]
    }
    return values.allSatisfy(\.isFinite) ? values : nil
  }
}
