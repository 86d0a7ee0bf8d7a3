import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SwitchConfig
import TenfoldTestSupport

/// Changes one word or line of a configuration and looks whether the reader notices.
public enum TextMutationCheck {
  /// What became of the mutations of a dialect.
  public struct Outcome: Sendable {
    public var tried = 0
    /// Those with the intent of the unchanged text and without any finding.
    public var survivors: [String] = []
  }

  /// Draws so many mutations of the configurations of some plans in one dialect.
  public static func check(
    _ plans: [PlannedCase], _ os: String, seed: UInt64, count: Int
  ) throws -> Outcome {
    var random = SplitMix64(seed: seed)
    let configs = try ShippedTemplates.configurations(of: plans, SwitchOS(rawValue: os)) { plan in
      FabricJSON.hash(try FabricJSON.bytes(plan.fabric))
    }.map(\.config)
    var outcome = Outcome()
    guard !configs.isEmpty else { return outcome }
    while outcome.tried < count {
      let place = Int.random(in: 0..<configs.count, using: &random)
      guard let mutation = TextMutation.draw(configs[place].text, &random) else { continue }
      outcome.tried += 1
      guard let before = try ShippedTemplates.read(configs[place]) else { return outcome }
      var changed = configs[place]
      changed.text = mutation.text
      guard let after = try ShippedTemplates.read(changed) else { return outcome }
      if after.intent == before.intent, after.unknown.isEmpty, after.findings == before.findings {
        outcome.survivors.append("\(configs[place].hostname): \(mutation.name)")
      }
    }
    return outcome
  }
}
