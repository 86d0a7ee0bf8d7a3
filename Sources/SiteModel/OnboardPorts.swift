import Quantities

/// What the words of an onboard card say, such as `2x10G base-t`: how many ports, their rate, and
/// their socket.
public struct OnboardPorts: Hashable, Sendable {
  /// 1 to 16.
  public let ports: Int
  public let rate: DataRate
  /// As catalogues write it: `rj45`, `sfp+` or `sfp28`.
  public let connector: String

  /// Reads `2x10G base-t`, `2x10G sfp+` or `2x25G sfp28`; `nil` for other words.
  public init?(_ words: String) {
    let parts = words.lowercased().split(separator: " ")
    guard parts.count == 2 else { return nil }
    let numbers = parts[0].split(separator: "x", omittingEmptySubsequences: false)
    guard numbers.count == 2, numbers[1].hasSuffix("g"), let count = Int(numbers[0]),
      let gigabits = Int(numbers[1].dropLast()), (1...16).contains(count),
      (1...100).contains(gigabits)
    else { return nil }
    switch (parts[1], gigabits) {
    case ("base-t", 1), ("base-t", 10), ("rj45", 1), ("rj45", 10): connector = "rj45"
    case ("sfp+", 10): connector = "sfp+"
    case ("sfp28", 25): connector = "sfp28"
    default: return nil
    }
    ports = count
    rate = .gigabits(gigabits)
  }
}
