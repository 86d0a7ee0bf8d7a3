/// The ten steps of a live migration, in their order.
public enum MigrationStep: Int, Hashable, Sendable, CaseIterable, Comparable {
  /// Source and target are chosen.
  case choose = 1
  /// The target allows it.
  case permit
  /// The target has the memory, and keeps it.
  case reserve
  /// A guest without contents stands at the target.
  case skeleton
  /// Both ends are connected.
  case connect
  /// All memory is copied once, while written pages are noted.
  case copy
  /// What was written to meanwhile is copied, again and again.
  case iterate
  /// The guest stands still, and the rest is copied.
  case blackOut
  /// Both ends hold the same, and the target runs it.
  case resume
  /// The source is released.
  case cleanUp

  public static func < (left: MigrationStep, right: MigrationStep) -> Bool {
    left.rawValue < right.rawValue
  }
}
