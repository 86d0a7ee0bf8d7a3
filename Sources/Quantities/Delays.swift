/// How long small messages took to another host and back, in nanoseconds.
public struct Delays: Hashable, Sendable {
  public var count: Int
  /// Half of them took no longer; 99 and 99.9 of a hundred.
  public var median: Int64
  public var p99: Int64
  public var p999: Int64
  public var longest: Int64

  /// Makes delays.
  public init(count: Int, median: Int64, p99: Int64, p999: Int64, longest: Int64) {
    self.count = count
    self.median = median
    self.p99 = p99
    self.p999 = p999
    self.longest = longest
  }

  /// Of what single messages took, by nearest rank: that which at least so many of them did not exceed.
  /// `nil` of none.
  public init?(_ nanoseconds: [Int64]) {
    let sorted = nanoseconds.sorted()
    guard let longest = sorted.last else { return nil }
    func rank(_ thousandths: Int) -> Int64 {
      sorted[max(0, (sorted.count * thousandths + 999) / 1000 - 1)]
    }
    self.init(
      count: sorted.count, median: rank(500), p99: rank(990), p999: rank(999), longest: longest)
  }
}
