import CatalogModel

/// What the command adds to a site: which dialects can be written.
public struct PlanOptions: Hashable, Sendable {
  /// Operating systems whose configuration can be written.
  public var dialects: [SwitchOS]
  /// Those of them in which a pair (VLT, MLAG) can be written.
  public var pairDialects: [SwitchOS]
  /// Makes options.
  public init(dialects: [SwitchOS], pairDialects: [SwitchOS]) {
    self.dialects = dialects
    self.pairDialects = pairDialects
  }
}
