import Audit
import CatalogModel
import DialectTestSupport
import Fabric
import SwitchConfig
import TenfoldTestSupport

/// Changes words and lines of a configuration, asks for the commands that bring the switch back, and
/// types them into a switch of its own.
public enum MendCheck {
  /// What became of the drifted configurations of a dialect.
  public struct Outcome: Sendable {
    /// Configurations that say something else than planned.
    public var drifted = 0
    /// Those for which commands are known.
    public var mended = 0
    public var lines = 0
    /// Those for which there are none.
    public var unknown: [String] = []
    public var failures: [String] = []
  }

  /// Draws so many drifted configurations of plans.
  public static func check(
    _ plans: [PlannedCase], _ os: SwitchOS, seed: UInt64, count: Int
  ) throws -> Outcome {
    var random = SplitMix64(seed: seed)
    let configs = try ShippedTemplates.configurations(of: plans, os) { _ in
      ConfigHeader.hashToCome
    }
    var outcome = Outcome()
    guard let reader = try ShippedTemplates.reader(os), !configs.isEmpty else { return outcome }
    while outcome.drifted < count {
      let (config, intent, plan) = configs[Int.random(in: 0..<configs.count, using: &random)]
      var (text, names) = (config.text, [String]())
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard let mutation = TextMutation.draw(text, &random) else { continue }
        text = mutation.text
        names.append(mutation.name)
      }
      let running = reader.read(text, file: "")
      guard let said = running.intent, said.hostname == intent.hostname, said != intent,
        Set(said.ports.map(\.name)).isSubset(of: intent.ports.map(\.name)),
        !hasLeadingZero(text, beyond: config.text),
        // A line that is not understood may hide those after it.
        running.unknown.isEmpty, !hasDouble(text, beyond: config.text)
      else { continue }
      let openers = openers[os.rawValue] ?? []
      if PlainSwitch(text, openers: openers)
        .contradictsItself(beyond: PlainSwitch(config.text, openers: openers))
      {
        continue
      }
      outcome.drifted += 1
      let place = "\(os.rawValue) \(intent.hostname): \(names.joined(separator: "; "))"
      guard
        let mend = reader.mend(
          Array(text.utf8), to: (text: Array(config.text.utf8), intent: intent))
      else {
        outcome.unknown.append(place)
        continue
      }
      outcome.mended += 1
      outcome.lines += mend.lines.count + mend.accessLines.count
      if let fault = fault(mend, running: text, of: config.text, said, intent, reader, of: plan) {
        outcome.failures.append(
          "\(place): \(fault)\n\((mend.lines + mend.accessLines).joined(separator: "\n"))")
      }
    }
    return outcome
  }

  /// Whether some number starts with a zero as none of the plan does: no switch shows that.
  private static func hasLeadingZero(_ text: String, beyond planned: String) -> Bool {
    func words(_ text: String) -> Set<Substring> {
      Set(
        text.split { $0.isWhitespace }.filter { word in
          word.split { !$0.isNumber }.contains { $0.count > 1 && $0.hasPrefix("0") }
        })
    }
    return !words(text).isSubset(of: words(planned))
  }

  /// Whether a block is opened twice, or VLANs named together once more, as in no configuration that a
  /// switch shows.
  private static func hasDouble(_ text: String, beyond planned: String) -> Bool {
    func counts(_ text: String) -> (openers: Int, lists: Int) {
      let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
      let openers = lines.filter { $0.hasPrefix("interface ") }
      return (
        openers.count - Set(openers).count,
        lines.count { $0.hasPrefix("vlan ") && $0.contains(",") }
      )
    }
    let (now, before) = (counts(text), counts(planned))
    return now.openers > before.openers || now.lists > before.lists
  }

  /// Starts of lines of which a command may name a part.
  private static let parts = ["no ", "tagged ", "untagged ", "channel-member ", "vlan ", "add "]

  /// Whether a switch that knows no command can tell what each line does.
  private static func isPlain(_ mend: Mend, _ planned: String) -> Bool {
    let known = Set(planned.split(separator: "\n").map { $0.drop { $0 == " " } })
    return (mend.lines + mend.accessLines).map { $0.drop { $0 == " " } }.allSatisfy { line in
      known.contains(line) || line == "exit" || line.hasPrefix("configure")
        || parts.contains { line.hasPrefix($0) }
    }
  }

  /// What opens blocks in dialects that close them by `exit`.
  private static let openers = [
    "os6": ["interface", "vlan", "datacenter-bridging", "link-dependency ", "logging "],
    "netgear": ["interface", "vlan database", "datacenter-bridging"],
  ]

  /// What is wrong with commands.
  private static func fault(
    _ mend: Mend, running: String, of text: String, _ said: SwitchIntent, _ planned: SwitchIntent,
    _ reader: SwitchConfigReader, of plan: PlannedCase
  ) -> String? {
    var (between, after): (SwitchIntent?, SwitchIntent?)
    if planned.os.rawValue == "routeros" {
      var device = PlainMenus(running)
      for line in mend.lines { device.type(line) }
      between = reader.read(device.text, file: "").intent
      for line in mend.accessLines { device.type(line) }
      after = reader.read(device.text, file: "").intent
    } else {
      let shown = text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
      var device = PlainSwitch(
        running, openers: openers[planned.os.rawValue] ?? [],
        shown: Set(shown.filter { $0.hasPrefix("no ") }))
      for line in mend.lines { device.type(line) }
      between = reader.read(device.text, file: "").intent
      device.leave()
      for line in mend.accessLines { device.type(line) }
      after = reader.read(device.text, file: "").intent
    }
    if between?.management != said.management || between?.users != said.users {
      return "the way in changes before its turn"
    }
    // What somebody must look up first is not typed here.
    if mend.lines.contains(where: { $0.contains("<NUMBER>") }) { return nil }
    if planned.os.rawValue != "routeros", !isPlain(mend, text) { return nil }
    guard let after, after != planned else { return nil }
    var fabric = plan.fabric
    fabric.intents = [planned]
    let drift = Auditor.drift(of: [after], from: fabric)
    return "a switch that took them says something else: "
      + drift.map { "\($0.subject) \($0.message), not \($0.expected)" }.joined(separator: "; ")
  }
}
