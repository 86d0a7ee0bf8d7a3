import Audit
import CatalogModel
import DialectTestSupport
import Fabric
import Quantities
import SwitchConfig

/// Writes the configuration of every switch of a plan, reads it back and compares.
public enum ReadbackCheck {
  /// What became of one plan.
  public struct Outcome: Sendable {
    /// Texts by dialect.
    public var texts: [String: Int] = [:]
    public var lines = 0
    public var failures: [String] = []
  }

  /// Every switch of a plan that a dialect writes.
  public static func check(_ plan: PlannedCase) throws -> Outcome {
    var outcome = Outcome()
    let hash = FabricJSON.hash(try FabricJSON.bytes(plan.fabric))
    var intents: [SwitchIntent] = []
    for intent in plan.fabric.intents {
      guard let traits = ShippedTraits.of(intent.os), traits.writes(intent) else {
        intents.append(intent)
        continue
      }
      let place = "\(plan.name): \(intent.hostname) (\(intent.os.rawValue))"
      outcome.failures += traits.check(intent).map { "\(place): \($0.shown)" }
      let config = try ShippedTemplates.render(intent, of: plan.fabric, hash: hash)
      outcome.texts[intent.os.rawValue, default: 0] += 1
      outcome.lines += config.lines.count
      guard let read = try ShippedTemplates.read(config) else {
        outcome.failures.append("\(place): there is no reader")
        continue
      }
      outcome.failures += read.findings.map { "\(place): \($0.shown)" }
      outcome.failures += read.unknown.map { "\(place): line \($0.number) unread: \($0.text)" }
      guard let again = read.intent else {
        outcome.failures.append("\(place): no intent was read")
        continue
      }
      intents.append(again)
      if again != intent { outcome.failures.append("\(place): reads back as something else") }
      let second = try ShippedTemplates.render(again, of: plan.fabric, hash: hash)
      if second.text != config.text {
        outcome.failures.append("\(place): the text of what was read differs")
      }
    }
    outcome.failures += Auditor.audit(plan.fabric, intentsReadBack: intents).findings.map {
      "\(plan.name), read back: \($0.shown)"
    }
    outcome.failures += Auditor.audit(texts: intents, traits: ShippedTraits.all).findings.map {
      "\(plan.name), without its plan: \($0.shown)"
    }
    return outcome
  }
}
