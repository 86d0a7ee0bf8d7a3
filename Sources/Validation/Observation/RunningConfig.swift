/// Where the running configuration of a switch says something else than its plan.
public struct RunningConfig: Sendable {
  /// One setting.
  public struct Difference: Sendable {
    /// Port, `lag 3`, `vlan 711` and so on; empty for the whole switch.
    public var place: String
    public var found: String
    public var planned: String
    /// Makes a difference.
    public init(place: String, found: String, planned: String) {
      self.place = place
      self.found = found
      self.planned = planned
    }
  }
  /// Switch as the plan names it.
  public var device: String
  /// In the order of the plan; empty when it says what was planned.
  public var differences: [Difference]
  /// Commands that bring it back, in the words of its system; empty where none are known.
  public var commands: [String]
  /// Makes a comparison.
  public init(device: String, differences: [Difference], commands: [String]) {
    self.device = device
    self.differences = differences
    self.commands = commands
  }
}
