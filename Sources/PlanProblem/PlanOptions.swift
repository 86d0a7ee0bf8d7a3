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

  /// What a switch's text must have words for, beside ports.
  public struct Needs: Hashable, Sendable {
    /// One of a pair (VLT, MLAG).
    public var pair: Bool
    /// Ports that go down with their uplinks.
    public var uplinkTracking: Bool
    /// Lossless Ethernet.
    public var lossless: Bool
    /// Numbers of VLANs.
    public var vlans: [Int]
    /// Makes needs.
    public init(
      pair: Bool = false, uplinkTracking: Bool = false, lossless: Bool = false, vlans: [Int] = []
    ) {
      self.pair = pair
      self.uplinkTracking = uplinkTracking
      self.lossless = lossless
      self.vlans = vlans
    }
  }

  /// Whether a switch's configuration can be written with all that it needs. Of a dialect without
  /// traits only that it writes pairs is doubted.
  public func writes(_ spec: SwitchSpec, _ needs: Needs = Needs()) -> Bool {
    guard let os = spec.os, dialects.contains(os) else { return false }
    guard let traits = traits(of: os) else { return !needs.pair }
    return (!needs.pair || traits.pair != nil)
      && (!needs.uplinkTracking || traits.uplinkTracking != nil)
      && (!needs.lossless || traits.qos != nil)
      && needs.vlans.allSatisfy { traits.holds(vlan: $0) }
  }

  /// What the texts of a dialect can hold; `nil` when that is not known.
  public func traits(of os: SwitchOS) -> DialectTraits? { traits.first { $0.os == os } }
}
