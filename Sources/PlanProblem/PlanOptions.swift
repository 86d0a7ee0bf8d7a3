import CatalogModel

/// What the command adds to a site: which dialects can be written, and how a search goes about it.
public struct PlanOptions: Hashable, Sendable {
  /// Operating systems whose configuration can be written.
  public var dialects: [SwitchOS]
  /// What their texts can hold, as far as that is known; ascending by operating system.
  public var traits: [DialectTraits]
  /// States of one slot from which on a search stops to look for closer bounds. What it finds does
  /// not depend on it: a small number leads every search of a small site through all its stages.
  public var crowd: Int
  /// Makes options.
  public init(dialects: [SwitchOS], traits: [DialectTraits], crowd: Int = 400) {
    self.dialects = dialects
    self.traits = traits.sorted { $0.os < $1.os }
    self.crowd = max(1, crowd)
  }

  /// Those of the dialects in which a pair (VLT, MLAG) can be written.
  public var pairDialects: [SwitchOS] {
    dialects.filter { traits(of: $0)?.pair != nil }
  }

  /// What the texts of a dialect can hold; `nil` when that is not known.
  public func traits(of os: SwitchOS) -> DialectTraits? { traits.first { $0.os == os } }
}
