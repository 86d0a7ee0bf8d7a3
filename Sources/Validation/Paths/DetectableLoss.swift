/// How little loss a number of probes shows.
enum DetectableLoss {
  /// The least loss, in hundredths of a percent, of which `probes` probes lose at least one with a
  /// probability of 99 %: (1 - p)ⁿ ≤ 0.01.
  static func hundredths(probes: Int) -> Int {
    var (low, high) = (0, 10_000)
    while high - low > 1 {
      let middle = (low + high) / 2
      if power(1 - Double(middle) / 10_000, max(probes, 1)) <= 0.01 {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }

  /// Such as `0.46 %`.
  static func shown(probes: Int) -> String {
    let loss = hundredths(probes: probes)
    let rest = loss % 100
    return "\(loss / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}
