import CatalogModel

/// What the command adds to a site: which dialects can be written, and how a search goes about it.
public struct PlanOptions: Hashable, Sendable {
  /// Operating systems whose configuration can be written.
  public var dialects: [SwitchOS]
  /// Those of them in which a pair (VLT, MLAG) can be written.
  public var pairDialects: [SwitchOS]
  /// States of one slot from which on a search stops to look for closer bounds. What it finds does
  /// not depend on it: a small number leads every search of a small site through all its stages.
  public var crowd: Int
  /// Makes options.
  public init(dialects: [SwitchOS], pairDialects: [SwitchOS], crowd: Int = 400) {
    self.dialects = dialects
    self.pairDialects = pairDialects
    self.crowd = max(1, crowd)
  }
}
