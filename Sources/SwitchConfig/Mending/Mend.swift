/// Commands that bring a live switch back to its plan. Reading its running configuration and these
/// lines after it gives exactly the planned intent: they were read so before they were handed out.
public struct Mend: Hashable, Sendable {
  /// What opens the session in which they are typed.
  public var opening: String
  /// In this order; the blocks that they open are closed.
  public var lines: [String]
  /// Those that change the way in, for administrators: last, and on the console.
  public var accessLines: [String]
  /// Facts of the dialect on how lines are typed and taken back; without repeats.
  public var facts: [String]
}
