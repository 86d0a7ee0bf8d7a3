/// Constants of a link and its hosts, fitted to migrations that were measured there.
public enum MigrationFit {
  /// Fits constants by least squares of relative differences; none of them is negative.
  ///
  /// - Parameter reports: Of guests that moved alone over one link; those that did not move are left out.
  /// - Returns: `nil` where no pass carried anything.
  public static func costs(of reports: [MigrationReport], pageSize: Int) -> MigrationCosts? {
    let moved = reports.filter { $0.outcome == .moved && !$0.isPostCopy }
    // Seconds = pass + pages with content x content + empty pages x empty.
    let tellsEmpty = tellsEmptyPages(moved)
    let passes = moved.flatMap(\.rounds).filter { $0.time > .zero }.map { round in
      let (content, empty) = (Double(round.carried), Double(round.pages - round.carried))
      return LeastSquares.Row(
        terms: tellsEmpty ? [1, content, empty] : [1, content], value: round.time / .seconds(1))
    }
    guard var fitted = LeastSquares.weights(passes, needed: 1) else { return nil }
    // A page that holds nothing costs no more than one that is full: then guests were too much alike.
    if fitted.count == 3, fitted[2] > fitted[1] {
      let plain = passes.map { LeastSquares.Row(terms: Array($0.terms.prefix(2)), value: $0.value) }
      guard let other = LeastSquares.weights(plain, needed: 1) else { return nil }
      fitted = other
    }
    var costs = MigrationCosts(bytesPerSecond: 1)
    let bytes = Double(pageSize) + costs.bytesPerPage
    costs.bytesPerSecond = bytes / fitted[1]
    if fitted.count == 3 { costs.bytesPerZeroPage = fitted[2] * costs.bytesPerSecond }
    costs.perPass = fitted[0]
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
    let processors = moved.compactMap { report in
      report.allProcessorTime.map { time in
        LeastSquares.Row(
          terms: [Double(report.bytes) / 1e9, Double(report.pagesRead)],
          value: max(time / .seconds(1), 1e-6))
      }
    }
    if let weights = LeastSquares.weights(processors, needed: 0) {
      (costs.processorSecondsPerGigabyte, costs.processorSecondsPerPage) = (weights[0], weights[1])
    }
    return costs
  }

  /// Whether guests were unlike enough in what part of them is empty to tell what an empty page costs.
  private static func tellsEmptyPages(_ reports: [MigrationReport]) -> Bool {
    let parts = reports.compactMap(\.rounds.first).filter { $0.pages > 0 }
      .map { Double($0.pages - $0.carried) / Double($0.pages) }
    guard let least = parts.min(), let most = parts.max() else { return false }
    return most - least >= 0.1
  }
}
