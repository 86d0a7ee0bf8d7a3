import Fabric
import Quantities

/// Finds the commands that bring back a switch whose configuration is commands under menus: things
/// that are missing are made, properties that differ are set, and what is too much is removed.
struct MenuMend {
  /// What is done to one thing.
  private struct Change {
    var lines: [String]
    /// The thing afterwards; `nil` when it is gone.
    var after: MenuThing?
    var key: String
    var isOfAccess: Bool
  }

  private let running: [MenuThing]
  private let changes: [Change]

  /// `nil` where things have names of somebody's own: a command by the usual name would miss them.
  init?(_ running: [UInt8], _ planned: [UInt8], _ grammar: Grammar, _ menus: Menus) {
    let unfolded = MenuUnfolding.unfold(running, menus)
    guard !unfolded.hasOwnNames else { return nil }
    let running = MenuThing.all(unfolded)
    let wanted = MenuThing.all(MenuUnfolding.unfold(planned, menus))
    self.running = running
    let rows = planned.split(separator: 10, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let known = Dictionary(running.map { ($0.key, $0) }) { first, _ in first }
    let keys = Set(wanted.map(\.key))
    func isOfAccess(_ thing: MenuThing) -> Bool {
      Self.statements(thing, grammar).contains { statement in
        statement.settings.contains { MendCandidates.access.contains($0) }
      }
    }
    var changes: [Change] = []
    // What is too much may stand in the way of what is made.
    for thing in running.reversed() where thing.isMade && !keys.contains(thing.key) {
      changes.append(
        Change(
          lines: ["\(thing.menu) remove \(Self.find(thing, menus))"], after: nil, key: thing.key,
          isOfAccess: isOfAccess(thing)))
    }
    for thing in wanted where rows.indices.contains(thing.number - 1) {
      let command = MenuCommandText(rows[thing.number - 1])
      guard let now = known[thing.key] else {
        changes.append(
          Change(
            lines: [command.text], after: thing, key: thing.key, isOfAccess: isOfAccess(thing)))
        continue
      }
      guard now.properties != thing.properties else { continue }
      let identity = menus.identities[thing.menu]?.map(\.name) ?? []
      let extra = now.properties.map(\.key).filter { key in
        !thing.properties.contains { $0.key == key }
      }
      var after = now
      for property in thing.properties { after.set(property) }
      var lines = [command.setting(identity)]
      if thing.isMade, !extra.isEmpty {
        after = thing
        lines = ["\(thing.menu) remove \(command.find(identity))", command.text]
      } else if extra.contains("comment") {
        after.properties.removeAll { $0.key == "comment" }
        lines[0] += " comment=\"\""
      }
      changes.append(
        Change(lines: lines, after: after, key: thing.key, isOfAccess: isOfAccess(thing)))
    }
    self.changes = changes
  }

  /// - Parameter isPlanned: whether a configuration, as the lines that it stands for, is as planned.
  func mend(_ session: Grammar.Session, _ isPlanned: (String) -> Bool) -> Mend? {
    guard isPlanned(text(after: changes)) else { return nil }
    let needed = smallest(of: changes) { isPlanned(text(after: $0)) }
    return Mend(
      lines: needed.filter { !$0.isOfAccess }.flatMap(\.lines),
      accessLines: needed.filter(\.isOfAccess).flatMap(\.lines), facts: session.facts)
  }

  /// What all things say after some changes.
  private func text(after changes: [Change]) -> String {
    let changed = Dictionary(changes.map { ($0.key, $0) }) { first, _ in first }
    let known = Set(running.map(\.key))
    let kept = running.compactMap { thing -> MenuThing? in
      if let change = changed[thing.key] { change.after } else { thing }
    }
    let new = changes.filter { !known.contains($0.key) }.compactMap(\.after)
    return (kept + new).flatMap(\.lines).map { $0 + "\n" }.joined()
  }

  private static func statements(_ thing: MenuThing, _ grammar: Grammar) -> [Statement] {
    ConfigWalk.statements(
      Array(thing.lines.map { $0 + "\n" }.joined().utf8), grammar.unfolded, lastVLAN: 4094)
  }

  /// `[find KEY=VALUE]` of something that is there.
  private static func find(_ thing: MenuThing, _ menus: Menus) -> String {
    let keys = menus.identities[thing.menu]?.map(\.name) ?? []
    let values = thing.name.split(separator: " ")
    return "[find "
      + zip(keys, values).map { "\($0)=\($1)" }.joined(separator: " ") + "]"
  }
}

extension Grammar {
  /// The grammar of the lines that texts stand for.
  var unfolded: Grammar {
    var grammar = self
    grammar.form = .lines
    return grammar
  }
}
