/// What was measured of something that can be set: seconds by each value, and how far equal measurements
/// lie apart.
public struct TunedCurve: Hashable, Sendable {
  /// A value and what was measured with it.
  public struct Point: Hashable, Sendable {
    public var value: Int
    /// Seconds, in the order in which they were measured.
    public var seconds: [Double]

    /// Half of the measurements are above it, half below.
    public var median: Double { TunedCurve.median(seconds) }
  }

  /// Ascending by value.
  public private(set) var points: [Point] = []
  /// Measurements in all.
  public var measurements: Int { points.reduce(0) { $0 + $1.seconds.count } }

  /// Makes an empty one.
  public init() {}

  /// Notes a measurement.
  public mutating func add(_ value: Int, _ seconds: Double) {
    let place = points.firstIndex { $0.value >= value } ?? points.count
    if place < points.count, points[place].value == value {
      points[place].seconds.append(seconds)
    } else {
      points.insert(Point(value: value, seconds: [seconds]), at: place)
    }
  }

  /// What was measured with a value; `nil` before anything was.
  public subscript(value: Int) -> Point? { points.first { $0.value == value } }

  /// Standard deviation of one measurement as a part of what is measured, over all values that were
  /// measured more than once; `nil` where none was.
  public var noise: Double? {
    var (sum, freedom) = (0.0, 0)
    for point in points where point.seconds.count > 1 {
      let mean = point.seconds.reduce(0, +) / Double(point.seconds.count)
      guard mean > 0 else { continue }
      for seconds in point.seconds { sum += (seconds / mean - 1) * (seconds / mean - 1) }
      freedom += point.seconds.count - 1
    }
    return freedom > 0 ? (sum / Double(freedom)).squareRoot() : nil
  }

  /// Part of a time by which another one must differ to be another one: the noise of the difference of
  /// two medians at about two standard deviations, but not less than `floor`.
  /// - Parameter floor: Below it nobody cares.
  public func threshold(floor: Double, repeats: Int) -> Double {
    max(floor, 2 * (noise ?? 0) * (2 / Double(max(1, repeats))).squareRoot())
  }

  /// The smallest value whose time is the least, but for a part of it: what more would not pay.
  /// - Parameter limit: Only values below it count.
  public func best(within part: Double, below limit: Int = .max) -> Point? {
    let points = points.filter { $0.value < limit }
    guard let least = points.map(\.median).min() else { return nil }
    return points.first { $0.median <= least * (1 + part) }
  }

  static func median(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return .infinity }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
