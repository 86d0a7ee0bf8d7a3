/// Finds how many migrations at once, how many connections or which size of block is best, by measuring as
/// few as it can. It measures nothing itself: it says what is to be measured next, and is told what came
/// of it.
///
/// It goes up from a start by halves while the time gets less, down where it does not, then looks between
/// the neighbours of the best, and at last for the smallest value that is as good: fewer at once leave
/// more of the hosts to the guests. Changes within the noise of what was measured are none.
public struct Tuner: Sendable {
  /// What it may try.
  public struct Settings: Hashable, Sendable {
    /// Values that can be set.
    public var range: ClosedRange<Int>
    /// The first of them.
    public var start: Int
    /// How often each is measured at least.
    public var repeats = 2
    /// How often a value is measured whose place is in doubt.
    public var mostRepeats = 3
    /// Changes below this part are none.
    public var floor = 0.02
    /// Values beyond which times may drop though those below gain nothing, such as all guests at once: each
    /// is measured.
    public var steps: [Int] = []
    /// Most measurements: fewer than half of what it takes to measure every value, but enough for three
    /// values, where there are so few.
    public var mostMeasurements: Int

    /// Counts at which guests that are alike end sooner: all at once, and in two turns.
    public static func steps(ofGuests guests: Int) -> [Int] {
      guests > 1 ? [guests, (guests + 1) / 2] : []
    }

    /// Makes settings.
    public init(_ range: ClosedRange<Int>, start: Int = 4) {
      self.range = range
      let all = range.count.multipliedReportingOverflow(by: mostRepeats)
      mostMeasurements =
        all.overflow ? Int.max : max(repeats * min(range.count, 3), (all.partialValue - 1) / 2)
      self.start = min(max(start, range.lowerBound), range.upperBound)
    }
  }

  /// What it found.
  public struct Result: Hashable, Sendable {
    public var best: Int
    /// Seconds with it.
    public var seconds: Double
    public var curve: TunedCurve
    /// Part of a time by which others must differ to count.
    public var threshold: Double
    /// Why it ended there.
    public var reason: String
  }

  public let settings: Settings
  public private(set) var curve = TunedCurve()
  private var failed: Set<Int> = []

  /// Makes one that has measured nothing.
  public init(_ settings: Settings) { self.settings = settings }

  /// Part of a time by which another must differ to count.
  public var threshold: Double {
    curve.threshold(floor: settings.floor, repeats: settings.repeats)
  }

  /// Notes what came of a value.
  /// - Parameter seconds: `nil` where it failed, after which neither it nor more is tried.
  public mutating func record(_ value: Int, seconds: Double?) {
    if let seconds, seconds > 0 { curve.add(value, seconds) } else { failed.insert(value) }
  }

  /// Values that may still be tried.
  private var allowed: ClosedRange<Int>? {
    guard let least = failed.min() else { return settings.range }
    return least > settings.range.lowerBound ? settings.range.lowerBound...(least - 1) : nil
  }

  /// The value that is to be measured next; `nil` when nothing more would change the result.
  public var next: Int? { isSpent ? nil : wish }

  /// Whether no more may be measured.
  private var isSpent: Bool { curve.measurements >= settings.mostMeasurements }

  /// What it would measure next if it were allowed to; `nil` when that would change nothing.
  private var wish: Int? {
    guard let allowed else { return nil }
    let start = min(max(settings.start, allowed.lowerBound), allowed.upperBound)
    return wanted(start, allowed)
  }

  /// What it would measure if each measurement were the truth: the first value that was not measured as
  /// often as it should.
  private func wanted(_ start: Int, _ allowed: ClosedRange<Int>) -> Int? {
    // Once the noise is known to be small, a value is measured again only where it is close.
    let isQuiet = curve.points.count { $0.seconds.count > 1 } >= 3 && isNoiseSmall
    let repeats = isQuiet ? 1 : settings.repeats
    func isKnown(_ value: Int) -> Bool { (curve[value]?.seconds.count ?? 0) >= repeats }
    guard isKnown(start) else { return start }
    let known = curve.points.map(\.value).filter { allowed.contains($0) }
    guard let best = known.min(by: { (time($0), $0) < (time($1), $1) }) else { return start }
    // Up by halves, as long as the largest is the best but for the noise; then down likewise.
    if let top = known.last, top < allowed.upperBound, !isWorse(top, than: best) {
      let more = min(top + max(1, top / 2), allowed.upperBound)
      if !isKnown(top) { return top }
      if top == start || isWorse(known[known.count - 2], than: top) { return more }
    }
    if let bottom = known.first, bottom > allowed.lowerBound, !isWorse(bottom, than: best) {
      if !isKnown(bottom) { return bottom }
      return max(allowed.lowerBound, bottom - max(1, bottom / 2))
    }
    if let step = settings.steps.first(where: { allowed.contains($0) && !isKnown($0) }) {
      return step
    }
    if let value = known.first(where: { !isKnown($0) }) { return value }
    return between(known, best) ?? edge(known, best) ?? beside(known, best, allowed, 1)
      ?? doubtful(known, best) ?? beside(known, best, allowed, 2) ?? hidden(known, best)
  }

  private var isNoiseSmall: Bool {
    curve.threshold(floor: settings.floor, repeats: 1) <= settings.floor
  }

  private func time(_ value: Int) -> Double { curve[value]?.median ?? .infinity }
  private func isWorse(_ value: Int, than other: Int) -> Bool {
    time(value) > time(other) * (1 + threshold)
  }

  /// In the larger gap beside the best, while something there may be better by more than the noise.
  private func between(_ known: [Int], _ best: Int) -> Int? {
    guard let place = known.firstIndex(of: best) else { return nil }
    let gaps = [
      place > 0 ? (known[place - 1], best) : nil,
      place + 1 < known.count ? (best, known[place + 1]) : nil,
    ]
    let wide = gaps.compactMap { $0 }.filter { $0.1 - $0.0 > 1 && mayHide($0) }
    guard let gap = wide.max(by: { $0.1 - $0.0 < $1.1 - $1.0 }) else { return nil }
    return (gap.0 + gap.1) / 2
  }

  /// Whether a gap beside the best may hold something better: where its other end is as good, a curve with
  /// one valley hides nothing there that counts, unless it is wide.
  private func mayHide(_ gap: (Int, Int)) -> Bool {
    gap.1 - gap.0 > 2 || isWorse(gap.0, than: gap.1) || isWorse(gap.1, than: gap.0)
  }

  /// Between the largest value that is worse, and the smallest one that is as good as the best.
  private func edge(_ known: [Int], _ best: Int) -> Int? {
    guard let place = known.firstIndex(where: { !isWorse($0, than: best) }), place > 0 else {
      return nil
    }
    let (low, high) = (known[place - 1], known[place])
    return high - low > 1 ? (low + high) / 2 : nil
  }

  /// Beside the answer, so far from it: guests that end together make steps in the curve.
  private func beside(
    _ known: [Int], _ best: Int, _ allowed: ClosedRange<Int>, _ distance: Int
  ) -> Int? {
    guard let answer = known.first(where: { !isWorse($0, than: best) }) else { return nil }
    return [answer - distance, answer + distance, best - distance, best + distance].first {
      allowed.contains($0) && !known.contains($0)
    }
  }

  /// Between two that are not far from the best, the nearest first: a step may lie there.
  private func hidden(_ known: [Int], _ best: Int) -> Int? {
    let gaps = zip(known, known.dropFirst()).filter { $1 - $0 > 1 }
    let near = gaps.map { (gap: $0, time: min(time($0.0), time($0.1))) }
      .filter { $0.time < time(best) * 1.1 }
    guard let next = near.min(by: { ($0.time, $0.gap.0) < ($1.time, $1.gap.0) }) else {
      return nil
    }
    return (next.gap.0 + next.gap.1) / 2
  }

  /// Measured once more where the answer hangs on it.
  private func doubtful(_ known: [Int], _ best: Int) -> Int? {
    guard let place = known.firstIndex(where: { !isWorse($0, than: best) }) else { return nil }
    let near = [place > 0 ? known[place - 1] : nil, known[place], best].compactMap { $0 }
    let limit = time(best) * (1 + threshold)
    let isClose = near.contains { $0 != best && abs(time($0) / limit - 1) < threshold / 2 }
    guard isClose else { return nil }
    return near.first { (curve[$0]?.seconds.count ?? 0) < settings.mostRepeats }
  }

  /// What was found; `nil` before anything was measured.
  public var result: Result? { result(naming: { "\($0)" }) }

  /// The same, with values as people call them in its reason.
  /// - Parameter most: Why nothing above the range is tried.
  public func result(
    naming name: (Int) -> String, most: String = "nothing more is allowed"
  ) -> Result? {
    // A value that failed once is none, however fast it was before.
    guard let best = curve.best(within: threshold, below: failed.min() ?? .max) else { return nil }
    return Result(
      best: best.value, seconds: best.median, curve: curve, threshold: threshold,
      reason: reason(best, name, most))
  }

  private func reason(
    _ best: TunedCurve.Point, _ name: (Int) -> String, _ most: String
  ) -> String {
    let percent = "\(Int((threshold * 1000).rounded()) / 10) %"
    guard let place = curve.points.firstIndex(of: best) else { return "" }
    var parts: [String] = []
    if place > 0 {
      parts.append("\(name(curve.points[place - 1].value)) takes longer")
    } else if best.value == settings.range.lowerBound {
      parts.append("there is nothing less")
    }
    if let least = failed.min(), least == best.value + 1 || curve.points.count == place + 1 {
      parts.append("\(name(least)) failed")
    } else if place + 1 < curve.points.count {
      let more = curve.points[(place + 1)...]
      let isSlower = more.allSatisfy { $0.median > best.median * (1 + threshold) }
      parts.append(isSlower ? "more takes longer" : "more gains less than \(percent)")
    } else if best.value == settings.range.upperBound {
      parts.append(most)
    }
    if isSpent, wish != nil { parts.append("\(curve.measurements) measurements are the most") }
    return parts.joined(separator: ", ")
  }
}
