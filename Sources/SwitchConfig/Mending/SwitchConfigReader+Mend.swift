import Fabric
import Quantities

extension SwitchConfigReader {
  /// The fewest commands, of those tried, that bring a switch back to its plan, in an order that
  /// leaves the way in for last.
  ///
  /// Candidates are the lines of the plan that the switch lacks, and what takes back those that only
  /// it has; each is left out without which the switch says what was planned all the same. Lines
  /// that are not understood stay as they are.
  /// - Parameters:
  ///   - running: the running configuration.
  ///   - planned: the planned configuration, and what it means.
  /// - Returns: `nil` where no such commands are known: the dialect loads configurations as a whole,
  ///   or what is read after them is not what was planned.
  public func mend(
    _ running: [UInt8], to planned: (text: [UInt8], intent: SwitchIntent)
  ) -> Mend? {
    guard let session = grammar.session else { return nil }
    let usual = Set(read(planned.text, file: "").findings.compactMap(\.fault))
    func isPlanned(_ config: ReadConfig) -> Bool {
      config.intent == planned.intent
        && config.findings.allSatisfy { $0.fault.map(usual.contains) ?? true }
    }
    if case .menus(let menus) = grammar.form {
      let unfolded = SwitchConfigReader(os, grammar: grammar.unfolded, traits: traits)
      return MenuMend(running, planned.text, grammar, menus)?.mend(session) {
        isPlanned(unfolded.read($0, file: ""))
      }
    }
    let lines = statements(running)
    // A text that says something else once each line stands for itself cannot be reasoned about.
    guard read(lines).intent == read(running, file: "").intent else { return nil }
    func isPlanned(_ commands: [MendCommand]) -> Bool {
      isPlanned(read(MendCommand.apply(commands, to: lines)))
    }
    let candidates = MendCandidates(
      planned: statements(planned.text), running: lines, isKnown: isKnown)
    let enough = [
      { candidates.commands }, { candidates.retyping },
      { afresh(candidates.retyping, candidates, lines, planned.intent) },
    ].lazy.map { $0() }.first(where: isPlanned)
    guard let enough else { return nil }
    // Rather a line of the plan than one that takes something back.
    let new = enough.filter(\.turn.isNew)
    let undoing = smallest(of: enough.filter { !$0.turn.isNew }) { isPlanned(($0 + new).inTurn) }
    let needed = candidates.withFirsts(
      undoing + smallest(of: new) { isPlanned((undoing + $0).inTurn) }
    ).inTurn
    guard isPlanned(needed) else { return nil }
    func typed(ofAccess: Bool) -> [String] {
      Mend.typed(
        needed.filter { $0.turn.phase.isOfAccess == ofAccess }.map(\.statement), session,
        grammar.nesting)
    }
    let facts = needed.filter { !$0.turn.isNew }.compactMap(\.statement.undo.fact)
    return Mend(
      lines: typed(ofAccess: false), accessLines: typed(ofAccess: true),
      facts: unique(session.facts + facts))
  }

  /// The commands, where ports that still differ after them are first reset and then written anew.
  private func afresh(
    _ commands: [MendCommand], _ candidates: MendCandidates, _ lines: [Statement],
    _ planned: SwitchIntent
  ) -> [MendCommand] {
    let after = read(MendCommand.apply(commands, to: lines)).intent
    let known = Set(after?.ports ?? [])
    var all = commands
    for port in planned.ports where !known.contains(port) {
      guard let keys = candidates.key(ofInterface: port.name),
        let text = grammar.reset(ofInterface: port.name)
      else { continue }
      let reset = Statement(
        text: text, meaning: text, undo: Statement.Undo(text: text), settings: [.reset])
      all.removeAll { $0.statement.isIn(keys) }
      all += candidates.afresh(keys, after: reset)
    }
    return all.inTurn
  }

  private func statements(_ text: [UInt8]) -> [Statement] {
    ConfigWalk.statements(text, grammar, lastVLAN: lastVLAN)
  }

  private func read(_ statements: [Statement]) -> ReadConfig {
    read(statements.lines(grammar.nesting).map { $0 + "\n" }.joined(), file: "")
  }

  /// Whether the grammar says what a line means that takes something back, beyond that this is gone.
  private func isKnown(_ statement: Statement) -> Bool {
    let config = read([statement])
    guard config.unknown.isEmpty, config.lines > 0 else { return false }
    let removing: Set<Setting> = [.allowedRemove, .openListRemove, .generalRemove]
    let settings = statements(
      Array([statement].lines(grammar.nesting).joined(separator: "\n").utf8)
    )
    .last?.settings
    return settings?.isEmpty != false || settings?.contains { !removing.contains($0) } == true
  }
}

extension [MendCommand] {
  fileprivate var inTurn: [MendCommand] { sorted { $0.turn < $1.turn } }
}

extension Finding {
  /// What it says, wherever it stands; `nil` for notes and for lines that stand twice, which do no
  /// harm where lines are typed.
  fileprivate var fault: String? {
    severity == .note || rule == "config-repeated" || rule == "config-exit"
      ? nil : ([rule] + subject + [message]).joined(separator: "\n")
  }
}

extension Grammar {
  /// What sets an interface back to how it is where nobody configured it.
  fileprivate func reset(ofInterface name: String) -> String? {
    blocks[0].rules.first { $0.actions.first?.setting == .reset }?.pattern.text([name])
  }
}
