/// Which media one device accepts, prepared for many questions.
public struct DeviceAcceptance: Sendable {
  private let device: Part
  /// For each way in which rules name media the rule that names the device most closely; of equal
  /// ones the first.
  private let rules: [String: (rank: Int, verdict: CompatibilityRule.Verdict)]

  /// Collects the rules of a catalogue that name a device, its operating system or its vendor.
  public init(_ device: Part, in catalog: Catalog) {
    self.device = device
    let keys = Catalog.keys(ofDevice: device)
    var rules: [String: (rank: Int, verdict: CompatibilityRule.Verdict)] = [:]
    for rule in catalog.compatibility {
      guard let rank = keys.firstIndex(of: rule.device) else { continue }
      if let known = rules[rule.medium], known.rank <= rank { continue }
      rules[rule.medium] = (rank, rule.verdict)
    }
    self.rules = rules
  }

  /// Whether a rule for the device names a medium by its id.
  public func names(_ medium: PartID) -> Bool { rules[medium.rawValue] != nil }

  /// The verdict of `Catalog.acceptance(of:in:)` for a medium.
  public func verdict(of medium: Part) -> CompatibilityRule.Verdict {
    if let cable = medium.asCable, !cable.family.isAttached { return .yes }
    var best: (rank: Int, verdict: CompatibilityRule.Verdict)?
    for key in Catalog.keys(ofMedium: medium, in: device) {
      guard let found = rules[key] else { continue }
      if let known = best, known.rank <= found.rank { continue }
      best = found
    }
    return best?.verdict ?? Catalog.verdictWithoutRule(of: medium, in: device)
  }
}
