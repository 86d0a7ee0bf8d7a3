import CatalogModel
import Fabric
import Quantities

/// The uplink groups that wait until the core is hooked up: those of a pair whose hosts plug into
/// it directly, and what is typed to let them act or to stop them.
///
/// A switch that has lost both the core and its peer takes its host ports down. While no way leads
/// to the core that would be wrong: the loss of one switch would take the host ports of both.
struct CoreWatch {
  private let intents: [SwitchIntent]

  init(_ fabric: Fabric) {
    intents = fabric.intents.filter { $0.uplinkGroups.contains { !$0.enabled } }
  }

  /// Whether no group waits.
  var isEmpty: Bool { intents.isEmpty }
  /// The switches, as code.
  var names: String { listing(intents.map { Markdown.code($0.hostname) }) }
  /// What the groups watch, as the switches call it.
  var upstream: String { listing(lags.map { Markdown.code("Port-channel \($0)") }) }

  private var lags: [Int] { unique(groups.flatMap(\.upstreamLAGs)).sorted() }
  private var groups: [UplinkGroupIntent] {
    intents.flatMap { $0.uplinkGroups.filter { !$0.enabled } }
  }
  private var ids: [Int] { unique(groups.map(\.id)).sorted() }

  /// What shows the groups and deletes them; `nil` where nobody knows the words of the switch.
  var commands: (show: String, delete: String)? {
    guard isOS9, let id = ids.first else { return nil }
    return ("show uplink-state-group \(id) detail", "no uplink-state-group \(id)")
  }

  private var isOS9: Bool { intents.allSatisfy { $0.os == .os9 } }

  /// The lines that let the groups act, or stop them; none where nobody knows the words.
  func lines(acts: Bool) -> [String] {
    guard isOS9, !ids.isEmpty else { return [] }
    let blocks = ids.flatMap {
      ["uplink-state-group \($0)", acts ? " enable" : " no enable"]
    }
    return ["configure"] + blocks + ["end", "write memory"]
  }

  /// The same in a sentence.
  private func words(acts: Bool) -> String {
    let lines = lines(acts: acts).map { line in
      Markdown.code(String(line.drop { $0 == " " }))
    }
    let what = acts ? "let the uplink group act" : "stop the uplink group"
    return lines.isEmpty ? "\(what), as the manual says" : lines.joined(separator: ", ")
  }

  /// What comes before anything that is done while no way leads to the core, as the rest of a
  /// sentence.
  var stop: String {
    "on each of \(names) that answers, \(words(acts: false)); otherwise the loss, the reload or "
      + "the upgrade of one switch takes the host ports of the other down too, and storage stops."
  }

  /// What comes after it.
  var resume: String { "on \(names), \(words(acts: true))." }
}

/// The two ways to a core of two separate boxes: one is open, the other stands by.
struct StandbyWay {
  /// The switch with the open way.
  let open: String
  /// The switch with the shut one.
  let standby: String

  /// `nil` unless one way is shut.
  init?(_ fabric: Fabric) {
    let ends = fabric.links.filter { $0.role == .core }.map(\.a)
    func switches(_ enabled: Bool) -> [String] {
      unique(
        ends.filter { end in
          fabric.intent(end.node)?.ports.first { $0.name == end.port }?.enabled == enabled
        }.map(\.node))
    }
    guard let open = switches(true).first, let standby = switches(false).first else { return nil }
    self.open = open
    self.standby = standby
  }
}
