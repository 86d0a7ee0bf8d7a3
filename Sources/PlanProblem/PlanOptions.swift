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

  /// Whether a switch's configuration can be written, also as one of a pair (VLT, MLAG).
  public func writes(_ spec: SwitchSpec, paired: Bool) -> Bool {
    guard let os = spec.os, dialects.contains(os) else { return false }
    return !paired || traits(of: os)?.pair != nil
  }

  /// What the texts of a dialect can hold; `nil` when that is not known.
  public func traits(of os: SwitchOS) -> DialectTraits? { traits.first { $0.os == os } }
}
